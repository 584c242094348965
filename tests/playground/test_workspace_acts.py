"""What people do in the workspace, carried to a real Bolt app and back to their screens."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from slack_sdk.webhook import WebhookClient

from playground import CannotDo, Person, Playground, StillClock
from tests.playground.conftest import Bot, manifest, new_year

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_sdk import WebClient


def text(words: str, kind: str = "plain_text") -> dict[str, Any]:
    return {"type": kind, "text": words}


def option(words: str, value: str) -> dict[str, Any]:
    return {"text": text(words), "value": value}


def field(block_id: str, label: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "input", "block_id": block_id, "label": text(label), "element": element, **more}


def line(action_id: str = "a", **more: Any) -> dict[str, Any]:
    return {"type": "plain_text_input", "action_id": action_id, **more}


def modal(callback_id: str, *blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    view = {"type": "modal", "callback_id": callback_id, "title": text("Lantern"), "submit": text("Send")}
    return view | {"blocks": list(blocks)} | more


def button(action_id: str, label: str = "Press", **more: Any) -> dict[str, Any]:
    return {"type": "button", "action_id": action_id, "text": text(label), **more}


def row(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def open_modal(bot: Bot, person: Person, view: dict[str, Any]) -> None:
    def show(body: dict[str, Any]) -> None:
        bot.client.views_open(trigger_id=body["trigger_id"], view=view)

    bot.on("/lantern", show)
    outcome = person.command("/lantern", "open")
    assert outcome.acked
    assert outcome.view is not None


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


# Modals


def test_a_form_is_filled_sent_and_closed(bot: Bot, priya: Person) -> None:
    fields = [
        field("name", "Name", line()),
        field("day", "Day", {"type": "datepicker", "action_id": "a"}),
        field(
            "skills",
            "Skills",
            {
                "type": "multi_static_select",
                "action_id": "a",
                "options": [option("Cooking", "c"), option("Law", "l")],
            },
        ),
        field("who", "Who", {"type": "users_select", "action_id": "a"}),
        field("note", "Note", line(), optional=True),
    ]
    open_modal(bot, priya, modal("full", *fields))
    priya.fill("Name", "Ada")
    priya.fill("Day", "2026-03-01")
    priya.fill("Skills", ["Law", "Cooking"])
    priya.fill("Who", priya.name)
    outcome = priya.submit()
    assert (outcome.acked, outcome.view, outcome.errors) == (True, None, {})
    values = bot.heard["full"][-1]["view"]["state"]["values"]
    assert values["name"]["a"] == {"type": "plain_text_input", "value": "Ada"}
    assert values["day"]["a"]["selected_date"] == "2026-03-01"
    assert [one["value"] for one in values["skills"]["a"]["selected_options"]] == ["l", "c"]
    assert values["who"]["a"]["selected_user"] == priya.id
    assert values["note"]["a"]["value"] is None


def test_an_empty_required_field_keeps_the_form_open(bot: Bot, priya: Person) -> None:
    open_modal(bot, priya, modal("strict", field("name", "Name", line())))
    with pytest.raises(CannotDo) as caught:
        priya.submit()
    assert caught.value.fields == {"name": "Please complete this required field."}
    assert priya.view is not None
    assert priya.view.errors == caught.value.fields
    assert bot.heard["strict"] == []


def test_a_field_takes_only_what_the_client_would(bot: Bot, priya: Person) -> None:
    open_modal(bot, priya, modal("limits", field("name", "Name", line(max_length=5))))
    with pytest.raises(CannotDo, match="at most 5 characters"):
        priya.fill("Name", "abcdef")
    with pytest.raises(CannotDo, match="there is no “Surname” here"):
        priya.fill("Surname", "x")


def test_errors_of_the_app_stand_under_their_field_until_it_changes(bot: Bot, priya: Person) -> None:
    bot.on("picky", lambda _: {"response_action": "errors", "errors": {"name": "Too short"}})
    open_modal(bot, priya, modal("picky", field("name", "Name", line(initial_value="A"))))
    outcome = priya.submit()
    assert outcome.errors == {"name": "Too short"}
    assert priya.view is not None
    assert priya.view.reading.endswith("Too short")
    priya.fill("Name", "Ada")
    assert priya.view.errors == {}


def test_errors_for_a_field_that_is_not_there_are_refused(bot: Bot, pg: Playground, priya: Person) -> None:
    bot.on("lost", lambda _: {"response_action": "errors", "errors": {"nowhere": "Too short"}})
    open_modal(bot, priya, modal("lost", field("name", "Name", line(initial_value="A"))))
    outcome = priya.submit()
    assert outcome.error == "We had some trouble connecting. Try again?"
    assert priya.view is not None
    assert pg.refused[-1].method == "ack"
    assert "nowhere" in pg.refused[-1].response["response_metadata"]["messages"][0]


def test_a_form_can_turn_into_the_next_step_keeping_what_was_filled_in(bot: Bot, priya: Person) -> None:
    second = modal("second", field("name", "Name", line()), field("age", "Age", line()))
    bot.on("first", lambda _: {"response_action": "update", "view": second})
    open_modal(bot, priya, modal("first", field("name", "Name", line())))
    priya.fill("Name", "Ada")
    before = priya.view
    outcome = priya.submit()
    assert before is not None
    assert outcome.view is not None
    assert (outcome.view.id, outcome.view.callback_id) == (before.id, "second")
    assert outcome.view.hash != before.hash
    assert outcome.view.state["name"]["a"]["value"] == "Ada"


def test_forms_stack_three_high_and_close_from_the_top(bot: Bot, pg: Playground, priya: Person) -> None:
    for callback_id, following in (("one", "two"), ("two", "three"), ("three", "four")):
        bot.on(callback_id, lambda _, name=following: {"response_action": "push", "view": modal(name)})  # type: ignore[misc]  # mypy sees no default
    open_modal(bot, priya, modal("one"))
    priya.submit()
    priya.submit()
    assert [view.callback_id for view in priya.stack] == ["one", "two", "three"]
    assert priya.submit().error == "We had some trouble connecting. Try again?"
    assert pg.refused[-1].error == "push_limit_reached"
    bot.on("three", lambda _: None)
    outcome = priya.submit()
    assert outcome.view is not None
    assert outcome.view.callback_id == "two"
    bot.on("two", lambda _: {"response_action": "clear"})
    assert priya.submit().view is None


def test_closing_tells_an_app_that_asked_to_know(bot: Bot, priya: Person) -> None:
    open_modal(bot, priya, modal("curious", notify_on_close=True))
    priya.close()
    assert bot.heard["closed curious"][-1]["is_cleared"] is False
    open_modal(bot, priya, modal("discreet"))
    priya.close()
    assert bot.heard["closed discreet"] == []
    assert priya.view is None


def test_closing_everything_says_so(bot: Bot, priya: Person) -> None:
    bot.on("base", lambda _: {"response_action": "push", "view": modal("upper", notify_on_close=True)})
    open_modal(bot, priya, modal("base", notify_on_close=True))
    priya.submit()
    priya.close(all=True)
    assert bot.heard["closed base"][-1]["is_cleared"] is True
    assert bot.heard["closed upper"][-1]["is_cleared"] is True
    assert priya.stack == []


def test_a_button_in_a_form_can_change_the_form(bot: Bot, client: WebClient, priya: Person) -> None:
    def more(body: dict[str, Any]) -> None:
        view = modal("grown", field("name", "Name", line()), row(button("more", "More")))
        client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=view)

    bot.on("more", more)
    open_modal(bot, priya, modal("small", row(button("more", "More"))))
    outcome = priya.press("More")
    assert outcome.view is not None
    assert outcome.view.callback_id == "grown"
    assert bot.heard["more"][-1]["container"] == {"type": "view", "view_id": outcome.view.id}


def test_a_field_that_dispatches_tells_the_app_at_once(bot: Bot, priya: Person) -> None:
    kinds = [option("Reverse", "r"), option("Group", "g")]
    select = {"type": "static_select", "action_id": "kind", "options": kinds}
    fields = [field("k", "Kind", select, dispatch_action=True), field("name", "Name", line())]
    open_modal(bot, priya, modal("dispatching", *fields))
    told = priya.fill("Kind", "Group")
    quiet = priya.fill("Name", "Ada")
    assert told is not None
    assert told.acked
    assert quiet is None
    assert bot.heard["kind"][-1]["view"]["state"]["values"]["k"]["kind"]["selected_option"]["value"] == "g"
    with pytest.raises(CannotDo, match="told with the form"):
        priya.press("Name", option="x")


def test_a_typeahead_offers_what_the_app_answers(bot: Bot, priya: Person) -> None:
    def answer(body: dict[str, Any]) -> dict[str, Any]:
        return {"options": [option(f"{body['value']} {n}", str(n)) for n in (1, 2)]}

    bot.on("options pick", answer)
    select = {"type": "external_select", "action_id": "pick", "min_query_length": 2}
    open_modal(bot, priya, modal("typeahead", field("p", "Person", select)))
    assert priya.suggest("Person", "Mar") == ["Mar 1", "Mar 2"]
    with pytest.raises(CannotDo, match="from 2 characters on"):
        priya.suggest("Person", "M")
    with pytest.raises(CannotDo, match="does not offer"):
        priya.fill("Person", "Nobody")
    bot.on("options pick", lambda _: {"options": [option("Marcus", "m")]})
    priya.fill("Person", "Marcus")
    priya.submit()
    state = bot.heard["typeahead"][-1]["view"]["state"]["values"]["p"]["pick"]
    assert state["selected_option"]["value"] == "m"


def test_an_app_slow_to_answer_a_form_leaves_it_open() -> None:
    with Playground(manifest(), clock=StillClock(new_year()), patience=0.3) as pg:
        bot = Bot(pg)
        bot.connect()
        pg.wait_for_app()
        person = pg.add_person("U1", "Ada Byron", email="ada@example.com")
        open_modal(bot, person, modal("slow"))
        gate = threading.Event()
        bot.on("slow", lambda _: waited(gate))
        outcome = person.submit()
        gate.set()
        bot.close()
    assert (outcome.acked, outcome.error) == (False, "We had some trouble connecting. Try again?")
    assert person.view is not None


def test_without_a_form_there_is_nothing_to_send(priya: Person) -> None:
    for act in (priya.submit, priya.close):
        with pytest.raises(CannotDo, match="no modal is open"):
            act()


def respond(client: WebClient, body: dict[str, Any], **message: Any) -> None:
    client.api_call("api.test")  # the app may call other methods while it handles a payload
    assert WebhookClient(body["response_url"]).send_dict(message).status_code == 200


def waited(gate: threading.Event) -> None:
    gate.wait(10)


def _value(found: Any) -> Any:
    return found["value"] if isinstance(found, dict) else found
