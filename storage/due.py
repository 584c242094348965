"""When anything is due next: one indexed minimum a table."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.match_runs import MatchRunState
from storage.outbox import LetterState
from storage.tables import LetterRow, MatchRunRow, PairRow, ProgramRow


def next_due_at(session: Session) -> datetime | None:
    """The earliest instant at which the clock has something to do; None when nothing is waiting."""
    instants = (
        session.scalar(select(func.min(PairRow.next_look_at))),
        session.scalar(select(func.min(ProgramRow.next_look_at))),
        session.scalar(select(func.min(LetterRow.not_before)).where(LetterRow.state == LetterState.QUEUED)),
        session.scalar(
            select(func.min(MatchRunRow.created_at)).where(MatchRunRow.state == MatchRunState.WANTED)
        ),
    )
    return min((at for at in instants if at is not None), default=None)
