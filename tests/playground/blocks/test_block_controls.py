"""Controls: what one can press or fill in, with the name it goes by."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from playground.blocks import Confirm, Option, controls, with_ids
from tests.playground.blocks import samples as make


def only(*blocks: dict[str, Any]) -> Any:
    (control,) = controls(blocks)
    return control


def test_a_button_goes_by_its_text_and_carries_its_value() -> None:
    block = make.actions(make.button(value="7", style="primary", confirm=make.confirm()), block_id="b")
    control = only(block)
    assert (control.block_id, control.action_id, control.kind) == ("b", "join", "button")
    assert (control.label, control.value, control.style) == ("Join", "7", "primary")
    assert control.confirm == Confirm("Sure?", "It ends.", "Yes", "No")
    assert control.optional
    assert not control.is_input
    assert control.path == "blocks[0].elements[0]"


def test_an_input_goes_by_its_label_and_says_what_it_takes() -> None:
    control = only(
        make.asking(
            {
                "type": "plain_text_input",
                "action_id": "a",
                "min_length": 2,
                "max_length": 9,
                "multiline": True,
                "initial_value": "now",
                "placeholder": make.plain("Say"),
            },
            label=make.plain("Goal"),
        )
    )
    assert (control.label, control.placeholder, control.initial) == ("Goal", "Say", ("now",))
    assert (control.min_length, control.max_length, control.multiline) == (2, 9, True)
    assert control.is_input
    assert not control.optional
    assert not control.dispatches


def test_a_menu_goes_by_its_placeholder_and_else_by_the_text_beside_it() -> None:
    menu = {"type": "static_select", "options": make.options(1)}
    assert only(make.section("*Pick* one", accessory=menu)).label == "Pick one"
    named = {**menu, "placeholder": make.plain("Choose")}
    assert only(make.section("Pick one", accessory=named)).label == "Choose"


def test_grouped_options_are_offered_in_order() -> None:
    groups = [{"label": make.plain(), "options": [make.option(number)]} for number in (3, 1)]
    control = only(
        make.asking({"type": "multi_static_select", "option_groups": groups, "max_selected_items": 2})
    )
    assert control.options == (Option("Option 3", "v3"), Option("Option 1", "v1"))
    assert control.multi
    assert control.max_selected == 2


def test_an_option_is_read_as_a_person_reads_it() -> None:
    offered = make.option(
        text=make.mrkdwn("*Bold* &amp; <https://e.com|linked>"), description=make.plain("why")
    )
    control = only(make.actions({"type": "checkboxes", "options": [offered], "initial_options": [offered]}))
    assert control.options == (Option("Bold & linked", "v0", "why"),)
    assert control.initial == ("v0",)


@pytest.mark.parametrize(
    ("element", "initial"),
    [
        ({"type": "datepicker", "initial_date": "2026-03-05"}, ("2026-03-05",)),
        ({"type": "datetimepicker", "initial_date_time": 1767600000}, ("1767600000",)),
        ({"type": "multi_users_select", "initial_users": ["U1", "U2"]}, ("U1", "U2")),
        ({"type": "conversations_select", "initial_conversation": "C1"}, ("C1",)),
        ({"type": "rich_text_input", "initial_value": make.rich_list()}, ("• a",)),
        ({"type": "timepicker"}, ()),
    ],
)
def test_what_is_chosen_at_the_start_is_known(element: dict[str, Any], initial: tuple[str, ...]) -> None:
    assert only(make.asking(element)).initial == initial


def test_controls_in_cards_carousels_and_containers_are_found_in_order() -> None:
    blocks = [
        make.container(make.actions(make.button(text=make.plain("A")))),
        {"type": "carousel", "elements": [make.card(actions=[make.button(text=make.plain("B"))])]},
        make.section(accessory=make.image()),
        make.asking({"type": "users_select"}, label=make.plain("C")),
    ]
    assert [control.label for control in controls(blocks)] == ["A", "B", "C"]


def test_feedback_offers_both_answers() -> None:
    feedback = {
        "type": "feedback_buttons",
        "positive_button": {"text": make.plain("Good"), "value": "1"},
        "negative_button": {"text": make.plain("Bad"), "value": "0"},
    }
    control = only({"type": "context_actions", "elements": [feedback]})
    assert control.options == (Option("Good", "1"), Option("Bad", "0"))


def test_missing_ids_are_filled_in_everywhere_and_given_ones_kept() -> None:
    counter = itertools.count()
    blocks = with_ids(
        [
            make.actions(make.button(), {"type": "datepicker"}, block_id="mine"),
            make.container(make.section(accessory={"type": "users_select"})),
            make.section(accessory=make.image()),
        ],
        lambda: f"id{next(counter)}",
    )
    assert [control.action_id for control in controls(blocks)] == ["join", "id0", "id3"]
    assert blocks[0]["block_id"] == "mine"
    assert blocks[1]["child_blocks"][0]["block_id"] == "id2"
    assert "action_id" not in blocks[2]["accessory"]
