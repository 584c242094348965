"""What a person can press, choose or fill in, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from playground.blocks import anatomy, objects
from playground.blocks.mrkdwn import mrkdwn_reading
from playground.blocks.rich_text import rich_text_reading
from playground.tables import limits

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from playground.blocks.anatomy import Placed

NO_NAMES: Final[Mapping[str, str]] = {}
_INITIALS: Final = (
    *("initial_value", "initial_date", "initial_time", "initial_date_time"),
    *("initial_user", "initial_users", "initial_channel", "initial_channels"),
    *("initial_conversation", "initial_conversations", "initial_option", "initial_options"),
)


@dataclass(frozen=True)
class Option:
    """One thing to choose.

    Attributes:
        text: What a person reads.
        value: What the app gets.
        description: The smaller line under it, or an empty string.
        url: Where an overflow menu's option leads, or an empty string.
        source: The option as the app wrote it.
    """

    text: str
    value: str
    description: str = ""
    url: str = ""
    source: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True)
class Confirm:
    """The question asked before an action counts."""

    title: str
    text: str
    confirm: str
    deny: str
    style: str = ""


@dataclass(frozen=True)
class Control:
    """One element a person can use.

    Attributes:
        block_id: The block it stands in; empty where neither app nor workspace gave one.
        action_id: Its own id, or an empty string likewise.
        kind: The element's type.
        label: What names it: a button's text, an input's label, a placeholder, the text beside it.
        options: What there is to choose, groups flattened; empty for selects whose choices live elsewhere.
        value: The value a button carries.
        url: The address a button opens.
        confirm: The question asked first, if any.
        placeholder: The placeholder, or an empty string.
        optional: Whether it may stay empty in a submitted view; always true outside input blocks.
        is_input: Whether it stands in an input block.
        initial: What is chosen or filled in at the start: option values, ids, a day, a text.
        min_length: The fewest characters a text input takes.
        max_length: The most characters a text input takes; None where Slack's own limit holds.
        multi: Whether several may be chosen.
        max_selected: How many may be chosen, where that is bounded.
        file_types: Endings of the files it takes, in lower case; empty for any.
        min_value: The lowest number, as written.
        max_value: The highest number, as written.
        is_decimal_allowed: Whether a number may have a fraction.
        multiline: Whether a text may have several lines.
        dispatches: Whether using it tells the app at once.
        min_query_length: Characters to type before an external select asks the app.
        style: "primary", "danger" or an empty string.
        path: Where it stands.
    """

    block_id: str
    action_id: str
    kind: str
    label: str
    options: tuple[Option, ...] = ()
    value: str = ""
    url: str = ""
    confirm: Confirm | None = None
    placeholder: str = ""
    optional: bool = True
    is_input: bool = False
    initial: tuple[str, ...] = ()
    min_length: int = 0
    max_length: int | None = None
    multi: bool = False
    max_selected: int | None = None
    file_types: tuple[str, ...] = ()
    min_value: str = ""
    max_value: str = ""
    is_decimal_allowed: bool = False
    multiline: bool = False
    dispatches: bool = True
    min_query_length: int = 3
    style: str = ""
    path: str = ""


def controls(blocks: Sequence[Mapping[str, Any]]) -> list[Control]:
    """Every control in blocks that passed the check, in the order one meets them."""
    return [control_of(placed) for placed in placed_controls(blocks)]


def placed_controls(blocks: Sequence[Mapping[str, Any]]) -> list[Placed]:
    """Where every control stands; for whoever looks for one of them and needs no more of the others."""
    return [placed for placed in anatomy.elements_in(blocks) if placed.kind != "image"]


def option_of(source: Mapping[str, Any], names: Mapping[str, str] = NO_NAMES) -> Option:
    """An option as a value, from what the app wrote or answered to a `block_suggestion`."""
    return Option(
        text=text_of(source["text"], names),
        value=source["value"],
        description=text_of(source.get("description"), names),
        url=source.get("url", ""),
        source=source,
    )


def text_of(text: Mapping[str, Any] | None, names: Mapping[str, str] = NO_NAMES) -> str:
    """What a person reads of a text object; an empty string where there is none."""
    if text is None:
        return ""
    written: str = text["text"]
    return mrkdwn_reading(written, names) if text["type"] == "mrkdwn" else written


def control_of(placed: Placed) -> Control:
    """One element as a control."""
    element, block = placed.item, placed.block
    is_input = block["type"] == "input"
    return Control(
        block_id=block.get("block_id", ""),
        action_id=element.get("action_id", ""),
        kind=element["type"],
        label=label_of(placed),
        options=_options(element),
        value=element.get("value", ""),
        url=element.get("url", ""),
        confirm=_confirm(element.get("confirm")),
        placeholder=text_of(element.get("placeholder")),
        optional=block.get("optional", False) if is_input else True,
        is_input=is_input,
        initial=_initial(element),
        min_length=element.get("min_length", 0),
        max_length=element.get("max_length"),
        multi=element["type"].startswith("multi_") or element["type"] in {"checkboxes", "file_input"},
        max_selected=element.get("max_selected_items", _most_files(element)),
        file_types=tuple(each.lower() for each in element.get("filetypes", ())),
        min_value=element.get("min_value", ""),
        max_value=element.get("max_value", ""),
        is_decimal_allowed=element.get("is_decimal_allowed", False),
        multiline=element.get("multiline", False),
        dispatches=block.get("dispatch_action", False) if is_input else True,
        min_query_length=element.get("min_query_length", 3),
        style=element.get("style", ""),
        path=placed.path,
    )


def _most_files(element: Mapping[str, Any]) -> int | None:
    if element["type"] != "file_input":
        return None
    most: int = element.get("max_files", limits.FILE_INPUT_FILES_MAX)
    return most


def label_of(placed: Placed) -> str:
    """What names a control; see `Control`."""
    element, block = placed.item, placed.block
    for named in (element.get("text"), block.get("label"), element.get("placeholder"), block.get("text")):
        if named is not None:
            return text_of(named)
    return ""


def _options(element: Mapping[str, Any]) -> tuple[Option, ...]:
    if element["type"] == "feedback_buttons":
        return tuple(option_of(element[key]) for key in ("positive_button", "negative_button"))
    return tuple(option_of(option) for option in objects.all_options(element))


def _confirm(source: Mapping[str, Any] | None) -> Confirm | None:
    if source is None:
        return None
    title, text, confirm, deny = (text_of(source[key]) for key in ("title", "text", "confirm", "deny"))
    return Confirm(title, text, confirm, deny, source.get("style", ""))


def _initial(element: Mapping[str, Any]) -> tuple[str, ...]:
    found = next((element[key] for key in _INITIALS if key in element), ())
    several = found if isinstance(found, list | tuple) else (found,)
    return tuple(_one_initial(one) for one in several)


def _one_initial(value: Any) -> str:
    if isinstance(value, str | int):
        return str(value)
    written: str = value["value"] if "value" in value else rich_text_reading(value, NO_NAMES)
    return written
