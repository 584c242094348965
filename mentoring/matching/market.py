"""Mentees, mentors' places and what each pair is worth: the problem every assignment solves."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mentoring.matching.scoring import BARRED, Points
from mentoring.matching.view import Ints

Values = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Market:
    """Who could be assigned to whom.

    Args:
        points: Mentees by mentors, BARRED where a rule stands against the pair.
        places: Places each mentor still has.
        taken: Places each mentor has given away to locked mentees.
        place_points: What a pair earns on top for being the mentor's first, second, third mentee.
    """

    points: Points
    places: Ints
    taken: Ints
    place_points: Values

    def columns(self) -> "Places":
        """Replicate mentors into places; a mentor never needs more places than there are mentees."""
        counts = np.minimum(self.places, self.points.shape[0])
        owners = np.repeat(np.arange(len(counts), dtype=np.intp), counts)
        first = np.cumsum(counts) - counts
        number = np.arange(len(owners)) - first[owners] + self.taken[owners]
        return Places(owners, number, self.place_points[number])


@dataclass(frozen=True)
class Places:
    """Single places: whose each is, whether the owner's first, second, third (0, 1, 2), and what it adds."""

    owners: Ints
    numbers: Ints
    points: Values


@dataclass(frozen=True)
class Assignment:
    """Mentees and mentors by row and column, in the order of mentees, with place and value in points."""

    mentees: Ints
    mentors: Ints
    places: Ints
    values: Values

    @property
    def total(self) -> int:
        """The sum of all values, in points."""
        return int(self.values.sum())

    @property
    def worst(self) -> int:
        """The least value, in points; nothing when nobody is matched."""
        return int(self.values.min(initial=np.iinfo(np.int64).max)) if len(self.values) else 0


_NONE = np.zeros(0, dtype=np.intp)
NOBODY = Assignment(_NONE, _NONE, _NONE, np.zeros(0, dtype=np.int64))


def place_values(market: Market, places: Places) -> Values:
    """Lay out the value of every mentee with every place, BARRED kept."""
    points = market.points[:, places.owners].astype(np.int64)
    return np.where(points == BARRED, BARRED, points + places.points[None, :])
