"""A process that freezes in the middle of a change, for longer than PostgreSQL waits for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from select import POLLIN, poll
from typing import Any

from sqlalchemy import event

from storage.database import Database
from tests.support.waiting import until


@contextmanager
def freezing(database: Database) -> Iterator[list[Any]]:
    """The next change freezes just before its commit; it goes on when the server has given it up.

    Whoever asks finds in the list that it did.
    """
    frozen: list[Any] = []

    def freeze(connection: Any) -> None:
        if frozen:
            return
        line = connection.connection.dbapi_connection
        frozen.append(line)
        line.execute("SET LOCAL idle_in_transaction_session_timeout = 20")
        watch = poll()
        watch.register(line.fileno(), POLLIN)
        until(lambda: watch.poll(0))

    event.listen(database.writer, "commit", freeze)
    try:
        yield frozen
    finally:
        event.remove(database.writer, "commit", freeze)
