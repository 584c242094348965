"""The best assignment of mentees to mentors under an objective, proven, never greedy."""

from importlib import import_module

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from mentoring.matching.market import NOBODY, Assignment, Market, place_values
from mentoring.matching.settings import Objective
from mentoring.matching.sparse import Costs, Graph, make_graph, promising_pairs, solve_sparse
from mentoring.matching.view import Bools, Ints

DENSE_CELLS = 1_500_000
"""Up to so many pairs the plain assignment of every mentee to every place is the fastest."""


class Assigner:
    """Assigns the people of one market under any objective; what one objective finds helps the next."""

    def __init__(self, market: Market) -> None:
        self._market = market
        self._places = market.columns()
        self._found: dict[Objective, Assignment] = {}
        self._least: dict[Objective, int] = {}
        self._pairs: Bools | None = None

    def assign(self, objective: Objective) -> Assignment:
        """Find the best assignment; between equally good ones the order of people decides."""
        if objective not in self._found:
            self._found[objective] = self._assign(objective)
        return self._found[objective]

    @property
    def _promising(self) -> Bools:
        if self._pairs is None:
            self._pairs = promising_pairs(self._market)
        return self._pairs

    @property
    def _best_possible(self) -> int:
        """Points no pair exceeds."""
        most = int(self._market.points.max(initial=0))
        return most + int(self._places.points.max(initial=0))

    def _assign(self, objective: Objective) -> Assignment:
        size = len(self._market.points), len(self._places.owners)
        if not min(size):
            return NOBODY
        if objective is Objective.MOST_MATCHED:
            best = self.assign(Objective.BEST_TOTAL)
            if len(best.mentees) == min(size):  # as many as can be, at the best total there is
                return best
        least = 0
        if objective is Objective.FAIREST:
            most = self.assign(Objective.MOST_MATCHED)
            least = self._least[objective] = self._best_worst(len(most.mentees))
            if most.worst >= least:
                return most
        if size[0] * size[1] <= DENSE_CELLS:
            mentees, places = self._dense(objective, least)
        else:
            mentees, places = solve_sparse(self._market, self._costs(objective, least), self._promising)
        owners, extra = self._places.owners[places], self._places.points[places]
        values = self._market.points[mentees, owners] + extra
        return Assignment(mentees, owners, self._places.numbers[places], values)

    def least(self, objective: Objective) -> int:
        """Tell the points below which an objective wants no pair, once it has been assigned under."""
        return self._least.get(objective, 0)

    def _costs(self, objective: Objective, least: int) -> Costs:
        most_pairs = min(len(self._market.points), len(self._places.owners))
        top = self._best_possible
        if objective is Objective.BEST_TOTAL:
            return Costs(top, most_pairs + 1, top * (most_pairs + 1) + 2, least)
        return Costs(top, 1, (top + 2) * most_pairs + 2, least)

    def _dense(self, objective: Objective, least: int) -> tuple[Ints, Ints]:
        """Assign every mentee to every place at once; barred pairs cost nothing, like staying unmatched."""
        costs = self._costs(objective, least)
        points = self._market.points[:, self._places.owners]
        saved = costs.unmatched - costs.top * costs.per_point - 1
        table = points * np.float64(-costs.per_point)
        table -= saved + self._places.points * costs.per_point
        barred = points < np.maximum(least - self._places.points, 0)
        table[barred] = 0
        # Imported when wanted: it takes as long as a tenth of a round of thousands, which never wants it.
        mentees, places = import_module("scipy.optimize").linear_sum_assignment(table)
        matched = ~barred[mentees, places]
        return mentees[matched], places[matched]

    def _best_worst(self, most: int) -> int:
        """Find the highest worst value at which so many people can still be matched."""
        graph = make_graph(self._market, self._places, self._costs(Objective.FAIREST, 0), self._promising)
        values = self._best_possible - graph.costs + 1
        levels = np.unique(values)
        low, high = 0, len(levels) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if _matchable(graph, values >= levels[middle]) >= most:
                low = middle
            else:
                high = middle - 1
        return self._raise(int(levels[low]), most) if len(levels) else 0

    def _raise(self, level: int, most: int) -> int:
        """Raise a worst value that promising pairs reach as far as all pairs together allow."""
        if most == len(self._market.points) and self._worst_of_best() <= level:
            return level
        values = place_values(self._market, self._places)
        levels = np.unique(values[values > level])
        for higher in levels.tolist():
            rows, columns = np.nonzero(values >= higher)
            graph = csr_array((np.ones(len(rows), dtype=np.int8), (rows, columns)), shape=values.shape)
            if int((maximum_bipartite_matching(graph, perm_type="column") >= 0).sum()) < most:
                break
            level = higher
        return level

    def _worst_of_best(self) -> int:
        """Tell the worst value if every mentee had the mentor they score highest with."""
        extra = np.zeros(self._market.points.shape[1], dtype=np.int32)
        np.maximum.at(extra, self._places.owners, self._places.points.astype(np.int32))
        return int((self._market.points + extra).max(axis=1).min())


def _matchable(graph: Graph, wanted: Bools) -> int:
    rows, columns = graph.mentees[wanted], graph.places[wanted]
    matrix = csr_array((np.ones(len(rows), dtype=np.int8), (rows, columns)), shape=graph.size)
    return int((maximum_bipartite_matching(matrix, perm_type="column") >= 0).sum())
