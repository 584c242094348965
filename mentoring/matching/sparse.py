"""Assignment for thousands: solve on the promising pairs only, then prove that no other pair would help.

Each mentee's best pairs and each mentor's best pairs make a small graph, which is solved exactly. The
prices of places (the dual of the assignment) are read off the solution, and every pair left out is
held against them. Pairs that might improve the whole are let in, and the graph is solved again if they
do. When none is left, the assignment is the best over all pairs, not only over the promising ones.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from mentoring.matching.market import Market, Places, Values
from mentoring.matching.scoring import BARRED, Points
from mentoring.matching.view import Bools, Ints

BEST_OF_A_MENTEE = 60
BEST_OF_A_MENTOR = 5
LET_IN_AT_ONCE = 16
"""Pairs let in for one mentee at a time: the best few nearly always suffice."""
ROWS_AT_ONCE = 256
PATIENCE = 60
"""Steps in which old prices settle around pairs let in, before the graph is rather solved again."""


@dataclass(frozen=True)
class Costs:
    """An objective as costs.

    Args:
        top: Points of the best possible pair, which costs 1.
        per_point: What each point below that costs.
        unmatched: What a mentee without a mentor costs.
        least: Points below which a pair is not wanted.
    """

    top: int
    per_point: int
    unmatched: int
    least: int


@dataclass(frozen=True)
class Graph:
    """Promising pairs, one edge for each place of the mentor, in the order of places."""

    mentees: Ints
    places: Ints
    costs: Values
    size: tuple[int, int]


def promising_pairs(market: Market) -> Bools:
    """Mark each mentee's and each mentor's best pairs."""
    best = np.zeros(market.points.shape, dtype=np.bool_)
    _mark_best(best, market.points, BEST_OF_A_MENTEE)
    _mark_best(best.T, market.points.T, BEST_OF_A_MENTOR)
    return best


def _mark_best(marks: Bools, points: Points, count: int) -> None:
    count = min(count, points.shape[1])
    for start in range(0, len(points), ROWS_AT_ONCE):
        block = np.ascontiguousarray(points[start : start + ROWS_AT_ONCE])
        best = np.argpartition(block, -count, axis=1)[:, -count:]
        wanted = np.take_along_axis(block, best, axis=1) != BARRED
        rows = np.broadcast_to(np.arange(start, start + len(block))[:, None], best.shape)
        marks[rows[wanted], best[wanted]] = True


def solve_sparse(market: Market, costs: Costs, promising: Bools) -> tuple[Ints, Ints]:
    """Find the cheapest assignment.

    Args:
        market: Who could be assigned to whom.
        costs: What is asked of the whole.
        promising: The pairs to begin with; pairs let in are marked in it.

    Returns:
        Mentees, and the place of each.
    """
    places = market.columns()
    while True:
        graph = make_graph(market, places, costs, promising)
        matched = _solve(graph, costs)
        prices = _settle(graph, costs, matched, np.zeros(graph.size[1], dtype=np.int64), patience=None)
        while prices is not None:
            if not _let_in(market, places, costs, promising, matched, prices):
                mentees = np.flatnonzero(matched < graph.size[1])
                return mentees, matched[mentees]
            graph = make_graph(market, places, costs, promising)
            prices = _settle(graph, costs, matched, prices, patience=PATIENCE)


def make_graph(market: Market, places: Places, costs: Costs, promising: Bools) -> Graph:
    """Lay out the promising pairs that are good enough, an edge for each place."""
    mentees, mentors = np.divmod(np.flatnonzero(promising), promising.shape[1])
    counts = np.bincount(places.owners, minlength=market.points.shape[1])
    first = np.cumsum(counts) - counts
    repeat = counts[mentors]
    edge = np.repeat(np.arange(len(mentors)), repeat)
    within = np.arange(len(edge)) - np.repeat(np.cumsum(repeat) - repeat, repeat)
    place = first[mentors[edge]] + within
    value = market.points[mentees[edge], mentors[edge]] + places.points[place]
    good = np.flatnonzero(value >= costs.least)
    good = good[np.argsort(_sortable(place[good], len(places.owners)), kind="stable")]
    cost = (costs.top - value[good]) * costs.per_point + 1
    return Graph(mentees[edge[good]], place[good], cost, (market.points.shape[0], len(places.owners)))


def _sortable(places: Ints, count: int) -> Ints | npt.NDArray[np.uint16]:
    """Make places small numbers where they fit: numpy sorts those many times faster."""
    return places.astype(np.uint16) if count <= np.iinfo(np.uint16).max else places


def _solve(graph: Graph, costs: Costs) -> Ints:
    """Give each mentee a place, or a number beyond the last place to those who stay without."""
    mentees, places = graph.size
    everyone = np.arange(mentees)
    rows = np.concatenate([graph.mentees, everyone])
    columns = np.concatenate([graph.places, places + everyone])
    weights = np.concatenate([graph.costs, np.full(mentees, costs.unmatched)]).astype(np.float64)
    matrix = csr_array((weights, (rows, columns)), shape=(mentees, places + mentees))
    found_rows, found_columns = min_weight_full_bipartite_matching(matrix)
    matched = np.empty(mentees, dtype=np.intp)
    matched[found_rows] = found_columns
    return np.minimum(matched, places)


def _settle(graph: Graph, costs: Costs, matched: Ints, prices: Values, patience: int | None) -> Values | None:
    """Lower the prices of places until no mentee of the graph would rather have another place.

    Returns:
        The prices; nothing if the assignment turns out not to be the cheapest, or patience ends.
    """
    places = graph.size[1]
    paid = _paid(graph, costs, matched)
    extra = graph.costs - paid[graph.mentees]
    source = matched[graph.mentees]
    starts = np.flatnonzero(np.diff(graph.places, prepend=-1))
    targets = graph.places[starts]
    free = np.ones(places + 1, dtype=np.bool_)
    free[matched] = False
    prices = np.append(prices, 0)
    steps = 0
    while len(targets):
        offered = np.minimum.reduceat(extra + prices[source], starts)
        lowered = offered < prices[targets]
        if not lowered.any():
            break
        prices[targets[lowered]] = offered[lowered]
        steps += 1
        if patience is not None and steps > patience:
            return None
    settled = not (prices[:-1][free[:-1]] < 0).any() and not (paid - prices[matched] > costs.unmatched).any()
    return prices[:-1] if settled else None


def _paid(graph: Graph, costs: Costs, matched: Ints) -> Values:
    """Look up what each mentee's own place costs."""
    paid = np.full(graph.size[0], costs.unmatched, dtype=np.int64)
    own = matched[graph.mentees] == graph.places
    paid[graph.mentees[own]] = graph.costs[own]
    return paid


def _let_in(
    market: Market, places: Places, costs: Costs, promising: Bools, matched: Ints, prices: Values
) -> bool:
    """Mark pairs left out so far that might improve the whole at these prices; tell whether there are any."""
    worth = np.append(prices, 0) + np.append(places.points, 0) * costs.per_point
    best_place = np.full(market.points.shape[1], np.iinfo(np.int64).min // 2)
    np.maximum.at(best_place, places.owners, worth[:-1])
    best_points = np.zeros(market.points.shape[1], dtype=np.int64)
    np.maximum.at(best_points, places.owners, places.points)
    own = matched < len(places.owners)
    value = np.zeros(len(matched), dtype=np.int64)
    value[own] = market.points[own, places.owners[matched[own]]]
    spent = np.full(len(matched), costs.unmatched, dtype=np.int64)
    spent[own] = (costs.top - value[own]) * costs.per_point + 1 - worth[matched[own]]
    known = spent - costs.top * costs.per_point - 1
    found = False
    for start in range(0, len(matched), ROWS_AT_ONCE):
        block = market.points[start : start + ROWS_AT_ONCE]
        saving = block * np.int64(costs.per_point)
        saving += best_place
        saving += known[start : start + ROWS_AT_ONCE, None]
        for row in np.flatnonzero(saving.max(axis=1) > 0).tolist():
            better = (saving[row] > 0) & (block[row] != BARRED) & ~promising[start + row]
            columns = np.flatnonzero(better & (block[row] + best_points >= costs.least))
            order = np.argsort(-saving[row, columns], kind="stable")[:LET_IN_AT_ONCE]
            promising[start + row, columns[order]] = True
            found = found or bool(len(order))
    return found
