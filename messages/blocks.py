"""Small builders for Slack's blocks, as plain JSON.

Words arrive rendered and escaped; here they only find their place. Texts of people are cut where Slack would
refuse them, with an ellipsis, since a refused message helps nobody.
"""

import re
from collections.abc import Iterable, Sequence
from html import unescape
from typing import Any

from messages.actions import Act
from messages.shared_forms import SHARED, marks_of

Block = dict[str, Any]

SECTION_LIMIT = 3000
BUTTON_LIMIT = 75
OPTION_LIMIT = 75
TITLE_LIMIT = 24
LABEL_LIMIT = 2000
HEADER_LIMIT = 150
PLACEHOLDER_LIMIT = 150
OPTIONS_LIMIT = 100
"""Slack's limits in code points (docs.slack.dev, Block Kit reference, read 2026-08)."""
MARKUP = re.compile(r"<[^>]*>|`|(?<!\w)[*_~]|[*_~](?!\w)")
"""What is shown and not read out. In Slack's text `<` and `>` are markup: those of people are escaped."""


def cut(text: str, limit: int) -> str:
    """Shorten to a limit, ending in an ellipsis where something is lost."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def plain(text: str, limit: int) -> dict[str, Any]:
    """Text shown as it is."""
    return {"type": "plain_text", "text": cut(text, limit), "emoji": True}


def mrkdwn(text: str, limit: int = SECTION_LIMIT) -> dict[str, Any]:
    """Text with Slack's markup; values in it are already escaped."""
    return {"type": "mrkdwn", "text": cut(text, limit)}


def section(text: str, accessory: Block | None = None, block_id: str | None = None) -> Block:
    """A paragraph, with at most one control beside it."""
    block: Block = {"type": "section", "text": mrkdwn(text)}
    if accessory:
        block["accessory"] = _told_apart(accessory, text) if accessory["type"] == "button" else accessory
    return _named(block, block_id)


def _told_apart(pressed: Block, text: str) -> Block:
    """A button with what it stands beside: ten buttons “Start” are one and the same to whoever hears them."""
    line = unescape(MARKUP.sub("", next(iter(text.strip().split("\n")), ""))).strip()
    if not line:
        return pressed
    return pressed | {"accessibility_label": cut(f"{pressed['text']['text']}: {line}", BUTTON_LIMIT)}


def sections(text: str) -> list[Block]:
    """A text of any length, cut only between lines: what people sign has to be there whole."""
    texts = [""]
    for line in text.split("\n"):
        if len(texts[-1]) + len(line) + 1 > SECTION_LIMIT:
            texts.append("")
        texts[-1] += f"{line}\n"
    return [section(each.strip()) for each in texts if each.strip()]


def header(text: str) -> Block:
    """A heading."""
    return {"type": "header", "text": plain(text, HEADER_LIMIT)}


def context(*texts: str) -> Block:
    """Small print."""
    return {"type": "context", "elements": [mrkdwn(text) for text in texts]}


def divider() -> Block:
    """A line across."""
    return {"type": "divider"}


def confirm(title: str, text: str, yes: str, no: str) -> Block:
    """Ask once more before something that cannot be taken back."""
    return {
        "title": plain(title, 100),
        "text": plain(text, 300),
        "confirm": plain(yes, 30),
        "deny": plain(no, 30),
    }


def button(label: str, act: Act, *, style: str | None = None, sure: Block | None = None) -> Block:
    """A button that performs an act."""
    element: Block = {
        "type": "button",
        "action_id": act.name,
        "text": plain(label, BUTTON_LIMIT),
        "value": act.value,
    }
    if style:
        element["style"] = style
    if sure:
        element["confirm"] = sure
    return element


def actions(elements: Sequence[Block], block_id: str | None = None) -> Block:
    """A row of buttons."""
    return _named({"type": "actions", "elements": list(elements)}, block_id)


def option(label: str, value: str) -> Block:
    """One choice of a list."""
    return {"text": plain(label, OPTION_LIMIT), "value": value}


def static_select(
    action_id: str, options: Sequence[Block], *, initial: str | None = None, placeholder: str | None = None
) -> Block:
    """Choose one of a short list."""
    element: Block = {
        "type": "static_select",
        "action_id": action_id,
        "options": list(options[:OPTIONS_LIMIT]),
    }
    return _with_initial(element, initial, placeholder)


def overflow(action_id: str, options: Sequence[Block]) -> Block:
    """Two to five more things one can do, behind three dots."""
    return {"type": "overflow", "action_id": action_id, "options": list(options)}


def radio(action_id: str, options: Sequence[Block], *, initial: str | None = None) -> Block:
    """Choose one of up to ten, all visible."""
    element: Block = {"type": "radio_buttons", "action_id": action_id, "options": list(options)}
    return _with_initial(element, initial, None)


def external_multi_select(action_id: str, chosen: Iterable[Block], *, most: int, placeholder: str) -> Block:
    """Choose several of more than a list can hold: what is offered follows what is typed."""
    element: Block = {
        "type": "multi_external_select",
        "action_id": action_id,
        "min_query_length": 0,
        "max_selected_items": most,
        "placeholder": plain(placeholder, PLACEHOLDER_LIMIT),
    }
    chosen = list(chosen)
    if chosen:
        element["initial_options"] = chosen
    return element


def external_select(action_id: str, chosen: Block | None, *, placeholder: str) -> Block:
    """Choose one of more than a list can hold: what is offered follows what is typed."""
    element: Block = {
        "type": "external_select",
        "action_id": action_id,
        "min_query_length": 0,
        "placeholder": plain(placeholder, PLACEHOLDER_LIMIT),
    }
    if chosen:
        element["initial_option"] = chosen
    return element


def multi_select(
    action_id: str, options: Sequence[Block], *, initial: Iterable[str] = (), placeholder: str | None = None
) -> Block:
    """Choose any of a short list."""
    element: Block = {
        "type": "multi_static_select",
        "action_id": action_id,
        "options": list(options[:OPTIONS_LIMIT]),
    }
    marked = [each for each in element["options"] if each["value"] in set(initial)]
    if marked:
        element["initial_options"] = marked
    if placeholder:
        element["placeholder"] = plain(placeholder, PLACEHOLDER_LIMIT)
    return element


def people_select(action_id: str, *, initial: Iterable[str] = (), placeholder: str | None = None) -> Block:
    """Choose people of the workspace."""
    element: Block = {"type": "multi_users_select", "action_id": action_id}
    chosen = sorted(initial)
    if chosen:
        element["initial_users"] = chosen
    if placeholder:
        element["placeholder"] = plain(placeholder, PLACEHOLDER_LIMIT)
    return element


def channels_select(action_id: str) -> Block:
    """Choose public channels of the workspace."""
    return {"type": "multi_channels_select", "action_id": action_id}


def person_select(action_id: str, *, initial: str | None = None) -> Block:
    """Choose one person of the workspace, by Slack id."""
    element: Block = {"type": "users_select", "action_id": action_id}
    if initial:
        element["initial_user"] = initial
    return element


def checkboxes(action_id: str, options: Sequence[Block], *, initial: Iterable[str] = ()) -> Block:
    """Choose any of up to ten."""
    chosen = set(initial)
    element: Block = {"type": "checkboxes", "action_id": action_id, "options": list(options)}
    marked = [each for each in options if each["value"] in chosen]
    if marked:
        element["initial_options"] = marked
    return element


def text_input(
    action_id: str,
    *,
    initial: str | None = None,
    placeholder: str | None = None,
    multiline: bool = False,
    max_length: int | None = None,
) -> Block:
    """Type something."""
    element: Block = {"type": "plain_text_input", "action_id": action_id, "multiline": multiline}
    if initial:
        element["initial_value"] = initial
    if placeholder:
        element["placeholder"] = plain(placeholder, PLACEHOLDER_LIMIT)
    if max_length:
        element["max_length"] = max_length
    return element


def number_input(action_id: str, *, initial: int | None, low: int, high: int) -> Block:
    """Type a whole number."""
    element: Block = {
        "type": "number_input",
        "action_id": action_id,
        "is_decimal_allowed": False,
        "min_value": str(low),
        "max_value": str(high),
    }
    if initial is not None:
        element["initial_value"] = str(initial)
    return element


def file_input(action_id: str, types: Sequence[str]) -> Block:
    """Drop one file of one of these types."""
    return {"type": "file_input", "action_id": action_id, "filetypes": list(types), "max_files": 1}


def date_picker(action_id: str, *, initial: str | None = None) -> Block:
    """Pick a day; `initial` is `YYYY-MM-DD`."""
    element: Block = {"type": "datepicker", "action_id": action_id}
    if initial:
        element["initial_date"] = initial
    return element


def time_picker(action_id: str, *, initial: str | None = None, zone: str | None = None) -> Block:
    """Pick a time of day; `initial` is `HH:MM`, `zone` the IANA name it is shown for."""
    element: Block = {"type": "timepicker", "action_id": action_id}
    if initial:
        element["initial_time"] = initial
    if zone:
        element["timezone"] = zone
    return element


def field(
    block_id: str,
    label: str,
    element: Block,
    *,
    hint: str | None = None,
    optional: bool = False,
    told_at_once: bool = False,
) -> Block:
    """An input of a form; `told_at_once` makes Slack tell us when it is changed, before the form is sent."""
    block: Block = {
        "type": "input",
        "block_id": block_id,
        "label": plain(label, LABEL_LIMIT),
        "element": element,
        "optional": optional,
    }
    if told_at_once:
        block["dispatch_action"] = True
    if hint:
        block["hint"] = plain(hint, LABEL_LIMIT)
    return block


def modal(
    act: Act, title: str, blocks: Sequence[Block], *, submit: str | None = None, close: str | None = None
) -> Block:
    """A form; its act comes back with what was filled in."""
    view: Block = {
        "type": "modal",
        "callback_id": act.name,
        "private_metadata": act.value,
        "title": plain(title, TITLE_LIMIT),
        "blocks": list(blocks),
    }
    if submit:
        view["submit"] = plain(submit, TITLE_LIMIT)
    if close:
        view["close"] = plain(close, TITLE_LIMIT)
    if act.name in SHARED:
        view["private_metadata"] = act.with_marks(marks_of(view)).value
    return view


def home(blocks: Sequence[Block]) -> Block:
    """The app's Home tab."""
    return {"type": "home", "blocks": list(blocks)}


def _named(block: Block, block_id: str | None) -> Block:
    if block_id:
        block["block_id"] = block_id
    return block


def _with_initial(element: Block, initial: str | None, placeholder: str | None) -> Block:
    for each in element["options"]:
        if initial is not None and each["value"] == initial:
            element["initial_option"] = each
    if placeholder:
        element["placeholder"] = plain(placeholder, PLACEHOLDER_LIMIT)
    return element
