"""A roster in a spreadsheet: read with every problem named, so that nobody is half imported."""

import csv
import io
from dataclasses import dataclass
from difflib import get_close_matches

from mentoring.kinds import Format, Role
from mentoring.matching.reporting import reporting_circles
from mentoring.roster_cells import (
    MAX_CAPACITY,
    MAX_HOURS_PER_MONTH,
    MAX_LEVEL,
    Cells,
    read_format,
    read_list,
    read_number,
    read_roles,
    read_time_zone,
)

REQUIRED_COLUMNS = ("user_id", "name", "role")
OPTIONAL_COLUMNS = (
    "email",
    "title",
    "level",
    "department",
    "office",
    "time_zone",
    "languages",
    "offers",
    "wants",
    "mentee_capacity",
    "hours_per_month",
    "meeting_format",
    "reports_to",
    "supervisor",
    "do_not_pair_with",
    "goal",
    "bio",
)
COLUMN_ALIASES = {"capacity": "mentee_capacity", "hours": "hours_per_month", "format": "meeting_format"}
"""Shorter headings people write for the same thing."""

HEADER_LINE = 1
DEFAULT_CAPACITY = 1
"""Places of a mentor whose roster says nothing about capacity."""
DEFAULT_HOURS_PER_MONTH = 2
"""Two meetings of an hour: what the announcement asks for when a program says nothing else."""


@dataclass(frozen=True)
class RosterRow:
    """One person as the roster describes them; `line` is the line in the file, as an editor counts."""

    line: int
    user_id: str
    name: str
    email: str
    roles: frozenset[Role]
    title: str
    level: int
    department: str
    office: str
    time_zone: str
    languages: tuple[str, ...]
    offers: tuple[str, ...]
    wants: tuple[str, ...]
    capacity: int
    hours_per_month: int
    format: Format
    reports_to: str | None
    supervisor: str | None
    do_not_pair_with: frozenset[str]
    goal: str
    bio: str


@dataclass(frozen=True)
class RosterProblem:
    """Something in the file a person has to put right: where it is, and what to do about it."""

    line: int
    column: str
    sentence: str


@dataclass(frozen=True)
class Roster:
    """What was understood of a roster; rows are complete only where `problems` is empty.

    Args:
        columns: Those the file has, by their own names; what is not there says nothing.
    """

    rows: tuple[RosterRow, ...]
    problems: tuple[RosterProblem, ...]
    columns: frozenset[str] = frozenset((*REQUIRED_COLUMNS, *OPTIONAL_COLUMNS))


def read_roster(text: str) -> Roster:
    """Read a roster from the text of a comma separated file.

    Columns come in any order, optional ones may be missing, lists are separated by semicolons.
    Every problem found is listed, in the order of the file; whether rows are used in spite of
    problems is for the caller to say.
    """
    refused = _not_a_table(text)
    if refused:
        return Roster((), (refused,))
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    problems: list[RosterProblem] = []
    rows: list[RosterRow] = []
    line = HEADER_LINE
    columns: dict[str, int] = {}
    try:
        for record in reader:
            start, line = line, reader.line_num + 1
            if not any(cell.strip() for cell in record):
                continue
            if not columns:
                columns, header_problems = _read_header(record, start)
                problems += header_problems
                if header_problems:
                    break
                width = len(record)
                continue
            if len(record) > width and any(cell.strip() for cell in record[width:]):
                problems.append(
                    RosterProblem(start, "", _TOO_MANY_CELLS.format(found=len(record), width=width))
                )
                continue
            rows.append(_read_row(Cells(record, columns), start, problems))
    except csv.Error:
        sentence = "A quotation mark is opened here and not closed. Close it, or remove it, and try again."
        problems.append(RosterProblem(line, "", sentence))
    if columns and not rows and not problems:
        sentence = "There is nobody below the headings. Add one line for each person."
        problems.append(RosterProblem(HEADER_LINE, "user_id", sentence))
    problems += _problems_between(rows)
    ordered = tuple(sorted(problems, key=lambda problem: problem.line))
    return Roster(tuple(rows), ordered, frozenset(columns))


_TOO_MANY_CELLS = (
    "This line has {found} cells and the headings name {width}. "
    'Put quotation marks around a cell that contains a comma, like "Boston, MA".'
)


def _not_a_table(text: str) -> RosterProblem | None:
    if not text.removeprefix("\ufeff").strip():
        return RosterProblem(
            HEADER_LINE, "", "The file is empty. Save the roster again with its first line of headings."
        )
    if text.startswith("PK") or "\x00" in text:
        sentence = "This is not a text file. In your spreadsheet choose “Save as”, then “CSV UTF-8”."
        return RosterProblem(HEADER_LINE, "", sentence)
    heading = text.removeprefix("\ufeff").lstrip().splitlines()[0]
    for separator, name in ((";", "semicolons"), ("\t", "tabs")):
        if "," not in heading and separator in heading:
            sentence = f"The columns are separated by {name}. Save the file as “CSV UTF-8 (comma delimited)”."
            return RosterProblem(HEADER_LINE, "", sentence)
    return None


def _read_header(record: list[str], line: int) -> tuple[dict[str, int], list[RosterProblem]]:
    columns: dict[str, int] = {}
    problems: list[RosterProblem] = []
    for position, heading in enumerate(record):
        name = "_".join(heading.strip().lower().replace("-", " ").replace("_", " ").split())
        name = COLUMN_ALIASES.get(name, name)
        if name in columns:
            sentence = f"The column “{name}” is there twice. Keep one of them."
            problems.append(RosterProblem(line, name, sentence))
        elif name:
            columns[name] = position
    for name in REQUIRED_COLUMNS:
        if name not in columns:
            close = get_close_matches(name, set(columns) - set(OPTIONAL_COLUMNS), n=1)
            hint = f"Rename “{close[0]}” to “{name}”" if close else f"Add a column headed “{name}”"
            sentence = f"The column “{name}” is missing. {hint}; the sample roster shows all columns."
            problems.append(RosterProblem(line, name, sentence))
    return columns, problems


def _read_row(cells: Cells, line: int, problems: list[RosterProblem]) -> RosterRow:
    def note(column: str, sentence: str) -> None:
        problems.append(RosterProblem(line, column, sentence))

    for column in ("user_id", "name"):
        if not cells[column]:
            note(column, f"“{column}” is empty. Every person needs one.")
    roles = read_roles(cells["role"], note)
    capacity = read_number(cells, "mentee_capacity", DEFAULT_CAPACITY, MAX_CAPACITY, note)
    return RosterRow(
        line=line,
        user_id=cells["user_id"],
        name=cells["name"],
        email=cells["email"],
        roles=roles,
        title=cells["title"],
        level=read_number(cells, "level", 1, MAX_LEVEL, note),
        department=cells["department"],
        office=cells["office"],
        time_zone=read_time_zone(cells["time_zone"], note),
        languages=read_list(cells["languages"]),
        offers=read_list(cells["offers"]),
        wants=read_list(cells["wants"]),
        capacity=capacity if Role.MENTOR in roles else 0,
        hours_per_month=read_number(
            cells, "hours_per_month", DEFAULT_HOURS_PER_MONTH, MAX_HOURS_PER_MONTH, note
        ),
        format=read_format(cells["meeting_format"], note),
        reports_to=cells["reports_to"] or None,
        supervisor=cells["supervisor"] or None,
        do_not_pair_with=frozenset(read_list(cells["do_not_pair_with"])),
        goal=cells["goal"],
        bio=cells["bio"],
    )


def _problems_between(rows: list[RosterRow]) -> list[RosterProblem]:
    """Find what is wrong between lines: ids used twice, ids nobody has, circles in the reporting line."""
    problems: list[RosterProblem] = []
    by_id: dict[str, RosterRow] = {}
    for row in rows:
        first = by_id.setdefault(row.user_id, row)
        if row.user_id and first is not row:
            sentence = (
                f"{row.user_id} stands on line {first.line} and on line {row.line}. "
                "Keep one of the two; a person who is mentor and mentee has the role “both”."
            )
            problems.append(RosterProblem(row.line, "user_id", sentence))
    for row in rows:
        named = [("reports_to", row.reports_to)] if row.reports_to else []
        named += [("do_not_pair_with", other) for other in sorted(row.do_not_pair_with)]
        for column, other in named:
            if other not in by_id:
                sentence = f"Nobody in this roster has the user id {other}. Correct it, or leave it out."
                problems.append(RosterProblem(row.line, column, sentence))
    managers = {row.user_id: row.reports_to for row in by_id.values() if row.reports_to}
    for circle in reporting_circles(managers):
        way = " → ".join(by_id[user_id].name or user_id for user_id in (*circle, circle[0]))
        sentence = f"The reporting line goes in a circle: {way}. Correct “reports_to” of one of them."
        problems.append(RosterProblem(by_id[circle[0]].line, "reports_to", sentence))
    return problems
