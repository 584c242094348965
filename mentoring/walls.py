"""Ethical walls: named sides of a matter whose people must not be paired with each other."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from mentoring.errors import Refusal

MAX_NAME_LENGTH = 80


class Side(StrEnum):
    """Where somebody stands at a wall."""

    ONE = "one"
    OTHER = "other"
    WITHIN = "within"
    """Of people none of whom may meet another of them."""


@dataclass(frozen=True, slots=True)
class Wall:
    """Two sides whose people must not meet, or one lot of people who must not meet each other.

    Args:
        name: What the coordinator calls it, such as the matter; nobody else sees it.
        sides: Person id to where they stand.
    """

    id: int
    name: str
    sides: Mapping[int, Side]

    def on(self, *sides: Side) -> list[int]:
        """Who stands there, by person id."""
        return sorted(person for person, where in self.sides.items() if where in sides)

    def group(self, side: Side) -> str:
        """The matcher's name for the people of a side."""
        return f"wall {self.id}: {side}"

    @property
    def separates(self) -> tuple[str, str]:
        """The two groups the matcher keeps apart; twice the same where nobody may meet anybody."""
        if Side.WITHIN in self.sides.values():
            return self.group(Side.WITHIN), self.group(Side.WITHIN)
        return self.group(Side.ONE), self.group(Side.OTHER)


def build_wall(name: str, one: Iterable[int], other: Iterable[int], wall_id: int = 0) -> Wall:
    """Take a wall from what a coordinator filled in.

    Raises:
        Refusal: With `field` one of name, one, other.
    """
    here, there = {*one}, {*other}
    if not name.strip():
        raise Refusal("Give it a name you will know again, such as the matter.", "name")
    if here & there:
        raise Refusal("Somebody stands on both sides. Put each person on one.", "other")
    if not here:
        raise Refusal("Name the people who must not be paired.", "one")
    if len(here) + len(there) < 2:  # noqa: PLR2004 - a wall stands between two people at least
        raise Refusal("A wall needs two people at least. Add one more, on either side.", "one")
    sides = dict.fromkeys(here, Side.ONE if there else Side.WITHIN) | dict.fromkeys(there, Side.OTHER)
    return Wall(wall_id, " ".join(name.split()), sides)


def groups_of(walls: Iterable[Wall]) -> dict[int, frozenset[str]]:
    """The groups each person belongs to, for the matcher."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    for wall in walls:
        for person, side in wall.sides.items():
            found[person].add(wall.group(side))
    return {person: frozenset(groups) for person, groups in found.items()}
