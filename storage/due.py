"""When anything is due next: one indexed minimum a table."""

from datetime import datetime

from sqlalchemy import CompoundSelect, func, select, union_all
from sqlalchemy.orm import Session

from storage.living import wanted
from storage.match_runs import MatchRunState
from storage.outbox import LEASE, WAITS_FOR_AN_EARLIER, LetterState
from storage.tables import EnrollmentRow, LetterRow, MatchRunRow, PairRow, ProgramRow

EARLIEST: CompoundSelect[datetime | None] = union_all(
    select(func.min(PairRow.next_look_at)).where(wanted(PairRow.workspace_id)),
    select(func.min(ProgramRow.next_look_at)).where(wanted(ProgramRow.workspace_id)),
    select(func.min(EnrollmentRow.next_look_at)).where(wanted(EnrollmentRow.workspace_id)),
    select(
        select(LetterRow.not_before)
        .where(
            LetterRow.state == LetterState.QUEUED.value, wanted(LetterRow.workspace_id), ~WAITS_FOR_AN_EARLIER
        )
        .order_by(LetterRow.not_before)
        .limit(1)
        .scalar_subquery()
    ),
    select(func.min(MatchRunRow.created_at)).where(
        MatchRunRow.state == MatchRunState.WANTED.value, wanted(MatchRunRow.workspace_id)
    ),
)


UNDER_WAY = select(func.min(LetterRow.claimed_at)).where(
    LetterRow.state == LetterState.SENDING.value, wanted(LetterRow.workspace_id)
)


def next_due_at(session: Session) -> datetime | None:
    """The earliest instant at which the clock has something to do; None when nothing is waiting."""
    instants = [at for at in session.connection().execute(EARLIEST).scalars() if at is not None]
    claimed_at = session.connection().execute(UNDER_WAY).scalar()
    if claimed_at is not None:
        instants.append(claimed_at + LEASE)
    return min(instants, default=None)
