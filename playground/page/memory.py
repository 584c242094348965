"""What the page remembers for its visitors: what was read, what was put away, what changed since."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playground.person import Person
    from playground.records import Message
    from playground.world import World


class Memory:
    """Read marks, messages put away, and a number for every state of a message.

    Args:
        world: The state of the workspace.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._lock = threading.Lock()
        self._read: dict[tuple[str, str], str] = {}
        self._away: set[tuple[str, str, str]] = set()
        self._known: dict[tuple[str, str], tuple[Message, int]] = {}
        self._changes = 0

    def seen(self, person: Person, channel: str) -> list[Message]:
        """What somebody sees in a conversation, without what they put away."""
        return [
            message
            for message in person.messages(channel)
            if (person.id, channel, message.ts) not in self._away
        ]

    def put_away(self, person: str, channel: str, ts: str) -> None:
        """Takes a message only this person sees off their screen."""
        self._away.add((person, channel, ts))

    def read_until(self, person: str, channel: str) -> str:
        """The ts up to which somebody has read a conversation; empty if nothing yet."""
        return self._read.get((person, channel), "")

    def mark_read(self, person: str, channel: str) -> None:
        """Somebody has read a conversation to its end."""
        with self._world.lock:
            last = next(reversed(self._world.messages.get(channel, {})), "")
        self._read[person, channel] = max(last, self.read_until(person, channel))

    def unread(self, person: str, channel: str) -> int:
        """How many messages of others somebody has not read yet."""
        mark = self.read_until(person, channel)
        count = 0
        with self._world.lock:
            for message in reversed(self._world.messages.get(channel, {}).values()):
                if message.ts <= mark:
                    break
                is_shown = not message.deleted and message.ephemeral_for in {None, person}
                count += is_shown and message.user != person
        return count

    def change_of(self, message: Message) -> int:
        """The number of this state of the message; a later state has a higher one."""
        key = (message.channel, message.ts)
        with self._lock:
            known = self._known.get(key)
            if known is None or known[0] is not message:
                self._changes += 1
                known = self._known[key] = (message, self._changes)
            return known[1]

    def last_change(self, messages: Iterable[Message]) -> int:
        """The highest number among these messages, 0 for none."""
        return max((self.change_of(message) for message in messages), default=0)
