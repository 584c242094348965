"""Methods about conversations: opening, reading, inviting."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from playground.paging import page
from playground.payloads import message_body
from playground.strict import Refusal, demand_scopes
from playground.tables.methods import METHODS, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from playground.records import Channel, Json, Message
    from playground.strict import Call

GROUP_MAX: Final = 8
"""People besides the app in one group (source: docs.slack.dev/reference/methods/conversations.open)."""

NAME_MAX: Final = 80
"""Characters of a channel's name (source: docs.slack.dev/reference/methods/conversations.create)."""

INVITE_MAX: Final = 100
"""People invited in one call (source: docs.slack.dev/reference/methods/conversations.invite)."""

TYPES: Final[Mapping[str, Kind]] = {
    "public_channel": "channel",
    "private_channel": "private",
    "im": "im",
    "mpim": "mpim",
}


def conversations_open(call: Call) -> Json:
    """Opens the direct conversation with one person, or the group of up to eight."""
    world = call.world
    if call.text("channel"):
        channel = call.channel()
        if channel.kind not in {"im", "mpim"}:
            raise Refusal("method_not_supported_for_channel_type")
        return _opened(call, channel, was_open=True)
    users = list(dict.fromkeys(call.listed("users")))
    if not users:
        raise Refusal("users_list_not_supplied")
    if len(users) > GROUP_MAX:
        raise Refusal("too_many_users")
    for user in users:
        member = world.members.get(user)
        if member is None or user == world.me.bot_user_id:
            raise Refusal("user_not_found" if member is None else "invalid_user_combination")
        if member.deleted:
            raise Refusal("user_disabled")
    kind: Kind = "im" if len(users) == 1 else "mpim"
    call.allow(kind)
    before = len(world.channels)
    channel = world.direct(users[0]) if kind == "im" else world.group(users)
    return _opened(call, channel, was_open=len(world.channels) == before)


def info(call: Call) -> Json:
    """One conversation."""
    channel = call.channel()
    call.allow(channel.kind)
    body = channel_body(call, channel)
    if call.flag("include_num_members"):
        body["num_members"] = len(channel.members)
    return {"channel": body}


def members(call: Call) -> Json:
    """Who is in a conversation."""
    channel = call.channel()
    call.allow(channel.kind)
    some, more = page(call, channel.members, default=100)
    return {"members": list(some), **more}


def create(call: Call) -> Json:
    """Starts a channel, with the app in it."""
    kind: Kind = "private" if call.flag("is_private") else "channel"
    call.allow(kind)
    name = call.text("name")
    if len(name) > NAME_MAX:
        raise Refusal("invalid_name_maxlength")
    if not re.fullmatch(r"[^\sA-Z!\"#$%&'()*+,./:;<=>?@\[\\\]^`{|}~]+", name):
        raise Refusal("invalid_name_specials")
    if not any(letter.isalnum() for letter in name):
        raise Refusal("invalid_name_punctuation")
    if any(channel.name == name for channel in call.world.channels.values()):
        raise Refusal("name_taken")
    me = call.world.me.bot_user_id
    return {"channel": channel_body(call, call.world.add_channel(kind, name, (me,), creator=me))}


def invite(call: Call) -> Json:
    """Brings people into a channel the app is in."""
    world, channel = call.world, call.channel()
    if channel.kind not in {"channel", "private"}:
        raise Refusal("method_not_supported_for_channel_type")
    call.allow(channel.kind)
    if world.me.bot_user_id not in channel.members:
        raise Refusal("not_in_channel")
    users = call.listed("users")
    if not 1 <= len(users) <= INVITE_MAX:
        raise Refusal("no_user" if not users else "too_many_users")
    for user in users:
        member = world.members.get(user)
        if member is None or member.deleted:
            raise Refusal("user_not_found")
        if user == world.me.bot_user_id:
            raise Refusal("cant_invite_self")
        if user in channel.members:
            raise Refusal("already_in_channel")
    for user in users:
        world.join(channel, user, inviter=world.me.bot_user_id)
    return {"channel": channel_body(call, channel)}


def join(call: Call) -> Json:
    """Lets the app into a public channel."""
    channel = call.channel()
    if channel.kind != "channel":
        raise Refusal("method_not_supported_for_channel_type")
    if call.world.me.bot_user_id in channel.members:
        return {"channel": channel_body(call, channel), "warning": "already_in_channel"}
    call.world.join(channel, call.world.me.bot_user_id)
    return {"channel": channel_body(call, channel)}


def history(call: Call) -> Json:
    """Messages of a conversation the app is in, the newest first, as far as its scopes reach."""
    channel = call.channel()
    call.allow(channel.kind)
    if call.world.me.bot_user_id not in channel.members:
        raise Refusal("not_in_channel")
    oldest, latest = _instant(call, "oldest"), _instant(call, "latest")
    inclusive = call.flag("inclusive")

    def is_asked_for(message: Message) -> bool:
        moment = float(message.ts)
        on_edge = inclusive and moment in {oldest, latest}
        inside = (oldest is None or moment > oldest) and (latest is None or moment < latest)
        return (inside or on_edge) and not message.deleted and not message.ephemeral_for

    found = [
        message for message in reversed(call.world.messages[channel.id].values()) if is_asked_for(message)
    ]
    some, more = page(call, found, default=100)
    with_metadata = call.flag("include_all_metadata")
    return {
        "messages": [message_body(call.world, message, with_metadata=with_metadata) for message in some],
        "has_more": bool(more["response_metadata"]["next_cursor"]),
        "pin_count": 0,
        **more,
    }


def listing(call: Call) -> Json:
    """The conversations of the kinds asked for which the app can see."""
    me = call.world.me.bot_user_id
    kinds = _kinds(call)
    seen = [
        channel
        for channel in call.world.channels.values()
        if channel.kind in kinds and (channel.kind == "channel" or me in channel.members)
    ]
    some, more = page(call, seen, default=100)
    return {"channels": [channel_body(call, channel) for channel in some], **more}


def of_user(call: Call) -> Json:
    """The conversations a person is in, as far as the app can see them; without a person, the app's own."""
    me = call.world.me.bot_user_id
    user = call.member("user").id if call.text("user") else me
    kinds = _kinds(call)
    seen = [
        channel
        for channel in call.world.channels.values()
        if channel.kind in kinds
        and user in channel.members
        and (channel.kind == "channel" or me in channel.members)
    ]
    some, more = page(call, seen, default=100)
    return {"channels": [channel_body(call, channel) for channel in some], **more}


def channel_body(call: Call, channel: Channel) -> Json:
    """A conversation as Slack shows it to apps."""
    world = call.world
    me = world.me.bot_user_id
    body: Json = {
        "id": channel.id,
        "created": channel.created,
        "creator": channel.creator,
        "is_archived": False,
        "is_channel": channel.kind == "channel",
        "is_group": channel.kind == "private",
        "is_im": channel.kind == "im",
        "is_mpim": channel.kind == "mpim",
        "is_private": channel.kind != "channel",
        "is_org_shared": False,
        "context_team_id": world.me.team_id,
        "updated": channel.created * 1000,
    }
    if channel.kind == "im":
        other = next((user for user in channel.members if user != me), me)
        return body | {"user": other, "is_user_deleted": world.members[other].deleted}
    return body | {
        "name": channel.name,
        "name_normalized": channel.name,
        "is_general": False,
        "is_shared": False,
        "is_member": me in channel.members,
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
    }


def _opened(call: Call, channel: Channel, *, was_open: bool) -> Json:
    answer: Json = {"channel": {"id": channel.id}}
    if was_open:
        answer |= {"no_op": True, "already_open": True}
    if call.flag("return_im"):
        answer["channel"] = channel_body(call, channel)
    return answer


def _kinds(call: Call) -> set[Kind]:
    named = call.listed("types") or ["public_channel"]
    if any(name not in TYPES for name in named):
        raise Refusal("invalid_types")
    kinds = {TYPES[name] for name in named}
    for kind in kinds:
        demand_scopes(call.world, METHODS[call.method].by_kind[kind])
    return kinds


def _instant(call: Call, name: str) -> float | None:
    given = call.text(name)
    if not given or given == "0":
        return None
    if not re.fullmatch(r"\d+(\.\d+)?", given):
        raise Refusal(f"invalid_ts_{name}")
    return float(given)


ANSWERS: Final[Mapping[str, Callable[[Call], Json]]] = {
    "conversations.create": create,
    "conversations.history": history,
    "conversations.info": info,
    "conversations.invite": invite,
    "conversations.join": join,
    "conversations.list": listing,
    "conversations.members": members,
    "conversations.open": conversations_open,
    "users.conversations": of_user,
}
