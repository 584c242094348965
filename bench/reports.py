"""What reports and exports cost with 10,000 people and 2,500 pairs, beside merely reading the same rows.

Run: python -m bench.reports
"""

import functools
import json
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from sqlalchemy import insert, select, update

from bench.many_pairs import NOW, database_with
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


def filled(folder: Path) -> Database:
    """Pairs with meetings and profiles, and as many people again who wait."""
    database = database_with(folder, PAIRS, 0)
    profile = json.dumps(profile_json(PROFILE))
    with database.write() as session:
        connection = session.connection()
        connection.exec_driver_sql("UPDATE enrollment SET profile = ?", (profile,))
        people = connection.execute(select(PersonRow.__table__)).mappings().all()
        enrolled = connection.execute(select(EnrollmentRow.__table__)).mappings().all()
        more = PEOPLE - len(people)
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
        connection.execute(insert(MeetingRow), _meetings(people[0]["workspace_id"]))
        connection.execute(update(PairRow).values(announced_at=NOW - timedelta(days=14 * MEETINGS)))
    return database


def _meetings(workspace_id: int) -> list[dict[str, object]]:
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
        for pair in range(PAIRS)
        for n in range(MEETINGS)
    ]


def seconds(work: Callable[[], object]) -> float:
    """The time of this process's own work; the first of two runs pays for compiling statements."""
    work()
    begun = time.process_time()
    work()
    return time.process_time() - begun


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        database = filled(Path(folder))
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

            baseline = seconds(read)
            times = {code: seconds(functools.partial(report, code)) for code in REPORTS}
            exports = {"people as CSV": seconds(csv), "everything, spreadsheet": seconds(everything)}
        database.close()
    print(f"Reports and exports on SQLite: {PEOPLE:,} people, {PAIRS:,} pairs, {PAIRS * MEETINGS:,} meetings")
    print(f"  {'reading the rows':24} {baseline:6.2f} s (the baseline)")
    for name, spent in times.items():
        print(f"  {name:24} {spent:6.2f} s, {spent / baseline:4.1f} times the baseline (1 s wanted)")
    for name, spent in exports.items():
        print(f"  {name:24} {spent:6.2f} s, {spent / baseline:4.1f} times the baseline (10 s wanted)")


if __name__ == "__main__":
    main()
