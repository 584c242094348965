"""What all tables share: names of constraints, and instants that are always UTC."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, ClassVar

from sqlalchemy import JSON, Date, DateTime, Dialect, ForeignKey, Index, MetaData, String, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""Constraint names must be the same on every database, or a migration cannot drop what another made."""


INSTANTS_KEPT = 16_384
"""Instants kept ready beside their text: the rows of a pair are read again at each look at it, and most
letters of a batch are of the same moment. What is worked out from an instant also finds the same one."""


@lru_cache(INSTANTS_KEPT)
def _read_utc(stored: str | None) -> datetime | None:
    """An instant as SQLite keeps it: text without a zone."""
    return None if stored is None else datetime.fromisoformat(f"{stored}+00:00")


@lru_cache(INSTANTS_KEPT)
def _write_utc(value: datetime | None) -> str | None:
    """The same text the other way round."""
    return None if value is None else _in_utc(value).isoformat(" ", "microseconds").removesuffix("+00:00")


def _in_utc(value: datetime) -> datetime:
    if value.tzinfo is UTC:
        # Nearly all are: moving them there would cost as much as handing them over.
        return value
    if value.tzinfo is None:
        raise ValueError(f"a naive datetime cannot be stored: {value!r}")
    return value.astimezone(UTC)


def _as_utc(value: datetime | None) -> datetime | None:
    return None if value is None else _in_utc(value)


class Instant(TypeDecorator[datetime]):
    """An aware datetime, stored in UTC; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn into UTC on the way in.

        Raises:
            ValueError: For a naive datetime, which would be some machine's local time.
        """
        if value is None:
            return None
        utc = _in_utc(value)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        """Write SQLite's text in one step, as it is read; other databases know instants."""
        return _write_utc if dialect.name == "sqlite" else _as_utc

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Read SQLite's text in one step: a look at a pair reads hundreds of instants.

        Other databases answer in the connection's zone.
        """
        return _read_utc if dialect.name == "sqlite" else _as_utc


class Base(DeclarativeBase):
    """Base of all tables."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Instant,
        date: Date,
        str: String,
        dict[str, Any]: JSON,
        list[str]: JSON,
        list[int]: JSON,
        list[dict[str, Any]]: JSON,
    }


class InWorkspace:
    """A row of one workspace; every query of such a table names the workspace."""

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspace.id", ondelete="CASCADE"), index=True)


class UniqueInWorkspace:
    """The same where a unique constraint begins with the workspace and so finds its rows.

    An index of the workspace alone would only be one more to write: of the twelve that each letter had to be
    entered in, half were such.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspace.id", ondelete="CASCADE"))


def index_where_set(which: str, table: str, *columns: str) -> Index:
    """An index of the rows in which one column (`which`) is set: the others are not entered in it."""
    only = text(f"{which} IS NOT NULL")
    return Index("_".join(("ix", table, *columns)), *columns, sqlite_where=only, postgresql_where=only)
