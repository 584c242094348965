"""Mentees and mentors of a round face to face, with the pairs a coordinator has locked set apart."""

from dataclasses import dataclass

import numpy as np

from mentoring.kinds import Role
from mentoring.matching.both_roles import Mirror
from mentoring.matching.market import Assignment, Market
from mentoring.matching.round import Round
from mentoring.matching.scoring import BARRED, Points
from mentoring.matching.view import Ints


@dataclass(frozen=True)
class Hall:
    """Every pair scored.

    Args:
        mentees: Positions in the pool; the rows of `points`.
        mentors: Positions in the pool; the columns of `points`.
        points: Score of every pair, before what depends on a mentor's other mentees.
        locked: Rows and columns decided by the coordinator.
        market: What is left to assign; locked mentees are barred from everybody.
        mirror: Where people stand who are on both sides.
    """

    mentees: Ints
    mentors: Ints
    points: Points
    locked: tuple[tuple[int, int], ...]
    market: Market
    mirror: Mirror

    @property
    def capacity(self) -> int:
        """Places all mentors present offer together."""
        return int(self.market.places.sum() + self.market.taken.sum())


def open_hall(this: Round) -> Hall:
    """Score everybody who can start now, and take out what is locked."""
    mentees, mentors = this.present(Role.MENTEE), this.present(Role.MENTOR)
    points = this.scorer.points(mentees, mentors)
    row_of = {this.pool.people[position].user_id: row for row, position in enumerate(mentees)}
    column_of = {this.pool.people[position].user_id: column for column, position in enumerate(mentors)}
    locks = this.settings.locks
    locked = tuple(sorted((row_of[lock.mentee], column_of[lock.mentor]) for lock in locks))
    capacity = np.array([max(this.pool.people[mentor].capacity, 0) for mentor in mentors], dtype=np.intp)
    taken = np.zeros(len(mentors), dtype=np.intp)
    open_points = points.copy() if locked else points
    for row, column in locked:
        open_points[row, :] = BARRED
        taken[column] += 1
    for lock in locks:
        if lock.mentor in row_of and lock.mentee in column_of:
            open_points[row_of[lock.mentor], column_of[lock.mentee]] = BARRED
    most = max(int(capacity.max(initial=0)), 1)
    market = Market(open_points, capacity - taken, taken, this.scorer.place_points(most))
    return Hall(mentees, mentors, points, locked, market, _mirror(mentees, mentors))


def _mirror(mentees: Ints, mentors: Ints) -> Mirror:
    column_of = {position: column for column, position in enumerate(mentors.tolist())}
    row_of = {position: row for row, position in enumerate(mentees.tolist())}
    return Mirror(
        np.array([column_of.get(position, -1) for position in mentees.tolist()], dtype=np.intp),
        np.array([row_of.get(position, -1) for position in mentors.tolist()], dtype=np.intp),
    )


def without_locks(hall: Hall, seated: Assignment) -> Assignment:
    """Take the pairs the coordinator has not locked."""
    locked = {row for row, _ in hall.locked}
    free = np.array([row not in locked for row in seated.mentees.tolist()], dtype=np.bool_)
    mentors = seated.mentors[free]
    places = hall.market.taken[mentors] + places_in_turn(mentors)
    return Assignment(seated.mentees[free], mentors, places, seated.values[free])


def with_locks(hall: Hall, free: Assignment) -> Assignment:
    """Put locked pairs back; they hold a mentor's first places, in the order of the round."""
    if not hall.locked:
        return free
    rows = np.array([row for row, _ in hall.locked], dtype=np.intp)
    columns = np.array([column for _, column in hall.locked], dtype=np.intp)
    places = places_in_turn(columns)
    values = hall.points[rows, columns] + hall.market.place_points[places]
    mentees = np.concatenate([free.mentees, rows])
    order = np.argsort(mentees, kind="stable")
    return Assignment(
        mentees[order],
        np.concatenate([free.mentors, columns])[order],
        np.concatenate([free.places, places])[order],
        np.concatenate([free.values, values])[order],
    )


def places_in_turn(columns: Ints) -> Ints:
    """Number each mentor's mentees 0, 1, 2 in the order in which they are listed."""
    given: dict[int, int] = {}
    places = []
    for column in columns.tolist():
        places.append(given.get(column, 0))
        given[column] = places[-1] + 1
    return np.array(places, dtype=np.intp)
