"""What a program's tables hold when a coordinator takes them along: columns, in order, and the rows' shape.

The names of columns are codes that stay as they are, in every language, so that what reads them keeps
working; those of people are the roster's own, so that an export can be corrected and imported again. What
only the matcher may read (whom somebody should not be paired with, to whom they report) is in none of them,
and neither is how anybody described themselves.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

Cell = str | int | float | date | None


class What(StrEnum):
    """The tables."""

    PEOPLE = "people"
    PAIRS = "pairs"
    MEETINGS = "meetings"
    ANSWERS = "answers"


COLUMNS: Mapping[What, tuple[str, ...]] = {
    What.PEOPLE: (
        "user_id", "name", "email", "role", "title", "level", "department", "office", "time_zone",
        "languages", "offers", "wants", "mentee_capacity", "hours_per_month", "meeting_format", "goal",
        "bio", "state", "joined_on", "pairs", "meetings_held",
    ),
    What.PAIRS: (
        "pair_id", "mentor_ids", "mentors", "mentee_ids", "mentees", "state", "introduced_on", "ends_on",
        "ended_on", "ending", "agreed", "cadence", "meetings_held", "last_met_on", "rhythm_kept", "fit",
    ),
    What.MEETINGS: ("pair_id", "day", "starts_at_utc", "minutes", "state"),
    What.ANSWERS: ("survey", "version", "question", "user_id", "answer"),
}  # fmt: skip
"""Each table's columns."""

SEPARATOR = "; "
"""Between the entries of a list in one cell, as in a roster."""


@dataclass(frozen=True, slots=True)
class ExportTable:
    """One table, whole."""

    what: What
    rows: Sequence[tuple[Cell, ...]]


def listed(items: Sequence[str]) -> str:
    """A list in one cell."""
    return SEPARATOR.join(items)
