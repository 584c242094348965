"""A way of looking at many possible pairs at once."""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.intp]
Bools = npt.NDArray[np.bool_]
ScalarT = TypeVar("ScalarT", bound=np.generic)


@dataclass(frozen=True)
class View:
    """The possible pairs being judged: every row with every column, or, when `listed`, pairs one by one.

    In a pair one person learns and the other teaches: rows learn and columns teach, unless
    `swapped`. Arrays taken through a view broadcast against each other.
    """

    rows: Ints
    columns: Ints
    listed: bool = False
    swapped: bool = False

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of what a criterion or a rule answers for this view."""
        return (len(self.rows),) if self.listed else (len(self.rows), len(self.columns))

    def other_way(self) -> "View":
        """Look at the same pairs with teacher and learner exchanged."""
        return View(self.rows, self.columns, self.listed, not self.swapped)

    def learner(self, values: npt.NDArray[ScalarT]) -> npt.NDArray[ScalarT]:
        """Take each learner's value."""
        return values[self.columns] if self.swapped else self._of_rows(values)

    def teacher(self, values: npt.NDArray[ScalarT]) -> npt.NDArray[ScalarT]:
        """Take each teacher's value."""
        return self._of_rows(values) if self.swapped else values[self.columns]

    def _of_rows(self, values: npt.NDArray[ScalarT]) -> npt.NDArray[ScalarT]:
        taken = values[self.rows]
        return taken if self.listed else taken[:, None]

    def in_common(self, learners: Floats, teachers: Floats) -> Floats:
        """Count what a learner's row of zeros and ones has in common with a teacher's."""
        left, right = (teachers, learners) if self.swapped else (learners, teachers)
        if self.listed:
            return np.asarray(np.einsum("ij,ij->i", left[self.rows], right[self.columns]), dtype=np.float32)
        # No product of zeros and ones is invalid. But a compiled kernel may compute on what lies behind a
        # short row, and numpy warns of what it finds there: seen once, with six rows of five and one.
        with np.errstate(invalid="ignore"):
            return np.asarray(left[self.rows] @ right[self.columns].T, dtype=np.float32)

    def where(self, pairs: Ints) -> Bools:
        """Mark the pairs, given as two columns of people in either order, that are in this view."""
        marked = np.zeros(self.shape, dtype=np.bool_)
        if not len(pairs):
            return marked
        both = np.concatenate([pairs, pairs[:, ::-1]])
        size = 1 + max(int(self.rows.max(initial=0)), int(self.columns.max(initial=0)), int(both.max()))
        if self.listed:
            return np.isin(self.rows * size + self.columns, both[:, 0] * size + both[:, 1])
        row_at = np.full(size, -1, dtype=np.intp)
        row_at[self.rows] = np.arange(len(self.rows))
        column_at = np.full(size, -1, dtype=np.intp)
        column_at[self.columns] = np.arange(len(self.columns))
        rows, columns = row_at[both[:, 0]], column_at[both[:, 1]]
        seen = (rows >= 0) & (columns >= 0)
        marked[rows[seen], columns[seen]] = True
        return marked
