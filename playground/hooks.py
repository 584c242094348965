"""Response addresses: what the app may still say about something a person did."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from playground.strict import Refusal, checked_blocks
from playground.tables.limits import MESSAGE_TEXT_MAX

if TYPE_CHECKING:
    from playground.records import Hook, Json, Message
    from playground.world import World

USES_MAX: Final = 5
"""Answers to one response address.

Source: docs.slack.dev/interactivity/handling-user-interaction, read 2026-08."""

LIFETIME: Final = timedelta(minutes=30)
"""How long a response address works (same source)."""


def respond(world: World, key: str, body: Json) -> Json:
    """What Slack answers to a message sent to a response address; its changes are made on return."""
    with world.lock:
        try:
            hook = _usable(world, key)
            _say(world, hook, body)
        except Refusal as refusal:
            return refusal.answer
        hook.uses += 1
        return {"ok": True}


def say_in_ack(world: World, user: str, channel: str, body: Json) -> Message:
    """Shows what the app put into the acknowledgement of a slash command.

    Raises:
        Refusal: Slack would not take it.
    """
    text, blocks = _content(world, body)
    return world.post(
        world.channels[channel],
        world.me.bot_user_id,
        text=text,
        blocks=blocks,
        ephemeral_for=None if body.get("response_type") == "in_channel" else user,
    )


def _usable(world: World, key: str) -> Hook:
    hook = world.hooks.get(key)
    if hook is None:
        raise Refusal("invalid_url")
    if world.clock.now() - hook.born > LIFETIME:
        raise Refusal("expired_url")
    if hook.uses >= USES_MAX:
        raise Refusal("used_url")
    return hook


def _say(world: World, hook: Hook, body: Json) -> None:
    original = world.messages[hook.channel].get(hook.message_ts or "")
    if body.get("delete_original"):
        world.unsend(_demanded(original))
        return
    text, blocks = _content(world, body)
    if body.get("replace_original"):
        world.edit(_demanded(original), text=text, blocks=blocks)
        return
    world.post(
        world.channels[hook.channel],
        world.me.bot_user_id,
        text=text,
        blocks=blocks,
        metadata=body.get("metadata"),
        thread_ts=body.get("thread_ts"),
        ephemeral_for=None if body.get("response_type") == "in_channel" else hook.user,
    )


def _demanded(original: Message | None) -> Message:
    if original is None or original.deleted:
        raise Refusal("message_not_found")
    return original


def _content(world: World, body: Json) -> tuple[str, list[Json]]:
    text = str(body.get("text") or "")
    if len(text) > MESSAGE_TEXT_MAX:
        raise Refusal("msg_too_long")
    blocks = checked_blocks(body.get("blocks"), text or None, world.lacks)
    if not text and not blocks:
        raise Refusal("no_text")
    return text, blocks
