"""Databases with any number of made-up pairs, of which some are due: what the bot's speed is held against."""

import itertools
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from mentoring.enrollment import EnrollmentState, Profile
from mentoring.kinds import ProgramKind, Role
from mentoring.pairs import PairState
from mentoring.programs import Program, ProgramState
from storage.database import Database
from storage.people import Workspace, ensure_workspace
from storage.profiles import profile_json
from storage.programs import add_program
from storage.schema import upgrade
from storage.tables import Base, EnrollmentRow, MemberRow, PairRow, PersonRow

NOW = datetime(2026, 3, 4, 15, tzinfo=UTC)
"""A Wednesday morning in New York."""
TEAM = "T0BENCH"


def database_with(folder: Path, pairs: int, due: int, team_id: str = TEAM) -> Database:
    """Make a file in which `due` of so many pairs have an agreement reminder due now."""
    return filled(f"sqlite:///{folder / f'{pairs}-{due}.db'}", pairs, due, team_id)


def filled(url: str, pairs: int, due: int, team_id: str = TEAM) -> Database:
    """The same in an empty database of any kind."""
    upgrade(url)
    database = Database(url)
    with database.write() as session:
        found = Workspace(0, team_id, "Bench", "U0BOT", None)
        workspace = ensure_workspace(session, found, NOW)
        program = add_program(session, _program(workspace.id), NOW)
    people, numbers = range(2 * pairs), range(pairs)
    with database.write() as session:
        fill(session, PersonRow, (_person(workspace.id, n) for n in people))
        fill(session, EnrollmentRow, (_enrollment(workspace.id, program.id, n) for n in people))
        fill(session, PairRow, (_pair(workspace.id, program.id, n, is_due=n < due) for n in numbers))
        fill(session, MemberRow, itertools.chain.from_iterable(_members(n) for n in numbers))
        if session.get_bind().dialect.name != "sqlite":
            # PostgreSQL counts by itself some minutes later; until then it would plan for empty tables.
            session.connection().exec_driver_sql("ANALYZE")
    return database


def fill(session: Session, table: type[Base], rows: Iterator[dict[str, object]]) -> None:
    """Insert past SQLAlchemy: a hundred thousand pairs take seconds instead of minutes."""
    first = next(rows, None)
    if first is None:
        return
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    names, marks = ", ".join(first), ", ".join("?" if is_sqlite else "%s" for _ in first)
    statement = f"INSERT INTO {table.__tablename__} ({names}) VALUES ({marks})"
    stored = _stored if is_sqlite else _as_it_is
    values = [tuple(stored(each) for each in row.values()) for row in itertools.chain([first], rows)]
    session.connection().exec_driver_sql(statement, values)


def _as_it_is(value: object) -> object:
    return value


def _stored(value: object) -> object:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S.%f}"
    return value.isoformat() if isinstance(value, date) else value


def _program(workspace_id: int) -> Program:
    return Program(
        id=0,
        workspace_id=workspace_id,
        name="Bench",
        kind=ProgramKind.TRADITIONAL,
        state=ProgramState.RUNNING,
        # It starts in some days, so that nothing but the rung at hand is due.
        starts_on=date(2026, 3, 9),
        ends_on=date(2026, 8, 31),
        time_zone="America/New_York",
        hours_per_month=2,
        cadence="weeks:2",
        sponsor_name="",
        sponsor_words="",
    )


def _person(workspace_id: int, number: int) -> dict[str, object]:
    return {
        "id": number + 1,
        "workspace_id": workspace_id,
        "slack_id": f"U{number:08X}",
        "name": f"Person {number}",
        "email": None,
        "time_zone": ("America/New_York", "America/Chicago")[number % 2],
        "locale": "en-US",
        "is_admin": False,
        "active": True,
        "member": True,
        "opened_home": False,
        "seen_at": NOW,
    }


def profile_of(number: int) -> str:
    """What a made-up person told the program, as stored."""
    role = Role.MENTEE if number % 2 else Role.MENTOR
    skills = ("negotiation", "mediation", "drafting", "advocacy")
    taught = () if number % 2 else (skills[number % 4],)
    learned = (skills[number // 2 % 4],) if number % 2 else ()
    return json.dumps(profile_json(Profile(frozenset({role}), offers=taught, wants=learned, capacity=1)))


def _enrollment(workspace_id: int, program_id: int, number: int) -> dict[str, object]:
    return {
        "id": number + 1,
        "workspace_id": workspace_id,
        "program_id": program_id,
        "person_id": number + 1,
        "state": EnrollmentState.MATCHED.value,
        "joined_at": NOW,
        "is_mentor": number % 2 == 0,
        "is_mentee": number % 2 == 1,
        "capacity": 1,
        "hours_per_month": 2,
        "profile": profile_of(number),
        "asked": 0,
        "note": "",
        "reason": "",
    }


def _pair(workspace_id: int, program_id: int, number: int, *, is_due: bool) -> dict[str, object]:
    return {
        "id": number + 1,
        "workspace_id": workspace_id,
        "program_id": program_id,
        "people_key": f"{2 * number + 1}+{2 * number + 2}",
        "state": PairState.ANNOUNCED.value,
        "why": "",
        "score": 1.0,
        "approved_at": NOW - timedelta(days=8),
        "announced_at": NOW - timedelta(days=7, hours=1),
        "ends_on": date(2026, 8, 31),
        "casual_opted_in": False,
        "next_look_at": NOW if is_due else NOW + timedelta(days=1 + number % 14),
    }


def _members(number: int) -> list[dict[str, object]]:
    roles = ("mentor", "mentee")
    return [
        {
            "pair_id": number + 1,
            "person_id": 2 * number + 1 + side,
            "enrollment_id": 2 * number + 1 + side,
            "role": roles[side],
        }
        for side in (0, 1)
    ]
