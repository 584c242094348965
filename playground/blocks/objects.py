"""Composition objects: texts, options, confirm dialogs, filters, images.

Source: docs.slack.dev/reference/block-kit/composition-objects, read 2026-08. Numbers:
playground.tables.limits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from playground.blocks.spec import (
    HTTP,
    SCHEME,
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
    record,
    string,
    tagged,
    typed,
    under,
    unique,
)
from playground.tables import limits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_TEXTS: Final = frozenset({"plain_text", "mrkdwn"})

STYLE: Final = one_of("primary", "danger")


def plain(high: int = limits.TEXT_MAX) -> Check:
    """A plain_text object of 1 to `high` characters."""
    return tagged({"plain_text": _plain(high)}, "text", _TEXTS)


def text(high: int = limits.TEXT_MAX) -> Check:
    """A plain_text or mrkdwn object of 1 to `high` characters."""
    mrkdwn = typed({"text": need(string(high)), "verbatim": may(boolean)})
    return tagged({"plain_text": _plain(high), "mrkdwn": mrkdwn}, "text", _TEXTS)


def _plain(high: int) -> Check:
    return typed({"text": need(string(high)), "emoji": may(boolean)})


CONFIRM: Final = record(
    {
        "title": need(plain(limits.CONFIRM_TITLE_MAX)),
        "text": need(text(limits.CONFIRM_TEXT_MAX)),
        "confirm": need(plain(limits.CONFIRM_BUTTON_MAX)),
        "deny": need(plain(limits.CONFIRM_BUTTON_MAX)),
        "style": may(STYLE),
    }
)

_OPTION_VALUE: Final = need(string(limits.OPTION_VALUE_MAX))

PLAIN_OPTION: Final = record(
    {
        "text": need(plain(limits.OPTION_TEXT_MAX)),
        "value": _OPTION_VALUE,
        "description": may(plain(limits.OPTION_DESCRIPTION_MAX)),
    }
)
"""An option of a select."""

OVERFLOW_OPTION: Final = record(
    {
        "text": need(plain(limits.OPTION_TEXT_MAX)),
        "value": _OPTION_VALUE,
        "description": may(plain(limits.OPTION_DESCRIPTION_MAX)),
        "url": may(string(limits.OPTION_URL_MAX, form=SCHEME, says="an address with its scheme")),
    }
)
"""An option of an overflow menu, the only one that may carry an address."""

RICH_OPTION: Final = record(
    {
        "text": need(text(limits.OPTION_TEXT_MAX)),
        "value": _OPTION_VALUE,
        "description": may(text(limits.OPTION_DESCRIPTION_MAX)),
    }
)
"""An option of checkboxes or radio buttons, where mrkdwn is allowed."""


def options(item: Check, high: int) -> Check:
    """A list of 1 to `high` options."""
    return array(item, high, things="options")


OPTION_GROUP: Final = record(
    {
        "label": need(plain(limits.OPTION_GROUP_LABEL_MAX)),
        "options": need(options(PLAIN_OPTION, limits.OPTION_GROUP_OPTIONS_MAX)),
    }
)


def option_core(option: Mapping[str, Any]) -> tuple[object, ...]:
    """What must agree for two options to be the same: value, text, description, not `emoji` and its like."""
    shown = option["text"]
    described = option.get("description") or {}
    return option["value"], shown["type"], shown["text"], described.get("text")


def all_options(element: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The options of an element, those of its groups included."""
    groups = element.get("option_groups", [])
    return [*element.get("options", []), *(option for group in groups for option in group["options"])]


def initial_among_options(element: Any, path: str) -> Iterator[Problem]:
    """What is chosen at the start is one of the options, exactly, and nothing is chosen twice."""
    known = {option_core(option) for option in all_options(element)}
    if "initial_option" in element and option_core(element["initial_option"]) not in known:
        yield Problem(under(path, "initial_option"), "is not one of the options")
    chosen = element.get("initial_options", [])
    paths = [f"{under(path, 'initial_options')}[{place}]" for place in range(len(chosen))]
    for option, place in zip(chosen, paths, strict=True):
        if option_core(option) not in known:
            yield Problem(place, "is not one of the options")
    yield from unique([option["value"] for option in chosen], paths, "value")


CONVERSATION_FILTER: Final = record(
    {
        "include": may(array(one_of("im", "mpim", "private", "public"))),
        "exclude_external_shared_channels": may(boolean),
        "exclude_bot_users": may(boolean),
    },
    at_least_one("include", "exclude_external_shared_channels", "exclude_bot_users"),
)

DISPATCH: Final = record(
    {
        "trigger_actions_on": need(
            array(one_of("on_enter_pressed", "on_character_entered"), limits.DISPATCH_TRIGGERS_MAX)
        )
    }
)

SLACK_FILE: Final = record({"id": may(string()), "url": may(string())}, exactly_one("id", "url"))

IMAGE_SOURCE: Final[Mapping[str, Field]] = {
    "image_url": may(string(limits.IMAGE_URL_MAX, form=HTTP, says="an http or https address")),
    "slack_file": may(SLACK_FILE),
    "alt_text": need(string(limits.IMAGE_ALT_MAX)),
}
"""The keys every image has: an address or a file of Slack's, and what a screen reader says instead."""

IMAGE_ELEMENT: Final = typed(IMAGE_SOURCE, exactly_one("image_url", "slack_file"))
