"""The next best partners for each of two equals, and what each exchange would cost the whole."""

import numpy as np

from mentoring.matching.exchange import Exchange
from mentoring.matching.general import Couples, pair_up
from mentoring.matching.scoring import BARRED, Points
from mentoring.matching.settings import Objective

PAIR = 2
EXACT_PRICE_PEOPLE = 64
"""Up to here every price is found by pairing everybody else anew, within a second for all."""


class PeerAlternatives:
    """Alternatives to pairs among equals.

    Beyond `EXACT_PRICE_PEOPLE` the price is that of the four people concerned changing partners:
    enough for sure, though arranging more people anew might cost less.

    Args:
        points: Score of every two people who are open to exchange.
        couples: The pairs proposed.
        objective: What was asked of the whole.
        count: How many alternatives to name for each person.
    """

    def __init__(self, points: Points, couples: Couples, objective: Objective, count: int) -> None:
        self._points = points
        self._couples = couples
        self._open = np.where(points < couples.least, BARRED, points)
        self._then = Objective.MOST_MATCHED if objective is Objective.FAIREST else objective
        self._count = count
        self._partner = {one: other for pair in couples.pairs for one, other in (pair, pair[::-1])}

    def of(self, row: int) -> list[Exchange]:
        """Name the next best partners of somebody in a pair, best score first."""
        partner = self._partner.get(row)
        if partner is None or self._count <= 0:
            return []
        scores = self._points[row].copy()
        scores[partner] = BARRED
        best = np.argsort(-scores, kind="stable")[: self._count].tolist()
        return [self._exchange(row, other) for other in best if scores[other] != BARRED]

    def _exchange(self, row: int, other: int) -> Exchange:
        before, pairs = self._couples.total, len(self._couples.pairs)
        gained = int(self._points[row, other])
        if len(self._points) <= EXACT_PRICE_PEOPLE:
            rest = self._open.copy()
            for gone in (row, other):
                rest[gone, :] = rest[:, gone] = BARRED
            anew = pair_up(rest, self._then)
            price, fewer = before - gained - anew.total, PAIR * (pairs - 1 - len(anew.pairs))
            return Exchange(row, other, gained, price, fewer, exact=True)
        lost = sum(int(self._points[one, self._partner[one]]) for one in (row, other) if one in self._partner)
        left = [self._partner[one] for one in (row, other) if one in self._partner]
        both = len(left) == PAIR and self._open[left[0], left[1]] != BARRED
        again = int(self._points[left[0], left[1]]) if both else 0
        fewer = PAIR * (len(left) - 1 - both)
        return Exchange(row, other, gained, lost - gained - again, fewer, exact=False)
