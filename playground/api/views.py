"""Methods that open, change and publish views."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from playground.payloads import view_body
from playground.screens import change_view, open_view, publish_home, push_view, taken_view
from playground.strict import Refusal, invalid_arguments

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from playground.records import Json, Trigger, View
    from playground.strict import Call


def views_open(call: Call) -> Json:
    """Opens a modal for the person who just did something."""
    trigger = _trigger(call)
    source = taken_view(call.world, call.structure("view"), kind="modal")
    trigger.is_used = True
    return _answer(call, open_view(call.world, trigger.user, source))


def views_push(call: Call) -> Json:
    """Lays a modal on the one in which the person just did something."""
    trigger = _trigger(call)
    if trigger.from_view is None or trigger.from_view not in call.world.views:
        raise Refusal("not_found")
    source = taken_view(call.world, call.structure("view"), kind="modal")
    view = push_view(call.world, trigger.user, source)
    trigger.is_used = True
    return _answer(call, view)


def views_update(call: Call) -> Json:
    """Changes an open modal."""
    old = _open_view(call)
    source = taken_view(call.world, call.structure("view"), kind=old.type, except_id=old.id)
    _demand_hash(call, old)
    return _answer(call, change_view(call.world, old, source))


def views_publish(call: Call) -> Json:
    """Shows a Home tab to a person."""
    if not call.world.manifest.has_home:
        raise Refusal("not_enabled")
    user = call.world.members.get(call.text("user_id"))
    if user is None or user.is_bot or user.deleted:
        raise invalid_arguments("invalid `user_id`")
    old_id = call.world.homes.get(user.id)
    source = taken_view(call.world, call.structure("view"), kind="home", except_id=old_id)
    if old_id:
        _demand_hash(call, call.world.views[old_id])
    return _answer(call, publish_home(call.world, user.id, source))


def _trigger(call: Call) -> Trigger:
    """The right to open a view, still fresh and unused.

    It is used up by a view that opens; a refused view leaves it good, as long as it lives.
    """
    trigger = call.world.triggers.get(call.text("trigger_id"))
    if trigger is None:
        raise Refusal("invalid_trigger_id")
    if trigger.is_used:
        raise Refusal("exchanged_trigger_id")
    if time.monotonic() - trigger.born > call.world.patience:
        raise Refusal("expired_trigger_id")
    return trigger


def _open_view(call: Call) -> View:
    named, external = call.text("view_id"), call.text("external_id")
    for view in call.world.views.values():
        if view.id == named or (external and not named and view.external_id == external):
            return view
    raise Refusal("not_found")


def _demand_hash(call: Call, view: View) -> None:
    if call.text("hash") not in {"", view.hash}:
        raise Refusal("hash_conflict")


def _answer(call: Call, view: View) -> Json:
    return {"view": view_body(call.world, view)}


ANSWERS: Final[Mapping[str, Callable[[Call], Json]]] = {
    "views.open": views_open,
    "views.publish": views_publish,
    "views.push": views_push,
    "views.update": views_update,
}
