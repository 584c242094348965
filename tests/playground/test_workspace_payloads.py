"""The keys of our payloads, held against recorded ones and against Slack's own key lists."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playground import Person, Playground
    from tests.playground.conftest import Bot

DATA = Path(__file__).resolve().parents[2] / "../shared/fixtures/slack"

RETIRED = {"token", "enterprise", "enterprise_id", "enterprise_name", "authed_users", "authed_teams"}
"""Keys of an Enterprise Grid org, and keys Slack has stopped sending."""

NEWER = {
    "context_team_id",
    "context_enterprise_id",
    "is_enterprise_install",
    "authorizations",
    "event_context",
}
"""Keys of today's payloads that the older recordings lack."""

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason=f"the recorded Slack payloads are not beside the project ({DATA})"
)

VIEW = {
    "type": "modal",
    "callback_id": "keys",
    "title": {"type": "plain_text", "text": "Keys"},
    "submit": {"type": "plain_text", "text": "Send"},
    "close": {"type": "plain_text", "text": "Cancel"},
    "notify_on_close": True,
    "blocks": [
        {
            "type": "input",
            "block_id": "who",
            "optional": True,
            "label": {"type": "plain_text", "text": "Who"},
            "element": {"type": "external_select", "action_id": "whom"},
        }
    ],
}


def recorded(name: str) -> dict[str, Any]:
    (path,) = DATA.glob(f"*/{name}.json")
    whole: dict[str, Any] = json.loads(path.read_text())
    parsed: dict[str, Any] = whole.get("parsed", whole)
    return parsed


@pytest.fixture(scope="module")
def heard(bot: Bot, pg: Playground) -> dict[str, dict[str, Any]]:
    """One payload of each kind, as the app got it."""
    person: Person = pg.add_person("UKEYS", "Kay Eys", email="keys@example.com")
    bot.on(
        "/lantern", lambda body: (bot.client.views_open(trigger_id=body["trigger_id"], view=VIEW), None)[1]
    )
    bot.on("options whom", lambda _: {"options": []})
    button = {
        "type": "button",
        "action_id": "key",
        "text": {"type": "plain_text", "text": "Key"},
        "value": "1",
    }
    room = pg.add_channel("keys", members=[pg.bot_user_id])
    bot.client.chat_postEphemeral(
        channel=pg.add_channel("more-keys", members=["UKEYS", pg.bot_user_id]),
        user="UKEYS",
        text="Key",
        blocks=[{"type": "actions", "elements": [button]}],
    )
    person.click(person.messages(person.channels()[0].id)[0], "Key")
    person.command("/lantern", "hi")
    person.suggest("Who", "Kay")
    person.submit()
    person.command("/lantern", "again")
    person.close()
    person.open_home()
    person.join(room)
    person.leave(room)
    person.change(name="Kay Ease")
    return {name: bodies[-1] for name, bodies in bot.heard.items() if bodies}


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("/lantern", "test_slash_command__slash_command_body"),
        ("key", "test_block_actions__body_161"),
        ("keys", "test_view_submission__body_17"),
        ("closed keys", "test_view_closed__body_140"),
        ("options whom", "test_block_suggestion__body_208"),
        ("member_joined_channel", "test_events_socket_mode__join_event_body_242"),
        ("member_left_channel", "test_events_socket_mode__left_event_body_261"),
    ],
)
def test_a_payload_has_every_key_of_a_recorded_one(
    heard: dict[str, dict[str, Any]], ours: str, theirs: str
) -> None:
    missing = set(_paths(recorded(theirs))) - set(_paths(heard[ours]))
    # The recorded join names who invited; ours joined without an invitation. A closed view sends no answers.
    expected = {"event.inviter", "response_urls"}
    assert {path for path in missing if path.split(".")[-1] not in RETIRED} <= expected


@pytest.mark.parametrize(
    ("ours", "skeleton"),
    [
        ("/lantern", "SlashCommandPayload"),
        ("key", "BlockActionPayload"),
        ("keys", "ViewSubmissionPayload"),
        ("closed keys", "ViewClosedPayload"),
        ("app_home_opened", "AppHomeOpenedPayload"),
        ("member_joined_channel", "MemberJoinedChannelPayload"),
        ("member_left_channel", "MemberLeftChannelPayload"),
        ("user_change", "UserChangePayload"),
    ],
)
def test_a_payload_has_no_key_slack_does_not_know(
    heard: dict[str, dict[str, Any]], ours: str, skeleton: str
) -> None:
    known = _paths(recorded(skeleton))
    # The lists leave out what is empty in them; Bolt's recordings have each of these.
    known |= {"response_urls", "event.event_ts", "state", "state.values", "view.blocks", "view.state.values"}
    extra = _paths(heard[ours]) - known
    assert {path for path in extra if path.split(".")[-1] not in NEWER} == set()


def _paths(node: object, path: str = "") -> set[str]:
    """The keys of a payload down to the things inside; what apps put in (blocks, values) is left out."""
    if not isinstance(node, dict):
        return set()
    found = set()
    for key, value in node.items():
        here = f"{path}.{key}" if path else key
        found.add(here)
        if key not in {"blocks", "values", "text", "placeholder", "actions"}:
            found |= _paths(value, here)
    return found
