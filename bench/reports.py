"""What reports and exports cost with 10,000 people, one with 100,000, beside merely reading the rows.

Run: python -m bench.reports
"""

import functools
import json
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from pathlib import Path

from sqlalchemy import insert, select, update

from bench.many_pairs import NOW, database_with
from bench.table import Row, show
from handlers.export_tables import export_tables
from handlers.report_book import report_book
from mentoring.enrollment import Profile
from mentoring.kinds import Role
from mentoring.meetings import MeetingState
from mentoring.reports.exports import What
from mentoring.surveys.visible import AnswerReader
from messages.exports import export_csv, export_workbook
from messages.replies.reports import shown_report
from messages.reports.kinds import REPORTS, write_report
from messages.words import Reader
from storage.database import Database
from storage.people import workspaces
from storage.profiles import profile_json
from storage.programs import programs
from storage.tables import EnrollmentRow, MeetingRow, PairRow, PersonRow

PEOPLE, PAIRS, MEETINGS = 10_000, 2_500, 6
"""Everybody, pairs, and meetings of each pair: three months of every two weeks."""
TEN_TIMES, SUMMARY = 10, "summary"
"""The larger firm, and what is read there: the page for the sponsor."""
READER = Reader.of("America/New_York", "en-US")
PROFILE = Profile(
    roles=frozenset(Role),
    offers=("negotiation", "legal writing", "mediation"),
    wants=("trial advocacy", "client relations"),
    goal="Lead a matter on my own, from the first call to the closing letter.",
    title="Associate",
    department="Corporate",
    office="New York",
    level=3,
)


def filled(folder: Path, everybody: int, pairs: int) -> Database:
    """Pairs with meetings and profiles, and as many people again who wait."""
    database = database_with(folder, pairs, 0)
    profile = json.dumps(profile_json(PROFILE))
    with database.write() as session:
        connection = session.connection()
        connection.exec_driver_sql("UPDATE enrollment SET profile = ?", (profile,))
        people = connection.execute(select(PersonRow.__table__)).mappings().all()
        enrolled = connection.execute(select(EnrollmentRow.__table__)).mappings().all()
        more = everybody - len(people)
        connection.execute(
            insert(PersonRow),
            [{**people[0], "id": len(people) + n + 1, "slack_id": f"UX{n:07X}"} for n in range(more)],
        )
        connection.execute(
            insert(EnrollmentRow),
            [
                {
                    **enrolled[0],
                    "id": len(people) + n + 1,
                    "person_id": len(people) + n + 1,
                    "state": "joined",
                }
                for n in range(more)
            ],
        )
        connection.execute(insert(MeetingRow), _meetings(people[0]["workspace_id"], pairs))
        connection.execute(update(PairRow).values(announced_at=NOW - timedelta(days=14 * MEETINGS)))
    return database


def _meetings(workspace_id: int, pairs: int) -> list[dict[str, object]]:
    return [
        {
            "workspace_id": workspace_id,
            "pair_id": pair + 1,
            "period_key": "2026-01-01",
            "state": MeetingState.HELD.value,
            "starts_at": NOW - timedelta(days=14 * n + pair % 14),
            "minutes": 45,
            "uid": f"{pair}-{n}",
            "sequence": 0,
            "planned_by": None,
            "planned_at": NOW,
            "answers": [],
        }
        for pair in range(pairs)
        for n in range(MEETINGS)
    ]


def seconds(work: Callable[[], object]) -> float:
    """The time of this process's own work; the first of two runs pays for compiling statements."""
    work()
    begun = time.process_time()
    work()
    return time.process_time() - begun


def rows(*, every_report: bool = False) -> Iterator[Row]:
    """The report that costs the most (or all of them) and the exports; the summary with ten times as many."""
    with tempfile.TemporaryDirectory() as folder:
        reading, reports, exports = costs(Path(folder), PEOPLE, PAIRS, REPORTS)
        by_cost = sorted(reports.items(), key=lambda each: -each[1])
        for code, spent in by_cost if every_report else by_cost[:1]:
            yield _row(f"report {code}", PEOPLE, spent, reading, "1 s")
        for what, spent in exports.items():
            yield _row(f"export: {what}", PEOPLE, spent, reading, "10 s")
        more = Path(folder) / "more"
        more.mkdir()
        reading, reports, _ = costs(more, TEN_TIMES * PEOPLE, TEN_TIMES * PAIRS, [SUMMARY])
        yield _row(f"report {SUMMARY}", TEN_TIMES * PEOPLE, reports[SUMMARY], reading, "10 s")


def costs(
    folder: Path, people: int, pairs: int, codes: Iterable[str]
) -> tuple[float, dict[str, float], dict[str, float]]:
    """Seconds of processor for reading all rows, for these reports, and for the exports."""
    database = filled(folder, people, pairs)
    with database.read() as session:
        about = programs(session, workspaces(session)[0].id)[0]

        def read() -> None:
            for table in (PersonRow, EnrollmentRow, PairRow, MeetingRow):
                session.connection().execute(select(table.__table__)).all()

        def report(code: str) -> None:
            document = write_report(code, report_book(session, about, NOW, "en-US", code), READER)
            shown_report(document, about, [], READER)

        def csv() -> None:
            (table,) = export_tables(session, about, [What.PEOPLE], NOW, AnswerReader.COORDINATOR)
            export_csv(table, lambda _done, _of: None)

        def everything() -> None:
            tables = export_tables(session, about, What, NOW, AnswerReader.COORDINATOR)
            export_workbook(tables, READER, NOW, lambda _done, _of: None)

        reading = seconds(read)
        reports = {code: seconds(functools.partial(report, code)) for code in codes}
        exports: dict[str, float] = {}
        if people == PEOPLE:
            exports = {"people as CSV": seconds(csv), "everything as a spreadsheet": seconds(everything)}
    database.close()
    return reading, reports, exports


def _row(what: str, people: int, spent: float, reading: float, wanted: str) -> Row:
    return Row(
        f"{what}: {people:,} people, of processor",
        f"{spent:.2f} s",
        f"reading the rows: {reading:.2f} s",
        spent / reading,
        wanted,
    )


if __name__ == "__main__":
    show(rows(every_report=True))
