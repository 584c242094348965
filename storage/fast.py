"""Reading the hottest tables: statements built once, rows without the mapper's bookkeeping.

A statement that is built anew and mapped to objects each time costs four times as much as one that was made
when the module was loaded, and most of what is left is saved by `storage.prepared`. The bot reads some ten
tables for every look and every letter. What changes a fact goes through the mapper as ever, but for the few
changes that come with every look and every letter.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Executable, Row, String, literal_column
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from storage import prepared
from storage.asking import Asking
from storage.prepared import Asked, among
from storage.tables.base import Base

ONE: ColumnElement[int] = literal_column("1")
"""For the limit of a prepared statement."""


def by_the_way(column: Any) -> ColumnElement[int]:
    """A column of numbers that a query is not to be begun with.

    SQLite takes a workspace, or a program, for ten rows, and would go through its thousands to find those of
    a person.
    """
    found: ColumnElement[int] = column + 0
    return found


def one_of_ids(column: Any) -> ColumnElement[bool]:
    """Whether a column is one of the ids (or keys) a statement is about; see `rows`."""
    return among(column, "ids")


def word(value: str) -> ColumnElement[str]:
    """A word that is the same at every execution, written into the statement itself.

    Each value that is handed over costs something each time, and a list of them is written anew: with its
    states as values the question what is due next took seven times as long.

    Raises:
        ValueError: It is more than a word; nothing that comes from outside belongs here.
    """
    if not value.replace("_", "").isalnum():
        raise ValueError(f"not a word: {value!r}")
    return literal_column(f"'{value}'", String)


def rows(session: Asked, statement: Executable, ids: Iterable[Any], **values: Any) -> list[Row[Any]]:
    """Read what a prepared statement finds for these ids (or keys)."""
    wanted = [*ids]
    if not wanted:
        return []
    return every(session, statement, ids=wanted, **values)


def every(session: Asked, statement: Executable, **values: Any) -> list[Row[Any]]:
    """Read everything a prepared statement finds, inside the session's own transaction."""
    _tell_the_database(session)
    return prepared.every(session, statement, values)


def first(session: Asked, statement: Executable, **values: Any) -> Row[Any] | None:
    """Read the first of what a prepared statement finds; None where it finds nothing."""
    _tell_the_database(session)
    return prepared.first(session, statement, values)


def change(
    session: Asked, statement: Executable, values: Mapping[str, Any] | Sequence[Mapping[str, Any]]
) -> int:
    """Change rows, once or once for each set of values; tells how many were changed."""
    _tell_the_database(session)
    return prepared.change(session, statement, values)


def insert_new(session: Session, table: type[Base]) -> Executable:
    """An insert that passes over what is there already; each database spells that its own way."""
    return _insert_for(table, session.get_bind().dialect.name)


def insert_or_change(session: Session, table: type[Base], key: Sequence[str]) -> Executable:
    """An insert that puts its values in the place of those that are there under the same key."""
    return _insert_or_change_for(table, tuple(key), session.get_bind().dialect.name)


@cache
def _insert_or_change_for(table: type[Base], key: tuple[str, ...], dialect: str) -> Executable:
    insert = (sqlite_insert if dialect == "sqlite" else postgresql_insert)(table.__table__)  # type: ignore[arg-type] # a mapped table is a Table
    kept = {name: each for name, each in insert.excluded.items() if name not in (*key, "id")}
    return insert.on_conflict_do_update(index_elements=[*key], set_=kept).inline()


@cache
def _insert_for(table: type[Base], dialect: str) -> Executable:
    insert = sqlite_insert if dialect == "sqlite" else postgresql_insert
    return insert(table.__table__).on_conflict_do_nothing().inline()  # type: ignore[arg-type] # a mapped table is a Table


def _tell_the_database(session: Asked) -> None:
    """Write what the session has changed, as its own queries would: these statements go past it."""
    if not isinstance(session, Asking) and session.autoflush:
        session.flush()
