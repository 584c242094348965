"""Asking and changing without a session do the same as with one, and cost no connection."""

from pathlib import Path

import pytest
from sqlalchemy import bindparam, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from storage.database import READERS, Database
from storage.fast import change, every, first
from storage.people import meet_person
from storage.tables import PersonRow
from tests.storage.conftest import Place
from tests.support.queries import queries

EVERYBODY = select(PersonRow.__table__).order_by(PersonRow.id)
RENAMED = (
    update(PersonRow.__table__)  # type: ignore[arg-type] # a mapped table is a Table
    .where(PersonRow.id == bindparam("person"))
    .values(name=bindparam("called"))
)
AWAY = select(PersonRow.id.label("gone")).where(PersonRow.id == PersonRow.workspace_id + 1)


def test_what_is_asked_is_what_a_session_reads_and_is_heard(database: Database, here: Place) -> None:
    with database.read() as session:
        known = every(session, EVERYBODY)
    with queries(database) as asked, database.asking() as asking:
        assert every(asking, EVERYBODY) == known
        assert first(asking, EVERYBODY) == known[0]
    assert [row.id for row in known] == [here.person_id]
    assert len(asked) == 2


def test_each_question_sees_what_is_committed_by_then(database: Database, here: Place) -> None:
    with database.asking() as asking:
        before = len(every(asking, EVERYBODY))
        with database.write() as session:
            meet_person(session, here.workspace_id, "UNEW", "Sam")
        assert len(every(asking, EVERYBODY)) == before + 1


def test_a_change_is_there_for_everybody_once_it_is_made(database: Database, here: Place) -> None:
    with database.of(here.workspace_id).changing() as asking:
        assert change(asking, RENAMED, {"person": here.person_id, "called": "Robin"}) == 1
        assert [row.name for row in every(asking, EVERYBODY)] == ["Robin"]
    with database.asking() as asking:
        assert [row.name for row in every(asking, EVERYBODY)] == ["Robin"]


def test_a_change_that_fails_halfway_changes_nothing_and_leaves_the_turn_to_the_next(
    database: Database, here: Place
) -> None:
    with database.asking() as asking:
        before = every(asking, EVERYBODY)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            _rename_and_fail(database, here)
    with database.asking() as asking:
        assert every(asking, EVERYBODY) == before
    with database.of(here.workspace_id).write() as session:
        meet_person(session, here.workspace_id, "UNEW", "Sam")


def _rename_and_fail(database: Database, here: Place) -> None:
    with database.of(here.workspace_id).changing() as asking:
        change(asking, RENAMED, {"person": here.person_id, "called": "Robin"})
        raise ZeroDivisionError


def test_a_change_that_the_database_refuses_is_named_as_the_library_names_it(
    database: Database, here: Place
) -> None:
    with pytest.raises(IntegrityError), database.changing() as asking:
        change(asking, RENAMED, {"person": here.person_id, "called": None})


def test_a_question_that_fails_is_named_as_the_library_names_it_and_costs_no_connection(
    database: Database, here: Place
) -> None:
    with database.writer.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE person RENAME TO person_away")
    for _ in range(2 * READERS):
        with pytest.raises(DBAPIError), database.asking() as asking:
            every(asking, AWAY)
    with database.writer.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE person_away RENAME TO person")
    with database.asking() as asking:
        assert [row.id for row in every(asking, EVERYBODY)] == [here.person_id]


def test_a_database_that_cannot_be_reached_is_named_as_the_library_names_it(tmp_path: Path) -> None:
    (tmp_path / "a.db").mkdir()
    database = Database(f"sqlite:///{tmp_path / 'a.db'}")
    with pytest.raises(DBAPIError, match="unable to open"), database.asking():
        pass
    with pytest.raises(DBAPIError, match="unable to open"), database.changing():
        pass
    away = Database("postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    with pytest.raises(DBAPIError, match="refused"), away.asking():
        pass
