"""Messages and views as HTML: semantic, labeled, escaped, and without anything fetched from elsewhere.

Buttons and fields carry `data-block-id`, `data-action-id`, `data-kind` and, where they have them,
`data-value`, `data-dispatches` and `data-confirm-*`; whoever listens on the page needs nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from playground.blocks.anatomy import Placed
from playground.blocks.controls import control_of
from playground.blocks.mrkdwn import Names, called
from playground.blocks.state import chosen_in
from playground.page import charts, words
from playground.page.templates import filled

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markupsafe import Markup

    from playground.blocks import Control

_ELEMENT_TEMPLATES: Final[Mapping[str, str]] = {
    "button": "button",
    "channels_select": "lookup",
    "checkboxes": "boxes",
    "conversations_select": "lookup",
    "datepicker": "input",
    "datetimepicker": "input",
    "email_text_input": "input",
    "external_select": "lookup",
    "feedback_buttons": "feedback",
    "file_input": "file",
    "icon_button": "button",
    "image": "image",
    "multi_channels_select": "lookup",
    "multi_conversations_select": "lookup",
    "multi_external_select": "lookup",
    "multi_static_select": "lookup",
    "multi_users_select": "lookup",
    "number_input": "input",
    "overflow": "overflow",
    "plain_text_input": "input",
    "radio_buttons": "boxes",
    "rich_text_input": "input",
    "static_select": "select",
    "timepicker": "input",
    "url_text_input": "input",
    "users_select": "lookup",
    "workflow_button": "button",
}

_NAMELESS: Final[Mapping[str, str]] = {
    "checkboxes": "Choices",
    "datepicker": "Date",
    "datetimepicker": "Date and time",
    "overflow": "More actions",
    "radio_buttons": "Choice",
    "timepicker": "Time",
}
"""What a field is called that the app left without a label; others are "Choice"."""

_GROUPS: Final = frozenset({"checkboxes", "radio_buttons"})


@dataclass(frozen=True)
class Field:
    """One element on the page: its control, its DOM id, what is chosen in it, what is wrong with it."""

    control: Control
    element: Mapping[str, Any]
    id: str
    chosen: tuple[str, ...]
    labels: Mapping[str, str]
    error: str
    labeled: bool
    described_by: str

    @property
    def label(self) -> str:
        """What a screen reader calls it, never empty."""
        return self.control.label or _NAMELESS.get(self.control.kind, "Choice")

    @property
    def source(self) -> str:
        """Where a lookup finds its choices: external (the app), users, conversations or channels."""
        return self.control.kind.removeprefix("multi_").removesuffix("_select")

    @property
    def is_group(self) -> bool:
        """Whether it is a set of boxes, which HTML labels with a legend."""
        return self.control.kind in _GROUPS


@dataclass(frozen=True)
class Painter:
    """What the templates ask: texts as HTML, fields with ids, names of people."""

    names: Names
    prefix: str
    zone: tzinfo
    state: Mapping[str, Mapping[str, Mapping[str, Any]]]
    errors: Mapping[str, str]
    level: int = 2
    """Of headings: the page's own title is the first, a form's the second."""
    numbers: Iterator[int] = field(default_factory=count)

    def fresh_id(self) -> str:
        """A DOM id nobody else on the page has."""
        return f"{self.prefix}-{next(self.numbers)}"

    def text(self, text: Mapping[str, Any] | str | None) -> Markup:
        """A text object, a cell or rich text as HTML."""
        return words.text_html(text, self.names)

    def markdown(self, text: str) -> Markup:
        """A markdown block's text as HTML."""
        return words.markdown_html(text)

    def name(self, id_: str) -> str:
        """What a person, channel or group is called."""
        return called(self.names, id_)

    def address(self, url: str) -> str:
        """The address if the page may link to it."""
        return words.safe_address(url)

    def link(self, url: str, label: str) -> Markup:
        """A link, or its label alone where the page may not link there."""
        return words.link_html(url, words.plain_html(label))

    def drawing(self, chart: Mapping[str, Any]) -> charts.Drawing:
        """A chart's shapes."""
        return charts.drawing(chart)

    def template_of(self, element: Mapping[str, Any]) -> str:
        """The template of an element."""
        return f"elements/{_ELEMENT_TEMPLATES[element['type']]}.html"

    def field(self, block: Mapping[str, Any], element: Mapping[str, Any]) -> Field:
        """An element ready to be written, with what it holds now."""
        control = control_of(Placed("", block, element))
        entry = self.state.get(control.block_id, {}).get(control.action_id)
        chosen = control.initial if entry is None else chosen_in(entry)
        labels = {option.value: option.text for option in control.options}
        sources = [element.get("initial_option"), *element.get("initial_options", ())]
        if entry is not None:
            sources += [entry.get("selected_option"), *entry.get("selected_options", ())]
        labels |= {one["value"]: one["text"]["text"] for one in sources if one}
        labels |= {file["id"]: file["name"] for file in (entry or {}).get("files", ())}
        error = self.errors.get(control.block_id, "") if control.is_input else ""
        id_ = self.fresh_id()
        notes = [f"{id_}-hint"] * ("hint" in block) + [f"{id_}-error"] * bool(error)
        return Field(
            control=control,
            element=element,
            id=id_,
            chosen=chosen,
            labels={**{value: self.name(value) for value in chosen}, **labels},
            error=error,
            labeled=control.is_input,
            described_by=" ".join(notes),
        )

    def moment(self, chosen: tuple[str, ...]) -> str:
        """Unix seconds as the browser's field for date and time takes them, in the reader's zone."""
        if not chosen:
            return ""
        return datetime.fromtimestamp(int(chosen[0]), self.zone).strftime("%Y-%m-%dT%H:%M")


def render_message_html(
    blocks: Sequence[Mapping[str, Any]] | None,
    text: str | None,
    *,
    names: Names,
    ids_prefix: str,
    zone: tzinfo = UTC,
    state: Mapping[str, Mapping[str, Mapping[str, Any]]] | None = None,
) -> str:
    """A message as HTML.

    Args:
        blocks: Blocks that passed the check and have their ids; without them `text` is shown instead.
        text: The message's text in mrkdwn.
        names: What ids of people, channels and groups are called.
        ids_prefix: Starts every DOM id, so that messages on one page do not share any.
        zone: The reader's time zone, for fields of date and time.
        state: What the reader has chosen on it so far, by block_id and action_id.
    """
    paint = Painter(names, ids_prefix, zone, state or {}, {})
    shown = None if blocks else {"type": "mrkdwn", "text": text or ""}
    return filled("message.html", paint=paint, blocks=blocks or [], text=shown)


def render_view_html(
    view: Mapping[str, Any],
    *,
    names: Names,
    ids_prefix: str,
    zone: tzinfo = UTC,
    state: Mapping[str, Mapping[str, Mapping[str, Any]]] | None = None,
    errors: Mapping[str, str] | None = None,
    back: bool = False,
) -> str:
    """A modal or a Home tab as HTML: a form with its title, blocks and buttons, or just the blocks.

    Args:
        view: A view that passed the check and has its ids.
        names: What ids of people, channels and groups are called.
        ids_prefix: Starts every DOM id.
        zone: The reader's time zone, for fields of date and time.
        state: `state.values` so far; what a person has filled in is shown again.
        errors: What the app said is wrong, by block_id.
        back: Whether a view lies under this one, so that the close button goes back.
    """
    paint = Painter(names, ids_prefix, zone, state or {}, errors or {}, 3 if view["type"] == "modal" else 2)
    return filled(f"{view['type']}.html", paint=paint, view=view, back=back)
