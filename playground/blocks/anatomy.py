"""Where blocks and elements stand: one walk over them for the checks, the controls and the page.

The walk takes whatever it is given and passes over what is no block, so that it also works on what a check
refuses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

_NESTED: Final = {"container": "child_blocks", "carousel": "elements", "plan": "tasks"}
_LISTS: Final = {"actions": "elements", "context_actions": "elements", "card": "actions"}
_SINGLE: Final = {"section": "accessory", "input": "element"}

OBJECT: Final = (dict, Mapping)
"""What a JSON object comes as, the usual first: asking the abstract class alone takes ten times as long, and
the walk asks it of everything."""

BUTTONS: Final = frozenset({"button", "workflow_button", "icon_button", "feedback_buttons", "overflow"})
"""Elements one presses; they keep no state."""


class Placed(NamedTuple):
    """A block or an element, the block it stands in (itself for a block), and its path."""

    path: str
    block: Mapping[str, Any]
    item: Mapping[str, Any]

    @property
    def kind(self) -> str:
        """The type as written, or an empty string."""
        kind = self.item.get("type")
        return kind if isinstance(kind, str) else ""


def _mappings(value: object, path: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if isinstance(value, list | tuple):
        for place, one in enumerate(value):
            if isinstance(one, OBJECT):
                yield f"{path}[{place}]", one


def blocks_in(blocks: object, path: str = "blocks") -> Iterator[Placed]:
    """Every block, those in containers, carousels and plans included, outer before inner."""
    for place, block in _mappings(blocks, path):
        placed = Placed(place, block, block)
        yield placed
        inside = _NESTED.get(placed.kind)
        if inside is not None:
            yield from blocks_in(block.get(inside), f"{place}.{inside}")


def elements_of(placed: Placed) -> Iterator[Placed]:
    """The elements that stand in this very block."""
    key = _SINGLE.get(placed.kind)
    if key is not None and isinstance(placed.block.get(key), OBJECT):
        yield Placed(f"{placed.path}.{key}", placed.block, placed.block[key])
    several = _LISTS.get(placed.kind)
    if several is not None:
        for path, element in _mappings(placed.block.get(several), f"{placed.path}.{several}"):
            yield Placed(path, placed.block, element)


def elements_in(blocks: object, path: str = "blocks") -> Iterator[Placed]:
    """Every element of every block, in the order one reads them."""
    for placed in blocks_in(blocks, path):
        yield from elements_of(placed)


def options_of(element: Placed) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The path and the option of each choice an element offers, those of its groups included."""
    groups = _mappings(element.item.get("option_groups"), f"{element.path}.option_groups")
    for path, holder in ((element.path, element.item), *groups):
        for place, option in _mappings(holder.get("options"), f"{path}.options"):
            if isinstance(option.get("value"), str):
                yield place, option


def with_ids(blocks: Sequence[Mapping[str, Any]], fresh: Callable[[], str]) -> list[dict[str, Any]]:
    """The blocks with a block_id and an action_id wherever the app gave none, as Slack fills them in.

    Args:
        blocks: Blocks that passed the check.
        fresh: Called for each missing id; must not repeat itself.
    """
    return [_identified(block, fresh) for block in blocks]


def _identified(block: Mapping[str, Any], fresh: Callable[[], str]) -> dict[str, Any]:
    kind = block["type"]
    filled = {**block, "block_id": block.get("block_id") or fresh()}
    if kind in _NESTED and _NESTED[kind] in filled:
        filled[_NESTED[kind]] = with_ids(filled[_NESTED[kind]], fresh)
    if kind in _SINGLE and _SINGLE[kind] in filled:
        filled[_SINGLE[kind]] = _acting(filled[_SINGLE[kind]], fresh)
    if kind in _LISTS and _LISTS[kind] in filled:
        filled[_LISTS[kind]] = [_acting(element, fresh) for element in filled[_LISTS[kind]]]
    return filled


def _acting(element: Mapping[str, Any], fresh: Callable[[], str]) -> dict[str, Any]:
    if element["type"] == "image":
        return dict(element)
    return {**element, "action_id": element.get("action_id") or fresh()}
