"""The database: one writer, many readers, nothing half done, every instant with its zone."""

import stat
import threading
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, StatementError

from storage.database import Database
from storage.people import Workspace, ensure_workspace, workspace_of
from storage.tables import PersonRow, WorkspaceRow
from tests.storage.conftest import NOW, ON_SQLITE
from tests.support.queries import queries


def firm(team_id: str = "TFIRM") -> Workspace:
    return Workspace(0, team_id, "Harbor Law", "UBOT", None)


@ON_SQLITE
def test_sqlite_keeps_a_write_ahead_log(database: Database) -> None:
    with database.read() as session:
        assert session.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"


def test_readers_and_the_writer_do_not_wait_for_each_other(database: Database) -> None:
    with database.write() as writing:
        ensure_workspace(writing, firm(), NOW)
        with database.read() as reading:
            assert workspace_of(reading, "TFIRM") is None
    with database.read() as reading:
        assert workspace_of(reading, "TFIRM") is not None


def test_a_row_that_hangs_off_nothing_is_refused(database: Database) -> None:
    with pytest.raises(IntegrityError), database.write() as session:
        session.add(
            PersonRow(
                workspace_id=404,
                slack_id="U1",
                name="Nobody",
                time_zone="UTC",
                locale="en-US",
                is_admin=False,
                active=True,
                member=True,
                opened_home=False,
            )
        )


def test_what_goes_wrong_leaves_nothing_behind(database: Database) -> None:
    def change_and_break() -> None:
        with database.write() as session:
            ensure_workspace(session, firm(), NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change_and_break()
    with database.read() as session:
        assert workspace_of(session, "TFIRM") is None


def test_writers_take_turns_and_none_is_lost(database: Database) -> None:
    def write(number: int) -> None:
        with database.write() as session:
            ensure_workspace(session, firm(f"T{number}"), NOW)

    writers = [threading.Thread(target=write, args=(number,)) for number in range(20)]
    for each in writers:
        each.start()
    for each in writers:
        each.join()
    with database.read() as session:
        assert len(session.scalars(select(WorkspaceRow)).all()) == 20


def test_an_instant_without_a_zone_is_refused(database: Database) -> None:
    with (
        pytest.raises(StatementError, match="a naive datetime cannot be stored"),
        database.write() as session,
    ):
        ensure_workspace(session, firm(), datetime(2026, 1, 5, 9))  # noqa: DTZ001 - the point of the test


def test_an_instant_of_any_zone_comes_back_as_the_same_one_in_utc(database: Database) -> None:
    in_sydney = datetime(2026, 1, 6, 2, tzinfo=ZoneInfo("Australia/Sydney"))
    with database.write() as session:
        ensure_workspace(session, firm(), in_sydney)
    with database.read() as session:
        created_at = session.scalars(select(WorkspaceRow.created_at)).one()
    assert created_at == in_sydney
    assert created_at.tzinfo is UTC


def test_the_file_lands_where_its_folder_has_to_be_made(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'new' / 'mentoring.db'}")
    with database.read() as session:
        assert session.execute(text("SELECT 1")).scalar_one() == 1
    database.close()


def test_a_new_file_is_its_owners_alone(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'mentoring.db'}")
    with database.write() as session:
        session.execute(text("CREATE TABLE note (word TEXT)"))
        rights = {each.name: stat.S_IMODE(each.stat().st_mode) for each in tmp_path.iterdir()}
    database.close()
    assert len(rights) > 1
    assert set(rights.values()) == {0o600}


def test_queries_are_counted_without_what_begins_and_ends_transactions(database: Database) -> None:
    with queries(database) as asked:
        with database.write() as session:
            ensure_workspace(session, firm(), NOW)
        with database.read() as session:
            workspace_of(session, "TFIRM")
    assert [each.split()[0] for each in asked] == ["INSERT", "SELECT", "SELECT"]
