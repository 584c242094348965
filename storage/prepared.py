"""Statements worked out once for each kind of database, and run by its driver itself.

SQLAlchemy looks a statement up in its cache at every execution, writes a list of values into it anew, and
wraps cursor, context and result around what the driver does: a hundred microseconds where the driver takes
seven (SQLite, a read by primary key). The bot asks some thirty such questions for every look and every
letter, so it was a fifth of what a rehearsal takes. Here SQLAlchemy says once what a statement reads as, and
how its values are written and read; the rest is the driver's. Each statement still belongs to the session's
own transaction, is seen by whoever listens for statements, and fails with SQLAlchemy's errors.
"""

import itertools
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, Self

from sqlalchemy import (
    ARRAY,
    BigInteger,
    BindParameter,
    Boolean,
    ColumnElement,
    Connection,
    Dialect,
    Executable,
    Insert,
    Row,
    String,
    Text,
    bindparam,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator

from storage.asking import Asking

Asked = Session | Asking
"""Of what questions are asked: of a session's own transaction, or by itself."""
Values = Mapping[str, Any]
"""A statement's values by their names."""
Processor = Callable[[Any], Any] | None
PLACE = re.compile(r"%\((\w+)\)s((?:::(?:TIMESTAMP WITH TIME ZONE|DOUBLE PRECISION|[A-Z]+)(?:\[\])?)?)")
"""Where a value goes in a statement for PostgreSQL, and as what."""
TOGETHER = 500
"""Rows that PostgreSQL takes in one statement; its protocol allows 65,535 values."""
MOST_STATEMENTS = 1024
"""Far more than there are; a bound all the same, for nobody counts them."""


class Many(TypeDecorator[Any]):
    """Any number of values as one: a list for PostgreSQL, JSON for SQLite, which has no lists."""

    impl = String
    cache_ok = True

    def __init__(self, *, words: bool = False) -> None:
        super().__init__()
        self.words = words

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """How the database itself takes it."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String())
        return dialect.type_descriptor(ARRAY(Text() if self.words else BigInteger()))

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        """Write it as the database takes it; numbers for PostgreSQL as it spells a list of them."""
        if dialect.name == "sqlite":
            return _as_json
        return list if self.words else _as_array


def _as_json(values: Iterable[int | str]) -> str:
    return _json_of(tuple(values))


@lru_cache(MOST_STATEMENTS)
def _json_of(values: tuple[int | str, ...]) -> str:
    """A list as JSON; one look asks a dozen tables about the same pairs and people."""
    return json.dumps(values)


def _as_array(numbers: Iterable[int]) -> str:
    return _array_of(tuple(numbers))


@lru_cache(MOST_STATEMENTS)
def _array_of(numbers: tuple[int, ...]) -> str:
    """The same for PostgreSQL: its driver would write each number of a list by itself, table after table."""
    return f"{{{','.join(map(str, numbers))}}}"


class _Among(FunctionElement[bool]):
    """Whether a column is one of many values that come as one."""

    type = Boolean()
    name = "among"
    inherit_cache = True

    def self_group(self, against: Any = None) -> Self:  # noqa: ARG002 - SQLAlchemy's signature
        """Stay as it is: SQLAlchemy would ask `… = 1` of SQLite, which then goes through the whole table."""
        return self


def among(column: Any, name: str) -> ColumnElement[bool]:
    """Whether a column is one of the values handed over under this name, however many they are.

    The statement reads the same for any number of them; with `column.in_()` it is written anew each time.
    """
    words = isinstance(column.type, String)
    values: BindParameter[Any] = bindparam(name, type_=Many(words=words))
    return _Among(column, values)


@compiles(_Among)
def _as_any(element: _Among, compiler: SQLCompiler, **how: Any) -> str:
    column, values = element.clauses
    return f"{compiler.process(column, **how)} = ANY ({compiler.process(values, **how)})"


@compiles(_Among, "sqlite")
def _as_table(element: _Among, compiler: SQLCompiler, **how: Any) -> str:
    column, values = element.clauses
    column_text, values_text = compiler.process(column, **how), compiler.process(values, **how)
    return f"{column_text} IN (SELECT value FROM json_each({values_text}))"


def every(session: Asked, statement: Executable, values: Mapping[str, Any]) -> list[Row[Any]]:
    """Read everything a statement finds."""
    prepared, cursor = _run(session, statement, values)
    try:
        found = cursor.fetchall()
        return prepared.read(cursor, found) if found else []
    finally:
        cursor.close()


def first(session: Asked, statement: Executable, values: Mapping[str, Any]) -> Row[Any] | None:
    """Read the first of what a statement finds; None where it finds nothing."""
    prepared, cursor = _run(session, statement, values)
    try:
        found = cursor.fetchone()
        return None if found is None else prepared.read(cursor, [found])[0]
    finally:
        cursor.close()


def change(session: Asked, statement: Executable, values: Values | Sequence[Values]) -> int:
    """Change rows, once or once for each set of values; tells how many were changed.

    Of several sets each is about rows of its own: PostgreSQL takes them together, in no order.
    """
    if isinstance(values, Mapping) or _connection(session).dialect.name == "sqlite":
        return _changed(session, statement, values)
    return sum(
        _changed(session, statement, values[at : at + TOGETHER]) for at in range(0, len(values), TOGETHER)
    )


def _changed(session: Asked, statement: Executable, values: Values | Sequence[Values]) -> int:
    _, cursor = _run(session, statement, values)
    try:
        return int(cursor.rowcount)
    finally:
        cursor.close()


class _Prepared:
    """A statement as one kind of database reads it.

    Args:
        columns: The columns that an insert fills.
    """

    def __init__(self, statement: Any, dialect: Dialect, columns: Iterable[str] | None) -> None:
        compiled = statement.compile(dialect=dialect, column_keys=columns and [*columns])
        if compiled.post_compile_params:
            raise TypeError("a list that would be written into the statement each time: use `among`")
        if compiled.prefetch:
            raise TypeError("a column whose default SQLAlchemy would work out each time")
        self.text = compiled.string
        self.places = compiled.positiontup
        self._fixed: dict[str, Any] = {}
        self._wanted: list[tuple[str, Processor]] = []
        for bind, name in compiled.bind_names.items():
            writer = bind.type.dialect_impl(dialect).bind_processor(dialect)
            if bind.required:
                self._wanted.append((name, writer))
            else:
                value = bind.effective_value
                self._fixed[name] = writer(value) if writer else value
        self._order = self.places or [name for name, _ in PLACE.findall(self.text)]
        self._writers = dict(self._wanted)
        self._types = [column.type for column in getattr(statement, "selected_columns", ())]
        self._is_insert = isinstance(statement, Insert)
        self._dialect = dialect
        self._last_text = (0, "")
        self._row: Any = None
        self._readers: list[tuple[int, Callable[[Any], Any]]] = []

    def parameters(self, values: Values) -> Any:
        """The values as the driver takes them.

        Raises:
            KeyError: One is missing.
        """
        written = dict(self._fixed)
        for name, writer in self._wanted:
            value = values[name]
            written[name] = writer(value) if writer else value
        return written if self.places is None else tuple([written[name] for name in self._order])

    def rows(self, sets: Sequence[Values]) -> list[tuple[Any, ...]]:
        """The values of many sets, each in the order of their places.

        They are written a column after the other, as they are read: that stays in compiled code.

        Raises:
            KeyError: One is missing.
        """
        return [*zip(*[self._column(name, sets) for name in self._order], strict=True)]

    def _column(self, name: str, sets: Sequence[Values]) -> Iterable[Any]:
        if name in self._fixed:
            return itertools.repeat(self._fixed[name], len(sets))
        column, writer = map(itemgetter(name), sets), self._writers[name]
        return column if writer is None else map(writer, column)

    def together(self, sets: Sequence[Values]) -> tuple[str, list[Any]] | None:
        """One statement for all of these sets, and their values; None where the driver takes them one by one.

        For PostgreSQL each statement is worth a message and a plan: a hundred rows took it 24 ms one by one.
        """
        if self.places is not None:
            return None
        number, text = self._last_text
        if number != len(sets):
            # Only the last is kept: full batches are alike, and a text of five hundred rows is long.
            text = self._text_for(len(sets))
            self._last_text = (len(sets), text)
        return text, [*itertools.chain.from_iterable(self.rows(sets))]

    def _text_for(self, sets: int) -> str:
        """The statement for so many sets at once; its places are PostgreSQL's own (`$1`).

        So the driver has nothing to look for in it: with its own (`%s`) it went through fifteen hundred of
        them at each batch of letters.
        """
        places, numbers = PLACE.findall(self.text), itertools.count(1)
        rows = ", ".join(
            f"({', '.join(f'${next(numbers)}{kind}' for _, kind in places)})" for _ in range(sets)
        )
        if self._is_insert:
            begun, _, given = self.text.partition(" VALUES ")
            _, conflict, rest = given.partition(" ON CONFLICT")
            return f"{begun} VALUES {rows}{conflict}{rest}"
        columns = itertools.count()
        changes, _, which = PLACE.sub(lambda _place: f"given.v{next(columns)}", self.text).partition(
            " WHERE "
        )
        names = ", ".join(f"v{number}" for number in range(len(places)))
        return f"{changes} FROM (VALUES {rows}) AS given ({names}) WHERE {which}"

    def read(self, cursor: Any, found: list[tuple[Any, ...]]) -> list[Row[Any]]:
        """Make rows of what the driver found, a column after the other: that stays in compiled code."""
        if self._row is None:
            self._look_at_columns(cursor.description)
        if not self._readers:
            return [*map(self._row, found)]
        columns: list[Iterable[Any]] = [*zip(*found, strict=True)]
        for place, reader in self._readers:
            columns[place] = map(reader, columns[place])
        return [*map(self._row, zip(*columns, strict=True))]

    def _look_at_columns(self, told: Sequence[Any]) -> None:
        """Find out how each column is named and read, once something was found."""
        if len(told) != len(self._types):
            raise TypeError("a statement that reads one column twice")
        readers = [
            kind.dialect_impl(self._dialect).result_processor(self._dialect, each[1])
            for kind, each in zip(self._types, told, strict=True)
        ]
        self._readers = [(place, reader) for place, reader in enumerate(readers) if reader is not None]
        self._row = _row_of([each[0] for each in told])


def _row_of(names: Sequence[str]) -> type[tuple[Any, ...]]:
    """What the rows of a statement are: tuples that know their columns' names, as SQLAlchemy's do.

    SQLAlchemy's raise and catch an error inside at each column that is asked for by its name; that was a
    quarter of what reading the facts of a pair took.
    """
    columns = {name: property(itemgetter(place)) for place, name in enumerate(names)}

    def by_name(row: tuple[Any, ...]) -> dict[str, Any]:
        return dict(zip(names, row, strict=True))

    whole = {"_asdict": by_name, "_mapping": property(by_name)}
    return type("Row", (tuple,), {"__slots__": (), **whole, **columns})


def _run(session: Asked, statement: Executable, values: Values | Sequence[Values]) -> tuple[_Prepared, Any]:
    """Execute inside the session's own transaction, or by itself.

    Raises:
        DBAPIError: What the driver raised, as SQLAlchemy names it.
    """
    connection = _connection(session)
    dialect = connection.dialect
    _DIALECTS.setdefault(dialect.name, dialect)
    many = not isinstance(values, Mapping)
    sets: Sequence[Values] = values if not isinstance(values, Mapping) else [values]
    prepared = _prepared(statement, dialect.name, tuple(sets[0]) if isinstance(statement, Insert) else None)
    text, parameters = (many and prepared.together(sets)) or (
        prepared.text,
        prepared.rows(sets) if many else prepared.parameters(sets[0]),
    )
    is_together = many and text is not prepared.text
    cursor = _raw_cursor(connection) if is_together else connection.connection.cursor()
    for heard in connection.dispatch.before_cursor_execute:
        heard(connection, cursor, text, parameters, None, many)
    try:
        if many and not is_together:
            cursor.executemany(text, parameters)
        else:
            cursor.execute(text, parameters)
    except dialect.loaded_dbapi.Error as error:
        cursor.close()
        raise as_sqlalchemy_says(connection, text, parameters, error) from error
    return prepared, cursor


def _connection(session: Asked) -> Connection | Asking:
    return session if isinstance(session, Asking) else session.connection()


def _raw_cursor(connection: Connection | Asking) -> Any:
    """PostgreSQL's driver without its own way to mark the places of values."""
    return connection.dialect.loaded_dbapi.RawCursor(connection.connection.dbapi_connection)


_DIALECTS: dict[str, Dialect] = {}
"""The first dialect of each kind: what is prepared for one database serves the next."""


@lru_cache(MOST_STATEMENTS)
def _prepared(statement: Executable, kind: str, columns: tuple[str, ...] | None) -> _Prepared:
    return _Prepared(statement, _DIALECTS[kind], columns)


def as_sqlalchemy_says(connection: Connection | Asking, text: str, parameters: Any, error: Any) -> Exception:
    """A driver's error as SQLAlchemy names it; a connection that broke is not used again."""
    dialect = connection.dialect
    lost = dialect.is_disconnect(error, connection.connection.dbapi_connection, None)
    if lost:
        connection.invalidate(error)
    named: Exception = DBAPIError.instance(
        text,
        parameters,
        error,
        dialect.loaded_dbapi.Error,
        hide_parameters=connection.engine.hide_parameters,
        connection_invalidated=lost,
        dialect=dialect,
    )
    return named
