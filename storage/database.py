"""The database: many readers, short transactions, and facts of a workspace change one after the other.

SQLite runs in WAL mode with `BEGIN IMMEDIATE` on **one** writer connection and a pool of readers beside it:
with ten writers the 99th percentile of a write was 23 times worse, and with `BEGIN DEFERRED` 10 to 34% of the
writes ended in "database is locked".

On PostgreSQL, with any number of processes, the same holds for each workspace by itself: a transaction of one
workspace (`Database.of`) waits for another of the same, and for the clock, which looks at all of them
(`Database.whole`). So a rule that reads and then writes is as safe there as on SQLite, where no two
transactions overlap, and no workspace waits for another. The courier takes no part: it claims single rows.

Reading waits for nobody, and what one `Database.read` finds is of one moment on both.

| | with a session | prepared statements alone (`storage.fast`), the hottest |
| --- | --- | --- |
| look, all at one moment | `read` | |
| look, each question by itself | `glance` | `asking` |
| change | `write` | `changing` |
"""

import sqlite3
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, Dialect, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool
from sqlalchemy.util import LRUCache

from storage.asking import Asking, asking, changing
from storage.postgresql import (
    AS_IT_GOES,
    AT_ONE_MOMENT,
    BEGIN,
    BUSY_TIMEOUT_MS,
    CLAIMS,
    EVERYWHERE,
    UPGRADING,
    begins,
    postgresql_engine,
)
from storage.spans import span

ALONE = "BEGIN IMMEDIATE"
"""What begins a change on SQLite: it waits for its turn now, and not in the middle of it."""
READERS = 12
"""Connections for reading: one for each payload answered at the same time (`bot.site`), and some for the Home
tab, the courier and the clock. SQLAlchemy hands them out in no order: whoever waits may wait long."""
OWNER_ONLY = 0o600
"""The rights of a new file: it will hold what people told the program."""
MOST_STATEMENTS = 2_000
"""Compiled statements to keep: more than there are."""


def is_sqlite(url: str) -> bool:
    """Whether this is the address of a SQLite file."""
    return make_url(url).get_backend_name() == "sqlite"


class Database:
    """Where facts and letters live; hands out sessions that are one transaction each.

    Args:
        url: A SQLAlchemy URL, `sqlite:///path` or `postgresql+psycopg://…`.
        lasting: Whether a file of SQLite's is to survive a power cut. One that is thrown away in the end need
            not; a killed process loses nothing either way (sqlite.org/pragma.html#pragma_synchronous).
    """

    def __init__(self, url: str, *, lasting: bool = True) -> None:
        self.url = url
        self._sqlite = is_sqlite(url)
        if self._sqlite:
            self._make_file()
            self.writer = _sqlite_engine(url, size=1, begin=ALONE, lasting=lasting)
            self.reader = _sqlite_engine(url, size=READERS, begin="BEGIN", lasting=lasting)
        else:
            self.writer = postgresql_engine(url)
            # The same pool.
            self.reader = self.writer.execution_options(**AS_IT_GOES)
        self._scope: int | None = None
        self._begins: dict[str, str] = {}
        self._begin = ALONE if self._sqlite else BEGIN
        self._together = {} if self._sqlite else {"begins": AT_ONE_MOMENT}
        self._upgrading = {} if self._sqlite else {"begins": UPGRADING}
        self._turns: defaultdict[int, threading.Lock] = defaultdict(threading.Lock)

    def of(self, workspace_id: int) -> Self:
        """The same database for changing the facts of one workspace, one transaction after the other."""
        return self._scoped(workspace_id)

    def whole(self) -> Self:
        """The same database for changing facts of any workspace, while no other changes them."""
        return self._scoped(EVERYWHERE)

    def for_claims(self) -> Self:
        """The same database for taking letters, one after the other: the next one may have to wait for it."""
        return self._scoped(CLAIMS)

    def _scoped(self, scope: int) -> Self:
        # What `copy` does, without asking how: every click and every letter comes by here.
        found = object.__new__(type(self))
        found.__dict__.update(self.__dict__, _scope=scope)
        if not self._sqlite:
            found._begin = begins(scope)
            found._begins = {"begins": found._begin}
        return found

    def _make_file(self) -> None:
        """Make a new file the owner's alone before SQLite makes it everybody's; its journals follow it."""
        name = make_url(self.url).database
        if name and name != ":memory:" and not Path(name).exists():
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).touch(mode=OWNER_ONLY)

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Open one transaction that changes facts; commits at the end, rolls back on any error."""
        with (
            span("transaction", workspace=self._scope or EVERYWHERE),
            self._turn(),
            Session(self.writer, expire_on_commit=False, execution_options=self._begins) as session,
            session.begin(),
        ):
            yield session

    @contextmanager
    def changing(self) -> Iterator[Asking]:
        """The same as `write` for prepared statements alone, without a session; see `storage.asking`."""
        with (
            span("transaction", workspace=self._scope or EVERYWHERE),
            self._turn(),
            changing(self.writer, self._begin) as asked,
        ):
            yield asked

    @contextmanager
    def read(self, between: Callable[[], None] | None = None) -> Iterator[Session]:
        """Look at facts without changing any, as they all were at one moment: what is put together fits.

        Args:
            between: Called before each query: who is in no hurry lets others go first.
        """
        with Session(self.reader, autoflush=False, execution_options=self._together) as session:
            if between is not None:
                _before_each_query(session.connection(), between)
            yield session

    @contextmanager
    def glance(self) -> Iterator[Session]:
        """Ask one question, or several whose answers are not put together; on PostgreSQL without beginning.

        Between two questions the facts may change: whoever looks a number up in what another question found
        uses `read`.
        """
        with Session(self.reader, autoflush=False) as session:
            yield session

    def asking(self) -> AbstractContextManager[Asking]:
        """The same as `glance` for prepared questions alone, without a session; see `storage.asking`."""
        return asking(self.reader)

    @contextmanager
    def without_foreign_keys(self) -> Iterator[Connection]:
        """Open one transaction for changing tables themselves, one after the other.

        SQLite changes a table by copying it and dropping the old one, and dropping a table takes with it what
        points to its rows. So it must not look at foreign keys meanwhile, and all of them are checked at the
        end (sqlite.org/lang_altertable.html, section 7). PostgreSQL alters tables in place.

        Raises:
            RuntimeError: Rows point to nothing now; nothing was changed.
        """
        if self._sqlite:
            self._heed_foreign_keys(on=False)
        try:
            with self.writer.execution_options(**self._upgrading).begin() as connection:
                yield connection
                loose = (
                    connection.exec_driver_sql("PRAGMA foreign_key_check").first() if self._sqlite else None
                )
                if loose is not None:
                    raise RuntimeError(f"a migration left rows of {loose[0]} that point to nothing")
        finally:
            if self._sqlite:
                self._heed_foreign_keys(on=True)

    def _heed_foreign_keys(self, *, on: bool) -> None:
        # Outside of any transaction: inside one SQLite does not hear it.
        connection = self.writer.raw_connection()
        connection.cursor().execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")
        connection.close()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        # SQLite has one writer anyway; waiting here is fair and cheap, waiting in SQLite is polling. On
        # PostgreSQL whoever waits here for their own workspace takes no connection from another.
        if self._sqlite or self._scope is not None:
            with self._turns[EVERYWHERE if self._sqlite else self._scope or EVERYWHERE]:
                yield
        else:
            yield

    def close(self) -> None:
        """Let go of every connection."""
        self.writer.dispose()
        self.reader.dispose()


def _before_each_query(connection: Connection, do: Callable[[], None]) -> None:
    @event.listens_for(connection, "before_cursor_execute")
    def pause(*_: object) -> None:
        do()


_COMPILED: LRUCache[Any, Any] = LRUCache(MOST_STATEMENTS)
"""What statements read as; all engines of SQLite share it, for all speak the same."""


@cache
def _sqlite() -> Dialect:
    """One SQLite for reader, writer and every file: what is compiled for one then serves the others."""
    engine = create_engine("sqlite://")
    # It looks at the library once it is first connected.
    engine.connect().close()
    engine.dispose()
    return engine.dialect


def _sqlite_engine(url: str, *, size: int, begin: str, lasting: bool) -> Engine:
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=0,
        execution_options={"compiled_cache": _COMPILED},
    )
    engine.dialect = _sqlite()

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        # The driver must not begin transactions by itself: it would begin them DEFERRED.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute(f"PRAGMA synchronous={'NORMAL' if lasting else 'OFF'}")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        # Straight to the driver: on the way through SQLAlchemy this one word cost as much as a small query.
        cursor = connection.connection.cursor()
        try:
            cursor.execute(begin)
        except sqlite3.Error as error:
            # Whoever waits for SQLAlchemy's errors would not know the driver's own.
            raise OperationalError(begin, None, error) from error
        finally:
            cursor.close()

    return engine
