"""Which breakdowns of a result can be published together without anyone being worked out by subtraction.

People are counted in tables: one per breakdown (department, level, ...), each a partition into cells. Whoever
holds the tables can add and subtract cells. What they can reach that way is the linear span of the cells, so
a set of tables is safe exactly if no vector of that span, zero aside, touches fewer people than the minimum:
not one person's answer, not the difference between two people's.

What stays possible, here as in any table: a cell in which everybody gave the same answer says so.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

PRIME = 2**61 - 1
"""Arithmetic is exact modulo this prime: no determinant of 30 rows of 0 and 1 reaches it (Hadamard)."""
MOST_CELLS = 30
"""Together published at most, for the bound above; beyond it everything is withheld."""
MOST_STEPS = 5_000
"""Steps of one proof; a set of tables not shown safe within them is treated as unsafe."""

Merged = tuple[tuple[str, ...], ...]
"""The cells of a table, each the labels merged in it."""


def merged_groups(labels: Sequence[str], minimum: int) -> Merged | None:
    """Merge groups until every one holds the minimum; None when that leaves no breakdown.

    Small groups go together; if they are still too few, the next larger group joins them, since
    the total minus the others would give them away.

    Args:
        labels: One person's group each.
        minimum: The smallest group to show.
    """
    by_size = sorted(Counter(labels).items(), key=lambda group: (group[1], group[0]))
    rest: list[str] = []
    held = 0
    while by_size and (by_size[0][1] < minimum or 0 < held < minimum):
        label, size = by_size.pop(0)
        rest.append(label)
        held += size
    cells: list[tuple[str, ...]] = [(label,) for label, _ in by_size]
    if rest:
        cells.append(tuple(sorted(rest)))
    return tuple(sorted(cells)) if len(cells) > 1 else None


def publishable(groupings: Mapping[str, Sequence[str]], minimum: int) -> dict[str, Merged | None]:
    """Choose what can be published of several breakdowns of the same people, all of whom count in the total.

    Two breakdowns that would reveal a small group together are both withheld; if what is left would still
    reveal one, all of it is. The choice depends on the people alone, never on who looks or in which order.

    Args:
        groupings: By breakdown, one label a person, people in the same order everywhere.
        minimum: The smallest group to show.

    Returns:
        By breakdown, its merged cells, or None where it is withheld.
    """
    merged = {name: merged_groups(labels, minimum) for name, labels in groupings.items()}
    placed = {name: _cells_of(groupings[name], cells) for name, cells in merged.items() if cells}
    unsafe = {
        name
        for pair in combinations(placed, 2)
        if reveals([placed[name] for name in pair], minimum)
        for name in pair
    }
    left = [name for name in placed if name not in unsafe]
    if reveals([placed[name] for name in left], minimum):
        unsafe.update(left)
    return {name: None if name in unsafe else cells for name, cells in merged.items()}


def _cells_of(labels: Sequence[str], cells: Merged) -> tuple[int, ...]:
    place = {label: number for number, cell in enumerate(cells) for label in cell}
    return tuple(place[label] for label in labels)


def reveals(tables: Sequence[Sequence[int]], minimum: int) -> bool:
    """Say whether adding and subtracting cells can isolate fewer people than the minimum.

    Args:
        tables: By breakdown, the number of each person's cell.
        minimum: The smallest group that may be isolated.
    """
    if not tables:
        return False
    # People in the same cell everywhere cannot be told apart: they are one column, with a weight. Heavy
    # columns first, since they cannot be afforded and so only shrink the space.
    profiles = sorted(Counter(zip(*tables, strict=True)).items(), key=lambda one: (-one[1], one[0]))
    cells = sorted({(table, cell) for profile, _ in profiles for table, cell in enumerate(profile)})
    if len(cells) > MOST_CELLS:
        return True
    rows = [[int(profile[table] == cell) for profile, _ in profiles] for table, cell in cells]
    search = _Search([weight for _, weight in profiles])
    return search.finds(_independent(rows), 0, minimum - 1)


@dataclass
class _Search:
    """A walk over the columns, each time asking: may it be zero, or can its people be afforded?"""

    weights: list[int]
    steps: int = 0

    def finds(self, space: list[list[int]], column: int, budget: int) -> bool:
        """Say whether a vector, not zero, touches at most `budget` people from `column` on."""
        while space and column < len(self.weights) and not any(row[column] for row in space):
            column += 1
        if not space or column == len(self.weights):
            return bool(space)
        self.steps += 1
        if self.steps > MOST_STEPS:
            return True
        if self.finds(_zero_at(space, column), column + 1, budget):
            return True
        affordable = self.weights[column] <= budget
        return affordable and self.finds(space, column + 1, budget - self.weights[column])


def _zero_at(space: Iterable[list[int]], column: int) -> list[list[int]]:
    """Keep the part of a space that is zero in a column where it was not."""
    rows = list(space)
    pivot = next(row for row in rows if row[column])
    inverse = pow(pivot[column], -1, PRIME)
    return [
        _minus(row, pivot, row[column] * inverse % PRIME) if row[column] else row
        for row in rows
        if row is not pivot
    ]


def _minus(row: list[int], pivot: list[int], factor: int) -> list[int]:
    return [(a - factor * b) % PRIME for a, b in zip(row, pivot, strict=True)]


def _independent(rows: list[list[int]]) -> list[list[int]]:
    """Drop what other rows already say."""
    basis: list[list[int]] = []
    left = rows
    for column in range(len(rows[0])):
        pivot = next((row for row in left if row[column]), None)
        if pivot is not None:
            basis.append(pivot)
            left = _zero_at([pivot, *(row for row in left if row is not pivot)], column)
    return basis
