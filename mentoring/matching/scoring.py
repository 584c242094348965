"""Every possible pair scored: hard rules first, then the weighted mean of the criteria."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from mentoring.kinds import ProgramKind
from mentoring.matching.criteria import DIRECTED, LOAD, PAIR_CRITERIA, Frame, load_score
from mentoring.matching.judgment import Grid, Judgment, Sheet, make_sheet
from mentoring.matching.pool import Pool
from mentoring.matching.rules import Rule
from mentoring.matching.view import Floats, Ints, View

POINTS = 1_000_000
"""Points of a perfect score: whole numbers keep sums exact and ties true."""
BARRED = -1
SCORE_DIGITS = 6
CRITERION_DIGITS = 4
ROWS_AT_ONCE = 256
"""Rows scored together: small enough for the processor's cache, large enough to leave Python out of it."""

Points = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Scorer:
    """Scores pairs of a pool under the weights, the rules and the frame of a round."""

    pool: Pool
    frame: Frame
    weights: Mapping[str, float]
    rules: Sequence[Rule]

    @property
    def total_weight(self) -> float:
        """The sum of all weights; scores are weighted means."""
        return sum(self.weights.values())

    def points(self, rows: Ints, columns: Ints) -> Points:
        """Score every row person with every column person, in points, BARRED where a rule stands against it.

        Rows are mentees and columns mentors; criteria that depend on a mentor's other mentees are left out.
        """
        table = np.empty((len(rows), len(columns)), dtype=np.int32)
        whole = Grid(self._sheet, columns)
        for start in range(0, len(rows), ROWS_AT_ONCE):
            view = View(rows[start : start + ROWS_AT_ONCE], columns)
            points = table[start : start + ROWS_AT_ONCE]
            points[:] = self._mean(whole, view)
            for rule in self.rules:
                barred = rule.bars(self.pool, view)
                if barred.any():
                    points[barred] = BARRED
        return table

    def by_criterion(self, rows: Ints, columns: Ints) -> dict[str, Floats]:
        """Score listed pairs by criterion, in the direction that counts for the kind."""
        view = View(rows, columns, listed=True)
        forth = {name: np.broadcast_to(score, view.shape) for name, score in self._each(view).items()}
        if not self._both_ways:
            return forth
        back = {**forth, **self._each(view.other_way(), directed_only=True)}
        if self.frame.kind is ProgramKind.PEER:
            return {name: ((forth[name] + back[name]) / 2).astype(np.float32) for name in forth}
        weaker = self._weigh(view, back) < self._weigh(view, forth)
        return {name: np.where(weaker, back[name], forth[name]).astype(np.float32) for name in forth}

    def place_points(self, most_places: int) -> npt.NDArray[np.int64]:
        """Points a pair earns for being a mentor's first, second, third mentee."""
        weight = self.weights.get(LOAD, 0) / self.total_weight
        points = [round(POINTS * weight * load_score(place)) for place in range(most_places)]
        return np.array(points, dtype=np.int64)

    @property
    def _both_ways(self) -> bool:
        return self.frame.kind in {ProgramKind.REVERSE, ProgramKind.PEER}

    @cached_property
    def _judgments(self) -> Mapping[str, Judgment]:
        return {
            criterion.name: criterion.judge(self.pool, self.frame)
            for criterion in PAIR_CRITERIA
            if self.weights.get(criterion.name)
        }

    @cached_property
    def _sheet(self) -> Sheet:
        worth = {name: POINTS * self.weights[name] / self.total_weight for name in self._judgments}
        judged = ((each, worth[name]) for name, each in self._judgments.items())
        return make_sheet(judged, len(self.pool.people))

    def _each(self, view: View, *, directed_only: bool = False) -> dict[str, Floats]:
        return {
            name: each.of(view)
            for name, each in self._judgments.items()
            if name in DIRECTED or not directed_only
        }

    def _weigh(self, view: View, scores: Mapping[str, Floats]) -> Floats:
        shares = {name: np.float32(self.weights[name] / self.total_weight) for name in scores}
        total = np.zeros(view.shape, dtype=np.float32)
        for name, score in scores.items():
            total += score * shares[name]
        return total

    def _mean(self, grid: Grid, view: View) -> Floats:
        """The weighted mean of all criteria in whole points, of both directions where both count."""
        forth = grid.points(view)
        if self._both_ways:
            back = grid.points(view.other_way())
            peers = self.frame.kind is ProgramKind.PEER
            forth = np.rint((forth + back) / 2) if peers else np.minimum(forth, back)
        # Each criterion rounds to whole points: together they may exceed their share by a few.
        return np.minimum(forth, self._most, out=forth)

    @property
    def _most(self) -> np.float32:
        """Points of a pair perfect in every criterion judged here."""
        judged = sum(self.weights[name] for name in self._judgments)
        return np.float32(np.floor(POINTS * judged / self.total_weight))
