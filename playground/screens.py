"""What a person has on the screen: opening, stacking, changing and closing views."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any, Final

from playground.blocks import initial_state
from playground.records import View
from playground.shape import placed_element, shaped
from playground.strict import Refusal, checked_view
from playground.tables.limits import VIEW_JSON_BYTES_MAX, VIEW_STACK_MAX

if TYPE_CHECKING:
    from playground.records import Json
    from playground.world import World

HOME_TITLE: Final[Json] = {"type": "plain_text", "text": "View Title", "emoji": True}
"""What Slack reports as the title of a Home tab, which has none."""


def taken_view(world: World, given: Any, *, kind: str, except_id: str | None = None) -> Json:
    """A view Slack takes on this surface.

    Raises:
        Refusal: It is too large, faulty, of another type, or its external_id is in use.
    """
    if len(json.dumps(given, ensure_ascii=False).encode()) > VIEW_JSON_BYTES_MAX:
        raise Refusal("view_too_large")
    source = checked_view(given)
    if source.get("type") != kind:
        raise Refusal(
            "invalid_arguments",
            response_metadata={
                "messages": [f"[ERROR] must be a view of type {kind} [json-pointer:/view/type]"]
            },
        )
    external_id = source.get("external_id")
    if external_id and any(
        view.external_id == external_id for view in world.views.values() if view.id != except_id
    ):
        raise Refusal("duplicate_external_id")
    return source


def open_view(world: World, user: str, source: Json) -> View:
    """Opens a modal; what was open before gives way."""
    if world.stacks.get(user):
        world.drop_views(user, len(world.stacks[user]))
    view_id = world.fresh_id("V")
    return _put(world, user, _view(world, source, user=user, view_id=view_id, root_id=view_id))


def push_view(world: World, user: str, source: Json) -> View:
    """Lays a modal on top of the one that is open.

    Raises:
        Refusal: Nothing is open, or three modals already lie there.
    """
    below = world.top_view(user)
    if below is None:
        raise Refusal("not_found")
    if len(world.stacks[user]) >= VIEW_STACK_MAX:
        raise Refusal("push_limit_reached")
    view_id = world.fresh_id("V")
    view = _view(world, source, user=user, view_id=view_id, root_id=below.root_id, previous_id=below.id)
    return _put(world, user, view)


def change_view(world: World, old: View, source: Json) -> View:
    """Shows something else in an open view.

    What was filled in stays wherever block_id, action_id and type stay the same, whatever the new initial
    values say (source: docs.slack.dev/surfaces/modals, "Preserving input entry", read 2026-08).
    """
    changed = _view(
        world,
        {"external_id": old.external_id, **source},
        user=old.user,
        view_id=old.id,
        root_id=old.root_id,
        previous_id=old.previous_id,
    )
    for block_id, values in changed.state.items():
        for action_id, value in values.items():
            before = old.state.get(block_id, {}).get(action_id)
            if (
                before
                and before.get("type") == value.get("type")
                and _takes(changed, block_id, action_id, before)
            ):
                values[action_id] = before
    world.views[old.id] = changed
    return changed


def publish_home(world: World, user: str, source: Json) -> View:
    """Shows a Home tab to a person, in place of the one before."""
    old = world.views.get(world.homes.get(user, ""))
    if old:
        return change_view(world, old, source)
    view_id = world.fresh_id("V")
    view = _view(world, source, user=user, view_id=view_id, root_id=view_id)
    world.homes[user] = view_id
    world.views[view_id] = view
    return view


def _put(world: World, user: str, view: View) -> View:
    world.views[view.id] = view
    world.stacks.setdefault(user, []).append(view.id)
    return view


def _view(
    world: World, given: Json, *, user: str, view_id: str, root_id: str, previous_id: str | None = None
) -> View:
    blocks = shaped(given.get("blocks") or [])
    # The blocks are a copy already.
    source: Json = {
        name: blocks if name == "blocks" else copy.deepcopy(value) for name, value in given.items()
    }
    source.setdefault("blocks", blocks)
    title = source.get("title") or {}
    return View(
        id=view_id,
        hash=world.new_hash(),
        type=source["type"],
        callback_id=source.get("callback_id") or "",
        title=title.get("text", ""),
        blocks=blocks,
        private_metadata=source.get("private_metadata") or "",
        source=source,
        user=user,
        root_id=root_id,
        external_id=source.get("external_id") or "",
        previous_id=previous_id,
        state=initial_state(source),
        names=world.names,
    )


def _takes(view: View, block_id: str, action_id: str, value: Json) -> bool:
    """Whether what was chosen before is still among the options, where the element has options."""
    element = placed_element(view.blocks, block_id, action_id).item
    options = element.get("options") or [
        option for group in element.get("option_groups") or [] for option in group["options"]
    ]
    if not options:
        return True
    chosen = value.get("selected_options") or [value.get("selected_option")]
    offered = {option["value"] for option in options}
    return all(option is None or option["value"] in offered for option in chosen)
