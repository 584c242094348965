"""People who are mentor and mentee at once: two of them are paired one way or the other, never both ways."""

import heapq
from dataclasses import dataclass, replace
from itertools import count

from mentoring.matching.assign import Assigner
from mentoring.matching.market import Assignment, Market
from mentoring.matching.scoring import BARRED
from mentoring.matching.settings import Objective
from mentoring.matching.view import Ints

Seat = tuple[int, int]
"""A mentee's row and a mentor's column."""
MOST_BRANCHES = 60
"""Decisions between the two ways that are followed up; beyond, they are taken all at once."""
MOST_CELLS = 10_000_000
"""Possible pairs weighed in all branches together: with thousands of people there are fewer branches."""


@dataclass(frozen=True)
class Mirror:
    """Where the same person stands on the other side: a column for each row, a row for each column, or -1."""

    column_of_row: Ints
    row_of_column: Ints

    def other_way(self, seat: Seat) -> Seat:
        """Exchange the roles of the two people; -1 where one of them has only one role."""
        row, column = seat
        return int(self.row_of_column[column]), int(self.column_of_row[row])

    def both_ways(self, assignment: Assignment) -> list[Seat]:
        """Find people who are assigned to each other both ways; one of the two seats stands for both."""
        seats = set(zip(assignment.mentees.tolist(), assignment.mentors.tolist(), strict=True))
        doubled = {seat for seat in seats if self.other_way(seat) in seats}
        return sorted(seat for seat in doubled if seat < self.other_way(seat))


@dataclass(frozen=True)
class Found:
    """The best assignment under an objective, the market it was found in, and whether it is proven."""

    assignment: Assignment
    market: Market
    least: int
    proven: bool


class OneWayAssigner:
    """Assigns under any objective so that nobody is both mentor and mentee of the same person.

    Where the best assignment pairs two people both ways, either way is closed in turn and the outcomes
    are followed up, the most promising first, until one is without such a pair: the best there is.
    """

    def __init__(self, market: Market, mirror: Mirror) -> None:
        self._market = market
        self._mirror = mirror
        self._open = Assigner(market)

    def assign(self, objective: Objective) -> Found:
        """Find the best assignment."""
        tried = count()
        most = min(MOST_BRANCHES, MOST_CELLS // max(self._market.points.size, 1))
        waiting = [self._branch(objective, frozenset(), next(tried))]
        proven = True
        while True:
            _, number, closed, assigner, market = heapq.heappop(waiting)
            assignment = assigner.assign(objective)
            doubled = self._mirror.both_ways(assignment)
            if not doubled:
                return Found(assignment, market, assigner.least(objective), proven)
            if number >= most:
                waiting, proven = [self._branch(objective, closed | set(doubled), next(tried))], False
                continue
            for way in (doubled[0], self._mirror.other_way(doubled[0])):
                heapq.heappush(waiting, self._branch(objective, closed | {way}, next(tried)))

    def _branch(
        self, objective: Objective, closed: frozenset[Seat], number: int
    ) -> tuple[tuple[int, ...], int, frozenset[Seat], Assigner, Market]:
        """Solve with some ways closed; the first of the tuple puts better outcomes first."""
        assigner, market = self._open, self._market
        if closed:
            points = market.points.copy()
            for seat in closed:
                points[seat] = BARRED
            market = replace(market, points=points)
            assigner = Assigner(market)
        return _merit(objective, assigner.assign(objective)), number, closed, assigner, market


def _merit(objective: Objective, assignment: Assignment) -> tuple[int, ...]:
    """Put an outcome into numbers of which the smaller are the better."""
    people, total = -len(assignment.mentees), -assignment.total
    if objective is Objective.BEST_TOTAL:
        return total, people
    if objective is Objective.MOST_MATCHED:
        return people, total
    return people, -assignment.worst, total


def one_way_only(market: Market, mirror: Mirror, assignment: Assignment) -> Market:
    """Close the other way of every pair assigned, so that no exchange opens it."""
    points = market.points
    for seat in zip(assignment.mentees.tolist(), assignment.mentors.tolist(), strict=True):
        row, column = mirror.other_way(seat)
        if row >= 0 and column >= 0 and points[row, column] != BARRED:
            points = points.copy() if points is market.points else points
            points[row, column] = BARRED
    return market if points is market.points else replace(market, points=points)
