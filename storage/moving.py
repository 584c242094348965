"""Moving everything from one database to another, of whatever kind, and making sure that it arrived."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Integer, String, Table, func, insert, select, text

from mentoring.errors import MentoringError
from storage.database import Database, is_sqlite
from storage.tables import Base

BATCH = 1_000
"""Rows written at a time."""


OTHERS_OF_OURS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND pid <> pg_backend_pid() AND application_name = current_setting('application_name')"
)


class MovingError(MentoringError):
    """Nothing was moved; the message says why."""


@dataclass(frozen=True, slots=True)
class Moved:
    """One table on both sides: its name, how many rows it has, and a digest of all they hold."""

    table: str
    rows: int
    digest: str


def refuse_while_connected(source: Database) -> None:
    """Refuse where a bot is connected to PostgreSQL: it would write on into a database that was left.

    Raises:
        MovingError: Something of ours is.
    """
    with source.reader.connect() as connection:
        others: int = connection.execute(OTHERS_OF_OURS).scalar_one()
    if others:
        raise MovingError(
            f"{others} more connections of the bot to the database copied from are open. Stop the bot first."
        )


def move(source: Database, target: Database, tell: Callable[[Moved], None] = lambda _: None) -> list[Moved]:
    """Copy every row into an empty database of the same schema, in one transaction, checked at its end.

    The source is read in one transaction and not changed. Nothing else may write to it meanwhile, or the copy
    is of the moment at which it began.

    Raises:
        MovingError: The target holds something already, or what arrived is not what was sent.
    """
    done = []
    with source.read() as session, target.writer.begin() as receiving:
        sending = session.connection()
        for each in (sending, receiving):
            _stay_open(each)
        for table in Base.metadata.sorted_tables:
            if receiving.scalar(select(func.count()).select_from(table)):
                raise MovingError(
                    f"There is something in the table {table.name} of the target already."
                    " Give an empty database, made with `mentoring db upgrade`."
                )
        for table in Base.metadata.sorted_tables:
            for batch in _batches(sending, table):
                receiving.execute(insert(table), batch)
        for table in Base.metadata.sorted_tables:
            sent, arrived = _measured(sending, table), _measured(receiving, table)
            if sent != arrived:
                raise MovingError(
                    f"The table {table.name} did not arrive as it was: {sent.rows} rows were sent,"
                    f" {arrived.rows} arrived, and they do not hold the same. Nothing was kept in the target."
                )
            done.append(sent)
            tell(sent)
        if not is_sqlite(target.url):
            _count_on(receiving)
    return done


def _stay_open(connection: Connection) -> None:
    """Let PostgreSQL wait while the other side is at work, for longer than for a machine that froze."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))


def _batches(connection: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    for some in connection.execute(_in_order(connection, table)).mappings().partitions(BATCH):
        yield [dict(row) for row in some]


def _measured(connection: Connection, table: Table) -> Moved:
    digest, count = hashlib.sha256(), 0
    for row in connection.execute(_in_order(connection, table)):
        digest.update(json.dumps([*row], default=_plain, sort_keys=True).encode())
        count += 1
    return Moved(table.name, count, digest.hexdigest())


def _in_order(connection: Connection, table: Table) -> Any:
    """All rows, those that others may point to first: by their keys, which grow.

    Words go by their bytes, as SQLite has them: a server that sorts as English does puts “Eva” before “EvB”,
    and the same rows would not look the same.
    """
    by_bytes = None if connection.dialect.name == "sqlite" else "C"
    keys = [
        each.collate(by_bytes) if by_bytes and isinstance(each.type, String) else each
        for each in table.primary_key.columns
    ]
    return select(table).order_by(*keys).execution_options(yield_per=BATCH)


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"no rule for {type(value).__name__}")


def _count_on(connection: Connection) -> None:
    """Let PostgreSQL number new rows after those that came with their numbers."""
    for table in Base.metadata.sorted_tables:
        keys = [*table.primary_key.columns]
        if len(keys) != 1 or not isinstance(keys[0].type, Integer):
            continue
        name = f'"{table.name}"'
        connection.execute(
            text(
                f"SELECT setval(pg_get_serial_sequence('{name}', '{keys[0].name}'),"
                f" (SELECT coalesce(max({keys[0].name}), 0) + 1 FROM {name}), false)"
            )
        )
