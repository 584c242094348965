"""Somebody or something new, met by two processes at the same moment."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.orm import Session

from storage.database import Database
from storage.heartbeats import last_backup, last_look, note_backup, note_look
from storage.people import SlackProfile, Workspace, ensure_workspace, meet_person, save_profiles, workspaces
from storage.schema import current, upgrade
from tests.support.postgres import Server, is_waiting
from tests.support.waiting import until

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(seconds=1)
FIRST_REVISION = "0001"


def profile(slack_id: str) -> SlackProfile:
    return SlackProfile(
        slack_id=slack_id,
        name=f"Somebody {slack_id}",
        email=None,
        time_zone="Europe/London",
        locale="en-GB",
        is_admin=False,
        active=True,
        member=True,
    )


def by_a_payload(session: Session, workspace: int) -> None:
    meet_person(session, workspace, "U2", "two")


def by_the_list(session: Session, workspace: int) -> None:
    save_profiles(session, workspace, [profile("U3"), profile("U2"), profile("U1")], NOW)


@contextmanager
def in_the_middle_of(
    database: Database, first: Callable[[Session], object], second: Callable[[], str]
) -> Iterator[Future[str]]:
    """One process is in the middle of a change when another, which does the same, has to wait for it."""
    with ThreadPoolExecutor() as another_process:
        with database.write() as session:
            first(session)
            answer = another_process.submit(second)
            until(lambda: is_waiting(database))
        yield answer


@pytest.mark.parametrize("first", [by_a_payload, by_the_list])
@pytest.mark.parametrize("second", [by_a_payload, by_the_list])
def test_both_find_the_same_person(
    on_postgresql: Database,
    first: Callable[[Session, int], None],
    second: Callable[[Session, int], None],
) -> None:
    database = on_postgresql
    with database.write() as session:
        workspace = ensure_workspace(session, Workspace(0, "T1", "Harbor Law", "UBOT", None), NOW).id

    def other() -> str:
        with database.write() as session:
            second(session, workspace)
            return meet_person(session, workspace, "U2", "two").slack_id

    with in_the_middle_of(database, lambda session: first(session, workspace), other) as answer:
        assert answer.result(60) == "U2"
    with database.read() as session:
        known = session.execute(text("SELECT slack_id FROM person ORDER BY slack_id")).scalars().all()
    assert known in (["U2"], ["U1", "U2", "U3"])


def test_both_find_the_same_workspace(on_postgresql: Database) -> None:
    """As where two processes are started for the first time."""
    database = on_postgresql

    def one(session: Session) -> None:
        ensure_workspace(session, Workspace(0, "T1", "Harbor Law", "UBOT", "U1"), NOW)

    def other() -> str:
        with database.write() as session:
            return ensure_workspace(session, Workspace(0, "T1", "Harbor", "UBOT", None), LATER).name

    with in_the_middle_of(database, one, other) as answer:
        assert answer.result(60) == "Harbor"
    with database.read() as session:
        (known,) = workspaces(session)
    assert (known.name, known.installer_slack_id) == ("Harbor", "U1")


def test_both_note_the_first_look_and_the_first_backup(on_postgresql: Database) -> None:
    database = on_postgresql

    def one(session: Session) -> None:
        note_look(session, NOW)
        note_backup(session, NOW)

    def other() -> str:
        with database.write() as session:
            note_look(session, LATER)
            note_backup(session, LATER)
            return "noted"

    with in_the_middle_of(database, one, other) as answer:
        assert answer.result(60) == "noted"
    with database.read() as session:
        assert last_look(session) == last_backup(session) == LATER


def test_an_upgrade_waits_for_another_of_the_same_database(postgresql: Server) -> None:
    """As where a unit upgrades before it starts, on two machines."""
    url = postgresql.make_database("upgraded_twice", "template0")
    database = Database(url)
    with ThreadPoolExecutor() as another_process:
        with database.without_foreign_keys() as connection:
            # Made and not committed: without a turn of its own the other would make it too.
            connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY)"))
            connection.execute(text(f"INSERT INTO alembic_version VALUES ('{FIRST_REVISION}')"))
            reached = another_process.submit(upgrade, url, FIRST_REVISION)
            until(lambda: is_waiting(database))
        reached.result(60)
    assert current(database) == FIRST_REVISION
    assert inspect(database.reader).get_table_names() == ["alembic_version"]
    database.close()
    postgresql.drop_database("upgraded_twice")
