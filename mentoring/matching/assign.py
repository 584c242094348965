"""The best assignment of mentees to mentors under an objective, proven, never greedy."""

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from mentoring.matching.market import NOBODY, Assignment, Market, Values, place_values
from mentoring.matching.scoring import BARRED
from mentoring.matching.settings import Objective


def assign(market: Market, objective: Objective) -> Assignment:
    """Find the best assignment; between equally good ones the order of people decides."""
    places = market.columns()
    values = place_values(market, places)
    if not values.size:
        return NOBODY
    if objective is Objective.FAIREST:
        values[values < _best_worst(values)] = BARRED
    rows, columns = linear_sum_assignment(_benefit(values, objective), maximize=True)
    allowed = values[rows, columns] != BARRED
    rows, columns = rows[allowed], columns[allowed]
    return Assignment(rows, places.owners[columns], places.numbers[columns], values[rows, columns])


def _benefit(values: Values, objective: Objective) -> Values:
    """Put the objective into one number a pair: barred pairs bring nothing, like staying unmatched."""
    most_pairs = min(values.shape)
    if objective is Objective.BEST_TOTAL:
        benefit = values * (most_pairs + 1) + 1
    else:
        benefit = values + (int(values.max()) * most_pairs + 1)
    return np.where(values == BARRED, 0, benefit)


def _best_worst(values: Values) -> int:
    """Find the highest worst value at which as many people can still be matched."""
    levels = np.unique(values[values != BARRED])
    most = _matchable(values, 0)
    low, high = 0, len(levels) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if _matchable(values, int(levels[middle])) == most:
            low = middle
        else:
            high = middle - 1
    return int(levels[low]) if len(levels) else 0


def _matchable(values: Values, least: int) -> int:
    graph = csr_array(values >= least)
    return int((maximum_bipartite_matching(graph, perm_type="column") >= 0).sum())
