"""Groups around one mentor: mentees are exchanged between groups as long as they fit together better for it.

Which mentees fit together depends on who else is in the group, so no assignment finds the best groups
outright. The best assignment to mentors is the start; every step improves the whole, mentors and
groups weighed as the program weighs them, and nothing the objective puts first is given up.
"""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from mentoring.matching.criteria import ENOUGH_HOURS
from mentoring.matching.hall import Hall, places_in_turn
from mentoring.matching.market import Assignment
from mentoring.matching.pool import Pool
from mentoring.matching.scoring import BARRED
from mentoring.matching.view import Bools, Ints

STEPS_PER_MENTEE = 4
MOST_CELLS = 400_000_000
"""What is weighed in all steps together, about ten seconds: far more than groups of hundreds need."""
NOWHERE = -1
LEAST_GAIN = 0.5
"""Points a step must gain: less is rounding."""
Numbers = npt.NDArray[np.float64]


def fit_between(pool: Pool, people: Ints) -> Numbers:
    """Score how well every two mentees fit into one group: shared wishes and shared working hours, half each.

    Nobody fits with themselves, so that sums over a group count the others only.
    """
    wants = pool.wants[people]
    both = wants @ wants.T
    wished = wants.sum(axis=1)
    alike = both / np.maximum(wished[:, None] + wished[None, :] - both, 1)
    zones = pool.zone[people]
    hours = np.minimum(pool.hours_shared[zones[:, None], zones[None, :]] / ENOUGH_HOURS, 1)
    fit: Numbers = ((alike + hours) / 2).astype(np.float64)
    np.fill_diagonal(fit, 0)
    return fit


def group_fit(fit: Numbers, mentors: Ints) -> Numbers:
    """Score each mentee's fit with the others of their group; nothing for who is alone with the mentor."""
    together = mentors[:, None] == mentors[None, :]
    others = together.sum(axis=1) - 1
    return np.asarray((fit * together).sum(axis=1) / np.maximum(others, 1), dtype=np.float64)


def exchange_in_groups(hall: Hall, start: Assignment, fit: Numbers, weight: float, least: int) -> Assignment:
    """Improve groups step by step.

    Args:
        hall: Mentees and mentors; locked mentees stay where they are.
        start: The best assignment to mentors.
        fit: How well every two of the assigned mentees fit together, from 0 to 1.
        weight: Points of a perfect fit.
        least: Points below which the objective wants no pair.

    Returns:
        The assignment with the points of the fit in its values.
    """
    tables = _Tables(hall, start, fit * weight, least)
    steps = min(STEPS_PER_MENTEE * len(fit), MOST_CELLS // max(fit.size, 1))
    for _ in range(steps):
        if not tables.improve():
            break
    mentors = tables.mentors
    points = hall.points[start.mentees, mentors] + group_fit(fit * weight, mentors)
    return replace(
        start,
        mentors=mentors,
        places=places_in_turn(mentors),
        values=np.rint(points).astype(np.int64),
    )


class _Tables:
    """Who sits in which group while groups are being improved."""

    def __init__(self, hall: Hall, start: Assignment, fit: Numbers, least: int) -> None:
        locked = {row for row, _ in hall.locked}
        self.mentors = start.mentors.copy()
        self._points = hall.points[start.mentees].astype(np.float64)
        self._points[(self._points == BARRED) | (self._points < least)] = -np.inf
        self._movable: Bools = np.array([row not in locked for row in start.mentees.tolist()], dtype=np.bool_)
        self._capacity = hall.market.places + hall.market.taken
        self._fit = fit
        self._as_mentor = hall.mirror.column_of_row[start.mentees]
        seat_of_row = np.full(len(hall.mentees), NOWHERE, dtype=np.intp)
        seat_of_row[start.mentees] = np.arange(len(start.mentees))
        self._as_mentee = np.where(
            hall.mirror.row_of_column == NOWHERE, NOWHERE, seat_of_row[hall.mirror.row_of_column]
        )

    def improve(self) -> bool:
        """Make the one best exchange or move, if any improves the whole."""
        size = np.bincount(self.mentors, minlength=len(self._capacity))
        seats = np.zeros((len(self.mentors), len(size)))
        seats[np.arange(len(self.mentors)), self.mentors] = 1
        inside = self._fit @ seats
        points = self._one_way_points()
        swap, one, other = self._best_exchange(size, inside, points)
        move, mentee, mentor = self._best_move(size, inside, points)
        if max(swap, move) <= LEAST_GAIN:
            return False
        if swap >= move:
            self.mentors[one], self.mentors[other] = self.mentors[other], self.mentors[one]
        else:
            self.mentors[mentee] = mentor
        return True

    def _one_way_points(self) -> Numbers:
        """Close the places with mentees of one's own: nobody is mentor and mentee of the same person."""
        their_mentor, own_places = self._as_mentee[self.mentors], self._as_mentor
        both = (their_mentor != NOWHERE) & (own_places != NOWHERE)
        if not both.any():
            return self._points
        points = self._points.copy()
        points[their_mentor[both], own_places[both]] = -np.inf
        return points

    def _best_exchange(self, size: Ints, inside: Numbers, points: Numbers) -> tuple[float, int, int]:
        """Weigh two mentees of different groups changing places."""
        everyone = np.arange(len(self.mentors))
        there = points[:, self.mentors]
        here = there[everyone, everyone]
        fits_there = inside[:, self.mentors]
        fits_here = fits_there[everyone, everyone]
        share = 2 / np.maximum(size[self.mentors] - 1, 1) * (size[self.mentors] > 1)
        one_way = there - here[:, None] + share[None, :] * (fits_there - self._fit - fits_here[None, :])
        gain = one_way + one_way.T
        free = self._movable
        gain[~(free[:, None] & free[None, :]) | (self.mentors[:, None] == self.mentors[None, :])] = -np.inf
        one, other = np.unravel_index(int(np.argmax(gain)), gain.shape)
        return float(gain[one, other]), int(one), int(other)

    def _best_move(self, size: Ints, inside: Numbers, points: Numbers) -> tuple[float, int, int]:
        """Weigh a mentee moving to a free place of another group."""
        everyone = np.arange(len(self.mentors))
        pairs = np.bincount(self.mentors, weights=inside[everyone, self.mentors], minlength=len(size)) / 2
        own, left = self.mentors, size[self.mentors] - 1
        before = 2 * pairs / np.maximum(size - 1, 1)
        leaving = (
            2 * (pairs[own] - inside[everyone, own]) / np.maximum(left - 1, 1) * (left > 1) - before[own]
        )
        joining = 2 * (pairs + inside) / np.maximum(size, 1) - before
        gain = points - points[everyone, own][:, None] + leaving[:, None] + joining
        gain[:, size >= self._capacity] = -np.inf
        gain[everyone, own] = -np.inf
        gain[~self._movable] = -np.inf
        mentee, mentor = np.unravel_index(int(np.argmax(gain)), gain.shape)
        return float(gain[mentee, mentor]), int(mentee), int(mentor)
