"""What Slack would refuse of a message or a view, all of it, each with its path.

Source: docs.slack.dev/reference/block-kit and /reference/views, read 2026-08. Numbers:
playground.tables.limits.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from playground.blocks import anatomy, objects
from playground.blocks.data import table_characters
from playground.blocks.layouts import BLOCK
from playground.blocks.spec import Problem, array, boolean, kind_of, may, need, one_of, record, string, unique
from playground.blocks.surfaces import BLOCK_SURFACES, ELEMENT_SURFACES, SURFACE_NAMES, Surface
from playground.tables import limits

if TYPE_CHECKING:
    from playground.blocks.anatomy import Placed

_ANYTHING: Final = may(lambda _value, _path: iter(()))
_KEPT_BY_SLACK: Final = {
    "id": _ANYTHING,
    "team_id": _ANYTHING,
    "state": _ANYTHING,
    "hash": _ANYTHING,
    "root_view_id": _ANYTHING,
    "previous_view_id": _ANYTHING,
    "app_id": _ANYTHING,
    "app_installed_team_id": _ANYTHING,
    "bot_id": _ANYTHING,
}
"""Keys Slack adds to a view; an app that sends a stored view back sends them along and Slack ignores them."""

_BLOCKS: Final = {"blocks": need(array(BLOCK, limits.VIEW_BLOCKS_MAX, low=0, things="blocks"))}
_ANY_VIEW: Final = {
    **_KEPT_BY_SLACK,
    **_BLOCKS,
    "private_metadata": may(string(limits.VIEW_PRIVATE_METADATA_MAX, low=0)),
    "callback_id": may(string(limits.CALLBACK_ID_MAX, low=0)),
    "external_id": may(string(limits.EXTERNAL_ID_MAX, low=0)),
    "clear_on_close": may(boolean),
    "notify_on_close": may(boolean),
}
_HOME: Final = record({"type": need(one_of("home")), **_ANY_VIEW})
_MODAL: Final = record(
    {
        "type": need(one_of("modal")),
        **_ANY_VIEW,
        "title": need(objects.plain(limits.VIEW_TITLE_MAX)),
        "submit": may(objects.plain(limits.VIEW_SUBMIT_MAX)),
        "close": may(objects.plain(limits.VIEW_CLOSE_MAX)),
        "submit_disabled": may(boolean),
    }
)
_MESSAGE_BLOCKS: Final = array(BLOCK, limits.MESSAGE_BLOCKS_MAX, low=0, things="blocks")


def check_message(blocks: object, *, text: str | None) -> list[Problem]:
    """What Slack would refuse of a message.

    Args:
        blocks: What stands in the `blocks` argument, decoded; None or an empty list for text alone.
        text: What stands in the `text` argument. A message needs one of the two.

    Returns:
        Every problem found, in reading order; empty if Slack would take the message.
    """
    problems: list[Problem] = []
    if not text and not blocks:
        problems.append(Problem("text", "is required where there are no blocks"))
    if text is not None and len(text) > limits.MESSAGE_TEXT_MAX:
        problems.append(
            Problem("text", f"may have at most {limits.MESSAGE_TEXT_MAX} characters and has {len(text)}")
        )
    if blocks is not None:
        problems += _MESSAGE_BLOCKS(blocks, "blocks")
        problems += _everywhere(blocks, "message")
        problems += _of_a_whole_message(blocks)
    return problems


def check_view(view: object) -> list[Problem]:
    """What Slack would refuse of a modal or a Home tab; empty if it would take it."""
    if not isinstance(view, Mapping):
        return [Problem("view", f"must be an object, not {kind_of(view)}")]
    kind = view.get("type")
    if kind not in ("modal", "home"):  # a tuple, since the type may be unhashable
        return [Problem("type", "must be one of modal, home")]
    surface: Surface = "modal" if kind == "modal" else "home"
    problems = list((_MODAL if surface == "modal" else _HOME)(view, ""))
    problems += _everywhere(view.get("blocks"), surface)
    problems += _of_a_whole_view(view, surface)
    return problems


def _everywhere(blocks: object, surface: Surface) -> Iterator[Problem]:
    placed = list(anatomy.blocks_in(blocks))
    focused: list[Placed] = []
    for block in placed:
        yield from _off_surface(block, BLOCK_SURFACES, surface)
        elements = list(anatomy.elements_of(block))
        for element in elements:
            yield from _off_surface(element, ELEMENT_SURFACES, surface)
            yield from _unique_values(element, surface)
        yield from _unique_ids(elements, "action_id")
        focused += [element for element in elements if element.item.get("focus_on_load") is True]
    yield from _unique_ids(placed, "block_id")
    for element in focused[1:]:
        yield Problem(f"{element.path}.focus_on_load", f"is already true for {focused[0].path}")


def _off_surface(
    placed: Placed, allowed: Mapping[str, frozenset[Surface]], surface: Surface
) -> Iterator[Problem]:
    if surface not in allowed.get(placed.kind, frozenset({surface})):
        yield Problem(
            placed.path, f"is of type {placed.kind}, which cannot stand in {SURFACE_NAMES[surface]}"
        )


def _unique_values(element: Placed, surface: Surface) -> Iterator[Problem]:
    """No two options of an element carry the same value, or the app could not tell them apart.

    Slack itself publishes a sample modal whose section holds a select with a repeated value, so beside a
    section of a view a repeat is let through.
    """
    if surface != "message" and element.block.get("type") == "section":
        return
    options = list(anatomy.options_of(element))
    yield from unique(
        [option["value"] for _, option in options], [f"{path}.value" for path, _ in options], "value"
    )


def _unique_ids(placed: list[Placed], key: str) -> Iterator[Problem]:
    named = [one for one in placed if isinstance(one.item.get(key), str)]
    yield from unique([one.item[key] for one in named], [f"{one.path}.{key}" for one in named], key)


def _of_a_whole_message(blocks: object) -> Iterator[Problem]:
    placed = list(anatomy.blocks_in(blocks))
    charts = [one for one in placed if one.kind == "data_visualization"]
    for chart in charts[limits.MESSAGE_CHARTS_MAX :]:
        yield Problem(chart.path, f"is one chart too many: a message may have {limits.MESSAGE_CHARTS_MAX}")
    for element in anatomy.elements_in(blocks):
        if "response_url_enabled" in element.item:
            yield Problem(f"{element.path}.response_url_enabled", "only works in a modal")
    for kind, count, most in (
        ("markdown", _markdown_characters, limits.MESSAGE_MARKDOWN_MAX),
        ("table", table_characters, limits.MESSAGE_TABLE_TEXT_MAX),
        ("data_table", table_characters, limits.MESSAGE_DATA_TABLE_TEXT_MAX),
    ):
        size = sum(count(one.block) for one in placed if one.kind == kind)
        if size > most:
            yield Problem(
                "blocks", f"may have at most {most} characters in {kind} blocks together and have {size}"
            )
    size = _characters(
        [one for one in blocks if _kind(one) != "data_table"] if isinstance(blocks, list) else ()
    )
    if size > limits.MESSAGE_BLOCKS_TEXT_MAX:
        most = limits.MESSAGE_BLOCKS_TEXT_MAX
        yield Problem("blocks", f"may have at most {most} characters together and have {size}")


def _kind(block: object) -> object:
    return block.get("type") if isinstance(block, anatomy.OBJECT) else None


def _markdown_characters(block: Mapping[str, Any]) -> int:
    return len(block["text"]) if isinstance(block.get("text"), str) else 0


_SHOWN: Final = frozenset({"text", "alt_text", "title", "name", "label", "caption"})


def _characters(value: object) -> int:
    """How many characters a person is shown, wherever in the blocks they stand."""
    found, to_count = 0, [value]
    while to_count:
        one = to_count.pop()
        if isinstance(one, anatomy.OBJECT):
            for key, inner in one.items():
                if not isinstance(inner, str):
                    to_count.append(inner)
                elif key in _SHOWN:
                    found += len(inner)
        elif isinstance(one, list | tuple):
            to_count += one
    return found


def _of_a_whole_view(view: Mapping[str, Any], surface: Surface) -> Iterator[Problem]:
    kinds = {block.kind for block in anatomy.blocks_in(view.get("blocks"))}
    if surface == "modal" and "input" in kinds and "submit" not in view:
        yield Problem("submit", "is required where the modal has an input")
    for element in anatomy.elements_in(view.get("blocks")):
        if "response_url_enabled" in element.item and (
            surface == "home" or element.block.get("type") != "input"
        ):
            yield Problem(f"{element.path}.response_url_enabled", "only works in an input of a modal")
    size = len(json.dumps(view, ensure_ascii=False, separators=(",", ":"), default=str).encode())
    if size > limits.VIEW_JSON_BYTES_MAX:
        yield Problem(
            "", f"The view may have at most {limits.VIEW_JSON_BYTES_MAX} bytes as JSON and has {size}"
        )
