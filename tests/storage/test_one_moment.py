"""What one reading finds is of one moment, whatever others commit between its questions."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, text, update
from sqlalchemy.exc import DBAPIError

from bench.many_pairs import NOW, filled
from handlers.export_tables import export_tables
from mentoring.kinds import Role
from mentoring.pairs import Member
from mentoring.programs import Program
from mentoring.reports.exports import What
from mentoring.surveys.visible import AnswerReader
from storage.database import Database
from storage.pairs import NewPair, add_pairs, mark_announced
from storage.people import Workspace, ensure_workspace, workspaces
from storage.programs import programs
from storage.tables import WorkspaceRow

PAIRS = 2


@pytest.fixture(params=["sqlite", "postgresql"])
def firm(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A firm with two pairs."""
    if request.param == "sqlite":
        found = filled(f"sqlite:///{tmp_path_factory.mktemp('moment') / 'firm.db'}", PAIRS, 0)
        yield found
        found.close()
    else:
        server = request.getfixturevalue("postgresql")
        found = filled(server.make_database("one_moment"), PAIRS, 0)
        with found.write() as session:
            # The made-up pairs brought their numbers along.
            session.execute(text(f"SELECT setval(pg_get_serial_sequence('pair', 'id'), {PAIRS})"))
        yield found
        found.close()
        server.drop_database("one_moment")


def pair_two_more(database: Database, about: Program) -> None:
    """Another process: the mentor of the first pair and the mentee of the second are introduced."""
    members = (Member(1, 1, Role.MENTOR), Member(4, 4, Role.MENTEE))
    with database.of(about.workspace_id).write() as session:
        (new,) = add_pairs(
            session, about.workspace_id, about.id, [NewPair(members, "", 1.0)], about.ends_on, NOW
        )
        mark_announced(session, new.id, NOW - timedelta(hours=1))


@contextmanager
def another_pair_before(question: str, database: Database, about: Program) -> Iterator[list[str]]:
    """Let another process introduce two more people just before this reading asks its question."""
    done: list[str] = []

    def meanwhile(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not done and statement.startswith(question):
            done.append(statement)
            pair_two_more(other, about)

    other = Database(database.url)
    event.listen(database.reader, "before_cursor_execute", meanwhile)
    try:
        yield done
    finally:
        event.remove(database.reader, "before_cursor_execute", meanwhile)
        other.close()


def test_a_file_of_pairs_holds_no_pair_whose_people_were_read_before_it_came_to_be(firm: Database) -> None:
    with firm.read() as session:
        about = programs(session, workspaces(session)[0].id)[0]
    with another_pair_before("SELECT pair.", firm, about) as happened, firm.read() as session:
        (table,) = export_tables(session, about, [What.PAIRS], NOW, AnswerReader.COORDINATOR)
    assert happened
    assert len(table.rows) == PAIRS
    with firm.read() as session:
        (table,) = export_tables(session, about, [What.PAIRS], NOW, AnswerReader.COORDINATOR)
    assert len(table.rows) == PAIRS + 1


def test_a_reading_changes_nothing_on_postgresql(on_postgresql: Database) -> None:
    with pytest.raises(DBAPIError, match="read-only"), on_postgresql.read() as session:
        session.execute(update(WorkspaceRow).values(name="Somebody else's"))


def test_a_glance_sees_what_was_committed_a_moment_ago(on_postgresql: Database) -> None:
    with on_postgresql.glance() as session:
        assert workspaces(session) == []
        with on_postgresql.write() as other:
            ensure_workspace(other, Workspace(0, "TFIRM", "Harbor Law", "UBOT", None), NOW)
        assert len(workspaces(session)) == 1
