"""How Slack hands back what it was given: ids filled in, text objects completed."""

from __future__ import annotations

import base64
import hashlib
import itertools
from typing import TYPE_CHECKING, Any, Final

from playground.blocks import with_ids
from playground.blocks.anatomy import OBJECT, elements_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from playground.blocks.anatomy import Placed
    from playground.records import Json

ID_LENGTH: Final = 10

SCALAR: Final = (str, bool, int, float)

SWITCHES: Final = {"plain_text": ("emoji", True), "mrkdwn": ("verbatim", False)}
"""What Slack adds to a text object that does not say it."""


def stable_id(prefix: str, *parts: str) -> str:
    """An id in Slack's shape, the same for the same parts in every run, so that a restart finds its rooms."""
    digest = hashlib.sha256("\0".join((prefix, *parts)).encode()).digest()
    return prefix + base64.b32encode(digest).decode()[:ID_LENGTH]


def shaped(blocks: Sequence[Mapping[str, Any]]) -> list[Json]:
    """A copy of blocks that passed the check as Slack returns them: every id there, text objects complete."""
    numbers = itertools.count(1)
    completed: list[Json] = _complete(with_ids(blocks, lambda: f"={next(numbers)}="))
    return completed


def placed_element(blocks: Sequence[Mapping[str, Any]], block_id: str, action_id: str) -> Placed:
    """The element with these ids and the block it stands in.

    Raises:
        KeyError: There is none.
    """
    for placed in elements_in(blocks):
        if placed.block.get("block_id") == block_id and placed.item.get("action_id") == action_id:
            return placed
    raise KeyError((block_id, action_id))


def _complete(node: Any) -> Any:
    if isinstance(node, SCALAR):
        # Nearly everything there is, so it is asked first.
        return node
    if isinstance(node, OBJECT):
        whole = {key: _complete(value) for key, value in node.items()}
        kind = whole.get("type")
        if isinstance(kind, str) and kind in SWITCHES:
            switch, usual = SWITCHES[kind]
            whole.setdefault(switch, usual)
        return whole
    if isinstance(node, list | tuple):
        return [_complete(item) for item in node]
    return node
