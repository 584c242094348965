"""The Web API: every method the workspace answers, one file a family."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.api import basics, chat, conversations, files, users, views
from playground.strict import Call, Refusal, demand_arguments, demand_scopes, demand_token
from playground.tables.methods import METHODS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from playground.records import Json
    from playground.world import World

ANSWERS: Final[Mapping[str, Callable[[Call], Json]]] = {
    **basics.ANSWERS,
    **chat.ANSWERS,
    **conversations.ANSWERS,
    **files.ANSWERS,
    **users.ANSWERS,
    **views.ANSWERS,
}
"""Each method by name; what is not here is answered `unknown_method`."""


def answer(world: World, method: str, arguments: Json, token: str | None) -> Json:
    """What Slack would answer to this call; whatever it changes is changed when this returns."""
    with world.lock:
        if method not in ANSWERS:
            return {"ok": False, "error": "unknown_method", "req_method": method}
        try:
            demand_token(world, method, token)
            demand_scopes(world, METHODS[method].scopes)
            demand_arguments(method, arguments)
            return {"ok": True, **ANSWERS[method](Call(world, method, arguments))}
        except Refusal as refusal:
            return refusal.answer
