"""The best pairs among equals: matching on the general graph, where anybody may meet anybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import rustworkx

from mentoring.matching.scoring import BARRED, Points
from mentoring.matching.settings import Objective

WHOLE_GRAPH_PEOPLE = 300
"""Up to here every possible pair is weighed, in a third of a second; beyond, each person's best ones."""
BEST_OF_EACH = 40
MOST_EDGES = 200_000
"""So many possible pairs take some seconds; the search is not widened beyond."""
TRIO = 3
CHANCE_BITS = 20
"""Room below a point of score in which ties are decided, so that the best matching is a single one."""


@dataclass(frozen=True)
class Couples:
    """People in pairs.

    Args:
        pairs: By position, the smaller first.
        points: Of each pair.
        least: Points below which the objective wants no pair; 0 when it does not say.
        proven: Whether no other pairs are better, among all there could be.
    """

    pairs: tuple[tuple[int, int], ...]
    points: tuple[int, ...]
    least: int
    proven: bool

    @property
    def total(self) -> int:
        """The sum of all points."""
        return sum(self.points)


def pair_up(points: Points, objective: Objective) -> Couples:
    """Pair people up as an objective asks.

    Among more than `WHOLE_GRAPH_PEOPLE` each person's best partners are weighed first, and more of
    them as long as somebody stays alone who need not; the answer then is not proven the best.

    Args:
        points: Score of every two people, symmetric, BARRED where they must not be paired.
        objective: What is asked of the whole.
    """
    size = len(points)
    best_of_each = size if size <= WHOLE_GRAPH_PEOPLE else BEST_OF_EACH
    while True:
        edges = _edges(points, best_of_each)
        least = _best_worst(points, edges) if objective is Objective.FAIREST else 0
        couples = _solve(points, [edge for edge in edges if points[edge] >= least], objective)
        if len(couples) >= size // 2 or best_of_each >= size or len(edges) > MOST_EDGES:
            break
        best_of_each *= 4
    pairs = tuple(sorted(couples))
    return Couples(pairs, tuple(int(points[pair]) for pair in pairs), least, best_of_each >= size)


def _edges(points: Points, best_of_each: int) -> list[tuple[int, int]]:
    allowed = points != BARRED
    if best_of_each < len(points):
        best = np.argpartition(-points, best_of_each, axis=1)[:, :best_of_each]
        chosen = np.zeros_like(allowed)
        np.put_along_axis(chosen, best, values=True, axis=1)
        allowed &= chosen | chosen.T
    rows, columns = np.nonzero(np.triu(allowed, 1))
    return list(zip(rows.tolist(), columns.tolist(), strict=True))


def _solve(points: Points, edges: list[tuple[int, int]], objective: Objective) -> set[tuple[int, int]]:
    size = len(points)
    bonus = 0 if objective is Objective.BEST_TOTAL else int(points.max(initial=0)) * size + 1
    weights = [(int(points[edge]) + bonus) * (size + 1) + 1 for edge in edges]
    return _heaviest(size, edges, weights)


def _best_worst(points: Points, edges: list[tuple[int, int]]) -> int:
    """Find the highest worst score at which as many people can still be paired."""
    levels = sorted({int(points[edge]) for edge in edges})
    if not levels:
        return 0
    most = len(_heaviest(len(points), edges, [1] * len(edges)))
    low, high = 0, len(levels) - 1
    while low < high:
        middle = (low + high + 1) // 2
        good = [edge for edge in edges if points[edge] >= levels[middle]]
        if len(_heaviest(len(points), good, [1] * len(good))) == most:
            low = middle
        else:
            high = middle - 1
    return levels[low]


def _heaviest(size: int, edges: list[tuple[int, int]], weights: list[int]) -> set[tuple[int, int]]:
    """Find the heaviest matching; positions, which the seed has shuffled, decide between equals."""
    graph: rustworkx.PyGraph[int, int] = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(size))
    chance = np.random.default_rng(size).integers(0, 1 << CHANCE_BITS, size=len(edges)).tolist()
    room = size << CHANCE_BITS
    graph.add_edges_from(
        [
            (one, other, weight * room + luck)
            for (one, other), weight, luck in zip(edges, weights, chance, strict=True)
        ]
    )
    found = rustworkx.max_weight_matching(graph, max_cardinality=False, weight_fn=int)
    return {(min(one, other), max(one, other)) for one, other in found}


def best_third(points: Points, groups: Sequence[tuple[int, ...]], person: int) -> int | None:
    """Choose the pair an odd person joins: the one with the best mean score, if any may be joined."""
    best: tuple[int, int] | None = None
    for index, group in enumerate(groups):
        sides = [int(points[edge]) for edge in combinations((*group, person), 2)]
        if len(sides) == TRIO and BARRED not in sides and (best is None or sum(sides) > best[0]):
            best = sum(sides), index
    return best[1] if best else None
