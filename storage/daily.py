"""Who wants a daily line, and what a program sent in a stretch of time."""

from datetime import datetime

from sqlalchemy import and_, case, delete, func, select
from sqlalchemy.orm import Session

from mentoring.daily import Tally
from mentoring.nudges.notices import Reason
from storage.outbox import LetterState
from storage.tables import DailyLineRow, LetterRow, SkipRow


def wanted_by(session: Session, program_id: int) -> dict[int, datetime]:
    """Who wants the line about a program, by our number, with up to when they have been told."""
    query = select(DailyLineRow).where(DailyLineRow.program_id == program_id)
    return {row.person_id: row.told_at for row in session.scalars(query)}


def want_daily(session: Session, person_id: int, program_id: int, now: datetime) -> None:
    """Somebody would like the line from now on; wanting it twice changes nothing."""
    if session.get(DailyLineRow, (person_id, program_id)) is None:
        session.add(DailyLineRow(person_id=person_id, program_id=program_id, told_at=now))
        session.flush()


def want_no_daily(session: Session, person_id: int, program_id: int) -> None:
    """Somebody has had enough of it."""
    session.execute(
        delete(DailyLineRow).where(DailyLineRow.person_id == person_id, DailyLineRow.program_id == program_id)
    )


def note_told(session: Session, person_id: int, program_id: int, now: datetime) -> None:
    """They have been told up to now."""
    session.get_one(DailyLineRow, (person_id, program_id)).told_at = now


def tally(session: Session, program_id: int, since: datetime, until: datetime) -> Tally:
    """Count a program's letters and skips from one instant on and before another, in two queries.

    What is said in the very moment of a line belongs to the next one.
    """
    is_due = and_(LetterRow.not_before >= since, LetterRow.not_before < until)
    counts = {
        "due": is_due,
        "sent": and_(LetterRow.sent_at >= since, LetterRow.sent_at < until),
        "failed": and_(is_due, LetterRow.state == LetterState.FAILED),
    }
    sums = [func.coalesce(func.sum(case((each, 1), else_=0)), 0) for each in counts.values()]
    query = select(*sums).where(LetterRow.program_id == program_id, LetterRow.kind != "daily_line")
    due, sent, failed = session.execute(query).one()
    skips = (
        select(SkipRow.reason, func.count())
        .where(SkipRow.program_id == program_id, SkipRow.at >= since, SkipRow.at < until)
        .group_by(SkipRow.reason)
    )
    return Tally(due, sent, failed, {Reason(reason): count for reason, count in session.execute(skips)})
