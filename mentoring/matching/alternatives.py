"""The next best mentors for each mentee, and what each exchange would cost the whole.

Giving a mentee another mentor's place sets off a chain: whoever had that place moves on to another, and
so on, until somebody takes the place the mentee left, or stays without. The price of an alternative
is its cheapest chain. Free places and unmatched mentees meet in one further place, “nowhere”.
"""

from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import floyd_warshall

from mentoring.matching.exchange import Exchange
from mentoring.matching.market import Assignment, Market
from mentoring.matching.scoring import BARRED, Points

EXACT_PRICE_PLACES = 600
"""Up to here chains of any length are weighed; beyond, chains of up to three moves, enough for sure."""
PERSON_FIRST = float(1 << 42)
"""Points one person more is worth where matching people comes first: more than any chain can move."""
PERSON_LAST = 0.25
"""Points one person more is worth where only points count: settles ties, and can be told from points."""
NEVER = float(1 << 52)
NOBODY = -1
Moves = npt.NDArray[np.float64]


class Alternatives:
    """Exchanges around an assignment that is the best under its objective.

    Args:
        market: Who could be assigned to whom.
        assignment: The best assignment.
        least: Points below which the objective wants no pair; 0 when it does not say.
        people_first: Whether the objective puts people matched before points.
        provable: Whether the assignment is proven the best, so that prices can be the least possible.
    """

    def __init__(
        self, market: Market, assignment: Assignment, least: int, *, people_first: bool, provable: bool
    ) -> None:
        self._points = market.points
        self._places = market.columns()
        self._too_low = np.maximum(least - self._places.points, 0)
        self._person = PERSON_FIRST if people_first else PERSON_LAST
        self._extra = self._places.points + self._person
        size, mentors = len(self._places.owners), market.points.shape[1]
        self._first = np.searchsorted(self._places.owners, np.arange(mentors + 1))
        place = self._first[assignment.mentors] + assignment.places - market.taken[assignment.mentors]
        self._place_of = np.full(len(market.points), size, dtype=np.intp)
        self._place_of[assignment.mentees] = place
        self._occupants = np.full(size, NOBODY, dtype=np.intp)
        self._occupants[place] = assignment.mentees
        self._vacant = self._occupants == NOBODY
        self._worth = np.zeros(size)
        self._worth[place] = assignment.values + self._person
        self._is_small = provable and size <= EXACT_PRICE_PLACES

    def of(self, mentee: int, count: int) -> list[Exchange]:
        """Name the next best mentors of a matched mentee, best score first, each with its price."""
        place = int(self._place_of[mentee])
        scores = self._points[mentee].copy()
        scores[self._places.owners[place]] = BARRED
        scores[self._first[:-1] == self._first[1:]] = BARRED
        ending = None if self._is_small else self._moves_into(place)
        exchanges = []
        for mentor in _best(scores, count):
            targets = range(self._first[mentor], self._first[mentor + 1])
            cost = min(self._cost_of_taking(mentee, target, ending) for target in targets)
            exchanges.append(self._exchange(mentee, mentor, int(scores[mentor]), cost))
        return exchanges

    def _cost_of_taking(self, mentee: int, target: int, ending: Moves | None) -> float:
        """Weigh the cheapest chain from a mentee's taking of a place to the mentee's own place."""
        place = self._place_of[mentee]
        points = self._points[mentee, self._places.owners[target]] + self._places.points[target]
        taking = float(self._worth[place] - points) - self._person
        if ending is None:
            return taking + float(self._chains[target, place])
        return taking + float((self._moves_out_of(target) + ending).min())

    def _exchange(self, mentee: int, mentor: int, score: int, cost: float) -> Exchange:
        """Read a cost as points lost and people fewer."""
        if self._person == PERSON_FIRST:
            fewer = round(cost / self._person)
            price = round(cost - fewer * self._person)
        else:
            price = round(cost)
            fewer = round((cost - price) / self._person)
        return Exchange(mentee, mentor, score, price, fewer, exact=self._is_small)

    def _moves_out_of(self, place: int) -> Moves:
        """What it costs to move whoever has a place to every place, and last to nowhere."""
        occupant = int(self._occupants[place])
        if occupant == NOBODY:
            return np.zeros(len(self._worth) + 1)
        return np.asarray(self._worth[place] - self._worth_of(occupant), dtype=np.float64)

    def _worth_of(self, mentee: int) -> Moves:
        """What a mentee adds at every place, and last nowhere."""
        points = self._points[mentee, self._places.owners]
        worth = np.zeros(len(points) + 1)
        np.add(points, self._extra, out=worth[:-1])
        worth[:-1][points < self._too_low] = -NEVER
        return worth

    def _moves_into(self, place: int) -> Moves:
        """What it costs to move whoever has each place, or last is nowhere, into one place."""
        points = self._by_mentor[self._places.owners[place], self._occupants]
        worth = points + self._extra[place]
        worth[points < self._too_low[place]] = -NEVER
        worth[self._vacant] = 0
        moves = np.empty(len(worth) + 1)
        np.subtract(self._worth, worth, out=moves[:-1])
        moves[-1] = self._from_nowhere[place]
        return moves

    @cached_property
    def _from_nowhere(self) -> Moves:
        """What it costs to fill each place from nowhere: with nobody, or with somebody unmatched."""
        cheapest = np.zeros(len(self._worth) + 1)
        for mentee in np.flatnonzero(self._place_of == len(self._worth)).tolist():
            np.minimum(cheapest, -self._worth_of(mentee), out=cheapest)
        return cheapest

    @cached_property
    def _by_mentor(self) -> Points:
        return np.ascontiguousarray(self._points.T)

    @cached_property
    def _chains(self) -> Moves:
        """The cheapest chain from every place to every other."""
        size = len(self._worth) + 1
        moves = np.array([*(self._moves_out_of(place) for place in range(size - 1)), self._from_nowhere])
        np.fill_diagonal(moves, 0)
        # Laid out as a sparse array with every entry present: in a dense one scipy takes 0 for “no way”.
        columns = np.tile(np.arange(size), size)
        every_move = csr_array(
            (moves.ravel(), columns, np.arange(0, size * size + 1, size)), shape=moves.shape
        )
        return np.asarray(floyd_warshall(every_move), dtype=np.float64)


def _best(scores: Points, count: int) -> list[int]:
    """Find the highest scores that are not barred; the first of equals comes first."""
    count = min(count, int((scores != BARRED).sum()))
    if count <= 0:
        return []
    threshold = np.partition(scores, -count)[-count]
    good = np.flatnonzero(scores >= threshold)
    order = np.argsort(-scores[good], kind="stable")[:count]
    return [int(column) for column in good[order]]
