"""What Slack refuses: wrong types, unknown and missing keys, choices that do not agree, repeated ids."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from playground.blocks import Problem, check_message, check_view
from tests.playground.blocks import samples as make
from tests.playground.blocks.samples import (
    BOXES,
    MOVED,
    NUMBER,
    RADIOS,
    SEVERAL,
    asked,
    beside,
    in_home,
    in_message,
    in_modal,
    of_group,
    paths,
    select,
)

VIEWS = Path(__file__).resolve().parents[3] / "../shared/fixtures/slack/views"


REFUSED: Final[dict[str, tuple[str, str, list[Problem]]]] = {
    "nothing at all": ("text", "required", check_message(None, text="")),
    "blocks that are no list": ("blocks", "must be a list, not an object", check_message({}, text="Hello")),
    "blocks in a string": ("blocks", "must be a list, not a string", check_message("[]", text="Hello")),
    "a block that is no object": (
        "blocks[0]",
        "must be an object, not a string",
        check_message(["x"], text="Hello"),
    ),
    "a block without a type": ("blocks[0].type", "required", in_message({"text": make.plain()})),
    "an unknown block": ("blocks[0].type", "'sektion'", in_message({"type": "sektion"})),
    "an unknown element": (
        "blocks[0].elements[0].type",
        "'buton'",
        in_message(make.actions({"type": "buton"})),
    ),
    "an unknown key": ("blocks[0].colour", "not a key", in_message(make.section(colour="red"))),
    "emoji in mrkdwn": (
        "blocks[0].text.emoji",
        "not a key",
        in_message({"type": "section", "text": {**make.mrkdwn(), "emoji": True}}),
    ),
    "a missing key": ("blocks[0].text", "required", in_message({"type": "header"})),
    "null": ("blocks[0].accessory", "not null", in_message(make.section(accessory=None))),
    "a number for a string": (
        "blocks[0].text.text",
        "must be a string, not a number",
        in_message({"type": "header", "text": {"type": "plain_text", "text": 3}}),
    ),
    "a string for a switch": (
        "blocks[0].optional",
        "must be true or false, not a string",
        asked({"type": "plain_text_input"}, optional="yes"),
    ),
    "a switch for a number": (
        "blocks[0].element.min_length",
        "whole number, not true or false",
        asked({"type": "plain_text_input", "min_length": True}),
    ),
    "mrkdwn in a header": (
        "blocks[0].text",
        "must be of type plain_text, not mrkdwn",
        in_message({"type": "header", "text": make.mrkdwn()}),
    ),
    "mrkdwn on a button": (
        "blocks[0].elements[0].text",
        "plain_text",
        in_message(make.actions(make.button(text=make.mrkdwn()))),
    ),
    "mrkdwn in a label": (
        "blocks[0].label",
        "plain_text",
        asked({"type": "plain_text_input"}, label=make.mrkdwn()),
    ),
    "mrkdwn in an option of a select": (
        "blocks[0].accessory.options[0].text",
        "plain_text",
        beside(select(options=[make.option(text=make.mrkdwn())])),
    ),
    "mrkdwn in a modal's title": ("title", "plain_text", in_modal(title=make.mrkdwn())),
    "an empty section": ("blocks[0]", "at least one of text, fields", in_message({"type": "section"})),
    "an empty header": (
        "blocks[0].text.text",
        "must not be empty",
        in_message({"type": "header", "text": make.plain("")}),
    ),
    "an input where a button belongs": (
        "blocks[0].elements[0]",
        "not plain_text_input",
        in_message(make.actions({"type": "plain_text_input"})),
    ),
    "a button that asks": ("blocks[0].element", "not button", asked(make.button())),
    "a text input beside a section": (
        "blocks[0].accessory",
        "not number_input",
        beside({**NUMBER}),
    ),
    "a confirm without a no": (
        "blocks[0].elements[0].confirm.deny",
        "required",
        in_message(
            make.actions(
                make.button(confirm={key: value for key, value in make.confirm().items() if key != "deny"})
            )
        ),
    ),
    "an unknown style": (
        "blocks[0].elements[0].style",
        "primary, danger",
        in_message(make.actions(make.button(style="link"))),
    ),
    "an address without a scheme": (
        "blocks[0].elements[0].url",
        "scheme",
        in_message(make.actions(make.button(url="example.com"))),
    ),
    "a picture from nowhere": ("blocks[0].image_url", "http", in_message(make.image(image_url="cat.png"))),
    "a picture from two places": (
        "blocks[0]",
        "exactly one",
        in_message(make.image(slack_file={"id": "F1"})),
    ),
    "a repeated option value": (
        "blocks[0].accessory.options[1].value",
        "repeats",
        beside(select(options=[make.option(), MOVED])),
    ),
    "a repeated value across groups": (
        "blocks[0].element.option_groups[1].options[0].value",
        "repeats",
        asked({"type": "static_select", "option_groups": [*of_group(make.option()), *of_group(MOVED)]}),
    ),
    "a repeated radio value in a modal": (
        "blocks[0].element.options[1].value",
        "repeats",
        asked({"type": "radio_buttons", "options": [make.option(), MOVED]}),
    ),
    "options and groups together": (
        "blocks[0].accessory",
        "exactly one",
        beside(select(option_groups=of_group(make.option(7)))),
    ),
    "an initial option nobody offers": (
        "blocks[0].accessory.initial_option",
        "not one of the options",
        beside(select(initial_option=make.option(9))),
    ),
    "an initial option with another text": (
        "blocks[0].accessory.initial_option",
        "not one of the options",
        beside(select(initial_option=MOVED)),
    ),
    "an initial option described otherwise": (
        "blocks[0].accessory.initial_option",
        "not one of the options",
        beside(select(initial_option=make.option(1, description=make.plain("Else")))),
    ),
    "an initial box nobody offers": (
        "blocks[0].accessory.initial_options[1]",
        "not one of the options",
        beside({**BOXES, "initial_options": [make.option(0), make.option(5)]}),
    ),
    "an initial radio nobody offers": (
        "blocks[0].element.initial_option",
        "not one of the options",
        asked({**RADIOS, "initial_option": make.option(5)}),
    ),
    "no initial boxes, said aloud": (
        "blocks[0].accessory.initial_options",
        "must not be empty",
        beside({**BOXES, "initial_options": []}),
    ),
    "more chosen than allowed": (
        "blocks[0].element.initial_options",
        "max_selected_items",
        asked({**SEVERAL, "initial_options": make.options(3), "max_selected_items": 2}),
    ),
    "an empty filter": (
        "blocks[0].accessory.filter",
        "at least one",
        beside({"type": "conversations_select", "filter": {}}),
    ),
    "a day that never was": (
        "blocks[0].element.initial_date",
        "YYYY-MM-DD",
        asked({"type": "datepicker", "initial_date": "2023-02-29"}),
    ),
    "a day without dashes": (
        "blocks[0].element.initial_date",
        "YYYY-MM-DD",
        asked({"type": "datepicker", "initial_date": "20230228"}),
    ),
    "a time of the afternoon": (
        "blocks[0].element.initial_time",
        "HH:MM",
        asked({"type": "timepicker", "initial_time": "3:00 PM"}),
    ),
    "a moment in milliseconds": (
        "blocks[0].element.initial_date_time",
        "at most",
        asked({"type": "datetimepicker", "initial_date_time": 1_767_600_000_000}),
    ),
    "a number that is none": (
        "blocks[0].element.initial_value",
        "number",
        asked({**NUMBER, "initial_value": "three"}),
    ),
    "a fraction where none is allowed": (
        "blocks[0].element.initial_value",
        "whole number",
        asked({**NUMBER, "initial_value": "1.5"}),
    ),
    "a number out of range": (
        "blocks[0].element.initial_value",
        "min_value",
        asked({**NUMBER, "initial_value": "5", "max_value": "4"}),
    ),
    "a range upside down": (
        "blocks[0].element.min_value",
        "max_value",
        asked({**NUMBER, "min_value": "5", "max_value": "4"}),
    ),
    "lengths upside down": (
        "blocks[0].element.min_length",
        "max_length",
        asked({"type": "plain_text_input", "min_length": 5, "max_length": 4}),
    ),
    "an initial text too short": (
        "blocks[0].element.initial_value",
        "min_length",
        asked({"type": "plain_text_input", "initial_value": "ab", "min_length": 3}),
    ),
    "two focuses": (
        "blocks[1].element.focus_on_load",
        "already true",
        in_modal(*[make.asking({"type": "plain_text_input", "focus_on_load": True})] * 2),
    ),
    "a response_url in a message": (
        "blocks[0].accessory.response_url_enabled",
        "modal",
        beside({"type": "channels_select", "response_url_enabled": True}),
    ),
    "a response_url beside a section": (
        "blocks[0].accessory.response_url_enabled",
        "input of a modal",
        in_modal(make.section(accessory={"type": "channels_select", "response_url_enabled": True})),
    ),
    "a repeated action_id": (
        "blocks[0].elements[1].action_id",
        "repeats",
        in_message(make.actions(make.button(), make.button())),
    ),
    "a repeated block_id": (
        "blocks[1].block_id",
        "repeats",
        in_message(make.section(block_id="a"), make.section(block_id="a")),
    ),
    "a block_id repeated inside a container": (
        "blocks[0].child_blocks[0].block_id",
        "repeats",
        in_message(make.container(make.section(block_id="a"), block_id="a")),
    ),
    "an input without a submit": (
        "submit",
        "required",
        check_view(
            {"type": "modal", "title": make.plain(), "blocks": [make.asking({"type": "plain_text_input"})]}
        ),
    ),
    "a modal without a title": ("title", "required", check_view({"type": "modal", "blocks": []})),
    "a view without blocks": ("blocks", "required", check_view({"type": "home"})),
    "a Home tab with a title": ("title", "not a key", in_home(title=make.plain())),
    "a view of no type": ("type", "modal, home", check_view({"blocks": []})),
    "a view that is no object": ("view", "must be an object, not a list", check_view([])),
    "an empty card": ("blocks[0]", "at least one", in_message({"type": "card", "subtitle": make.plain()})),
    "a menu on a card": (
        "blocks[0].actions[0]",
        "must be of type button",
        in_message(make.card(actions=[{"type": "overflow", "options": make.options(1)}])),
    ),
    "a carousel of sections": (
        "blocks[0].elements[0]",
        "must be of type card",
        in_message({"type": "carousel", "elements": [make.section()]}),
    ),
    "a container in a container": (
        "blocks[0].child_blocks[0]",
        "not container",
        in_message(make.container(make.container())),
    ),
    "a nameless container": (
        "blocks[0]",
        "at least one of title",
        in_message({"type": "container", "child_blocks": [make.section()]}),
    ),
    "collapsed but not collapsible": (
        "blocks[0].default_collapsed",
        "is_collapsible",
        in_message(make.container(default_collapsed=True)),
    ),
    "a divider over what collapses": (
        "blocks[0].has_header_divider",
        "is_collapsible",
        in_message(make.container(is_collapsible=True, has_header_divider=True)),
    ),
    "an alert of no known level": (
        "blocks[0].level",
        "default, info",
        in_modal({"type": "alert", "text": make.plain(), "level": "loud"}),
    ),
    "rows of different lengths": (
        "blocks[0].rows[1]",
        "1 columns",
        in_message(make.data_table(rows=[[make.cell()], [make.cell()] * 2])),
    ),
    "rich text in a header row": (
        "blocks[0].rows[0][0]",
        "rich_text",
        in_message(make.data_table(rows=[[make.rich()], [make.cell()]])),
    ),
    "a data table without a caption": (
        "blocks[0].caption",
        "required",
        in_message({"type": "data_table", "rows": make.grid(2)}),
    ),
    "an unknown cell": (
        "blocks[0].rows[0][0].type",
        "no cell",
        in_message({"type": "table", "rows": [[make.plain()]]}),
    ),
    "an unknown chart": (
        "blocks[0].chart.type",
        "'donut'",
        in_message(make.chart({"type": "donut", "segments": []})),
    ),
    "points that miss a category": (
        "blocks[0].chart.series[0].data",
        "one point for each",
        in_message(make.chart(make.bars(points=2, categories=["p0", "p1", "p2"]))),
    ),
    "a category twice": (
        "blocks[0].chart.axis_config.categories[1]",
        "repeats",
        in_message(make.chart(make.bars(points=1, categories=["p0", "p0"]))),
    ),
    "a value that is no number": (
        "blocks[0].chart.segments[0].value",
        "must be a number",
        in_message(make.chart(make.pie(value="7"))),
    ),
    "a task of no known status": (
        "blocks[0].status",
        "pending",
        in_message(make.task(status="done")),
    ),
    "a picture inside rich text": (
        "blocks[0].elements[0].elements[0].type",
        "no rich text",
        in_message(make.rich({"type": "rich_text_section", "elements": [make.image()]})),
    ),
    "two charts beyond the second": (
        "blocks[2]",
        "one chart too many",
        in_message(*[make.chart(make.pie())] * 3),
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_slack_refuses_is_named_with_its_place_and_a_sentence(what: str) -> None:
    path, words, problems = REFUSED[what]
    assert [problem.path for problem in problems if words in problem.sentence] == [path]


def test_several_problems_are_all_named() -> None:
    problems = in_message(
        {"type": "header", "text": make.mrkdwn()}, make.section(accessory=None, colour="red")
    )
    assert paths(problems) == ["blocks[0].text", "blocks[1].colour", "blocks[1].accessory"]
