"""How a criterion judges pairs: one by one from 0 to 1, and millions at once in whole points.

Most criteria are, or look up, a product of what the learner has with what the teacher has. Laid side by side
they make one product for all of them, which a processor multiplies many times faster than it could judge
criterion by criterion. Points in it are whole numbers below 2^24, which 32-bit floats hold exactly: no sum
depends on the order in which a machine adds, and the same round gives the same proposal everywhere.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from mentoring.matching.view import Floats, Ints, View

NOTHING_SAID = np.float32(0.5)
"""Where a person said nothing to judge by, neither a merit nor a fault."""
MOST_CODES = 100
"""Beyond so many codes a product costs more than looking up pair by pair."""


@dataclass(frozen=True)
class Factors:
    """Whole points as a product: a row for each person as learner, and as teacher."""

    learner: Floats
    teacher: Floats


class Judgment(Protocol):
    """What one criterion says of every pair of a round."""

    def of(self, view: View) -> Floats:
        """Score the pairs of a view from 0 to 1; the array broadcasts to the view's shape."""
        ...

    def points(self, view: View, worth: float) -> Floats:
        """Score the pairs of a view in whole points, of which a perfect score is worth so many."""
        ...

    def factors(self, worth: float) -> Factors | None:
        """Give the same points as a product, where they are one."""
        ...


@dataclass(frozen=True, eq=False)
class Looked:
    """A score that follows from one code of each person: learners' codes by teachers' codes."""

    table: Floats
    codes: Ints

    def of(self, view: View) -> Floats:
        """Look each pair up."""
        return np.asarray(self.table[view.learner(self.codes), view.teacher(self.codes)])

    def points(self, view: View, worth: float) -> Floats:
        """Look each pair up, in whole points."""
        return _whole(self.of(view), worth)

    def factors(self, worth: float) -> Factors | None:
        """Each learner's line of the table, times a one where the teacher's code is."""
        if len(self.table) > MOST_CODES:
            return None
        ones = self.codes[:, None] == np.arange(self.table.shape[1])
        return Factors(np.rint(self.table * np.float32(worth))[self.codes], ones.astype(np.float32))


def the_same(score: float | np.float32, people: int) -> Looked:
    """One score for every pair."""
    return Looked(np.full((1, 1), score, dtype=np.float32), np.zeros(people, dtype=np.intp))


@dataclass(frozen=True, eq=False)
class Met:
    """How many of a learner's terms a teacher has.

    Args:
        terms: Each person's terms as a learner, as zeros and ones.
        had: Each person's terms as a teacher.
        count: How many terms each learner has, those no teacher has among them.
        enough: How many are as good as all of them; all when not given.
    """

    terms: Floats
    had: Floats
    count: Floats
    enough: int | None = None

    @property
    def _needed(self) -> Floats:
        return np.clip(self.count, 1, self.enough)

    def of(self, view: View) -> Floats:
        """Score the share that is met."""
        needed = view.learner(self._needed)
        share = np.minimum(view.in_common(self.terms, self.had), needed) / needed
        return np.where(view.learner(self.count) > 0, share, NOTHING_SAID).astype(np.float32)

    def points(self, view: View, worth: float) -> Floats:
        """Score the share that is met, in whole points for each term."""
        needed = self._needed
        each = np.where(self.count > 0, np.rint(worth / needed), 0).astype(np.float32)
        silent = np.where(self.count > 0, 0, np.rint(worth * NOTHING_SAID)).astype(np.float32)
        met = np.minimum(view.in_common(self.terms, self.had), view.learner(needed))
        met *= view.learner(each)
        met += view.learner(silent)
        return met

    def factors(self, worth: float) -> Factors | None:
        """Points for each term met, and half of all to those who name none."""
        if self.enough is not None:
            return None
        silent = self.count == 0
        each = np.rint(worth / self._needed)[:, None] * self.terms
        half = np.where(silent, np.rint(worth * NOTHING_SAID), 0)[:, None]
        ones = np.ones((len(self.had), 1))
        return Factors(_side_by_side([each, half]), _side_by_side([self.had, ones]))


@dataclass(frozen=True, eq=False)
class Named:
    """Who asked for whom: each of the two counts half, nothing where they named others only.

    Args:
        pairs: Who named whom, as two columns of people.
        silent: What each gives who named nobody.
    """

    pairs: Ints
    silent: Floats

    def of(self, view: View) -> Floats:
        """Score who named the other."""
        named = set(map(tuple, self.pairs.tolist()))
        mutual = sorted(pair for pair in named if pair[::-1] in named)
        one_way = sorted(named.difference(mutual))
        score = (view.learner(self.silent) + view.teacher(self.silent)) / 2
        half = np.float32(0.5) * view.where(np.array(one_way, dtype=np.intp).reshape(-1, 2))
        both = view.where(np.array(mutual, dtype=np.intp).reshape(-1, 2))
        return np.asarray(score + half + both, dtype=np.float32)

    def points(self, view: View, worth: float) -> Floats:
        """Score who named the other, in whole points."""
        return _whole(self.of(view), worth)

    def factors(self, worth: float) -> Factors | None:  # noqa: ARG002 - judgments share one signature
        """Single pairs are no product."""
        return None


@dataclass(frozen=True)
class Sheet:
    """All criteria of a round: those that are products as one product, and the others with their worth."""

    together: Factors
    others: Sequence[tuple[Judgment, float]]


def make_sheet(judgments: Iterable[tuple[Judgment, float]], people: int) -> Sheet:
    """Lay criteria side by side, each with the points a perfect score is worth."""
    nothing = np.zeros((people, 0), dtype=np.float32)
    products, others = [Factors(nothing, nothing)], []
    for judgment, worth in judgments:
        factors = judgment.factors(worth)
        if factors is None:
            others.append((judgment, worth))
        else:
            products.append(factors)
    together = Factors(
        _side_by_side([each.learner for each in products]), _side_by_side([each.teacher for each in products])
    )
    return Sheet(together, others)


class Grid:
    """A sheet held against the same columns of people again and again.

    Args:
        sheet: The criteria.
        columns: The people of the columns of every view that is asked for.
    """

    def __init__(self, sheet: Sheet, columns: Ints) -> None:
        self._sheet = sheet
        # Multiplying is fastest where the second table lies the way it is read.
        self._columns = Factors(
            np.ascontiguousarray(sheet.together.learner[columns].T),
            np.ascontiguousarray(sheet.together.teacher[columns].T),
        )

    def points(self, view: View) -> Floats:
        """Sum up the points of every pair of a view."""
        here, there = self._sheet.together, self._columns
        if view.swapped:
            total = here.teacher[view.rows] @ there.learner
        else:
            total = here.learner[view.rows] @ there.teacher
        for judgment, worth in self._sheet.others:
            total += judgment.points(view, worth)
        return total


def _side_by_side(tables: Sequence[npt.NDArray[Any]]) -> Floats:
    return np.concatenate(tables, axis=1).astype(np.float32)


def _whole(score: Floats, worth: float) -> Floats:
    return np.asarray(np.rint(score * np.float32(worth)), dtype=np.float32)
