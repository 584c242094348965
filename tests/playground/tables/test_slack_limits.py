"""The limits agree with the collected sources where these are at hand."""

import json
from pathlib import Path

import pytest

from playground.tables import limits

DATA = Path(__file__).resolve().parents[3] / "../shared/fixtures/slack/block-kit-limits.json"

THEIRS = {
    "ACCESSIBILITY_LABEL_MAX": "button.accessibility_label.max_length",
    "ACTIONS_ELEMENTS_MAX": "actions.elements.max_items",
    "ACTION_ID_MAX": "action_id.max_length",
    "AGENT_PROMPT_MAX": "button.agent_prompt.max_length",
    "ALERT_TEXT_MAX": "alert.text.max_length",
    "BLOCK_ID_MAX": "block_id.max_length",
    "BUTTON_TEXT_MAX": "button.text.max_length",
    "BUTTON_URL_MAX": "button.url.max_length",
    "BUTTON_VALUE_MAX": "button.value.max_length",
    "CALLBACK_ID_MAX": "view.callback_id.max_length",
    "CARD_ACTIONS_MAX": "card.actions.max_items",
    "CARD_BODY_MAX": "card.body.max_length",
    "CARD_SUBTEXT_MAX": "card.subtext.max_length",
    "CARD_SUBTITLE_MAX": "card.subtitle.max_length",
    "CARD_TITLE_MAX": "card.title.max_length",
    "CAROUSEL_CARDS_MAX": "carousel.elements.max_items",
    "CHART_AXIS_LABEL_MAX": "data_visualization.axis_label.max_length",
    "CHART_LABEL_MAX": "data_visualization.point_label.max_length",
    "CHART_POINTS_MAX": "data_visualization.data.max_items",
    "CHART_TITLE_MAX": "data_visualization.title.max_length",
    "CHECKBOXES_OPTIONS_MAX": "checkboxes.options.max_items",
    "CONFIRM_BUTTON_MAX": "confirmation.confirm.max_length",
    "CONFIRM_TEXT_MAX": "confirmation.text.max_length",
    "CONFIRM_TITLE_MAX": "confirmation.title.max_length",
    "CONTAINER_BLOCKS_MAX": "container.child_blocks.max_items",
    "CONTAINER_SUBTITLE_MAX": "container.subtitle.max_length",
    "CONTAINER_TITLE_MAX": "container.title.max_length",
    "CONTEXT_ACTIONS_ELEMENTS_MAX": "context_actions.elements.max_items",
    "CONTEXT_ELEMENTS_MAX": "context.elements.max_items",
    "DATA_TABLE_PAGE_MAX": "data_table.page_size.max",
    "DATA_TABLE_ROWS_MIN": "data_table.rows.min_items",
    "DATA_TABLE_TEXT_MAX": "data_table.content.max_length",
    "DISPATCH_TRIGGERS_MAX": "dispatch_action_configuration.trigger_actions_on.max_items",
    "EXTERNAL_ID_MAX": "view.external_id.max_length",
    "FILE_INPUT_FILES_MAX": "file_input.max_files.max",
    "HEADER_TEXT_MAX": "header.text.max_length",
    "ICON_BUTTON_USERS_MAX": "icon_button.visible_to_user_ids.max_items",
    "IMAGE_ALT_MAX": "image.alt_text.max_length",
    "IMAGE_TITLE_MAX": "image.title.max_length",
    "IMAGE_URL_MAX": "image.image_url.max_length",
    "INPUT_HINT_MAX": "input.hint.max_length",
    "INPUT_LABEL_MAX": "input.label.max_length",
    "INPUT_TEXT_MAX": "plain_text_input.max_length.max",
    "MARKDOWN_TEXT_MAX": "markdown.text.max_length",
    "MESSAGE_ATTACHMENTS_MAX": "message.attachments.max_items",
    "MESSAGE_BLOCKS_MAX": "message.blocks.max_items",
    "MESSAGE_CHARTS_MAX": "message.data_visualizations.max_items",
    "MESSAGE_DATA_TABLE_TEXT_MAX": "data_table.total_content.max_length",
    "MESSAGE_MARKDOWN_MAX": "markdown.total_text.max_length",
    "OPTION_DESCRIPTION_MAX": "option.description.max_length",
    "OPTION_GROUP_LABEL_MAX": "option_group.label.max_length",
    "OPTION_GROUP_OPTIONS_MAX": "option_group.options.max_items",
    "OPTION_TEXT_MAX": "option.text.max_length",
    "OPTION_URL_MAX": "option.url.max_length",
    "OVERFLOW_OPTIONS_MAX": "overflow.options.max_items",
    "PLACEHOLDER_MAX": "select.placeholder.max_length",
    "PLAN_TASKS_MAX": "plan.tasks.max_items",
    "RADIO_OPTIONS_MAX": "radio_buttons.options.max_items",
    "RICH_TEXT_INDENT_MAX": "rich_text_list.indent.max",
    "RICH_TEXT_INPUT_LINES_MAX": "rich_text_input.max_lines.max",
    "SECTION_FIELDS_MAX": "section.fields.max_items",
    "SECTION_FIELD_MAX": "section.fields.item_max_length",
    "SECTION_TEXT_MAX": "section.text.max_length",
    "SELECT_GROUPS_MAX": "select.option_groups.max_items",
    "SELECT_OPTIONS_MAX": "select.options.max_items",
    "TABLE_COLUMNS_MAX": "table.columns.max_items",
    "TABLE_ROWS_MAX": "table.rows.max_items",
    "TEXT_MAX": "text.max_length",
    "VIDEO_ALT_MAX": "video.alt_text.max_length",
    "VIDEO_DESCRIPTION_MAX": "video.description.max_length",
    "VIDEO_LINK_MAX": "video.title_url.max_length",
    "VIDEO_PROVIDER_MAX": "video.provider_name.max_length",
    "VIDEO_URL_MAX": "video.video_url.max_length",
    "VIEW_BLOCKS_MAX": "view.blocks.max_items",
    "VIEW_CLOSE_MAX": "view.close.max_length",
    "VIEW_PRIVATE_METADATA_MAX": "view.private_metadata.max_length",
    "VIEW_SUBMIT_MAX": "view.submit.max_length",
    "VIEW_TITLE_MAX": "view.title.max_length",
}

STRICTER = {
    "CHART_SEGMENTS_MAX": "data_visualization.segments.max_items",
    "CHART_SERIES_MAX": "data_visualization.series.max_items",
    "DATA_TABLE_ROWS_MAX": "data_table.rows.max_items",
    "OPTION_VALUE_MAX": "option.value.max_length",
    "VIDEO_AUTHOR_MAX": "video.author_name.max_length",
    "VIDEO_TITLE_MAX": "video.title.max_length",
}
"""Where sources differ and ours is the strictest."""

ELSEWHERE = {
    "MESSAGE_BLOCKS_TEXT_MAX",
    "MESSAGE_TABLE_TEXT_MAX",
    "MESSAGE_TEXT_MAX",
    "MESSAGE_UPDATE_TEXT_MAX",
    "VIEW_JSON_BYTES_MAX",
    "VIEW_STACK_MAX",
}
"""Limits of methods rather than of Block Kit: their sentence names where they are from."""

OURS = {name for name in vars(limits) if name.endswith(("_MAX", "_MIN"))}


@pytest.fixture(scope="module")
def collected() -> dict[str, int]:
    if not DATA.exists():
        pytest.skip(f"The collected limits are not here ({DATA}), so ours are not held against them.")
    found: dict[str, int] = json.loads(DATA.read_text())["limits"]
    return found


def test_every_limit_is_held_against_a_source() -> None:
    assert {*THEIRS, *STRICTER, *ELSEWHERE} == OURS


def test_a_limit_is_what_the_sources_say(collected: dict[str, int]) -> None:
    differing = {
        name: getattr(limits, name) for name, key in THEIRS.items() if getattr(limits, name) != collected[key]
    }
    assert differing == {}


def test_where_sources_differ_ours_is_the_strictest(collected: dict[str, int]) -> None:
    laxer = {name for name, key in STRICTER.items() if getattr(limits, name) >= collected[key]}
    assert laxer == set()
