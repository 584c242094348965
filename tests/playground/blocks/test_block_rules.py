"""What Slack takes: every kind of block and element in a valid form, and the real views it has shown."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.blocks import Problem, check_message, check_view
from tests.playground.blocks import samples as make
from tests.playground.blocks.samples import (
    BOXES,
    MOVED,
    NUMBER,
    SEVERAL,
    asked,
    beside,
    in_home,
    in_message,
    in_modal,
    of_group,
    select,
)

VIEWS = Path(__file__).resolve().parents[3] / "../shared/fixtures/slack/views"


TAKEN: Final[dict[str, list[Problem]]] = {
    "a text alone": check_message(None, text="Hello"),
    "blocks without a text": check_message([make.section()], text=None),
    "no blocks but a text": check_message([], text="Hello"),
    "a section of fields": in_message({"type": "section", "fields": [make.mrkdwn()]}),
    "an expanded section": in_message(make.section(expand=True)),
    "a divider": in_message({"type": "divider"}),
    "a link button": in_message(make.actions(make.button(url="mailto:a@example.com"))),
    "a full confirm": in_message(make.actions(make.button(confirm=make.confirm(style="danger")))),
    "an initial option": beside(select(initial_option=make.option(1))),
    "an initial option that spells out emoji": beside(
        select(initial_option=make.option(1, text={**make.plain("Option 1"), "emoji": True}))
    ),
    "an initial option of a group": beside(
        {
            "type": "static_select",
            "option_groups": of_group(make.option(3)),
            "initial_option": make.option(3),
        }
    ),
    "initial boxes": beside({**BOXES, "initial_options": make.options(2)}),
    "an external select": beside({"type": "external_select", "min_query_length": 0}),
    "a conversation filter": beside({"type": "conversations_select", "filter": {"include": ["im"]}}),
    "as many chosen as allowed": asked(
        {**SEVERAL, "initial_options": make.options(2), "max_selected_items": 2}
    ),
    "a day": asked({"type": "datepicker", "initial_date": "2024-02-29"}),
    "a time": asked({"type": "timepicker", "initial_time": "23:59"}),
    "a moment": asked({"type": "datetimepicker", "initial_date_time": 1_767_600_000}),
    "a number": asked({**NUMBER, "initial_value": "3", "min_value": "-1", "max_value": "3"}),
    "a text that fits": asked(
        {"type": "plain_text_input", "initial_value": "abc", "min_length": 3, "max_length": 3}
    ),
    "a text that tells as one types": asked(
        {
            "type": "plain_text_input",
            "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed", "on_character_entered"]},
        },
        dispatch_action=True,
    ),
    "one focus": asked({"type": "plain_text_input", "focus_on_load": True}),
    "a select with a response_url": asked({"type": "channels_select", "response_url_enabled": True}),
    "a file of Slack's": in_message(
        {"type": "image", "alt_text": "A cat", "slack_file": {"id": "F1"}},
    ),
    "a card of a picture": in_message({"type": "card", "hero_image": make.image()}),
    "a collapsed container": in_message(make.container(is_collapsible=True, default_collapsed=True)),
    "a container titled in rich text": in_message(
        {"type": "container", "rich_text_title": make.rich(), "child_blocks": [make.section()]}
    ),
    "a chart of bars": in_message(make.chart(make.bars(series=2, points=3, x_label="Week"))),
    "a data table with numbers and rich text": in_message(
        make.data_table(
            rows=[
                [make.cell(), make.cell()],
                [{"type": "raw_number", "value": 3, "text": "3"}, make.rich()],
            ]
        )
    ),
    "a table of unequal rows": in_message({"type": "table", "rows": [[make.cell()], [make.cell()] * 2]}),
    "rich text of every kind": in_message(
        make.rich(
            {
                "type": "rich_text_section",
                "elements": [
                    {"type": "text", "text": "a", "style": {"bold": True}},
                    {"type": "user", "user_id": "U1"},
                    {"type": "link", "url": "https://example.com"},
                    {"type": "emoji", "name": "wave"},
                    {"type": "date", "timestamp": 1, "format": "{date}", "fallback": "then"},
                    {"type": "broadcast", "range": "here"},
                    {"type": "color", "value": "#F405B3"},
                ],
            },
            {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "x"}], "border": 1},
            {"type": "rich_text_quote", "elements": []},
        )
    ),
    "a plan with sources": in_message(
        {
            "type": "plan",
            "title": "Plan",
            "tasks": [make.task(details=make.rich(), sources=[{"type": "url", "url": "u", "text": "t"}])],
        }
    ),
    "feedback": in_message(
        {
            "type": "context_actions",
            "elements": [
                {
                    "type": "feedback_buttons",
                    "positive_button": {"text": make.plain("Good"), "value": "1"},
                    "negative_button": {"text": make.plain("Bad"), "value": "0"},
                }
            ],
        }
    ),
    "a workflow button": in_message(
        make.actions(
            {
                "type": "workflow_button",
                "text": make.plain(),
                "workflow": {"trigger": {"url": "https://slack.com/shortcuts/1"}},
            }
        )
    ),
    "an input in a Home tab without submit": in_home(make.asking({"type": "plain_text_input"})),
    "a modal without inputs or submit": check_view(
        {"type": "modal", "title": make.plain(), "blocks": [make.section()]}
    ),
    "the same action_id in two blocks": in_message(make.actions(make.button()), make.actions(make.button())),
    "a repeated value beside a section of a view": in_modal(
        make.section(accessory={"type": "static_select", "options": [make.option(), MOVED]})
    ),
}


@pytest.mark.parametrize("what", TAKEN)
def test_what_slack_takes_has_no_problems(what: str) -> None:
    assert TAKEN[what] == []


def test_the_blocks_of_a_data_table_do_not_count_toward_the_message() -> None:
    rows = [[make.cell("x" * 9000)], [make.cell("x" * 9000)]]
    assert in_message(make.data_table(rows=rows)) == []


def test_real_modals_and_home_tabs_pass() -> None:
    if not VIEWS.is_dir():
        pytest.skip(f"The recorded views are not here ({VIEWS}), so the checks are not held against them.")
    found = {
        path.name: check_view(json.loads(path.read_text())) for path in sorted(VIEWS.glob("view_*.json"))
    }
    assert len(found) >= 16
    assert {name: problems for name, problems in found.items() if problems} == {}


WORDS = st.sampled_from(
    [
        *("type", "text", "blocks", "elements", "accessory", "options", "initial_option", "value"),
        *("section", "actions", "input", "element", "plain_text", "mrkdwn", "button", "static_select"),
        *("rows", "table", "data_table", "chart", "pie", "segments", "container", "child_blocks"),
    ]
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=5),
    max_leaves=25,
)


@given(ANYTHING, st.none() | st.text())
def test_whatever_is_sent_is_answered_and_never_raises(sent: object, text: str | None) -> None:
    assert isinstance(check_message(sent, text=text), list)
    assert isinstance(check_message([sent], text=text), list)
    assert check_view(sent)


@given(ANYTHING)
def test_a_block_with_anything_in_it_is_answered_and_never_raises(anything: object) -> None:
    whole = make.actions(make.button(), block_id="b")
    for key in whole:
        assert isinstance(in_message(whole | {key: anything}), list)
    for key, value in select(initial_option=make.option()).items():
        assert isinstance(asked({**select(), key: [anything, value]}), list)
