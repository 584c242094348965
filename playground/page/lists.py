"""Lists to choose from: who to be, and people and channels for a form's selects."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from playground.page import faces
from playground.page.templates import filled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playground.page.direction import Choice, Direction
    from playground.page.memory import Memory
    from playground.playground import Playground
    from playground.records import Member

PEOPLE_SHOWN: Final = 40
"""People in the list at once; searching narrows it."""

CHOICES_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Someone:
    """A person one can be."""

    face: faces.Face
    about: str
    unread: int
    behaviors: tuple[Choice, ...]
    behavior: str


class Lists:
    """Finds people and channels by what is typed.

    Args:
        playground: The workspace.
        direction: Knows who people are.
        memory: Knows what they have read.
    """

    def __init__(self, playground: Playground, direction: Direction, memory: Memory) -> None:
        self._playground = playground
        self._direction = direction
        self._memory = memory

    def people(self, query: str, me: str) -> str:
        """People one can be, as HTML, the host first."""
        host = self._direction.host
        found = [member for member in self._members(query, and_about=True) if not member.is_bot]
        found.sort(key=lambda member: (member.id != host, member.name))
        rooms = self._rooms()
        shown = [self._someone(member, rooms.get(member.id, ())) for member in found[:PEOPLE_SHOWN]]
        return filled("page/people.html", people=shown, me=me, more=len(found) - len(shown), query=query)

    def choices(self, source: str, query: str) -> list[dict[str, str]]:
        """People, channels or both for a select, with ids as values."""
        found: list[dict[str, str]] = []
        if source in {"users", "conversations"}:
            found += [{"value": one.id, "text": one.name} for one in self._members(query)]
        if source in {"channels", "conversations"}:
            with self._playground.world.lock:
                rooms = [
                    room
                    for room in self._playground.world.channels.values()
                    if room.kind in {"channel", "private"}
                ]
            found += [
                {"value": room.id, "text": f"#{room.name}"}
                for room in rooms
                if query.lower().removeprefix("#") in room.name.lower()
            ]
        return found[:CHOICES_SHOWN]

    def _members(self, query: str, *, and_about: bool = False) -> list[Member]:
        words = query.lower().split()
        with self._playground.world.lock:
            members = list(self._playground.world.members.values())

        def fits(member: Member) -> bool:
            text = f"{member.name} {self._direction.about(member.id) if and_about else ''}".lower()
            return all(word in text for word in words)

        return [member for member in members if not member.deleted and fits(member)]

    def _rooms(self) -> dict[str, list[str]]:
        """The conversations each person is in, gathered once for all of them."""
        world = self._playground.world
        found: defaultdict[str, list[str]] = defaultdict(list)
        with world.lock:
            for room in world.channels.values():
                for user in room.members:
                    found[user].append(room.id)
        return found

    def _someone(self, member: Member, rooms: Sequence[str]) -> Someone:
        return Someone(
            face=faces.face_of(member),
            about=self._direction.about(member.id),
            unread=sum(self._memory.unread(member.id, room) for room in rooms),
            behaviors=self._direction.behaviors(member.id),
            behavior=self._direction.behavior(member.id),
        )
