"""Forms: filled in, sent off, stacked and closed by people, answered by a real Bolt app."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest

from playground import CannotDo, Person, Playground, StillClock
from tests.playground.conftest import Bot, manifest, new_year
from tests.playground.kit import button, field, line, modal, open_modal, option, row, waited

if TYPE_CHECKING:
    from slack_sdk import WebClient


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
