"""Counting what the database is asked: a page must cost the same for five pairs and for fifty."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from storage.database import Database


@contextmanager
def queries(database: Database) -> Iterator[list[str]]:
    """Collect every statement the database is asked meanwhile, but those that begin and end transactions."""
    asked: list[str] = []
    # On PostgreSQL both are one pool, and what listens to the writer hears the reader.
    engines = {id(engine.pool): engine for engine in (database.reader, database.writer)}.values()

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.split(maxsplit=1)[0] not in {"BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "PRAGMA"}:
            asked.append(statement)

    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)
