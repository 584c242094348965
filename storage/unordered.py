"""Anonymous answers lie in the database in no order, least of all in that of their coming.

SQLite numbers the rows of a table as they come (`rowid`). PostgreSQL remembers where each one lies and which
transaction wrote it (`ctid`, `xmin`), and the one that kept an answer also marked its asking as answered: a
single join gave whoever can read the database every name. So an answer comes with all that its survey has:
they are taken out and put back by their ids, which are chance. All of them are then of one transaction.
"""

from typing import Any

from sqlalchemy import Executable, delete, insert
from sqlalchemy.orm import Session

from storage.tables import AnswerRow

_ANSWERS: Any = AnswerRow.__table__


def add_in_no_order(session: Session, new: dict[str, Any]) -> None:
    """Keep one more anonymous answer among those of the same survey.

    Args:
        session: The transaction.
        new: The row to be.
    """
    laid = session.execute(_take_out(new)).mappings().all()
    every: list[dict[str, Any]] = sorted([new, *map(dict, laid)], key=lambda row: row["id"])
    session.execute(insert(_ANSWERS), every)


def _take_out(new: dict[str, Any]) -> Executable:
    return (
        delete(_ANSWERS)
        .where(
            _ANSWERS.c.program_id == new["program_id"],
            _ANSWERS.c.instrument == new["instrument"],
            _ANSWERS.c.version == new["version"],
            _ANSWERS.c.request_id.is_(None),
        )
        .returning(*_ANSWERS.columns)
    )
