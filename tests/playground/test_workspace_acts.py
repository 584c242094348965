"""What people do in the workspace, carried to a real Bolt app and back to their screens."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from slack_sdk.webhook import WebhookClient

from playground import CannotDo, Person, Playground, StillClock
from tests.playground.conftest import Bot, manifest, new_year
from tests.playground.kit import button, option, row, waited

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_sdk import WebClient


# Slash commands


def test_a_command_shows_the_answer_only_to_whoever_typed_it(bot: Bot, priya: Person) -> None:
    bot.on("/plain", lambda body: f"You said {body['text']}")
    outcome = priya.command("/plain", "light & dark")
    assert outcome.acked
    assert [message.reading for message in outcome.shown] == ["You said light & dark"]
    assert outcome.shown[0].ephemeral_for == priya.id


def test_a_command_answered_in_channel_is_seen_by_everybody(
    bot: Bot, pg: Playground, newcomer: Callable[..., Person]
) -> None:
    priya, marcus = newcomer(), newcomer()
    room = pg.add_channel(f"hall-{priya.id.lower()}", members=[priya.id, marcus.id])
    bot.on("/plain", lambda _: {"text": "For all", "response_type": "in_channel"})
    outcome = priya.command("/plain", channel=room)
    assert outcome.shown == ()
    assert [message.text for message in marcus.messages(room)] == ["For all"]


def test_names_typed_after_an_at_become_mentions_where_the_manifest_asks_for_it(
    bot: Bot, newcomer: Callable[..., Person]
) -> None:
    priya, marcus = newcomer("Priya Shah"), newcomer("Marcus O'Neil")
    for command in ("/lantern", "/plain"):
        bot.on(command, lambda _: None)
        priya.command(command, "add @Marcus O'Neil")
    assert bot.heard["/lantern"][-1]["text"] == f"add <@{marcus.id}>"
    assert bot.heard["/plain"][-1]["text"] == "add @Marcus O'Neil"


def test_an_unknown_command_never_reaches_the_app(bot: Bot, priya: Person) -> None:
    outcome = priya.command("/nothing")
    assert (outcome.acked, outcome.error) == (False, "/nothing is not a valid command.")
    assert "/nothing" not in bot.heard


def test_a_silent_app_shows_slacks_timeout() -> None:
    with Playground(manifest(), clock=StillClock(new_year()), patience=0.2) as pg:
        bot = Bot(pg)
        gate = threading.Event()
        bot.on("/lantern", lambda _: waited(gate))
        bot.connect()
        pg.wait_for_app()
        person = pg.add_person("U1", "Ada Byron", email="ada@example.com")
        outcome = person.command("/lantern")
        gate.set()
        bot.close()
    assert not outcome.acked
    assert outcome.error == '/lantern failed with the error "operation_timeout"'


def test_an_app_that_is_not_there_cannot_be_reached() -> None:
    with Playground(manifest(), clock=StillClock(new_year()), patience=0.05) as pg:
        person = pg.add_person("U1", "Ada Byron", email="ada@example.com")
        outcome = person.command("/lantern")
    assert outcome.error == '/lantern failed with the error "dispatch_failed"'


def test_an_answer_slack_would_not_take_is_refused(bot: Bot, pg: Playground, priya: Person) -> None:
    bot.on("/plain", lambda _: {"blocks": [{"type": "section"}]})
    outcome = priya.command("/plain")
    assert outcome.shown == ()
    assert outcome.error == '/plain failed with the error "invalid_blocks"'
    assert (pg.refused[-1].method, pg.refused[-1].error) == ("ack", "invalid_blocks")


# Clicks on messages


def test_a_click_carries_value_place_and_a_way_to_answer(bot: Bot, client: WebClient, priya: Person) -> None:
    def answer(body: dict[str, Any]) -> None:
        respond(client, body, text="Welcome", replace_original=True)

    bot.on("join", answer)
    client.chat_postMessage(channel=priya.id, text="Join?", blocks=[row(button("join", "Join", value="7"))])
    outcome = priya.click(priya.inbox()[0], "Join")
    assert outcome.acked
    body = bot.heard["join"][-1]
    assert body["actions"][0]["value"] == "7"
    assert body["container"]["message_ts"] == body["message"]["ts"] == priya.inbox()[0].ts
    assert (priya.inbox()[0].reading, priya.inbox()[0].buttons) == ("Welcome", [])


def test_what_is_not_there_cannot_be_clicked(client: WebClient, priya: Person) -> None:
    client.chat_postMessage(channel=priya.id, text="Join?", blocks=[row(button("join", "Join"))])
    with pytest.raises(CannotDo, match="there is no “Leave” here; there are: “Join”"):
        priya.click(priya.inbox()[0], "Leave")


def test_a_message_that_changed_is_used_as_it_stands_now(bot: Bot, client: WebClient, priya: Person) -> None:
    sent = client.chat_postMessage(channel=priya.id, text="Join?", blocks=[row(button("late", "Join"))])
    (before,) = priya.inbox()
    client.chat_update(channel=sent["channel"], ts=sent["ts"], text="Closed", blocks=[])
    with pytest.raises(CannotDo):
        priya.click(before, "Join")
    assert bot.heard["late"] == []
    priya.click(before, "Join", stale=True)
    assert len(bot.heard["late"]) == 1


def test_a_message_of_others_cannot_be_clicked(client: WebClient, newcomer: Callable[..., Person]) -> None:
    priya, marcus = newcomer(), newcomer()
    client.chat_postMessage(channel=priya.id, text="Join?", blocks=[row(button("join", "Join"))])
    with pytest.raises(CannotDo, match="is not in"):
        marcus.click(priya.inbox()[0], "Join")


def test_buttons_of_the_same_name_are_told_apart_by_value(bot: Bot, client: WebClient, priya: Person) -> None:
    rows = [
        row(button("twin", "Approve", value="1")) | {"block_id": "one"},
        row(button("twin", "Approve", value="2")) | {"block_id": "two"},
    ]
    client.chat_postMessage(channel=priya.id, text="Approve?", blocks=rows)
    with pytest.raises(CannotDo, match="there are 2 of “Approve” here"):
        priya.click(priya.inbox()[0], "Approve")
    priya.click(priya.inbox()[0], "Approve", option="2")
    assert bot.heard["twin"][-1]["actions"][0]["value"] == "2"


@pytest.mark.parametrize(
    ("element", "chosen", "key", "expected"),
    [
        (
            {"type": "static_select", "options": [option("Monday", "mon"), option("Friday", "fri")]},
            "Friday",
            "selected_option",
            "fri",
        ),
        (
            {"type": "overflow", "options": [option("Pause", "p"), option("Leave", "l")]},
            "Leave",
            "selected_option",
            "l",
        ),
        (
            {"type": "radio_buttons", "options": [option("Yes", "y"), option("No", "n")]},
            "n",
            "selected_option",
            "n",
        ),
        ({"type": "datepicker"}, "2026-02-03", "selected_date", "2026-02-03"),
        ({"type": "timepicker"}, "09:30", "selected_time", "09:30"),
        (
            {"type": "checkboxes", "options": [option("A", "a"), option("B", "b")]},
            ["A", "B"],
            "selected_options",
            ["a", "b"],
        ),
    ],
)
def test_choosing_on_a_message_tells_the_app_what_was_chosen(
    bot: Bot, client: WebClient, priya: Person, element: dict[str, Any], chosen: Any, key: str, expected: Any
) -> None:
    element = {**element, "action_id": "choose"}
    client.chat_postMessage(channel=priya.id, text="When?", blocks=[row(element) | {"block_id": "when"}])
    priya.click(priya.inbox()[0], "choose", option=chosen)
    body = bot.heard["choose"][-1]
    found = body["actions"][0][key]
    assert (
        [one["value"] for one in found] == expected if isinstance(found, list) else _value(found) == expected
    )
    if element["type"] != "overflow":
        assert body["state"]["values"]["when"]["choose"][key] == found


def test_what_is_not_offered_cannot_be_chosen(client: WebClient, priya: Person) -> None:
    menu = {"type": "overflow", "action_id": "menu", "options": [option("Pause", "p"), option("Leave", "l")]}
    client.chat_postMessage(channel=priya.id, text="Menu", blocks=[row(menu)])
    with pytest.raises(CannotDo, match="offers no 'Fly'"):
        priya.click(priya.inbox()[0], "menu", option="Fly")


def test_a_deactivated_person_can_do_nothing(client: WebClient, newcomer: Callable[..., Person]) -> None:
    gone = newcomer()
    client.chat_postMessage(channel=gone.id, text="Join?", blocks=[row(button("join", "Join"))])
    gone.deactivate()
    acts: list[Callable[[], object]] = [
        lambda: gone.command("/lantern"),
        lambda: gone.click(gone.inbox()[0], "Join"),
        gone.open_home,
        gone.submit,
    ]
    for act in acts:
        with pytest.raises(CannotDo, match="deactivated"):
            act()


def test_an_app_without_interactivity_is_never_clicked() -> None:
    with Playground(manifest(without=("interactivity",)), clock=StillClock(new_year())) as pg:
        bot = Bot(pg)
        bot.connect()
        pg.wait_for_app()
        person = pg.add_person("U1", "Ada Byron", email="ada@example.com")
        bot.client.chat_postMessage(channel="U1", text="Join?", blocks=[row(button("join", "Join"))])
        outcome = person.click(person.inbox()[0], "Join")
        bot.close()
    assert outcome.error == "This app is not configured to handle interactive responses."
    assert bot.heard["join"] == []


def respond(client: WebClient, body: dict[str, Any], **message: Any) -> None:
    client.api_call("api.test")  # the app may call other methods while it handles a payload
    assert WebhookClient(body["response_url"]).send_dict(message).status_code == 200


def _value(found: Any) -> Any:
    return found["value"] if isinstance(found, dict) else found
