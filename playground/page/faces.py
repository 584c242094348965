"""How people, the app and conversations are shown: names, initials, colors, times."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from datetime import datetime

    from playground.records import Channel, Json, Member
    from playground.world import World

HUES: Final = 10
"""Colors of avatars; the style sheet names them `hue-0` to `hue-9`."""

_NAMES_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Face:
    """Somebody as the page shows them."""

    id: str
    name: str
    initials: str
    hue: int
    is_app: bool
    is_gone: bool


def face_of(member: Member) -> Face:
    """A member's face; the color follows from the id, so that it stays the same."""
    words = [word for word in member.name.split() if word[:1].isalnum()]
    ends = [words[0], words[-1]] if len(words) > 1 else words
    return Face(
        id=member.id,
        name=member.name,
        initials="".join(word[0] for word in ends).upper() or "?",
        hue=zlib.crc32(member.id.encode()) % HUES,
        is_app=member.is_bot,
        is_gone=member.deleted,
    )


def room_name(world: World, channel: Channel, reader: str) -> str:
    """What a conversation is called for one of its members."""
    if channel.kind in {"channel", "private"}:
        return channel.name
    others = [world.members[user] for user in channel.members if user != reader]
    people = [member.name for member in others if not member.is_bot]
    if not people:
        return world.manifest.name
    more = len(people) - _NAMES_SHOWN
    return ", ".join(people[:_NAMES_SHOWN]) + (f" and {more} more" if more > 0 else "")


def addressee(world: World, arguments: Json) -> str:
    """Whom or where a call to Slack concerned, by name; empty where it was nobody."""
    ids = str(arguments.get("user_id") or arguments.get("user") or arguments.get("channel") or "")
    if ids in world.members:
        return world.members[ids].name
    room = world.channels.get(ids)
    if room is None:
        return ""
    name = room_name(world, room, world.me.bot_user_id)
    return f"#{name}" if room.kind in {"channel", "private"} else name


def hour(at: datetime, tz: str) -> str:
    """A time of day on somebody's clock."""
    return f"{at.astimezone(ZoneInfo(tz)):%-I:%M %p}"


def day(at: datetime, tz: str) -> str:
    """A day on somebody's calendar."""
    return f"{at.astimezone(ZoneInfo(tz)):%A, %B %-d}"


def instant(at: datetime, tz: str) -> str:
    """A day and time, with the year, on somebody's clock."""
    return f"{at.astimezone(ZoneInfo(tz)):%A, %B %-d, %Y, %-I:%M %p}"
