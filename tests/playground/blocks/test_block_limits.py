"""Every limit: exactly at it Slack takes the message or view, one beyond it is refused at the right place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.blocks import Problem, check_message, check_view
from playground.tables import limits
from tests.playground.blocks import samples as make
from tests.playground.blocks.samples import asked, beside, in_actions, in_home, in_message, in_modal, paths

if TYPE_CHECKING:
    from collections.abc import Callable

    Made = Callable[[int], list[Problem]]


def x(count: int) -> str:
    return "x" * count


def url(length: int) -> str:
    return "https://e.com/".ljust(length, "x")


def select(**more: Any) -> dict[str, Any]:
    return {"type": "static_select", **more}


def text_input(**more: Any) -> dict[str, Any]:
    return {"type": "plain_text_input", **more}


HIGHEST: Final[dict[str, tuple[int, str, Made]]] = {
    "blocks of a message": (50, "blocks", lambda n: in_message(*[make.section()] * n)),
    "blocks of a modal": (100, "blocks", lambda n: in_modal(*[make.section()] * n)),
    "blocks of a Home tab": (100, "blocks", lambda n: in_home(*[make.section()] * n)),
    "text of a message": (40_000, "text", lambda n: check_message(None, text=x(n))),
    "all blocks together": (
        13_200,
        "blocks",
        lambda n: in_message(*[make.section(x(2640))] * 4, make.section(x(n - 4 * 2640))),
    ),
    "markdown blocks together": (
        12_000,
        "blocks",
        lambda n: in_message(
            {"type": "markdown", "text": x(6000)}, {"type": "markdown", "text": x(n - 6000)}
        ),
    ),
    "charts of a message": (2, "blocks[2]", lambda n: in_message(*[make.chart(make.pie())] * n)),
    "private_metadata": (3000, "private_metadata", lambda n: in_modal(private_metadata=x(n))),
    "callback_id": (255, "callback_id", lambda n: in_home(callback_id=x(n))),
    "external_id": (255, "external_id", lambda n: in_modal(external_id=x(n))),
    "title of a modal": (24, "title.text", lambda n: in_modal(title=make.plain(x(n)))),
    "submit of a modal": (24, "submit.text", lambda n: in_modal(submit=make.plain(x(n)))),
    "close of a modal": (24, "close.text", lambda n: in_modal(close=make.plain(x(n)))),
    "block_id": (255, "blocks[0].block_id", lambda n: in_message(make.section(block_id=x(n)))),
    "action_id": (255, "blocks[0].elements[0].action_id", lambda n: in_actions(make.button(action_id=x(n)))),
    "section text": (3000, "blocks[0].text.text", lambda n: in_message(make.section(x(n)))),
    "section fields": (
        10,
        "blocks[0].fields",
        lambda n: in_message({"type": "section", "fields": [make.mrkdwn()] * n}),
    ),
    "section field": (
        2000,
        "blocks[0].fields[0].text",
        lambda n: in_message(make.section(fields=[make.plain(x(n))])),
    ),
    "header": (
        150,
        "blocks[0].text.text",
        lambda n: in_message({"type": "header", "text": make.plain(x(n))}),
    ),
    "context elements": (
        10,
        "blocks[0].elements",
        lambda n: in_message({"type": "context", "elements": [make.mrkdwn()] * n}),
    ),
    "actions elements": (
        25,
        "blocks[0].elements",
        lambda n: in_message(make.actions(*[make.button(action_id=str(i)) for i in range(n)])),
    ),
    "context_actions elements": (
        5,
        "blocks[0].elements",
        lambda n: in_message(
            {
                "type": "context_actions",
                "elements": [{"type": "icon_button", "icon": "trash", "text": make.plain()}] * n,
            }
        ),
    ),
    "button text": (
        75,
        "blocks[0].elements[0].text.text",
        lambda n: in_actions(make.button(text=make.plain(x(n)))),
    ),
    "button value": (2000, "blocks[0].elements[0].value", lambda n: in_actions(make.button(value=x(n)))),
    "button url": (3000, "blocks[0].elements[0].url", lambda n: in_actions(make.button(url=url(n)))),
    "accessibility_label": (
        75,
        "blocks[0].elements[0].accessibility_label",
        lambda n: in_actions(make.button(accessibility_label=x(n))),
    ),
    "confirm title": (
        100,
        "blocks[0].elements[0].confirm.title.text",
        lambda n: in_actions(make.button(confirm=make.confirm(title=make.plain(x(n))))),
    ),
    "confirm text": (
        300,
        "blocks[0].elements[0].confirm.text.text",
        lambda n: in_actions(make.button(confirm=make.confirm(text=make.mrkdwn(x(n))))),
    ),
    "confirm yes": (
        30,
        "blocks[0].elements[0].confirm.confirm.text",
        lambda n: in_actions(make.button(confirm=make.confirm(confirm=make.plain(x(n))))),
    ),
    "confirm no": (
        30,
        "blocks[0].elements[0].confirm.deny.text",
        lambda n: in_actions(make.button(confirm=make.confirm(deny=make.plain(x(n))))),
    ),
    "option text": (
        75,
        "blocks[0].accessory.options[0].text.text",
        lambda n: beside(select(options=[make.option(text=make.plain(x(n)))])),
    ),
    "option value": (
        75,
        "blocks[0].accessory.options[0].value",
        lambda n: beside(select(options=[make.option() | {"value": x(n)}])),
    ),
    "option description": (
        75,
        "blocks[0].accessory.options[0].description.text",
        lambda n: beside(select(options=[make.option(description=make.plain(x(n)))])),
    ),
    "overflow address": (
        3000,
        "blocks[0].accessory.options[0].url",
        lambda n: beside({"type": "overflow", "options": [make.option(url=url(n))]}),
    ),
    "select options": (
        100,
        "blocks[0].accessory.options",
        lambda n: beside(select(options=make.options(n))),
    ),
    "option groups": (
        100,
        "blocks[0].accessory.option_groups",
        lambda n: beside(
            select(option_groups=[{"label": make.plain(), "options": [make.option(i)]} for i in range(n)])
        ),
    ),
    "options of a group": (
        100,
        "blocks[0].accessory.option_groups[0].options",
        lambda n: beside(select(option_groups=[{"label": make.plain(), "options": make.options(n)}])),
    ),
    "label of a group": (
        75,
        "blocks[0].accessory.option_groups[0].label.text",
        lambda n: beside(select(option_groups=[{"label": make.plain(x(n)), "options": make.options(1)}])),
    ),
    "overflow options": (
        5,
        "blocks[0].accessory.options",
        lambda n: beside({"type": "overflow", "options": make.options(n)}),
    ),
    "checkboxes": (
        10,
        "blocks[0].accessory.options",
        lambda n: beside({"type": "checkboxes", "options": make.options(n)}),
    ),
    "radio buttons": (
        10,
        "blocks[0].element.options",
        lambda n: asked({"type": "radio_buttons", "options": make.options(n)}),
    ),
    "placeholder": (
        150,
        "blocks[0].element.placeholder.text",
        lambda n: asked(text_input(placeholder=make.plain(x(n)))),
    ),
    "min_length": (3000, "blocks[0].element.min_length", lambda n: asked(text_input(min_length=n))),
    "max_length": (3000, "blocks[0].element.max_length", lambda n: asked(text_input(max_length=n))),
    "initial text": (
        3000,
        "blocks[0].element.initial_value",
        lambda n: asked(text_input(initial_value=x(n))),
    ),
    "max_files": (
        10,
        "blocks[0].element.max_files",
        lambda n: asked({"type": "file_input", "max_files": n}),
    ),
    "max_lines": (
        100,
        "blocks[0].element.max_lines",
        lambda n: asked({"type": "rich_text_input", "max_lines": n}),
    ),
    "label": (
        2000,
        "blocks[0].label.text",
        lambda n: in_modal(make.asking(text_input(), label=make.plain(x(n)))),
    ),
    "hint": (
        2000,
        "blocks[0].hint.text",
        lambda n: in_modal(make.asking(text_input(), hint=make.plain(x(n)))),
    ),
    "image address": (3000, "blocks[0].image_url", lambda n: in_message(make.image(image_url=url(n)))),
    "image alt": (2000, "blocks[0].alt_text", lambda n: in_message(make.image(alt_text=x(n)))),
    "image title": (2000, "blocks[0].title.text", lambda n: in_message(make.image(title=make.plain(x(n))))),
    "alert": (200, "blocks[0].text.text", lambda n: in_modal({"type": "alert", "text": make.mrkdwn(x(n))})),
    "card title": (150, "blocks[0].title.text", lambda n: in_message(make.card(title=make.mrkdwn(x(n))))),
    "card subtitle": (
        150,
        "blocks[0].subtitle.text",
        lambda n: in_home(make.card(subtitle=make.mrkdwn(x(n)))),
    ),
    "card body": (200, "blocks[0].body.text", lambda n: in_modal(make.card(body=make.mrkdwn(x(n))))),
    "card subtext": (200, "blocks[0].subtext.text", lambda n: in_modal(make.card(subtext=make.mrkdwn(x(n))))),
    "card buttons": (
        3,
        "blocks[0].actions",
        lambda n: in_message(make.card(actions=[make.button(action_id=str(i)) for i in range(n)])),
    ),
    "cards": (
        10,
        "blocks[0].elements",
        lambda n: in_message({"type": "carousel", "elements": [make.card()] * n}),
    ),
    "container title": (
        150,
        "blocks[0].title.text",
        lambda n: in_message(make.container(title=make.plain(x(n)))),
    ),
    "container blocks": (
        10,
        "blocks[0].child_blocks",
        lambda n: in_message(make.container(*[make.section()] * n)),
    ),
    "markdown": (12_000, "blocks[0].text", lambda n: in_message({"type": "markdown", "text": x(n)})),
    "plan tasks": (
        50,
        "blocks[0].tasks",
        lambda n: in_message({"type": "plan", "title": "Plan", "tasks": [make.task()] * n}),
    ),
    "video title": (199, "blocks[0].title.text", lambda n: in_message(make.video(title=make.plain(x(n))))),
    "video author": (49, "blocks[0].author_name", lambda n: in_message(make.video(author_name=x(n)))),
    "video provider": (50, "blocks[0].provider_name", lambda n: in_message(make.video(provider_name=x(n)))),
    "table rows": (100, "blocks[0].rows", lambda n: in_message({"type": "table", "rows": make.grid(n)})),
    "table columns": (
        20,
        "blocks[0].rows[0]",
        lambda n: in_message({"type": "table", "rows": make.grid(1, n)}),
    ),
    "characters of tables": (
        10_000,
        "blocks",
        lambda n: in_message({"type": "table", "rows": [[make.cell(x(9000)), make.cell(x(n - 9000))]]}),
    ),
    "data table rows": (101, "blocks[0].rows", lambda n: in_message(make.data_table(rows=make.grid(n)))),
    "data table columns": (
        20,
        "blocks[0].rows[0]",
        lambda n: in_message(make.data_table(rows=make.grid(2, n))),
    ),
    "data table page": (100, "blocks[0].page_size", lambda n: in_message(make.data_table(page_size=n))),
    "data table characters": (
        20_000,
        "blocks[0].rows",
        lambda n: in_message(make.data_table(rows=[[make.cell(x(15_000))], [make.cell(x(n - 15_000))]])),
    ),
    "row header": (
        2,
        "blocks[0].row_header_column_index",
        lambda n: in_message(make.data_table(rows=make.grid(2, 3), row_header_column_index=n)),
    ),
    "chart title": (50, "blocks[0].title", lambda n: in_message(make.chart(make.pie(), title=x(n)))),
    "segments": (6, "blocks[0].chart.segments", lambda n: in_message(make.chart(make.pie(n)))),
    "segment label": (
        20,
        "blocks[0].chart.segments[0].label",
        lambda n: in_message(make.chart(make.pie(label=x(n)))),
    ),
    "series": (6, "blocks[0].chart.series", lambda n: in_message(make.chart(make.bars(series=n)))),
    "axis title": (
        50,
        "blocks[0].chart.axis_config.x_label",
        lambda n: in_message(make.chart(make.bars(x_label=x(n)))),
    ),
    "rich text indent": (8, "blocks[0].elements[0].indent", lambda n: in_message(make.rich_list(indent=n))),
}

LOWEST: Final[dict[str, tuple[int, str, Made]]] = {
    "text": (1, "blocks[0].text.text", lambda n: in_message(make.section(x(n)))),
    "options": (1, "blocks[0].accessory.options", lambda n: beside(select(options=make.options(n)))),
    "checkboxes": (
        1,
        "blocks[0].accessory.options",
        lambda n: beside({"type": "checkboxes", "options": make.options(n)}),
    ),
    "overflow options": (
        1,
        "blocks[0].accessory.options",
        lambda n: beside({"type": "overflow", "options": make.options(n)}),
    ),
    "fields": (1, "blocks[0].fields", lambda n: in_message(make.section(fields=[make.plain()] * n))),
    "elements": (1, "blocks[0].elements", lambda n: in_message(make.actions(*[make.button()] * n))),
    "cards": (
        1,
        "blocks[0].elements",
        lambda n: in_message({"type": "carousel", "elements": [make.card()] * n}),
    ),
    "data table rows": (2, "blocks[0].rows", lambda n: in_message(make.data_table(rows=make.grid(n)))),
    "page_size": (1, "blocks[0].page_size", lambda n: in_message(make.data_table(page_size=n))),
    "max_length": (1, "blocks[0].element.max_length", lambda n: asked(text_input(max_length=n))),
    "max_selected_items": (
        1,
        "blocks[0].element.max_selected_items",
        lambda n: asked({"type": "multi_users_select", "max_selected_items": n}),
    ),
    "segment value": (
        1,
        "blocks[0].chart.segments[0].value",
        lambda n: in_message(make.chart(make.pie(value=n))),
    ),
    "option value": (
        1,
        "blocks[0].accessory.options[0].value",
        lambda n: beside(select(options=[make.option() | {"value": x(n)}])),
    ),
    "alt text": (1, "blocks[0].alt_text", lambda n: in_message(make.image(alt_text=x(n)))),
}


@pytest.mark.parametrize("name", HIGHEST)
def test_what_is_exactly_at_a_limit_is_taken(name: str) -> None:
    highest, _, made = HIGHEST[name]
    assert made(highest) == []


@pytest.mark.parametrize("name", HIGHEST)
def test_what_is_one_beyond_a_limit_is_refused_at_its_place(name: str) -> None:
    highest, path, made = HIGHEST[name]
    assert path in paths(made(highest + 1))


@pytest.mark.parametrize("name", LOWEST)
def test_what_is_exactly_at_a_lower_limit_is_taken(name: str) -> None:
    lowest, _, made = LOWEST[name]
    assert made(lowest) == []


@pytest.mark.parametrize("name", LOWEST)
def test_what_is_below_a_lower_limit_is_refused_at_its_place(name: str) -> None:
    lowest, path, made = LOWEST[name]
    assert paths(made(lowest - 1)) == [path]


def test_points_of_a_series_and_categories_are_bounded() -> None:
    assert in_message(make.chart(make.bars(points=20))) == []
    refused = paths(in_message(make.chart(make.bars(points=21))))
    assert refused == ["blocks[0].chart.series[0].data", "blocks[0].chart.axis_config.categories"]


def test_a_view_is_bounded_as_json() -> None:
    blocks = [make.section("x" * 2950) for _ in range(80)]
    roomy = make.home(*blocks)
    assert check_view(roomy) == []
    crowded = make.home(*blocks, *blocks[:10])
    assert paths(check_view(crowded)) == [""]


@given(st.text(alphabet="aé漢😀👩🏽", min_size=70, max_size=80))
def test_limits_count_code_points_and_not_bytes(text: str) -> None:
    problems = in_actions(make.button(text=make.plain(text)))
    assert bool(problems) is (len(text) > limits.BUTTON_TEXT_MAX)


@given(st.text(min_size=1, max_size=200))
def test_a_header_of_any_characters_is_refused_only_for_its_length(text: str) -> None:
    problems = in_message({"type": "header", "text": make.plain(text)})
    assert bool(problems) is (len(text) > limits.HEADER_TEXT_MAX)
