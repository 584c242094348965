"""What a roster would change: who is new, whose facts differ, and what people said themselves."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from mentoring.enrollment import UNDECIDED, EnrollmentState, Profile
from mentoring.roster import Roster, RosterRow

FIRMS_OWN = frozenset({"title", "level", "department", "office", "reports_to", "supervisor"})
"""What the firm knows better than anybody: it follows the roster, also of people who have joined."""
COLUMN_OF = {"roles": "role", "capacity": "mentee_capacity", "format": "meeting_format"}
"""Columns whose name differs from what the profile calls it."""
FROM_ROSTER = (
    "roles", "offers", "wants", "capacity", "hours_per_month", "goal", "format", "languages", "title",
    "level", "department", "office", "bio", "reports_to", "supervisor", "do_not_pair_with",
)  # fmt: skip
"""Everything a roster can say of a profile."""


class ChangeKind(StrEnum):
    """What an import does about one line."""

    NEW = "new"
    """Put on the list, to be asked."""
    UPDATED = "updated"
    SAME = "same"
    """Nothing differs, or nothing that the roster may change."""


@dataclass(frozen=True, slots=True)
class RosterChange:
    """One line, and what becomes of it.

    Args:
        profile: As it stands after the import.
        columns: The columns that differ, in the roster's words.
        answered: Whether the person has said yes or no themselves; then only the firm's own facts change.
    """

    row: RosterRow
    kind: ChangeKind
    profile: Profile
    columns: tuple[str, ...] = ()
    answered: bool = False


def roster_changes(
    roster: Roster, known: Mapping[str, tuple[EnrollmentState, Profile]]
) -> tuple[RosterChange, ...]:
    """Compare a roster with a program's list.

    A column that is not in the file changes nothing; an empty cell of one that is there empties the fact.

    Args:
        roster: Without problems.
        known: Everybody on the program's list, by Slack id.
    """
    return tuple(_change(row, roster.columns, known.get(row.user_id)) for row in roster.rows)


def _change(
    row: RosterRow, columns: Collection[str], known: tuple[EnrollmentState, Profile] | None
) -> RosterChange:
    if known is None:
        return RosterChange(row, ChangeKind.NEW, profile_from(row))
    state, before = known
    answered = state not in UNDECIDED
    told = [
        name
        for name in FROM_ROSTER
        if COLUMN_OF.get(name, name) in columns and (not answered or name in FIRMS_OWN)
    ]
    wanted = profile_from(row)
    differing = [name for name in told if getattr(before, name) != getattr(wanted, name)]
    if not differing:
        return RosterChange(row, ChangeKind.SAME, before, answered=answered)
    after = replace(before, **{name: getattr(wanted, name) for name in differing})
    named = tuple(COLUMN_OF.get(name, name) for name in differing)
    return RosterChange(row, ChangeKind.UPDATED, after, named, answered)


def counted(changes: Sequence[RosterChange]) -> dict[ChangeKind, int]:
    """How many lines do what."""
    return {kind: sum(each.kind is kind for each in changes) for kind in ChangeKind}


def profile_from(row: RosterRow) -> Profile:
    """What a roster says about somebody, as a starting point they can correct."""
    return Profile(**{name: getattr(row, name) for name in FROM_ROSTER})


@dataclass(frozen=True, slots=True)
class Difference:
    """What an import would come to, for whoever decides on it.

    Args:
        answered: People who have answered themselves; of them only the firm's own facts follow the roster.
        lines: Who is new, and which columns of whom differ.
        faults: What has to be mended first, with line and column; then nothing else is said.
        refused: Why the file could not be read at all, in a word.
    """

    new: int = 0
    updated: int = 0
    same: int = 0
    answered: int = 0
    lines: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    refused: str = ""
