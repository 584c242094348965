"""Which block and which element may stand on which surface.

Source: the "surfaces" columns of docs.slack.dev/reference/block-kit (blocks and block-elements), read
2026-08. Where a newer block's page says nothing, the surface its changelog example uses is the only one
allowed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Surface: TypeAlias = Literal["message", "modal", "home"]
"""Where blocks are shown: a message, a modal, an app's Home tab."""

_ALL: Final[frozenset[Surface]] = frozenset({"message", "modal", "home"})
_MESSAGE: Final[frozenset[Surface]] = frozenset({"message"})
_MODAL: Final[frozenset[Surface]] = frozenset({"modal"})

SURFACE_NAMES: Final[Mapping[Surface, str]] = {
    "message": "a message",
    "modal": "a modal",
    "home": "a Home tab",
}

BLOCK_SURFACES: Final[Mapping[str, frozenset[Surface]]] = {
    "actions": _ALL,
    "alert": _MODAL,
    "card": _ALL,
    "carousel": frozenset({"message", "home"}),
    "container": _MESSAGE,
    "context": _ALL,
    "context_actions": _MESSAGE,
    "data_table": _MESSAGE,
    "data_visualization": _MESSAGE,
    "divider": _ALL,
    "file": _MESSAGE,
    "header": _ALL,
    "image": _ALL,
    "input": _ALL,
    "markdown": _MESSAGE,
    "plan": _MESSAGE,
    "rich_text": _ALL,
    "section": _ALL,
    "table": _MESSAGE,
    "task_card": _MESSAGE,
    "video": _ALL,
}

ELEMENT_SURFACES: Final[Mapping[str, frozenset[Surface]]] = {
    "datetimepicker": frozenset({"message", "modal"}),
    "email_text_input": _MODAL,
    "feedback_buttons": _MESSAGE,
    "file_input": _MODAL,
    "icon_button": _MESSAGE,
    "number_input": _MODAL,
    "rich_text_input": frozenset({"modal", "home"}),
    "url_text_input": _MODAL,
    "workflow_button": _MESSAGE,
}
"""The elements that are not allowed everywhere."""
