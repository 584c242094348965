"""Methods that post, change and take back messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from playground.payloads import message_body
from playground.shape import stable_id
from playground.strict import Refusal, checked_blocks
from playground.tables.limits import MESSAGE_TEXT_MAX, MESSAGE_UPDATE_TEXT_MAX

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from playground.records import Channel, Json, Message
    from playground.strict import Call


def post_message(call: Call) -> Json:
    """Posts into a conversation the app is in, or into the direct one with the person named as channel."""
    channel = destination(call)
    text, blocks = content(call)
    message = call.world.post(
        channel,
        call.world.me.bot_user_id,
        text=text,
        blocks=blocks,
        metadata=metadata(call),
        thread_ts=call.text("thread_ts") or None,
        client_msg_id=call.text("client_msg_id") or None,
    )
    return {"channel": channel.id, "ts": message.ts, "message": message_body(call.world, message)}


def update(call: Call) -> Json:
    """Changes a message of the app's own."""
    channel, message = _own(call, "cant_update_message")
    text, blocks = content(call)
    if len(text) > MESSAGE_UPDATE_TEXT_MAX:
        raise Refusal("msg_too_long")
    # Slack keeps the blocks when only text is given, and drops them for an explicit empty list.
    kept = blocks if call.structure("blocks") is not None else message.blocks
    changes: Json = {"text": text, "blocks": kept}
    if call.structure("metadata") is not None:
        changes["metadata"] = metadata(call)
    edited = call.world.edit(message, **changes)
    return {
        "channel": channel.id,
        "ts": edited.ts,
        "text": edited.text,
        "message": message_body(call.world, edited),
    }


def delete(call: Call) -> Json:
    """Takes back a message of the app's own."""
    channel, message = _own(call, "cant_delete_message")
    call.world.unsend(message)
    return {"channel": channel.id, "ts": message.ts}


def post_ephemeral(call: Call) -> Json:
    """Shows a message to one person in a conversation, until they reload."""
    channel = destination(call)
    user = call.member("user", "user_not_in_channel")
    if user.id not in channel.members or user.deleted:
        raise Refusal("user_not_in_channel")
    text, blocks = content(call)
    message = call.world.post(
        channel, call.world.me.bot_user_id, text=text, blocks=blocks, ephemeral_for=user.id
    )
    return {"message_ts": message.ts}


def get_permalink(call: Call) -> Json:
    """The address of a message."""
    channel = call.channel()
    message = call.message(channel, "message_ts")
    address = f"https://{call.world.me.domain}.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
    return {"channel": channel.id, "permalink": address}


def destination(call: Call) -> Channel:
    """Where a message goes: a conversation's id, a public channel's name, or a person's id.

    Slack has been seen to take messages to a deactivated person quietly (slackapi/python-slack-sdk#1156);
    here they are refused, since nobody will ever read them.

    Raises:
        Refusal: There is no such place, the app is not in it, or nobody reads there.
    """
    world, named = call.world, call.text("channel")
    if named in world.members:
        if named == world.me.bot_user_id or world.members[named].deleted:
            raise Refusal("channel_not_found")
        channel = world.direct(named)
    elif named.startswith("#"):
        channel = world.channels.get(stable_id("C", "channel", named[1:])) or call.channel()
    else:
        channel = call.channel()
    if world.me.bot_user_id not in channel.members and not world.manifest.may(("chat:write.public",)):
        raise Refusal("not_in_channel")
    if channel.kind == "im":
        if not world.manifest.has_messages:
            raise Refusal("messages_tab_disabled")
        if any(world.members[user].deleted for user in channel.members):
            raise Refusal("channel_not_found")
    return channel


def content(call: Call) -> tuple[str, list[Json]]:
    """The text and the blocks of a message to be.

    Raises:
        Refusal: There is neither, the text is so long that Slack would cut it, or the blocks are none Slack
            would take.
    """
    text = call.text("text")
    if len(text) > MESSAGE_TEXT_MAX:
        raise Refusal("msg_too_long")
    blocks = checked_blocks(call.structure("blocks"), text or None, call.world.lacks)
    if not text and not blocks:
        raise Refusal("no_text")
    return text, blocks


def metadata(call: Call) -> Json | None:
    """What the app attaches to a message.

    Raises:
        Refusal: It is not an event type with an object.
    """
    given: Any = call.structure("metadata")
    if given is None:
        return None
    if not (
        isinstance(given, dict)
        and isinstance(given.get("event_type"), str)
        and given["event_type"]
        and isinstance(given.get("event_payload"), dict)
    ):
        raise Refusal("invalid_metadata_format")
    return {"event_type": given["event_type"], "event_payload": given["event_payload"]}


def _own(call: Call, not_ours: str) -> tuple[Channel, Message]:
    channel = call.channel()
    message = call.message(channel, "ts")
    if message.user != call.world.me.bot_user_id:
        raise Refusal(not_ours)
    return channel, message


ANSWERS: Final[Mapping[str, Callable[[Call], Json]]] = {
    "chat.delete": delete,
    "chat.getPermalink": get_permalink,
    "chat.postEphemeral": post_ephemeral,
    "chat.postMessage": post_message,
    "chat.update": update,
}
