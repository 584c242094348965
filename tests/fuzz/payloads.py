"""Payloads as nobody's client sends them: the shape of Slack's with anything in it, and anything at all."""

import ast
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from handlers.routing import ACTIONS, CLOSED, EVENTS, FORMS, OPTIONS

HANDLERS = Path(__file__).parents[2] / "handlers"
TEXTS = (
    "", " ", "a", "negotiation", "Ünïcödé", "💥" * 40, "<!channel>", "<@U0PRIYA>", "{{ 7*7 }}", "' OR 1=1 --",
    "=cmd|' /C calc'!A0", "\u202eright to left", "a" * 3_001, "0", "-1", "1e309", "2026-02-30", "2026-02-03",
    "25:61", "12:30", "true", "null", "\x00", "\ud7ff", "[]", '{"pair":1}', "yes", "mentee", "../etc/passwd",
)  # fmt: skip
DATES = ("2026-02-03", "1999-12-31", "9999-12-31", None)
IDS = ("pair", "program", "person", "meeting", "run", "task", "request", "enrollment", "agreement", "goal",
       "version", "phase", "page", "at", "lesson", "story", "broadcast", "kind", "role", "word")  # fmt: skip
COMMANDS = ("join", "pause until", "match", "program new", "coordinators", "report", "help", "meet", "part",
            "broadcast", "settings", "export", "forget me", "resume", "why", "invite")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Who:
    """Where payloads come from."""

    team_id: str
    people: tuple[str, ...]
    answers_to: str


KINDS = ("command", "action", "action", "form", "form", "closed", "options", "event")
ANY = 0.12
"""The share of payloads of no shape, or of a shape that was broken."""


def payload(chance: Random, who: Who) -> tuple[dict[str, Any], bool]:
    """One payload, and whether Slack could have sent it."""
    if chance.random() < ANY:
        return _anything(chance, who), False
    return _shaped(chance, who), True


def _shaped(chance: Random, who: Who) -> dict[str, Any]:
    return {
        "command": _command,
        "action": _action,
        "form": _form,
        "closed": _closed,
        "options": _options,
        "event": _event,
    }[chance.choice(KINDS)](chance, who)


def _command(chance: Random, who: Who) -> dict[str, Any]:
    words = [chance.choice(COMMANDS), *(chance.choice(TEXTS) for _ in range(chance.randrange(3)))]
    return {
        "command": "/mentoring",
        "text": " ".join(words) if chance.random() < 0.9 else None,
        "team_id": who.team_id,
        "user_id": chance.choice(who.people),
        "user_name": chance.choice(TEXTS),
        "channel_id": "C1",
        "response_url": who.answers_to,
        "trigger_id": "1.2.3",
    }


def _whose(chance: Random, who: Who, kind: str) -> dict[str, Any]:
    return {
        "type": kind,
        "team": {"id": who.team_id},
        "user": {"id": chance.choice(who.people), "name": chance.choice(TEXTS)},
        "trigger_id": "1.2.3",
        "api_app_id": "A1",
    }


def _action(chance: Random, who: Who) -> dict[str, Any]:
    kind = chance.choice(("button", "static_select", "overflow", "datepicker", "users_select", "checkboxes"))
    action = {"action_id": chance.choice([*ACTIONS]), "block_id": "b", "type": kind} | _element(chance)
    if kind == "button":
        action["value"] = _ids(chance)
    body = _whose(chance, who, "block_actions") | {"actions": [action]}
    if chance.random() < 0.5:
        body["view"] = _view(chance, chance.choice(("modal", "home")))
    else:
        body |= {"channel": {"id": "C1"}, "message": {"ts": "1.2"}, "response_url": who.answers_to}
    return body


def _form(chance: Random, who: Who) -> dict[str, Any]:
    return _whose(chance, who, "view_submission") | {
        "view": _view(chance, "modal") | {"callback_id": chance.choice([*FORMS])}
    }


def _closed(chance: Random, who: Who) -> dict[str, Any]:
    return _whose(chance, who, "view_closed") | {
        "is_cleared": chance.random() < 0.5,
        "view": _view(chance, "modal") | {"callback_id": chance.choice([*CLOSED])},
    }


def _options(chance: Random, who: Who) -> dict[str, Any]:
    return _whose(chance, who, "block_suggestion") | {
        "action_id": chance.choice([*OPTIONS]),
        "block_id": "b",
        "value": chance.choice(TEXTS),
        "view": _view(chance, "modal"),
    }


def _event(chance: Random, who: Who) -> dict[str, Any]:
    name = chance.choice(
        [*[each for each in EVENTS if not each.startswith(("app_un", "tokens"))], "app_home_opened"]
    )
    user: Any = {"id": chance.choice(who.people)} | {
        key: _anything_small(chance)
        for key in ("tz", "locale", "real_name", "deleted", "profile")
        if chance.random() < 0.3
    }
    if name == "app_home_opened":
        user = chance.choice(who.people)
    return {
        "type": "event_callback",
        "team_id": who.team_id,
        "event_id": f"Ev{chance.getrandbits(48)}",
        "event": {"type": name, "tab": "home", "user": user, "event_ts": "1.2"},
    }


def _anything(chance: Random, who: Who) -> dict[str, Any]:
    """Something of no shape, or of a known shape with a piece knocked out of it."""
    if chance.random() < 0.5:
        return {
            chance.choice(("type", "event", "view", "actions", "x")): _nested(chance, 3) for _ in range(3)
        }
    whole = _shaped(chance, who)
    for key in chance.sample([*whole], k=min(len(whole), chance.randrange(1, 3))):
        whole[key] = _nested(chance, 2)
    return whole


def _view(chance: Random, kind: str) -> dict[str, Any]:
    fields = chance.sample(FIELDS, k=chance.randrange(12))
    return {
        "id": "V1",
        "type": kind,
        "callback_id": chance.choice([*FORMS]),
        "hash": "1.a",
        "private_metadata": _ids(chance),
        "blocks": [
            {"type": "input", "block_id": each, "element": {"type": "plain_text_input"}} for each in fields
        ],
        "state": {"values": {each: {each: _element(chance)} for each in fields}},
    }


def _element(chance: Random) -> dict[str, Any]:
    words = chance.choice(TEXTS)
    return chance.choice(
        [
            {"type": "plain_text_input", "value": words},
            {"type": "plain_text_input", "value": None},
            {"type": "static_select", "selected_option": {"value": words, "text": {"text": words}}},
            {"type": "checkboxes", "selected_options": [{"value": words}, {"value": "yes"}]},
            {
                "type": "datepicker",
                "selected_date": chance.choice(("2026-02-03", "1999-12-31", "9999-12-31", None)),
            },
            {"type": "timepicker", "selected_time": chance.choice(("09:00", "23:59", None))},
            {
                "type": "users_select",
                "selected_user": chance.choice(("U0PRIYA", "U0MARCUS", "UNOBODY", None)),
            },
            {"type": "multi_users_select", "selected_users": ["U0PRIYA", "UNOBODY"]},
        ]
    )


def _ids(chance: Random) -> str:
    if chance.random() < 0.2:
        return chance.choice(TEXTS)
    picked = {
        name: chance.choice((1, 1, 1, 2, 3, 0, -1, 2**40, 2**70, "mentee", "", True))
        for name in chance.sample(IDS, k=chance.randrange(1, 6))
    }
    return json.dumps(picked)


def _nested(chance: Random, depth: int) -> Any:
    if depth == 0 or chance.random() < 0.3:
        return _anything_small(chance)
    if chance.random() < 0.5:
        return [_nested(chance, depth - 1) for _ in range(chance.randrange(3))]
    return {
        chance.choice(("id", "type", "value", "user", "state")): _nested(chance, depth - 1) for _ in range(2)
    }


def _anything_small(chance: Random) -> Any:
    return chance.choice((None, True, 0, -1, 1.5, 2**63, [], {}, *TEXTS[:12]))


def _fields() -> Sequence[str]:
    """The names of fields that conversations read: what a form is asked for by its name."""
    found = set()
    for file in HANDLERS.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Attribute(attr="typed" | "chosen" | "people" | "asked"),
                    args=[ast.Constant(value=str() as name)],
                ) if re.fullmatch(r"\w+", name):
                    found.add(name)
    return sorted(found)


FIELDS = _fields()
