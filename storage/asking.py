"""Prepared statements on a connection of the pool, with no session around them.

A session that reads costs a hundred and sixty microseconds before it asks anything: it begins, looks after
objects and ends. Whoever knocks is looked up with each payload, twice (the token, and who acts where), and
that was a fifth of what an answer computes; asking without one costs twenty. The courier takes a letter and
settles it in transactions of two statements: there it was a third.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionLeftError

UNREACHABLE = (DBAPIError, NoConnectionLeftError)
"""What is raised where the database cannot be asked: it does not answer, or all connections are taken."""
PASSING = {None, "55P03", "40P01", "40001"}
"""How PostgreSQL names what passes by itself (its manual, appendix A): not at all where no server answered;
a lock that did not come in time, two that waited for each other, and two that could not follow each other."""


def out_of_reach(error: BaseException) -> bool:
    """Whether the database was out of reach or busy: trying again helps, and nobody has to look for a fault.

    So too where a process froze in the middle of a change: PostgreSQL gives it up after a while
    (`storage.postgresql.FORSAKEN`), and it finds its connection closed when it goes on.
    """
    if not isinstance(error, DBAPIError):
        return isinstance(error, NoConnectionLeftError)
    if error.connection_invalidated:
        return True
    if isinstance(error.orig, sqlite3.Error):
        return error.orig.sqlite_errorcode == sqlite3.SQLITE_BUSY
    return isinstance(error, OperationalError) and getattr(error.orig, "sqlstate", None) in PASSING


class Asking:
    """What prepared statements (`storage.fast`) need of a connection, and nothing more.

    Args:
        engine: Whose connection it is.
        connection: One of its pool's.
    """

    def __init__(self, engine: Engine, connection: Any) -> None:
        self.engine = engine
        self.dialect = engine.dialect
        self.dispatch = engine.dispatch
        self.connection = connection

    def invalidate(self, error: BaseException) -> None:
        """Let go of a connection that broke."""
        self.connection.invalidate(error)


@contextmanager
def asking(engine: Engine) -> Iterator[Asking]:
    """Take a connection for some questions; each sees what is committed by then, on both databases.

    Raises:
        DBAPIError: The database cannot be reached.
        NoConnectionLeftError: All connections to it are taken.
    """
    driver = engine.dialect.loaded_dbapi.Error
    try:
        connection = engine.raw_connection()
    except driver as error:
        raise DBAPIError.instance(None, None, error, driver, dialect=engine.dialect) from error
    try:
        yield Asking(engine, connection)
    finally:
        connection.close()


@contextmanager
def changing(engine: Engine, begin: str) -> Iterator[Asking]:
    """Take a connection for one transaction that changes facts: all of it, or on any error nothing.

    Args:
        engine: Of which database.
        begin: What begins it, in the database's own words.

    Raises:
        DBAPIError: The database cannot be reached, or does not take it.
    """
    with asking(engine) as asked:
        with _named(asked, begin):
            cursor = asked.connection.cursor()
            cursor.execute(begin)
            cursor.close()
        # Whatever is not committed the pool takes back, as it does for sessions.
        yield asked
        for heard in asked.dispatch.commit:
            heard(asked)
        with _named(asked, "COMMIT"):
            asked.connection.commit()


@contextmanager
def _named(asked: Asking, statement: str) -> Iterator[None]:
    """Let the driver's errors be known as SQLAlchemy's."""
    driver = asked.dialect.loaded_dbapi.Error
    try:
        yield
    except driver as error:
        lost = asked.dialect.is_disconnect(error, asked.connection.dbapi_connection, None)
        if lost:
            asked.invalidate(error)
        raise DBAPIError.instance(
            statement, None, error, driver, dialect=asked.dialect, connection_invalidated=lost
        ) from error
