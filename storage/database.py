"""The database: one writer, many readers, short transactions.

SQLite runs in WAL mode with `BEGIN IMMEDIATE` on **one** writer connection and a pool of readers beside it:
with ten writers the 99th percentile of a write was 23 times worse, and with `BEGIN DEFERRED` 10 to 34% of the
writes ended in "database is locked". PostgreSQL takes its own pool for both.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

READERS = 8
"""Connections for reading; a Home tab holds one for a few milliseconds."""
OWNER_ONLY = 0o600
"""The rights of a new file: it will hold what people told the program."""
BUSY_TIMEOUT_MS = 10_000
"""How long SQLite waits for another process's write (a migration, a backup) before it gives up."""


class Database:
    """Where facts and letters live; hands out sessions that are one transaction each.

    Args:
        url: A SQLAlchemy URL, `sqlite:///path` or `postgresql+psycopg://…`.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self._sqlite = make_url(url).get_backend_name() == "sqlite"
        if self._sqlite:
            self._make_file()
            self.writer = _sqlite_engine(url, size=1, begin="BEGIN IMMEDIATE")
            self.reader = _sqlite_engine(url, size=READERS, begin="BEGIN")
        else:
            self.writer = self.reader = create_engine(url, pool_size=READERS, pool_pre_ping=True)
        self._one_writer = threading.Lock()

    def _make_file(self) -> None:
        """Make a new file the owner's alone before SQLite makes it everybody's; its journals follow it."""
        name = make_url(self.url).database
        if name and name != ":memory:" and not Path(name).exists():
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).touch(mode=OWNER_ONLY)

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Open one transaction that changes facts; commits at the end, rolls back on any error."""
        with self._turn(), Session(self.writer, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Open one transaction that sees a consistent state and changes nothing."""
        with Session(self.reader, autoflush=False) as session:
            yield session

    @contextmanager
    def _turn(self) -> Iterator[None]:
        # SQLite has one writer anyway; waiting here is fair and cheap, waiting in SQLite is polling.
        if self._sqlite:
            with self._one_writer:
                yield
        else:
            yield

    def close(self) -> None:
        """Let go of every connection."""
        self.writer.dispose()
        self.reader.dispose()


def _sqlite_engine(url: str, *, size: int, begin: str) -> Engine:
    engine = create_engine(url, poolclass=QueuePool, pool_size=size, max_overflow=0)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        # The driver must not begin transactions by itself: it would begin them DEFERRED.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        # Straight to the driver: on the way through SQLAlchemy this one word cost as much as a small query.
        cursor = connection.connection.cursor()
        cursor.execute(begin)
        cursor.close()

    return engine
