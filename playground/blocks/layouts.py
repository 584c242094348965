"""Blocks: what each may carry.

Source: docs.slack.dev/reference/block-kit/blocks, read 2026-08. Numbers: playground.tables.limits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from playground.blocks import data, elements, objects
from playground.blocks.rich_text import RICH_TEXT
from playground.blocks.spec import (
    HTTP,
    Check,
    Field,
    Problem,
    array,
    at_least_one,
    boolean,
    exactly_one,
    may,
    need,
    one_of,
    string,
    tagged,
    typed,
    under,
)
from playground.tables import limits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def _block(fields: Mapping[str, Field], *also: Check) -> Check:
    return typed({"block_id": may(string(limits.BLOCK_ID_MAX)), **fields}, *also)


def _collapse_agrees(value: Any, path: str) -> Iterator[Problem]:
    collapsible = value.get("is_collapsible", False)
    if value.get("default_collapsed") and not collapsible:
        yield Problem(under(path, "default_collapsed"), "needs is_collapsible")
    if value.get("has_header_divider") and collapsible:
        yield Problem(under(path, "has_header_divider"), "does not go with is_collapsible")


_IMAGE: Final = tagged({"image": objects.IMAGE_ELEMENT}, "image", frozenset(elements.ELEMENTS))
_RICH: Final = tagged({"rich_text": RICH_TEXT}, "rich text")
_ADDRESS: Final = "an http or https address"

_SIMPLE: Final[Mapping[str, Check]] = {
    "actions": _block(
        {
            "elements": need(
                array(elements.element(*elements.IN_ACTIONS), limits.ACTIONS_ELEMENTS_MAX, things="elements")
            )
        }
    ),
    "alert": _block(
        {
            "text": need(objects.text(limits.ALERT_TEXT_MAX)),
            "level": may(one_of("default", "info", "warning", "error", "success")),
        }
    ),
    "card": _block(
        {
            "hero_image": may(_IMAGE),
            "icon": may(_IMAGE),
            "title": may(objects.text(limits.CARD_TITLE_MAX)),
            "subtitle": may(objects.text(limits.CARD_SUBTITLE_MAX)),
            "body": may(objects.text(limits.CARD_BODY_MAX)),
            "subtext": may(objects.text(limits.CARD_SUBTEXT_MAX)),
            "actions": may(array(elements.element("button"), limits.CARD_ACTIONS_MAX, things="buttons")),
        },
        at_least_one("hero_image", "title", "actions", "body"),
    ),
    "context": _block(
        {
            "elements": need(
                array(
                    tagged(
                        {
                            "image": objects.IMAGE_ELEMENT,
                            "plain_text": objects.plain(),
                            "mrkdwn": objects.text(),
                        },
                        "context",
                        frozenset(elements.ELEMENTS),
                    ),
                    limits.CONTEXT_ELEMENTS_MAX,
                    things="elements",
                )
            )
        }
    ),
    "context_actions": _block(
        {
            "elements": need(
                array(
                    elements.element("feedback_buttons", "icon_button"),
                    limits.CONTEXT_ACTIONS_ELEMENTS_MAX,
                    things="elements",
                )
            )
        }
    ),
    "data_table": _block(data.DATA_TABLE, data.rows_agree),
    "data_visualization": _block(data.CHART_BLOCK),
    "divider": _block({}),
    "file": _block({"external_id": need(string()), "source": need(one_of("remote"))}),
    "header": _block({"text": need(objects.plain(limits.HEADER_TEXT_MAX))}),
    "image": _block(
        {**objects.IMAGE_SOURCE, "title": may(objects.plain(limits.IMAGE_TITLE_MAX))},
        exactly_one("image_url", "slack_file"),
    ),
    "input": _block(
        {
            "label": need(objects.plain(limits.INPUT_LABEL_MAX)),
            "hint": may(objects.plain(limits.INPUT_HINT_MAX)),
            "element": need(elements.element(*elements.IN_INPUT)),
            "optional": may(boolean),
            "dispatch_action": may(boolean),
        }
    ),
    "markdown": _block({"text": need(string(limits.MARKDOWN_TEXT_MAX))}),
    "rich_text": RICH_TEXT,
    "section": _block(
        {
            "text": may(objects.text(limits.SECTION_TEXT_MAX)),
            "fields": may(
                array(objects.text(limits.SECTION_FIELD_MAX), limits.SECTION_FIELDS_MAX, things="fields")
            ),
            "accessory": may(elements.element(*elements.IN_SECTION)),
            "expand": may(boolean),
        },
        at_least_one("text", "fields"),
    ),
    "table": _block(data.TABLE),
    "task_card": _block(
        {
            "task_id": need(string()),
            "title": need(string()),
            "details": may(_RICH),
            "output": may(_RICH),
            "sources": may(
                array(tagged({"url": typed({"url": need(string()), "text": need(string())})}, "source"))
            ),
            "status": need(one_of("pending", "in_progress", "complete", "error")),
        }
    ),
    "video": _block(
        {
            "alt_text": need(string(limits.VIDEO_ALT_MAX)),
            "title": need(objects.plain(limits.VIDEO_TITLE_MAX)),
            "video_url": need(string(limits.VIDEO_URL_MAX, form=HTTP, says=_ADDRESS)),
            "thumbnail_url": need(string(limits.VIDEO_URL_MAX, form=HTTP, says=_ADDRESS)),
            "title_url": may(string(limits.VIDEO_LINK_MAX, form=HTTP, says=_ADDRESS)),
            "description": may(objects.plain(limits.VIDEO_DESCRIPTION_MAX)),
            "author_name": may(string(limits.VIDEO_AUTHOR_MAX)),
            "provider_name": may(string(limits.VIDEO_PROVIDER_MAX)),
            "provider_icon_url": may(string(limits.VIDEO_LINK_MAX, form=HTTP, says=_ADDRESS)),
        }
    ),
}

IN_CONTAINER: Final = ("actions", "context", "divider", "header", "image", "section", "table", "video")
"""What a container may hold: the reference also names file, input and rich_text, which the API was seen to
refuse (slack-morphism 2.31 documentation, read 2026-08)."""

_NAMES: Final = frozenset({*_SIMPLE, "carousel", "container", "plan"})


def _only(*kinds: str) -> Check:
    return tagged({kind: _SIMPLE[kind] for kind in kinds}, "block", _NAMES)


BLOCKS: Final[Mapping[str, Check]] = {
    **_SIMPLE,
    "carousel": _block({"elements": need(array(_only("card"), limits.CAROUSEL_CARDS_MAX, things="cards"))}),
    "container": _block(
        {
            "title": may(objects.plain(limits.CONTAINER_TITLE_MAX)),
            "rich_text_title": may(_RICH),
            "subtitle": may(objects.text(limits.CONTAINER_SUBTITLE_MAX)),
            "icon": may(_IMAGE),
            "width": may(one_of("narrow", "standard", "wide", "full")),
            "is_collapsible": may(boolean),
            "default_collapsed": may(boolean),
            "has_header_divider": may(boolean),
            "child_blocks": need(array(_only(*IN_CONTAINER), limits.CONTAINER_BLOCKS_MAX, things="blocks")),
        },
        at_least_one("title", "rich_text_title"),
        _collapse_agrees,
    ),
    "plan": _block(
        {
            "title": need(string()),
            "tasks": may(array(_only("task_card"), limits.PLAN_TASKS_MAX, things="tasks")),
        }
    ),
}
"""Every block by its type."""

BLOCK: Final = tagged(BLOCKS, "block")
