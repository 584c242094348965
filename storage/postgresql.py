"""PostgreSQL with as few messages as can be: each one is a turn of two processes and a network between them.

Before a click is answered the driver would ask each connection whether it is still there, send `BEGIN` by
itself, and then we would take our lock: three messages before the first fact. Here the connection is looked
at, not asked; and beginning and locking are one message.
"""

import select
import time
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DisconnectionError

from storage.prepared import as_sqlalchemy_says

ENCODING = "utf8"
"""What text travels as: a database made where no language was set has none (`SQL_ASCII`), and the driver
would hand its text over as bytes."""
BUSY_TIMEOUT_MS = 10_000
"""How long a transaction waits for another's lock before it gives up."""
CONNECT_TIMEOUT_S = 3
"""How long to wait for a server that does not answer: whoever clicked waits no longer."""
CONNECTION_WITHIN_S = 1.0
"""How long to wait for a connection while all are taken. A payload asks for one twice (who it is, and what it
is about), and whoever clicked is told before Slack's three seconds are over."""
CONNECTIONS = 16
"""Connections to PostgreSQL a process keeps, and as many again when it is busy."""
RANDOM_PAGE_COST = 1.1
"""What a page found by an index costs, against the next one: what PostgreSQL's manual (20.7.2) says of disks
without moving parts. By its own number, 4, it read all members and letters to find those of some pairs."""
UNSEEN_S = 30.0
"""Seconds after which a connection is asked all the same: a network that forgot it says nothing."""
REACHABLE: dict[str, Any] = {
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 11_000,
}
"""A server that is gone without a word (a failover, a cable, a firewall that forgot us) is given up after
some eleven seconds. By the systems' own numbers a thread would wait for its answer for two hours (tcp(7))."""
FORSAKEN = {
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "25s",
    "idle_in_transaction_session_timeout": "60s",
}
"""The same from the other side: a machine that loses its power in the middle of a change takes its locks with
it after half a minute, and one that freezes after a minute. Until then its workspace waits."""
LOCKS = 0x6D656E74
"""The first key of our locks, so that no other program's are meant ("ment")."""
CLAIMS = -1
"""The second key of the lock under which letters are claimed."""
JOBS = -2
"""The second key of the lock under which the fleet makes the tables of its engine."""
UPGRADES = -3
"""The second key of the lock under which tables are changed."""
EVERYWHERE = 0
"""The second key of the lock on all workspaces together; their own numbers begin with one."""

BEGIN = "BEGIN"
AT_ONE_MOMENT = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
"""Every question is answered from what was committed when the first was asked. Two messages more, begin and
end; without them a pair or a person could come or go between two questions whose answers are put together."""
AS_IT_GOES: dict[str, str | None] = {"begins": None}
"""Each question sees what is committed by then: for one by itself, and nobody waits for a begin and an end to
go over the network."""
UPGRADING = (
    f"{BEGIN}; SET LOCAL lock_timeout = 0; SELECT pg_advisory_xact_lock({LOCKS}, {UPGRADES});"
    f" SET LOCAL lock_timeout = {BUSY_TIMEOUT_MS}"
)
"""Whoever upgrades waits for another upgrade however long that takes, and then finds nothing left to do."""
_LAST_USED = "mentoring: last used"


def begins(scope: int) -> str:
    """What begins a transaction that changes the facts of one workspace, of any, or takes letters.

    It waits for whoever changes the same facts; the lock goes with the transaction.
    """
    lock = f"pg_advisory_xact_lock({LOCKS}, {scope})"
    if scope in (EVERYWHERE, CLAIMS):
        return f"{BEGIN}; SELECT {lock}"
    return f"{BEGIN}; SELECT pg_advisory_xact_lock_shared({LOCKS}, {EVERYWHERE}), {lock}"


def postgresql_engine(url: str) -> Engine:
    """Connections that begin as the option `begins` says, and survive a server that was restarted."""
    settings = {
        "lock_timeout": BUSY_TIMEOUT_MS,
        "timezone": "UTC",
        "random_page_cost": RANDOM_PAGE_COST,
        **FORSAKEN,
    }
    engine = create_engine(
        url,
        pool_size=CONNECTIONS,
        max_overflow=CONNECTIONS,
        pool_timeout=CONNECTION_WITHIN_S,
        connect_args={
            "client_encoding": ENCODING,
            "connect_timeout": CONNECT_TIMEOUT_S,
            # Where the address names none; by this a process knows others of ours.
            "fallback_application_name": "mentoring",
            "options": " ".join(f"-c {name}={value}" for name, value in settings.items()),
            **REACHABLE,
            # The driver must not begin transactions by itself: that is a message of its own.
            "autocommit": True,
        },
        execution_options={"begins": BEGIN},
    )

    @event.listens_for(engine, "connect")
    @event.listens_for(engine, "checkin")
    def used(_connection: Any, record: Any) -> None:
        record.info[_LAST_USED] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def look(connection: Any, record: Any, _proxy: object) -> None:
        """Hand out no connection that the server has closed: it costs a new one, and nobody their click."""
        if time.monotonic() - record.info[_LAST_USED] < UNSEEN_S and not _has_said_something(connection):
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        begin = connection.get_execution_options()["begins"]
        if begin is None:
            return
        cursor = connection.connection.cursor()
        try:
            cursor.execute(begin)
        except engine.dialect.loaded_dbapi.Error as error:
            raise as_sqlalchemy_says(connection, begin, None, error) from error
        finally:
            cursor.close()

    return engine


def _has_said_something(connection: Any) -> bool:
    """Whether the server spoke, or hung up, while nobody asked it anything; it does so when it ends."""
    watch = select.poll()
    watch.register(connection.fileno(), select.POLLIN)
    return bool(watch.poll(0))
