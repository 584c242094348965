"""Asking without a session answers the same, sees what was committed meanwhile, and costs no connection."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from storage.database import READERS, Database
from storage.fast import every, first
from storage.people import meet_person
from storage.tables import PersonRow
from tests.storage.conftest import Place
from tests.support.queries import queries

EVERYBODY = select(PersonRow.__table__).order_by(PersonRow.id)
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
    away = Database("postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    with pytest.raises(DBAPIError, match="refused"), away.asking():
        pass
