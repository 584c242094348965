"""Block elements: what each may carry, and where it may stand.

Source: docs.slack.dev/reference/block-kit/block-elements, read 2026-08. Numbers: playground.tables.limits.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from playground.blocks import objects, rich_text
from playground.blocks.spec import (
    SCHEME,
    Check,
    Field,
    Problem,
    array,
    boolean,
    exactly_one,
    in_order,
    integer,
    may,
    need,
    record,
    string,
    tagged,
    typed,
    under,
)
from playground.tables import limits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TIME: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
"""A time of day on the 24-hour clock, HH:MM."""

NUMBER: Final = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
"""A number as a person types it."""

_EARLIEST_MOMENT: Final = 1_000_000_000  # a datetimepicker takes Unix seconds of ten digits
_LATEST_MOMENT: Final = 9_999_999_999  # the same


def is_date(value: str) -> bool:
    """Whether this is a real day, written YYYY-MM-DD."""
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _day(value: Any, path: str) -> Iterator[Problem]:
    problems = list(string()(value, path))
    if not problems and not is_date(value):
        problems = [Problem(path, "must be a day, written YYYY-MM-DD")]
    yield from problems


def _element(fields: Mapping[str, Field], *also: Check) -> Check:
    return typed({"action_id": may(string(limits.ACTION_ID_MAX)), **fields}, *also)


_CONFIRM: Final = {"confirm": may(objects.CONFIRM)}
_FOCUS: Final = {"focus_on_load": may(boolean)}
_HELD: Final = {"placeholder": may(objects.plain(limits.PLACEHOLDER_MAX)), **_FOCUS}
_TYPED: Final = {**_HELD, "dispatch_action_config": may(objects.DISPATCH)}
_PICKED: Final = {**_HELD, **_CONFIRM}
_LABELED: Final = {"accessibility_label": may(string(limits.ACCESSIBILITY_LABEL_MAX))}
_SEVERAL: Final = {"max_selected_items": may(integer(1))}

_STATIC: Final = {
    "options": may(objects.options(objects.PLAIN_OPTION, limits.SELECT_OPTIONS_MAX)),
    "option_groups": may(array(objects.OPTION_GROUP, limits.SELECT_GROUPS_MAX, things="groups")),
}
_ONE_OPTION: Final = {"initial_option": may(objects.PLAIN_OPTION)}
_SOME_OPTIONS: Final = {"initial_options": may(array(objects.PLAIN_OPTION, things="options"))}
_EXTERNAL: Final = {"min_query_length": may(integer(0))}
_CONVERSATION: Final = {
    "filter": may(objects.CONVERSATION_FILTER),
    "default_to_current_conversation": may(boolean),
}
_RESPONSE_URL: Final = {"response_url_enabled": may(boolean)}
_ID: Final = string()
_IDS: Final = array(_ID, things="ids")


def _boxes(high: int, initial: Mapping[str, Field]) -> Check:
    offered = {"options": need(objects.options(objects.RICH_OPTION, high))}
    return _element({**offered, **initial, **_CONFIRM, **_FOCUS}, objects.initial_among_options)


def _within_max_selected(value: Any, path: str) -> Iterator[Problem]:
    most = value.get("max_selected_items")
    for key in ("initial_options", "initial_users", "initial_conversations", "initial_channels"):
        if most is not None and len(value.get(key, ())) > most:
            yield Problem(under(path, key), f"has more than max_selected_items allows ({most})")


def _initial_text_fits(value: Any, path: str) -> Iterator[Problem]:
    initial = value.get("initial_value")
    if initial and not value.get("min_length", 0) <= len(initial) <= value.get("max_length", len(initial)):
        yield Problem(under(path, "initial_value"), "does not fit min_length and max_length")


def _initial_number_fits(value: Any, path: str) -> Iterator[Problem]:
    if "initial_value" not in value:
        return
    initial = value["initial_value"]
    low, high = value.get("min_value", initial), value.get("max_value", initial)
    if not float(low) <= float(initial) <= float(high):
        yield Problem(under(path, "initial_value"), "does not fit min_value and max_value")
    if "." in initial and not value["is_decimal_allowed"]:
        yield Problem(under(path, "initial_value"), "must be a whole number")


_NUMBER: Final = string(form=NUMBER, says="a number in a string")
_INITIAL_TEXT: Final = {"initial_value": may(string(limits.INPUT_TEXT_MAX, low=0))}
_BUTTON: Final = {
    "text": need(objects.plain(limits.BUTTON_TEXT_MAX)),
    "style": may(objects.STYLE),
    **_LABELED,
}
_FEEDBACK: Final = record(
    {
        "text": need(objects.plain(limits.BUTTON_TEXT_MAX)),
        "value": need(string(limits.BUTTON_VALUE_MAX)),
        **_LABELED,
    }
)
_TRIGGER: Final = record(
    {
        "url": need(string(limits.BUTTON_URL_MAX)),
        "customizable_input_parameters": may(
            array(record({"name": need(string()), "value": need(string(low=0))}), things="parameters")
        ),
    }
)

ELEMENTS: Final[Mapping[str, Check]] = {
    "button": _element(
        {
            **_BUTTON,
            **_CONFIRM,
            "value": may(string(limits.BUTTON_VALUE_MAX)),
            "url": may(string(limits.BUTTON_URL_MAX, form=SCHEME, says="an address with its scheme")),
            "agent_prompt": may(string(limits.AGENT_PROMPT_MAX)),
        }
    ),
    "checkboxes": _boxes(
        limits.CHECKBOXES_OPTIONS_MAX,
        {"initial_options": may(array(objects.RICH_OPTION, things="options"))},
    ),
    "channels_select": _element({**_PICKED, **_RESPONSE_URL, "initial_channel": may(_ID)}),
    "conversations_select": _element(
        {**_PICKED, **_CONVERSATION, **_RESPONSE_URL, "initial_conversation": may(_ID)}
    ),
    "datepicker": _element({**_PICKED, "initial_date": may(_day)}),
    "datetimepicker": _element(
        {**_CONFIRM, **_FOCUS, "initial_date_time": may(integer(_EARLIEST_MOMENT, _LATEST_MOMENT))}
    ),
    "email_text_input": _element({**_TYPED, **_INITIAL_TEXT}),
    "external_select": _element({**_PICKED, **_EXTERNAL, **_ONE_OPTION}),
    "feedback_buttons": _element({"positive_button": need(_FEEDBACK), "negative_button": need(_FEEDBACK)}),
    "file_input": _element(
        {
            "filetypes": may(array(string(), things="file types")),
            "max_files": may(integer(1, limits.FILE_INPUT_FILES_MAX)),
        }
    ),
    "icon_button": _element(
        {
            "icon": need(string()),
            "text": need(objects.plain(limits.BUTTON_TEXT_MAX)),
            "value": may(string(limits.BUTTON_VALUE_MAX)),
            "visible_to_user_ids": may(array(_ID, limits.ICON_BUTTON_USERS_MAX, things="people")),
            **_CONFIRM,
            **_LABELED,
        }
    ),
    "image": objects.IMAGE_ELEMENT,
    "multi_channels_select": _element(
        {**_PICKED, **_SEVERAL, "initial_channels": may(_IDS)}, _within_max_selected
    ),
    "multi_conversations_select": _element(
        {**_PICKED, **_SEVERAL, **_CONVERSATION, "initial_conversations": may(_IDS)}, _within_max_selected
    ),
    "multi_external_select": _element(
        {**_PICKED, **_SEVERAL, **_EXTERNAL, **_SOME_OPTIONS}, _within_max_selected
    ),
    "multi_static_select": _element(
        {**_PICKED, **_SEVERAL, **_STATIC, **_SOME_OPTIONS},
        exactly_one("options", "option_groups"),
        objects.initial_among_options,
        _within_max_selected,
    ),
    "multi_users_select": _element({**_PICKED, **_SEVERAL, "initial_users": may(_IDS)}, _within_max_selected),
    "number_input": _element(
        {
            **_TYPED,
            "is_decimal_allowed": need(boolean),
            "initial_value": may(_NUMBER),
            "min_value": may(_NUMBER),
            "max_value": may(_NUMBER),
        },
        in_order("min_value", "max_value"),
        _initial_number_fits,
    ),
    "overflow": _element(
        {"options": need(objects.options(objects.OVERFLOW_OPTION, limits.OVERFLOW_OPTIONS_MAX)), **_CONFIRM}
    ),
    "plain_text_input": _element(
        {
            **_TYPED,
            **_INITIAL_TEXT,
            "multiline": may(boolean),
            "min_length": may(integer(0, limits.INPUT_TEXT_MAX)),
            "max_length": may(integer(1, limits.INPUT_TEXT_MAX)),
        },
        in_order("min_length", "max_length"),
        _initial_text_fits,
    ),
    "radio_buttons": _boxes(limits.RADIO_OPTIONS_MAX, {"initial_option": may(objects.RICH_OPTION)}),
    "rich_text_input": _element(
        {
            **_TYPED,
            "initial_value": may(tagged({"rich_text": rich_text.RICH_TEXT}, "text")),
            "min_lines": may(integer(1, limits.RICH_TEXT_INPUT_LINES_MAX)),
            "max_lines": may(integer(1, limits.RICH_TEXT_INPUT_LINES_MAX)),
        },
        in_order("min_lines", "max_lines"),
    ),
    "static_select": _element(
        {**_PICKED, **_STATIC, **_ONE_OPTION},
        exactly_one("options", "option_groups"),
        objects.initial_among_options,
    ),
    "timepicker": _element(
        {
            **_PICKED,
            "initial_time": may(string(form=TIME, says="a time of day, written HH:MM")),
            "timezone": may(string()),
        }
    ),
    "url_text_input": _element({**_TYPED, **_INITIAL_TEXT}),
    "users_select": _element({**_PICKED, "initial_user": may(_ID)}),
    "workflow_button": _element(
        {**_BUTTON, **_CONFIRM, "workflow": need(record({"trigger": need(_TRIGGER)}))}
    ),
}
"""Every element by its type."""

SELECTS: Final = tuple(
    f"{several}{what}_select"
    for several in ("", "multi_")
    for what in ("static", "external", "users", "conversations", "channels")
)

IN_ACTIONS: Final = (
    *("button", "checkboxes", "datepicker", "datetimepicker", "overflow", "radio_buttons", "timepicker"),
    *SELECTS,
    "workflow_button",
    "rich_text_input",
)
"""What an actions block may hold."""

IN_SECTION: Final = (
    *("button", "checkboxes", "datepicker", "image", "overflow", "radio_buttons", "timepicker"),
    *SELECTS,
    "workflow_button",
)
"""What may stand beside a section's text."""

IN_INPUT: Final = (
    *("checkboxes", "datepicker", "datetimepicker", "email_text_input", "file_input", "number_input"),
    *("plain_text_input", "radio_buttons", "rich_text_input", "timepicker", "url_text_input"),
    *SELECTS,
)
"""What an input block may ask with."""


def element(*kinds: str) -> Check:
    """One of these elements; any other that exists is said not to belong here."""
    return tagged({kind: ELEMENTS[kind] for kind in kinds}, "element", frozenset(ELEMENTS))
