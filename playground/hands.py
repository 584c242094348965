"""A person's hands: finding what can be pressed or filled in, and saying what was chosen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from playground.acts import CannotDo
from playground.blocks import option_of, with_value
from playground.blocks.anatomy import BUTTONS
from playground.blocks.controls import control_of, label_of, placed_controls
from playground.payloads import action_body
from playground.shape import placed_element

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from playground.blocks import Control, Option
    from playground.blocks.anatomy import Placed
    from playground.records import Json, Member
    from playground.world import World

EXTERNAL: Final = frozenset({"external_select", "multi_external_select"})
"""Selects whose options the app is asked for."""

SUGGESTIONS_MAX: Final = 100
"""Options in one answer (source: docs.slack.dev/reference/block-kit/block-elements/select-menu-element)."""


What: TypeAlias = "str | tuple[str, str]"
"""How a control is named: by its visible label or an id, or exactly, by block_id and action_id."""


def find(blocks: Sequence[Json], what: What, option: object = None) -> Control:
    """The one control called `what`: by its label, else by its action_id, else by its block_id.

    Args:
        blocks: What is on the screen.
        what: A visible label or an id, or block_id and action_id.
        option: Tells buttons of the same name apart by their value.

    Raises:
        CannotDo: There is none, or there are several.
    """
    there = placed_controls(blocks)
    found = [one for one in there if what in (label_of(one), _ids(one))]
    found = found or [one for one in there if what == _ids(one)[1]]
    found = found or [one for one in there if what == _ids(one)[0]]
    named = [control_of(one) for one in found]
    if len(named) > 1 and isinstance(option, str):
        named = [control for control in named if control.value == option or _offers(control, option)]
    if len(named) == 1:
        return named[0]
    if named:
        raise CannotDo(f"there are {len(named)} of “{what}” here; name one by its action_id or its value")
    called = ", ".join(_called(control_of(one)) for one in there)
    raise CannotDo(f"there is no “{what}” here; there are: {called or 'none'}")


def _ids(placed: Placed) -> tuple[str, str]:
    """The block_id and the action_id of a control; empty where there is none."""
    return placed.block.get("block_id", ""), placed.item.get("action_id", "")


def chosen_entry(world: World, control: Control, value: object) -> Json:
    """The state entry for what a person chose or typed, people and channels by id or by name.

    Raises:
        CannotDo: The control does not take it.
    """
    several = [value] if control.multi and isinstance(value, str) and value else value
    try:
        return with_value(control, _as_ids(world, control, several))
    except ValueError as error:
        raise CannotDo(str(error)) from error


def action_of(
    world: World, blocks: Sequence[Json], control: Control, option: object, entry: Json | None
) -> Json:
    """The entry of `actions` for using this control.

    Args:
        world: The state.
        blocks: Where the control stands.
        control: What is used.
        option: What was chosen of an overflow menu or of feedback buttons.
        entry: What was chosen of anything that keeps a state.

    Raises:
        CannotDo: The option is not offered.
    """
    element = dict(placed_element(blocks, control.block_id, control.action_id).item)
    if entry is not None:
        chosen = {key: value for key, value in entry.items() if key != "type"}
    elif control.kind in {"overflow", "feedback_buttons"}:
        picked = _picked(control, option)
        chosen = {"selected_option": picked.source} if control.kind == "overflow" else {"value": picked.value}
    else:
        chosen = {}
    return action_body(world, element, control.block_id, chosen)


def keeps_state(control: Control) -> bool:
    """Whether what is chosen stays chosen; buttons and menus only act."""
    return control.kind not in BUTTONS


def with_options(control: Control, options: Sequence[Option]) -> Control:
    """A typeahead select with what it offers now, besides what it held before."""
    return replace(control, options=tuple(options))


def offered(answer: Any) -> list[Option]:
    """The options of an answer to a typeahead question, groups flattened.

    Raises:
        ValueError: Slack would not take the answer.
    """
    if not isinstance(answer, dict) or ("options" in answer) == ("option_groups" in answer):
        raise ValueError("must provide either options or option_groups")
    groups = answer.get("option_groups")
    sources = answer["options"] if groups is None else [one for group in groups for one in group["options"]]
    if len(sources) > SUGGESTIONS_MAX:
        raise ValueError(f"must provide at most {SUGGESTIONS_MAX} options, not {len(sources)}")
    return [option_of(source) for source in sources]


def unescaped_names(text: str, people: Mapping[str, Member]) -> str:
    """What Slack makes of names typed after @: mentions, wherever somebody is called so."""
    if "@" not in text:
        return text
    for member in sorted(people.values(), key=lambda one: -len(one.name)):
        for name in (member.name, member.handle):
            text = text.replace(f"@{name}", f"<@{member.id}>")
    return text


def typed(text: str) -> str:
    """What a person types, as Slack keeps it: only these three characters are special to it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _offers(control: Control, option: str) -> bool:
    return any(option in {one.value, one.text} for one in control.options)


def _called(control: Control) -> str:
    return f"“{control.label or control.action_id}”"


def _picked(control: Control, option: object) -> Option:
    for one in control.options:
        if option in {one.value, one.text}:
            return one
    there = ", ".join(one.text for one in control.options)
    raise CannotDo(f"“{_called(control)}” offers no {option!r}; it offers {there}")


def _as_ids(world: World, control: Control, value: object) -> object:
    if control.kind not in {
        *("users_select", "multi_users_select", "channels_select", "multi_channels_select"),
        *("conversations_select", "multi_conversations_select"),
    }:
        return value
    if isinstance(value, list):
        return [_id_of(world, one) for one in value]
    return _id_of(world, value)


def _id_of(world: World, named: object) -> object:
    if named in world.members or named in world.channels or not named:
        return named
    for ids, name in world.names.items():
        if named in {name, f"#{name}", f"@{name}"}:
            return ids
    raise CannotDo(f"nobody and nothing here is called {named!r}")
