"""Which errors of the database pass by themselves, and which are somebody's fault."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError

from storage.asking import out_of_reach
from storage.database import Database
from tests.storage.conftest import ON_SQLITE
from tests.support.breaking import take_away
from tests.support.postgres import Server


def asking_fails(database: Database, question: str) -> DBAPIError:
    with pytest.raises(DBAPIError) as met, database.write() as session:
        session.execute(text(question))
    return met.value


def test_a_server_that_is_not_there_is_out_of_reach() -> None:
    nowhere = Database("postgresql+psycopg://mentoring@127.0.0.1:1/mentoring")
    for ask in (nowhere.glance, nowhere.write, nowhere.asking):
        with pytest.raises(DBAPIError) as met, ask() as asked:
            asked.connection()
        assert out_of_reach(met.value)
    nowhere.close()


def test_a_server_that_cuts_the_connection_meanwhile_is_out_of_reach(
    on_postgresql: Database, postgresql: Server
) -> None:
    def change() -> None:
        with on_postgresql.write() as session:
            session.execute(text("SELECT 1"))
            postgresql.cut_connections()
            session.execute(text("SELECT 1"))

    with pytest.raises(OperationalError) as met:
        change()
    assert out_of_reach(met.value)


@ON_SQLITE
def test_a_file_that_another_process_writes_for_long_is_out_of_reach(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.database.BUSY_TIMEOUT_MS", 10)
    other = Database(database.url)
    with database.write() as session:
        session.execute(text("UPDATE workspace SET name = name"))
        assert out_of_reach(asking_fails(other, "SELECT 1"))
    other.close()


def test_what_is_wrong_with_a_question_or_a_table_does_not_pass(database: Database) -> None:
    assert not out_of_reach(asking_fails(database, "SELECT nothing"))
    take_away(database, "workspace")
    assert not out_of_reach(asking_fails(database, "SELECT * FROM workspace"))
    assert not out_of_reach(ValueError("somebody's fault"))
