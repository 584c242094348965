"""What a payload is called decides who is asked about it; Bolt's own matchers have the last word."""

from typing import Any

import pytest
from slack_bolt import App, BoltRequest, BoltResponse

from handlers.by_type import type_of
from handlers.routing import register
from tests.support.town import Town

PRESSED = {"type": "block_actions", "actions": [{"action_id": "join.open", "type": "button"}]}
SENT = {"type": "view_submission", "view": {"callback_id": "join.first", "type": "modal"}}
PAYLOADS: list[tuple[str | None, dict[str, Any]]] = [
    ("command", {"command": "/mentoring", "text": "help"}),
    ("block_actions", PRESSED),
    ("view_submission", SENT),
    ("view_closed", {**SENT, "type": "view_closed"}),
    ("block_suggestion", {"type": "block_suggestion", "action_id": "hours.country"}),
    ("app_home_opened", {"type": "event_callback", "event": {"type": "app_home_opened", "tab": "home"}}),
    ("user_change", {"type": "event_callback", "event": {"type": "user_change"}}),
]
NOT_OURS: list[tuple[str | None, dict[str, Any]]] = [
    ("message", {"type": "event_callback", "event": {"type": "message"}}),
    ("shortcut", {"type": "shortcut", "callback_id": "join.first"}),
    (None, {"type": "event_callback", "event": "app_home_opened"}),
    (None, {"type": ["block_actions"]}),
    (None, {}),
]


@pytest.fixture
def app(town: Town) -> App:
    """An app with every listener, as the bot makes it."""
    found = App(token="xoxb", signing_secret="no", token_verification_enabled=False)
    register(found, town.database, town.clock, town.bot._afterwards)
    return found


def listening(app: App, body: dict[str, Any], mode: str = "socket_mode") -> list[bool]:
    request = BoltRequest(body=body, mode=mode)
    return [each.matches(req=request, resp=BoltResponse(status=200)) for each in app._listeners]


@pytest.mark.parametrize(("name", "body"), PAYLOADS, ids=[str(name) for name, _ in PAYLOADS])
def test_each_payload_is_for_one_listener(app: App, name: str, body: dict[str, Any]) -> None:
    assert type_of(body) == name
    assert listening(app, body).count(True) == 1


@pytest.mark.parametrize(("name", "body"), NOT_OURS)
def test_what_we_do_not_listen_to_is_for_none(app: App, name: str | None, body: dict[str, Any]) -> None:
    assert type_of(body) == name
    if name is not None:
        assert listening(app, body).count(True) == 0


def test_a_payload_of_one_type_is_shown_to_the_listeners_of_that_type_alone(app: App) -> None:
    asked = [
        each.matchers[0].matches(BoltRequest(body=PRESSED, mode="socket_mode"), BoltResponse(status=200))
        for each in app._listeners
    ]
    assert asked.count(True) == 1
