"""The tables of methods and events agree with Slack's own data where that is at hand."""

import json
from pathlib import Path
from typing import Any

import pytest

from playground.tables.events import EVENTS
from playground.tables.methods import CALLS_A_MINUTE, KINDS, METHODS, Kind, scope_for

DATA = Path(__file__).resolve().parents[3] / "../shared/fixtures/slack"
needs_data = pytest.mark.skipif(
    not DATA.is_dir(), reason=f"Slack's own data is not here ({DATA}), so the tables are not held against it."
)


def data(name: str) -> Any:
    return json.loads((DATA / name).read_text())


@needs_data
@pytest.mark.parametrize("method", METHODS)
def test_a_method_asks_for_the_scopes_slack_documents_and_no_others(method: str) -> None:
    assert set(METHODS[method].scopes) == set(data("methods/all.json")[method]["bot"])


@needs_data
@pytest.mark.parametrize("method", METHODS)
def test_a_method_has_the_tier_verb_and_arguments_slack_documents(method: str) -> None:
    rule, theirs = METHODS[method], data("methods/all.json")[method]
    assert rule.tier == theirs["rate"]
    assert rule.verb == theirs["http"]
    assert sorted(rule.required) == sorted(theirs["required"])
    assert set(rule.one_of) <= set(theirs["args"])


@needs_data
@pytest.mark.parametrize("event", EVENTS)
def test_an_event_asks_for_the_scopes_slack_documents_and_no_others(event: str) -> None:
    theirs = {one["name"]: one for one in data("events.json")}[event]
    misspelled = {"app_mentions.read": "app_mentions:read"}
    assert set(EVENTS[event]) == {misspelled.get(scope, scope) for scope in theirs.get("scopes", [])}
    assert "Events" in theirs["APIs"]


def test_every_tier_is_bounded_or_says_how_it_is_special() -> None:
    for method, rule in METHODS.items():
        assert rule.tier in CALLS_A_MINUTE or (rule.tier == "t5" and rule.special), method


@pytest.mark.parametrize(
    ("method", "kind", "scopes"),
    [
        ("conversations.open", "im", ("im:write",)),
        ("conversations.open", "mpim", ("mpim:write",)),
        ("conversations.history", "im", ("im:history",)),
        ("conversations.history", "private", ("groups:history",)),
        ("conversations.members", "channel", ("channels:read",)),
        ("conversations.invite", "channel", ("channels:manage", "channels:write.invites")),
        ("chat.postMessage", "mpim", ("chat:write",)),
        ("views.open", None, ()),
    ],
)
def test_the_scope_follows_the_kind_of_conversation(
    method: str, kind: Kind | None, scopes: tuple[str, ...]
) -> None:
    assert scope_for(method, kind) == scopes


def test_without_a_kind_the_scopes_of_all_kinds_are_named() -> None:
    expected = {scope for kind in KINDS for scope in scope_for("conversations.info", kind)}
    assert set(scope_for("conversations.info")) == expected


def test_only_public_channels_can_be_joined() -> None:
    with pytest.raises(KeyError):
        scope_for("conversations.join", "im")
