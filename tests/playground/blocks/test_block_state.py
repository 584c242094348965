"""State: what Slack sends of a view, at the start and after a choice."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from playground.blocks import Control, controls, initial_state, is_empty, option_of, with_value
from tests.playground.blocks import samples as make

SENT_TEXT = {"type": "plain_text", "text": "Option 1", "emoji": True}
OPTION_1 = {"text": SENT_TEXT, "value": "v1"}


def control(element: dict[str, Any]) -> Control:
    (found,) = controls([make.asking(element, label=make.plain("Field"))])
    return found


def start(element: dict[str, Any]) -> dict[str, Any]:
    block = make.asking({**element, "action_id": "a"}, block_id="b")
    return initial_state(make.modal(block))["b"]["a"]


SELECT = {"type": "static_select", "options": make.options(3)}
BOXES = {"type": "checkboxes", "options": make.options(3)}


@pytest.mark.parametrize(
    ("element", "entry"),
    [
        ({"type": "plain_text_input"}, {"value": None}),
        ({"type": "number_input", "is_decimal_allowed": True}, {"value": None}),
        ({"type": "email_text_input", "initial_value": "a@b.com"}, {"value": "a@b.com"}),
        (SELECT, {"selected_option": None}),
        ({**SELECT, "initial_option": make.option(1)}, {"selected_option": OPTION_1}),
        (BOXES, {"selected_options": []}),
        ({**BOXES, "initial_options": [make.option(1)]}, {"selected_options": [OPTION_1]}),
        ({"type": "radio_buttons", "options": make.options(2)}, {"selected_option": None}),
        ({"type": "multi_external_select"}, {"selected_options": []}),
        ({"type": "datepicker"}, {"selected_date": None}),
        ({"type": "timepicker", "initial_time": "09:30"}, {"selected_time": "09:30"}),
        (
            {"type": "timepicker", "timezone": "Europe/Paris"},
            {"selected_time": None, "timezone": "Europe/Paris"},
        ),
        ({"type": "datetimepicker"}, {"selected_date_time": None}),
        ({"type": "users_select"}, {"selected_user": None}),
        ({"type": "multi_users_select", "initial_users": ["U1"]}, {"selected_users": ["U1"]}),
        ({"type": "conversations_select"}, {"selected_conversation": None}),
        ({"type": "multi_conversations_select"}, {"selected_conversations": []}),
        ({"type": "channels_select"}, {"selected_channel": None}),
        ({"type": "multi_channels_select"}, {"selected_channels": []}),
        ({"type": "rich_text_input"}, {"rich_text_value": None}),
        ({"type": "file_input"}, {"files": []}),
    ],
)
def test_an_untouched_field_is_sent_with_what_it_holds(
    element: dict[str, Any], entry: dict[str, Any]
) -> None:
    assert start(element) == {"type": element["type"], **entry}


def test_state_holds_fields_outside_inputs_and_no_buttons() -> None:
    view = make.home(
        make.actions(make.button(), {"type": "datepicker", "action_id": "day"}, block_id="b"),
        make.section(accessory={"type": "users_select", "action_id": "who"}, block_id="s"),
    )
    assert initial_state(view) == {
        "b": {"day": {"type": "datepicker", "selected_date": None}},
        "s": {"who": {"type": "users_select", "selected_user": None}},
    }


def test_a_description_is_sent_along() -> None:
    option = make.option(1, text=make.mrkdwn("*One*"), description=make.plain("first"))
    element = {"type": "radio_buttons", "options": [option]}
    assert with_value(control(element), "One")["selected_option"] == {
        "text": {"type": "mrkdwn", "text": "*One*", "verbatim": False},
        "value": "v1",
        "description": {"type": "plain_text", "text": "first", "emoji": True},
    }


@pytest.mark.parametrize(
    ("element", "value", "entry"),
    [
        ({"type": "plain_text_input"}, "Hi", {"value": "Hi"}),
        ({"type": "plain_text_input"}, "", {"value": None}),
        ({"type": "number_input", "is_decimal_allowed": True}, "1.5", {"value": "1.5"}),
        ({"type": "number_input", "is_decimal_allowed": False}, 4, {"value": "4"}),
        ({"type": "url_text_input"}, "https://e.com", {"value": "https://e.com"}),
        (SELECT, "v1", {"selected_option": OPTION_1}),
        (SELECT, "Option 1", {"selected_option": OPTION_1}),
        (SELECT, None, {"selected_option": None}),
        (BOXES, ["Option 1"], {"selected_options": [OPTION_1]}),
        (BOXES, [], {"selected_options": []}),
        ({"type": "datepicker"}, "2026-03-05", {"selected_date": "2026-03-05"}),
        ({"type": "datepicker"}, date(2026, 3, 5), {"selected_date": "2026-03-05"}),
        ({"type": "timepicker"}, time(15, 0), {"selected_time": "15:00"}),
        ({"type": "timepicker"}, "15:00", {"selected_time": "15:00"}),
        (
            {"type": "datetimepicker"},
            datetime(2026, 3, 5, 15, tzinfo=UTC),
            {"selected_date_time": 1772722800},
        ),
        ({"type": "datetimepicker"}, 1772722800, {"selected_date_time": 1772722800}),
        ({"type": "users_select"}, "U1", {"selected_user": "U1"}),
        ({"type": "multi_users_select"}, ["U1", "U2"], {"selected_users": ["U1", "U2"]}),
        ({"type": "conversations_select"}, "G1", {"selected_conversation": "G1"}),
        ({"type": "multi_channels_select"}, ("C1",), {"selected_channels": ["C1"]}),
        ({"type": "file_input"}, [{"id": "F1"}], {"files": [{"id": "F1"}]}),
        (
            {"type": "rich_text_input"},
            "Hi",
            {
                "rich_text_value": {
                    "type": "rich_text",
                    "elements": [
                        {"type": "rich_text_section", "elements": [{"type": "text", "text": "Hi"}]},
                    ],
                }
            },
        ),
    ],
)
def test_a_choice_is_sent_in_slacks_shape(
    element: dict[str, Any], value: object, entry: dict[str, Any]
) -> None:
    assert with_value(control(element), value) == {"type": element["type"], **entry}


@pytest.mark.parametrize(
    ("element", "value", "sentence"),
    [
        (SELECT, "Option 9", "“Field” does not offer 'Option 9'; it offers Option 0, Option 1, Option 2."),
        ({"type": "external_select"}, "x", "“Field” does not offer 'x'; it offers nothing."),
        (BOXES, "Option 1", "“Field” takes a list."),
        (BOXES, ["v1", "v1"], "“Field” takes each choice once."),
        (
            {"type": "multi_users_select", "max_selected_items": 1},
            ["U1", "U2"],
            "“Field” takes at most 1, not 2.",
        ),
        (
            {"type": "plain_text_input", "min_length": 3},
            "ab",
            "“Field” takes at least 3 characters, not 2.",
        ),
        (
            {"type": "plain_text_input", "max_length": 3},
            "abcd",
            "“Field” takes at most 3 characters, not 4.",
        ),
        ({"type": "plain_text_input"}, "x" * 3001, "“Field” takes at most 3000 characters, not 3001."),
        ({"type": "plain_text_input"}, "a\nb", "“Field” takes a single line."),
        ({"type": "plain_text_input"}, 7, "“Field” takes a text."),
        ({"type": "email_text_input"}, "nobody", "“Field” takes an email address, not 'nobody'."),
        ({"type": "url_text_input"}, "e.com", "“Field” takes a web address, not 'e.com'."),
        (
            {"type": "number_input", "is_decimal_allowed": True},
            "two",
            "“Field” takes a number, not 'two'.",
        ),
        (
            {"type": "number_input", "is_decimal_allowed": False},
            "1.5",
            "“Field” takes a whole number, not 1.5.",
        ),
        (
            {"type": "number_input", "is_decimal_allowed": False, "max_value": "4"},
            5,
            "“Field” takes 4 or less, not 5.",
        ),
        (
            {"type": "number_input", "is_decimal_allowed": False, "min_value": "1"},
            0,
            "“Field” takes 1 or more, not 0.",
        ),
        (
            {"type": "datepicker"},
            "5 March",
            "“Field” takes a day, written YYYY-MM-DD, not '5 March'.",
        ),
        (
            {"type": "datepicker"},
            "2026-02-30",
            "“Field” takes a day, written YYYY-MM-DD, not '2026-02-30'.",
        ),
        (
            {"type": "timepicker"},
            "24:00",
            "“Field” takes a time of day, written HH:MM, not '24:00'.",
        ),
        (
            {"type": "datetimepicker"},
            "tomorrow",
            "“Field” takes a moment with its time zone, or Unix seconds, not 'tomorrow'.",
        ),
        ({"type": "users_select"}, "Priya", "“Field” takes an id such as U012AB3CD, not 'Priya'."),
        ({"type": "file_input"}, ["a.txt"], "“Field” takes files."),
        ({"type": "rich_text_input"}, 7, "“Field” takes a text."),
    ],
)
def test_what_a_person_could_not_do_is_refused_in_a_sentence(
    element: dict[str, Any], value: object, sentence: str
) -> None:
    with pytest.raises(ValueError) as refusal:  # noqa: PT011 - the sentence is compared whole below
        with_value(control(element), value)
    assert str(refusal.value) == sentence


def test_a_button_is_pressed_not_filled_in() -> None:
    (button,) = controls([make.actions(make.button())])
    with pytest.raises(ValueError, match="“Join” is pressed"):
        with_value(button, "x")


def test_an_external_select_takes_what_the_app_suggested() -> None:
    field = dataclasses.replace(control({"type": "external_select"}), options=(option_of(make.option(1)),))
    assert with_value(field, "Option 1")["selected_option"] == OPTION_1


def test_an_unanswered_field_is_known() -> None:
    field = control({"type": "plain_text_input"})
    assert is_empty(with_value(field, None))
    assert not is_empty(with_value(field, "x"))
    assert is_empty(with_value(control(BOXES), []))
