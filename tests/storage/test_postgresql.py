"""PostgreSQL: how many messages a transaction is worth, and connections that were lost meanwhile."""

import os
import socket
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import URL, event, make_url, text
from sqlalchemy.exc import InternalError, OperationalError

from bench.many_pairs import NOW as NOW_IN_MARCH
from bench.many_pairs import filled
from bot.heartbeat import tick
from storage.asking import out_of_reach
from storage.database import Database
from storage.fast import every
from storage.pairs import PAIRS
from storage.people import Workspace, ensure_workspace, staff_roles, workspace_of
from storage.tables import WorkspaceRow
from tests.storage.conftest import NOW
from tests.support.postgres import Server
from tests.support.queries import queries
from tests.support.waiting import until

PROBES = ["TCP_KEEPIDLE", "TCP_KEEPINTVL", "TCP_KEEPCNT", "TCP_USER_TIMEOUT"]
ASKING = {"Query", "Sync"}
"""What the protocol calls the end of a question: the server then answers (PostgreSQL's manual, 55.2)."""


@contextmanager
def messages(database: Database) -> Iterator[list[str]]:
    """Collect what is asked of the server meanwhile, as the client library itself writes it down."""
    asked: list[str] = []
    with tempfile.TemporaryFile() as written:

        def listen(connection: Any, *_: object) -> None:
            connection.pgconn.trace(written.fileno())

        def stop(connection: Any, *_: object) -> None:
            connection.pgconn.untrace()

        event.listen(database.writer, "checkout", listen, insert=True)
        event.listen(database.writer, "checkin", stop)
        try:
            yield asked
        finally:
            event.remove(database.writer, "checkout", listen)
            event.remove(database.writer, "checkin", stop)
            written.seek(0)
            # When, from whom (F: from us), how long, what; a statement of several lines goes on below.
            lines = [each.split("\t") for each in written.read().decode().splitlines()]
            asked += [each[3] for each in lines if each[1:2] == ["F"] and each[3] in ASKING]


def test_a_glance_is_one_message_for_each_question(on_postgresql: Database) -> None:
    with on_postgresql.glance() as session:
        staff_roles(session, 1, 1)
    with messages(on_postgresql) as asked, on_postgresql.glance() as session:
        staff_roles(session, 1, 1)
        staff_roles(session, 1, 2)
    assert len(asked) == 2


def test_a_reading_begins_and_ends_with_a_message_more(on_postgresql: Database) -> None:
    with on_postgresql.read() as session:
        staff_roles(session, 1, 1)
    with messages(on_postgresql) as asked, on_postgresql.read() as session:
        staff_roles(session, 1, 1)
        staff_roles(session, 1, 2)
    assert len(asked) == 4


def test_a_change_is_a_message_to_begin_and_lock_one_for_each_question_and_one_to_end(
    on_postgresql: Database,
) -> None:
    with messages(on_postgresql) as asked, on_postgresql.of(7).write() as session:
        session.execute(text("SELECT 1"))
    assert len(asked) == 3


def test_a_connection_that_was_cut_costs_nobody_their_click(
    on_postgresql: Database, postgresql: Server
) -> None:
    with on_postgresql.write() as session:
        ensure_workspace(session, Workspace(0, "TFIRM", "Harbor Law", "UBOT", None), NOW)
    postgresql.cut_connections()
    with on_postgresql.read() as session:
        found = workspace_of(session, "TFIRM")
    assert found is not None
    postgresql.cut_connections()
    with on_postgresql.of(found.id).write() as session:
        session.get_one(WorkspaceRow, found.id).name = "Harbor and Hill"
    with on_postgresql.read() as session:
        assert session.get_one(WorkspaceRow, found.id).name == "Harbor and Hill"


def test_a_connection_that_was_not_used_for_long_is_asked_first(
    on_postgresql: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with on_postgresql.read() as session:
        session.execute(text("SELECT 1"))
    monkeypatch.setattr("storage.postgresql.UNSEEN_S", 0.0)
    with messages(on_postgresql) as asked, on_postgresql.glance() as session:
        staff_roles(session, 1, 1)
    assert len(asked) == 2


def test_whoever_waits_too_long_for_a_lock_gets_a_databases_error_and_the_connection_goes_on(
    on_postgresql: Database,
) -> None:
    other = Database(on_postgresql.url)
    with other.of(7).write() as held:
        held.execute(text("SELECT 1"))
        with (
            pytest.raises(OperationalError, match="lock timeout") as met,
            impatient(on_postgresql).write() as session,
        ):
            session.execute(text("SELECT 1"))
    assert out_of_reach(met.value)
    other.close()
    assert read_one(on_postgresql.of(7)) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="NOT LOOKED AT: only Linux tells all of it.")
def test_a_server_that_is_gone_without_a_word_is_given_up_within_seconds(
    on_postgresql: Database, postgresql: Server
) -> None:
    """A cable cannot be cut here; what the system was told about the connection can be read from it."""
    with over_tcp(postgresql) as address:
        name = make_url(on_postgresql.url).database
        far = Database(address.set(database=name).render_as_string(hide_password=False))
        with far.writer.connect() as connection:
            ours = connection.connection.dbapi_connection.fileno()  # type: ignore[union-attr]
            with socket.socket(fileno=os.dup(ours)) as line:
                told = {each: line.getsockopt(socket.IPPROTO_TCP, getattr(socket, each)) for each in PROBES}
        far.close()
    assert told["TCP_KEEPIDLE"] + told["TCP_KEEPINTVL"] * told["TCP_KEEPCNT"] <= 15
    assert 0 < told["TCP_USER_TIMEOUT"] <= 15_000


def test_a_machine_that_freezes_in_the_middle_of_a_change_keeps_its_workspace_a_minute_at_most(
    on_postgresql: Database,
) -> None:
    other = Database(on_postgresql.url)
    waiting = impatient(other)

    def freeze() -> None:
        with on_postgresql.of(7).write() as session:
            assert session.scalar(text("SHOW idle_in_transaction_session_timeout")) == "1min"
            session.execute(text("SET LOCAL idle_in_transaction_session_timeout = 50"))
            # Nothing more comes of it; the server ends it, and its lock goes with it.
            assert until(lambda: attempt(waiting)) == 1

    with pytest.raises(InternalError, match="idle-in-transaction") as met:
        freeze()
    assert out_of_reach(met.value)
    other.close()


def test_text_is_text_also_where_the_database_was_made_without_a_language(postgresql: Server) -> None:
    name = f"test_{uuid4().hex}"
    url = postgresql.make_database(name, "template0", more="ENCODING SQL_ASCII LOCALE 'C'")
    database = Database(url)
    with database.read() as session:
        assert session.execute(text("SELECT 'Łucja Müller'")).scalar_one() == "Łucja Müller"
    database.close()
    postgresql.drop_database(name)


def test_the_pairs_of_a_batch_are_found_without_reading_all_the_others(on_postgresql: Database) -> None:
    filled(on_postgresql.url, 1_500, 0).close()
    wanted = {"ids": [*range(1, 16)]}
    with on_postgresql.read() as session, queries(on_postgresql) as asked:
        every(session, PAIRS, **wanted)
        plan = session.connection().exec_driver_sql(f"EXPLAIN {asked[0]}", wanted)
        steps = [row[0] for row in plan]
    assert any("pk_member" in each for each in steps), steps
    assert not any("Seq Scan" in each for each in steps), steps


def test_the_look_and_the_health_of_a_pair_are_one_change_to_its_row(on_postgresql: Database) -> None:
    filled(on_postgresql.url, 3, 3).close()
    with queries(on_postgresql) as asked:
        assert tick(on_postgresql, NOW_IN_MARCH) == 3
    assert len([each for each in asked if each.startswith("UPDATE pair")]) == 1


@contextmanager
def over_tcp(server: Server) -> Iterator[URL]:
    """The address of a server that is reached by TCP, once; ours listens on a socket of its own."""
    given = server.url.query.get("host")
    if not isinstance(given, str) or not given.startswith("/"):
        yield server.url
        return
    with (
        socket.create_server(("127.0.0.1", 0)) as door,
        socket.socket(socket.AF_UNIX) as inside,
        ThreadPoolExecutor() as both,
    ):
        inside.connect(f"{given}/.s.PGSQL.{server.url.port or 5432}")

        def meet() -> None:
            outside, _ = door.accept()
            back = both.submit(carry, inside, outside)
            carry(outside, inside)
            back.result()
            outside.close()

        both.submit(meet)
        host, port = door.getsockname()
        yield server.url.set(host=host, port=port, query={})


def carry(source: socket.socket, target: socket.socket) -> None:
    while said := source.recv(65_536):
        target.sendall(said)
    target.shutdown(socket.SHUT_WR)


def impatient(database: Database) -> Database:
    with database.writer.connect() as connection:
        connection.connection.dbapi_connection.execute("SET lock_timeout = 50")  # type: ignore[union-attr]
    return database.of(7)


def attempt(database: Database) -> Any:
    """What there is to read, or None while somebody else is at it."""
    try:
        return read_one(database)
    except OperationalError:
        return None


def read_one(database: Database) -> Any:
    with database.write() as session:
        return session.execute(text("SELECT 1")).scalar_one()
