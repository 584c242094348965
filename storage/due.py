"""When anything is due next: one indexed minimum a table."""

from datetime import datetime

from sqlalchemy import CompoundSelect, func, select, union_all
from sqlalchemy.orm import Session

from storage.match_runs import MatchRunState
from storage.outbox import LetterState
from storage.tables import LetterRow, MatchRunRow, PairRow, ProgramRow

EARLIEST: CompoundSelect[datetime | None] = union_all(
    select(func.min(PairRow.next_look_at)),
    select(func.min(ProgramRow.next_look_at)),
    select(func.min(LetterRow.not_before)).where(LetterRow.state == LetterState.QUEUED.value),
    select(func.min(MatchRunRow.created_at)).where(MatchRunRow.state == MatchRunState.WANTED.value),
)


def next_due_at(session: Session) -> datetime | None:
    """The earliest instant at which the clock has something to do; None when nothing is waiting."""
    instants = session.connection().execute(EARLIEST).scalars()
    return min((at for at in instants if at is not None), default=None)
