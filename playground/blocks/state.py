"""What a view holds: the state Slack sends along, at the start and after a person's choice.

Source: docs.slack.dev/reference/interaction-payloads/view-interactions-payload and recorded payloads, read
2026-08.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from playground.blocks import anatomy
from playground.blocks.controls import NO_NAMES
from playground.blocks.elements import NUMBER, TIME, is_date
from playground.blocks.rich_text import rich_text_reading
from playground.tables import limits

if TYPE_CHECKING:
    from playground.blocks.controls import Control, Option

_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_URL: Final = re.compile(r"https?://[^\s.]+\S*")

_KEYS: Final[Mapping[str, tuple[str, str]]] = {
    "channels_select": ("selected_channel", "initial_channel"),
    "checkboxes": ("selected_options", "initial_options"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "datepicker": ("selected_date", "initial_date"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "email_text_input": ("value", "initial_value"),
    "external_select": ("selected_option", "initial_option"),
    "file_input": ("files", ""),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_external_select": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_users_select": ("selected_users", "initial_users"),
    "number_input": ("value", "initial_value"),
    "plain_text_input": ("value", "initial_value"),
    "radio_buttons": ("selected_option", "initial_option"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "timepicker": ("selected_time", "initial_time"),
    "url_text_input": ("value", "initial_value"),
    "users_select": ("selected_user", "initial_user"),
}
"""Where each element keeps what is chosen, and where the app says what is chosen at the start."""

_SEVERAL: Final = frozenset(
    {"selected_options", "selected_users", "selected_conversations", "selected_channels", "files"}
)


def initial_state(view: Mapping[str, Any]) -> dict[str, dict[str, dict[str, Any]]]:
    """`state.values` of a view nobody has touched, by block_id and action_id, exactly as Slack sends it.

    Args:
        view: A view that passed the check and has its ids (see `with_ids`).
    """
    values: dict[str, dict[str, dict[str, Any]]] = {}
    for placed in anatomy.elements_in(view["blocks"]):
        if placed.kind in _KEYS:
            held = values.setdefault(placed.block["block_id"], {})
            held[placed.item["action_id"]] = _at_the_start(placed.kind, placed.item)
    return values


def empty_value(kind: str) -> dict[str, Any]:
    """The state entry of an element in which nothing is chosen."""
    key, _ = _KEYS[kind]
    return {"type": kind, key: [] if key in _SEVERAL else None}


def is_empty(entry: Mapping[str, Any]) -> bool:
    """Whether a state entry holds nothing, so that a required input is still unanswered."""
    return entry[_KEYS[entry["type"]][0]] in (None, "", [])


def chosen_in(entry: Mapping[str, Any]) -> tuple[str, ...]:
    """What a state entry holds, as strings: option values, ids, a day, a text; empty where it is empty."""
    held = entry[_KEYS[entry["type"]][0]]
    several = held if isinstance(held, list | tuple) else [] if held is None else [held]
    return tuple(_as_string(one) for one in several)


def _as_string(held: Any) -> str:
    if not isinstance(held, Mapping):
        return str(held)
    if held.get("type") == "rich_text":
        return rich_text_reading(held, NO_NAMES)
    return str(held.get("value") or held["id"])


def _at_the_start(kind: str, element: Mapping[str, Any]) -> dict[str, Any]:
    key, initial = _KEYS[kind]
    entry = empty_value(kind)
    if initial in element:
        chosen = element[initial]
        if key == "selected_option":
            chosen = _sent(chosen)
        elif key == "selected_options":
            chosen = [_sent(option) for option in chosen]
        entry[key] = chosen
    if "timezone" in element and kind == "timepicker":
        entry["timezone"] = element["timezone"]
    return entry


def _sent(option: Mapping[str, Any]) -> dict[str, Any]:
    """An option as Slack sends it back, with the switches of its texts filled in."""
    sent = {"text": _sent_text(option["text"]), "value": option["value"]}
    if "description" in option:
        sent["description"] = _sent_text(option["description"])
    return sent


def _sent_text(text: Mapping[str, Any]) -> dict[str, Any]:
    switch = "emoji" if text["type"] == "plain_text" else "verbatim"
    return {"type": text["type"], "text": text["text"], switch: text.get(switch, switch == "emoji")}


def with_value(control: Control, value: object) -> dict[str, Any]:
    """The state entry after a person chose or filled in `value`, in Slack's shape.

    Args:
        control: The element. An external select needs its options filled in first (`dataclasses.replace`).
        value: A text, a number, a day (`date` or YYYY-MM-DD), a time (`time` or HH:MM), a moment (an aware
            `datetime` or Unix seconds), an option by its value or by what a person reads, an id, or a list
            of these where several may be chosen. None or an empty list clears the element.

    Raises:
        ValueError: What a person could not do; the sentence says why.
    """
    if control.kind not in _KEYS:
        raise ValueError(f"“{control.label}” is pressed, not filled in.")
    key, _ = _KEYS[control.kind]
    entry = empty_value(control.kind)
    if value is None or value in ("", [], ()):
        return entry
    entry[key] = (
        [_one(control, key, one) for one in _some(control, value)]
        if key in _SEVERAL
        else _one(control, key, value)
    )
    return entry


def _some(control: Control, value: object) -> Sequence[object]:
    if isinstance(value, str | Mapping) or not isinstance(value, Sequence):
        raise ValueError(f"“{control.label}” takes a list.")  # noqa: TRY004 - what a person did is a value
    if control.max_selected is not None and len(value) > control.max_selected:
        raise ValueError(f"“{control.label}” takes at most {control.max_selected}, not {len(value)}.")
    if any(one in value[:place] for place, one in enumerate(value)):
        raise ValueError(f"“{control.label}” takes each choice once.")
    return value


def _one(control: Control, key: str, value: object) -> Any:
    if key in {"selected_option", "selected_options"}:
        return _sent(_chosen(control, value).source)
    if key == "value":
        return _number(control, value) if control.kind == "number_input" else _text(control, value)
    return _READERS.get(key, _identifier)(control, value)


def _chosen(control: Control, value: object) -> Option:
    for option in control.options:
        if option.value == value:
            return option
    for option in control.options:
        if option.text == value:
            return option
    offered = ", ".join(option.text for option in control.options) or "nothing"
    raise ValueError(f"“{control.label}” does not offer {value!r}; it offers {offered}.")


def _text(control: Control, value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"“{control.label}” takes a text.")  # noqa: TRY004 - what a person did is a value
    most = control.max_length or limits.INPUT_TEXT_MAX
    if len(value) < control.min_length:
        raise ValueError(
            f"“{control.label}” takes at least {control.min_length} characters, not {len(value)}."
        )
    if len(value) > most:
        raise ValueError(f"“{control.label}” takes at most {most} characters, not {len(value)}.")
    if "\n" in value and control.kind == "plain_text_input" and not control.multiline:
        raise ValueError(f"“{control.label}” takes a single line.")
    if control.kind == "email_text_input" and not _EMAIL.fullmatch(value):
        raise ValueError(f"“{control.label}” takes an email address, not {value!r}.")
    if control.kind == "url_text_input" and not _URL.fullmatch(value):
        raise ValueError(f"“{control.label}” takes a web address, not {value!r}.")
    return value


def _number(control: Control, value: object) -> str:
    written = str(value).strip()
    if isinstance(value, bool) or not NUMBER.fullmatch(written):
        raise ValueError(f"“{control.label}” takes a number, not {value!r}.")
    number = Decimal(written)
    if not control.is_decimal_allowed and number != number.to_integral_value():
        raise ValueError(f"“{control.label}” takes a whole number, not {written}.")
    if control.min_value and number < Decimal(control.min_value):
        raise ValueError(f"“{control.label}” takes {control.min_value} or more, not {written}.")
    if control.max_value and number > Decimal(control.max_value):
        raise ValueError(f"“{control.label}” takes {control.max_value} or less, not {written}.")
    return written


def _day(control: Control, value: object) -> str:
    written = value.isoformat() if isinstance(value, date) and not isinstance(value, datetime) else value
    if not isinstance(written, str) or not is_date(written):
        raise ValueError(f"“{control.label}” takes a day, written YYYY-MM-DD, not {value!r}.")
    return written


def _time(control: Control, value: object) -> str:
    written = value.strftime("%H:%M") if isinstance(value, time) else value
    if not isinstance(written, str) or not TIME.fullmatch(written):
        raise ValueError(f"“{control.label}” takes a time of day, written HH:MM, not {value!r}.")
    return written


def _moment(control: Control, value: object) -> int:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return int(value.timestamp())
    if isinstance(value, int) and not isinstance(value, bool) and len(str(value)) == _DIGITS_OF_A_MOMENT:
        return value
    raise ValueError(f"“{control.label}” takes a moment with its time zone, or Unix seconds, not {value!r}.")


_DIGITS_OF_A_MOMENT: Final = 10  # Unix seconds from 2001 to 2286, what Slack takes


def _identifier(control: Control, value: object) -> str:
    if not isinstance(value, str) or not value.isalnum() or not value.isupper():
        raise ValueError(f"“{control.label}” takes an id such as U012AB3CD, not {value!r}.")
    return value


def _rich(control: Control, value: object) -> Mapping[str, Any]:
    if isinstance(value, Mapping) and value.get("type") == "rich_text":
        return value
    if not isinstance(value, str):
        raise ValueError(f"“{control.label}” takes a text.")  # noqa: TRY004 - what a person did is a value
    words = [{"type": "text", "text": value}]
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": words}]}


def _file(control: Control, value: object) -> Mapping[str, Any]:
    if not isinstance(value, Mapping) or "id" not in value:
        raise ValueError(f"“{control.label}” takes files.")
    name = str(value.get("name", ""))
    if control.file_types and name.rpartition(".")[2].lower() not in control.file_types:
        endings = " or ".join(f".{each}" for each in control.file_types)
        raise ValueError(f"“{control.label}” takes files that end in {endings}, not {name!r}.")
    return value


_READERS: Final = {
    "files": _file,
    "rich_text_value": _rich,
    "selected_date": _day,
    "selected_date_time": _moment,
    "selected_time": _time,
}
