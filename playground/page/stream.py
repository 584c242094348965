"""A conversation as a list of messages, the newest first to arrive and older ones as one scrolls up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from playground.page import faces
from playground.page.render import render_message_html
from playground.page.templates import filled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playground.page.memory import Memory
    from playground.person import Person
    from playground.records import Message
    from playground.world import World

PAGE: Final = 40
"""Messages shown at first, and more of them each time one scrolls to the top."""

TOGETHER: Final = timedelta(minutes=5)
"""Messages of one sender this close stand under one name."""

KEPT: Final = 4_000
"""Rendered messages kept ready; the oldest give way."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of a conversation.

    Attributes:
        order: The ts of every message in it, oldest first.
        items: The HTML of those that changed since the reader last asked, by ts.
        change: The number of the latest change.
        older: Whether there is more before it.
        unread: The first message the reader has not read, if any.
    """

    order: tuple[str, ...]
    items: dict[str, str]
    change: int
    older: bool
    unread: str | None


class Stream:
    """Renders conversations, each state of a message once for each reader.

    Args:
        world: The state of the workspace.
        memory: What was read and put away.
    """

    def __init__(self, world: World, memory: Memory) -> None:
        self._world = world
        self._memory = memory
        self._rendered: dict[tuple[str, str, str, bool, bool], tuple[Message, str]] = {}

    def newest(self, person: Person, channel: str, oldest: str, since: int) -> Stretch:
        """The end of a conversation.

        Args:
            person: Who reads.
            channel: The conversation.
            oldest: The ts of the oldest message on the screen; empty for a fresh look.
            since: The number of the latest change on the screen.
        """
        messages = self._memory.seen(person, channel)
        start = len(messages) - PAGE
        if oldest:
            start = min(start, next((i for i, one in enumerate(messages) if one.ts >= oldest), start))
        return self._stretch(person, channel, messages, max(0, start), len(messages), since)

    def before(self, person: Person, channel: str, ts: str) -> Stretch:
        """What comes before a message."""
        messages = self._memory.seen(person, channel)
        end = next((i for i, one in enumerate(messages) if one.ts >= ts), len(messages))
        return self._stretch(person, channel, messages, max(0, end - PAGE), end, 0)

    def _stretch(
        self, person: Person, channel: str, messages: Sequence[Message], start: int, end: int, since: int
    ) -> Stretch:
        shown = messages[start:end]
        pairs = pairwise([messages[start - 1] if start else None, *shown])
        items = {
            message.ts: self._html(person, before, message)
            for before, message in pairs
            if message is not None and self._memory.change_of(message) > since
        }
        mark = self._memory.read_until(person.id, channel)
        unread = next((one.ts for one in shown if one.ts > mark and one.user != person.id), None)
        return Stretch(
            order=tuple(message.ts for message in shown),
            items=items,
            change=max(since, self._memory.last_change(shown)),
            older=start > 0,
            unread=unread if mark else None,
        )

    def _html(self, person: Person, before: Message | None, message: Message) -> str:
        new_day = before is None or faces.day(before.posted_at, person.tz) != faces.day(
            message.posted_at, person.tz
        )
        follows = (
            not new_day
            and before is not None
            and before.user == message.user
            and before.ephemeral_for == message.ephemeral_for
            and message.posted_at - before.posted_at < TOGETHER
        )
        key = (person.id, message.channel, message.ts, new_day, follows)
        if (person.id, message.channel, message.ts) in self._world.choices:
            # What this reader chose on it stands on it, and may change without the message changing.
            return self._render(person, message, new_day=new_day, follows=follows)
        kept = self._rendered.get(key)
        if kept and kept[0] is message:
            return kept[1]
        html = self._render(person, message, new_day=new_day, follows=follows)
        self._rendered[key] = (message, html)
        while len(self._rendered) > KEPT:
            self._rendered.pop(next(iter(self._rendered)), None)
        return html

    def _render(self, person: Person, message: Message, *, new_day: bool, follows: bool) -> str:
        world, tz = self._world, person.tz
        state: dict[str, Any] = world.choices.get((person.id, message.channel, message.ts), {})
        return filled(
            "page/message.html",
            ts=message.ts,
            anchor=message.ts.replace(".", "-"),
            face=faces.face_of(world.members[message.user]),
            day=faces.day(message.posted_at, tz) if new_day else "",
            hour=faces.hour(message.posted_at, tz),
            instant=faces.instant(message.posted_at, tz),
            follows=follows,
            ephemeral=message.ephemeral_for is not None,
            edited=message.edited,
            files=message.files,
            reader=person.id,
            body=render_message_html(
                message.blocks,
                message.text,
                names=world.names,
                ids_prefix=f"m{message.ts.replace('.', '-')}",
                zone=ZoneInfo(tz),
                state=state,
            ),
        )
