"""Through every revision with data in all tables, on both databases; and old processes meanwhile.

A new version is rolled out while processes of the old one still run: the schema is widened first, and what
the old version writes must fit into it.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Float,
    Integer,
    MetaData,
    Numeric,
    Table,
)

from mentoring.kinds import Role
from mentoring.pairs import Ending, PastMember
from mentoring.people import SOMEONE
from storage.database import Database
from storage.past_members import past_members
from storage.schema import _config, newest, upgrade

REVISIONS = [each.revision for each in ScriptDirectory.from_config(_config()).walk_revisions()][:0:-1]
WHEN = datetime(2026, 1, 5, 15, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    if request.param == "sqlite":
        found = Database(f"sqlite:///{tmp_path / 'old.db'}")
    else:
        found = Database(request.getfixturevalue("postgresql").make_database(f"old_{uuid4().hex}"))
    yield found
    found.close()


def upgrade_to(database: Database, revision: str) -> MetaData:
    """Bring a database to a revision, and see its tables as they were then."""
    upgrade(database.url, revision)
    seen = MetaData()
    seen.reflect(database.reader)
    return seen


def fill(connection: Connection, seen: MetaData, number: int) -> None:
    """One row in every table, each pointing to the row of the same number elsewhere."""
    for table in seen.sorted_tables:
        if table.name != "alembic_version":
            connection.execute(table.insert(), row_for(table, number))


def row_for(table: Table, number: int) -> dict[str, Any]:
    return {
        column.name: value_for(column, number)
        for column in table.columns
        if column.foreign_keys or column.primary_key or not column.nullable
    }


def value_for(column: Column[Any], number: int) -> Any:
    match column.type:
        case Boolean():
            found: Any = False
        case Integer():
            found = number
        case Numeric() | Float():
            found = number / 4
        case DateTime() as kind:
            found = WHEN if kind.timezone else WHEN.replace(tzinfo=None)
        case Date():
            # What ends is later than what begins, and a second row begins where nothing does yet.
            found = WHEN.date() + timedelta(days=number + 100 * column.name.startswith("end"))
        case JSON():
            found = {}
        case kind:
            found = f"{column.name} {number}"[: getattr(kind, "length", None) or 40]
    return found


def rows_of(database: Database, seen: MetaData) -> dict[str, list[dict[str, Any]]]:
    with database.reader.connect() as connection:
        return {
            table.name: [dict(each) for each in connection.execute(table.select()).mappings()]
            for table in seen.sorted_tables
            if table.name != "alembic_version"
        }


def test_what_was_there_stays_and_an_old_process_can_go_on_writing(empty: Database) -> None:
    """A row is written in every table at every revision, on the way up and then by processes of that age."""
    ages: list[MetaData] = []
    before: dict[str, list[dict[str, Any]]] = {}
    for number, revision in enumerate([*REVISIONS, newest()]):
        seen = upgrade_to(empty, revision)
        if ages:
            assert rows_of(empty, ages[-1]) == before, f"after {revision}"
        with empty.writer.begin() as connection:
            fill(connection, seen, number)
        before = rows_of(empty, seen)
        ages.append(seen)
    for number, seen in enumerate(ages, start=len(ages)):
        with empty.writer.begin() as connection:
            fill(connection, seen, number)
    assert all(rows[: len(before[name])] == before[name] for name, rows in rows_of(empty, ages[-1]).items())
    assert len(rows_of(empty, ages[0])["workspace"]) == 2 * len(ages)


def test_a_program_that_was_enrolling_already_is_looked_at_and_a_draft_is_not(empty: Database) -> None:
    seen = upgrade_to(empty, "1095")
    with empty.writer.begin() as connection:
        fill(connection, seen, 1)
        for number, state in enumerate(("draft", "enrolling"), start=2):
            connection.execute(
                seen.tables["program"].insert(),
                {**row_for(seen.tables["program"], 1), "id": number, "state": state},
            )
    upgrade(empty.url)
    with empty.reader.connect() as connection:
        programs = connection.execute(seen.tables["program"].select().order_by("id")).mappings().all()
    looks = {each["state"]: each["next_look_at"] for each in programs}
    assert looks["enrolling"] == programs[-1]["created_at"]
    assert looks["draft"] is None


def test_a_pair_that_had_gone_on_casually_already_is_looked_at_and_others_keep_their_time(
    empty: Database,
) -> None:
    seen = upgrade_to(empty, "1100")
    pair = seen.tables["pair"]
    told = {**row_for(pair, 1), "state": "announced", "announced_at": row_for(pair, 1)["approved_at"]}
    with empty.writer.begin() as connection:
        fill(connection, seen, 1)
        for number, changes in enumerate(
            ({"casual_since": told["ends_on"]}, {}, {"casual_since": told["ends_on"], "state": "ended"}),
            start=2,
        ):
            people = {"id": number, "people_key": f"{number}+{number + 1}"}
            connection.execute(pair.insert(), {**told, **people, **changes})
    upgrade(empty.url)
    with empty.reader.connect() as connection:
        found = {row.id: row.next_look_at for row in connection.execute(pair.select())}
    assert found == {1: None, 2: told["announced_at"], 3: None, 4: None}


def test_whoever_was_forgotten_is_someone_in_every_language_and_whoever_is_called_so_keeps_the_name(
    empty: Database,
) -> None:
    seen = upgrade_to(empty, "1110")
    person = seen.tables["person"]
    with empty.writer.begin() as connection:
        fill(connection, seen, 1)
        for number, slack_id in enumerate(("GONE0123", "U0SOMEONE"), start=2):
            changes = {"id": number, "slack_id": slack_id, "name": "Someone"}
            connection.execute(person.insert(), {**row_for(person, 1), **changes})
    upgrade(empty.url)
    with empty.reader.connect() as connection:
        found = {row.id: row.name for row in connection.execute(person.select())}
    assert found == {1: row_for(person, 1)["name"], 2: SOMEONE, 3: "Someone"}


def test_whoever_left_a_group_before_that_was_kept_is_found_in_the_log(empty: Database) -> None:
    seen = upgrade_to(empty, "1112")
    audit, member = seen.tables["audit"], seen.tables["member"]
    left = {**row_for(audit, 1), "action": "pair.left_group", "subject": {"pair": 1, "reason": "time"}}
    with empty.writer.begin() as connection:
        fill(connection, seen, 1)
        connection.execute(member.update().values(role="mentor"))
        for number, subject in enumerate((left["subject"], left["subject"], {"pair": 77}), start=2):
            connection.execute(audit.insert(), {**left, "id": number, "subject": subject})
    upgrade(empty.url)
    with empty.read() as session:
        found = past_members(session, [1, 77])
    assert found == {1: [PastMember(1, 1, Role.MENTEE, WHEN, Ending.PARTED)]}
