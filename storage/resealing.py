"""Whether the keys open what was sealed, and sealing everything anew with the newest of them.

The second after a key was added, or before an old one is dropped.
"""

from typing import Any

from sqlalchemy import ColumnElement, Table, and_, bindparam, select, update

from storage.database import Database
from storage.sealing import SealedJson, SealedText
from storage.tables import Base

BATCH = 500
"""Rows sealed in one transaction: a bot that runs meanwhile waits for a fraction of a second."""


def reseal(database: Database) -> dict[str, int]:
    """Read and write back every sealed column of every table; returns how many rows of each.

    Raises:
        SealedError: Something was sealed with a key that is not among ours; what was done until then stays.
    """
    return {
        table.name: _reseal_table(database, table) for table in Base.metadata.sorted_tables if _sealed(table)
    }


def check_keys(database: Database) -> None:
    """Look whether the keys open what is there: the oldest and the newest row of every sealed table.

    Without this a process that lost its key would start in peace, and fail at each click and letter.

    Raises:
        SealedError: There is something that none of them opens.
    """
    with database.read() as session:
        for table in filter(_sealed, Base.metadata.sorted_tables):
            columns = [table.c[name] for name in _sealed(table)]
            for order in (_keys(table), [key.desc() for key in _keys(table)]):
                session.execute(select(*columns).order_by(*order).limit(1)).all()


def _keys(table: Table) -> list[ColumnElement[Any]]:
    return [*table.primary_key.columns]


def _sealed(table: Table) -> list[str]:
    return [each.name for each in table.columns if isinstance(each.type, SealedText | SealedJson)]


def _reseal_table(database: Database, table: Table) -> int:
    keys, columns = _keys(table), _sealed(table)
    with database.read() as session:
        every = session.execute(select(*keys).order_by(*keys)).all()
    change = update(table).where(and_(*(key == bindparam(f"key_{key.name}") for key in keys)))
    for start in range(0, len(every), BATCH):
        # All facts stand still meanwhile, so that nothing newer is written over.
        with database.whole().write() as session:
            for row in every[start : start + BATCH]:
                here = and_(*(key == value for key, value in zip(keys, row, strict=True)))
                found = session.execute(select(*(table.c[name] for name in columns)).where(here)).first()
                if found is None:
                    continue
                values = dict(zip(columns, found, strict=True))
                named = {f"key_{key.name}": value for key, value in zip(keys, row, strict=True)}
                session.connection().execute(change.values(**values), named)
    return len(every)
