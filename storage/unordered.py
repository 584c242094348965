"""Anonymous answers lie in the database in no order, least of all in that of their coming.

SQLite numbers the rows of a table as they come (`rowid`). PostgreSQL remembers where each one lies and which
transaction wrote it (`ctid`, `xmin`), and the one that kept an answer also marked its asking as answered: a
single join gave whoever can read the database every name. So with each answer all that its survey has are
laid anew: on PostgreSQL by their ids, which are chance, and all of them by one transaction; on SQLite, which
remembers no transactions, under numbers that are chance.

The database does it by itself. A thousand answers that were read, opened, sealed and written again took 64 ms
of our time on SQLite and 132 on PostgreSQL; so it takes 15 and 2 (Python 3.11, 2026-11).
"""

from typing import Any

from sqlalchemy import Executable, bindparam, delete, insert, select, text
from sqlalchemy.orm import Session

from storage.tables import AnswerRow

_ANSWERS: Any = AnswerRow.__table__


def add_in_no_order(session: Session, new: dict[str, Any]) -> None:
    """Keep one more anonymous answer among those of the same survey.

    Args:
        session: The transaction.
        new: The row to be.
    """
    session.execute(insert(_ANSWERS), new)
    survey = {"of": new["program_id"], "survey": new["instrument"], "asked": new["version"]}
    session.execute(_LAY_ANEW[session.get_bind().dialect.name], survey)


def _taken_out_and_put_back() -> Executable:
    """All of them are taken out before the first is put back: sorting waits for the last."""
    of_the_survey = (
        _ANSWERS.c.program_id == bindparam("of"),
        _ANSWERS.c.instrument == bindparam("survey"),
        _ANSWERS.c.version == bindparam("asked"),
        _ANSWERS.c.request_id.is_(None),
    )
    out = delete(_ANSWERS).where(*of_the_survey).returning(*_ANSWERS.columns).cte("out")
    columns = [each.name for each in _ANSWERS.columns]
    return insert(_ANSWERS).from_select(columns, select(out).order_by(out.c.id))


_LAY_ANEW = {
    "postgresql": _taken_out_and_put_back(),
    "sqlite": text(
        "UPDATE survey_answer SET rowid = random()"
        " WHERE program_id = :of AND instrument = :survey AND version = :asked AND request_id IS NULL"
    ),
}
