"""Prepared questions on a connection of the pool, with no session around them.

A session that reads costs a hundred and sixty microseconds before it asks anything: it begins, looks after
objects and ends. Whoever knocks is looked up with each payload, twice (the token, and who acts where), and
that was a fifth of what an answer computes; asking without one costs twenty.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionLeftError

UNREACHABLE = (DBAPIError, NoConnectionLeftError)
"""What is raised where the database cannot be asked: it does not answer, or all connections are taken."""


class Asking:
    """What prepared statements (`storage.fast`) need of a connection, and nothing more.

    Each question sees what is committed by then, on both databases.

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
    """Take a connection for some questions.

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
