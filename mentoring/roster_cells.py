"""Single cells of a roster: text in, a value out, and a note where a person has to look again."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from mentoring.cells import bare_cell
from mentoring.kinds import Format, Role

MAX_CAPACITY = 100
"""More mentees than anyone carries: a larger number is a slip of the keyboard."""
MAX_HOURS_PER_MONTH = 160
"""A month of full-time work."""
MAX_LEVEL = 100
"""Levels of seniority: far more than any firm has."""
MAX_DIGITS = 9
"""Longer numbers are not even converted: Python refuses beyond a few thousand digits."""

DEFAULT_TIME_ZONE = "UTC"

Note = Callable[[str, str], None]

_ROLES: Mapping[str, frozenset[Role]] = {
    "mentor": frozenset({Role.MENTOR}),
    "mentee": frozenset({Role.MENTEE}),
    "both": frozenset(Role),
}
_FORMATS: Mapping[str, Format] = {
    "": Format.EITHER,
    "either": Format.EITHER,
    "video": Format.VIDEO,
    "in person": Format.IN_PERSON,
}


@dataclass(frozen=True)
class Cells:
    """The cells of one line by column; a column or a cell that is not there reads as empty."""

    record: Sequence[str]
    columns: Mapping[str, int]

    def __getitem__(self, column: str) -> str:
        position = self.columns.get(column)
        if position is None or position >= len(self.record):
            return ""
        return bare_cell(self.record[position].strip())


def read_list(cell: str) -> tuple[str, ...]:
    """Split a cell at its semicolons; blanks and repeated entries fall away, the order stays."""
    return tuple(dict.fromkeys(part.strip() for part in cell.split(";") if part.strip()))


def read_roles(cell: str, note: Note) -> frozenset[Role]:
    """Read mentor, mentee or both; a word that is none of them is noted and reads as no role."""
    roles = _ROLES.get(cell.lower())
    if roles is None:
        note("role", f"“{cell}” is not a role. Write mentor, mentee or both.")
        return frozenset()
    return roles


def read_number(cells: Cells, column: str, default: int, most: int, note: Note) -> int:
    """Read a whole number from 0 to `most`; an empty cell reads as `default`."""
    cell = cells[column]
    if not cell:
        return default
    if not (cell.isascii() and cell.isdecimal()) or len(cell) > MAX_DIGITS or int(cell) > most:
        note(column, f"“{cell}” does not work for {column}. Write a whole number from 0 to {most}.")
        return default
    return int(cell)


def read_format(cell: str, note: Note) -> Format:
    """Read how a person can meet; empty means either."""
    way = _FORMATS.get(cell.lower().replace("-", " "))
    if way is None:
        note("meeting_format", f"“{cell}” is not a way to meet. Write video, in person or either.")
        return Format.EITHER
    return way


def read_time_zone(cell: str, note: Note) -> str:
    """Read a time zone of the IANA database by name; empty means UTC."""
    if not cell:
        return DEFAULT_TIME_ZONE
    if not _is_time_zone(cell):
        close = get_close_matches(cell.replace(" ", "_"), sorted(available_timezones()), n=1)
        hint = f"Did you mean {close[0]}?" if close else "Write it like America/New_York."
        note("time_zone", f"There is no time zone “{cell}”. {hint}")
        return DEFAULT_TIME_ZONE
    return cell


@lru_cache(maxsize=1024)
def _is_time_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (LookupError, ValueError, OSError):  # unknown, malformed, or the name of a folder such as "Europe"
        return False
    return True
