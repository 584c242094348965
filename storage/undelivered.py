"""Letters of a program that were given up: which, and queueing them anew, one or all at once."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.orm import Session

from storage.outbox import LetterState
from storage.tables import LetterRow

MOST_FAILED = 20
"""Failed letters listed at once, newest first."""


@dataclass(frozen=True, slots=True)
class FailedLetter:
    """A letter that did not arrive, with Slack's own word for why.

    Args:
        over: Whether its time is over: it would be out of place now, and is not sent any more.
    """

    id: int
    kind: str
    person_id: int | None
    reason: str
    over: bool


@dataclass(frozen=True, slots=True)
class Undelivered:
    """How many letters did not arrive of late, and how many of them can still be sent."""

    failed: int = 0
    in_time: int = 0


def undelivered(session: Session, program_id: int, since: datetime, now: datetime) -> Undelivered:
    """Count the letters of a program that did not arrive of late, in one query."""
    query = select(func.count(), func.count().filter(_in_time(now))).where(*_failed(program_id, since))
    return Undelivered(*session.execute(query).one())


def failed_deliveries(session: Session, program_id: int, since: datetime) -> int:
    """How many messages of a program did not arrive of late."""
    return session.scalar(select(func.count()).where(*_failed(program_id, since))) or 0


def failed_letters(session: Session, program_id: int, since: datetime, now: datetime) -> list[FailedLetter]:
    """What of a program did not arrive of late, the newest `MOST_FAILED`, newest first."""
    query = (
        select(LetterRow.id, LetterRow.kind, LetterRow.person_id, LetterRow.reason, _in_time(now))
        .where(*_failed(program_id, since))
        .order_by(LetterRow.id.desc())
        .limit(MOST_FAILED)
    )
    return [
        FailedLetter(id_, kind, who, reason or "", over=not in_time)
        for id_, kind, who, reason, in_time in session.execute(query)
    ]


def letters_since(
    session: Session, person_id: int, kind: str, program_id: int | None, since: datetime
) -> int:
    """How many letters of a kind and a program were written to somebody from an instant on."""
    query = select(func.count()).where(
        LetterRow.person_id == person_id,
        LetterRow.kind == kind,
        LetterRow.program_id.is_(None) if program_id is None else LetterRow.program_id == program_id,
        LetterRow.written_at >= since,
    )
    return session.scalar(query) or 0


def try_again(session: Session, program_id: int, letter_id: int, now: datetime) -> bool:
    """Queue a failed letter of this program anew; False where it is not a failed one, or its time is over."""
    chosen = (LetterRow.id == letter_id, LetterRow.program_id == program_id)
    return _queue_anew(session, now, *chosen) == 1


def try_all_again(session: Session, program_id: int, since: datetime, now: datetime) -> int:
    """Queue everything of a program anew that did not arrive of late and whose time is not over; how many."""
    return _queue_anew(session, now, *_failed(program_id, since))


def _queue_anew(session: Session, now: datetime, *chosen: ColumnElement[bool]) -> int:
    done = session.execute(
        update(LetterRow)
        .where(*chosen, LetterRow.state == LetterState.FAILED, _in_time(now))
        .values(state=LetterState.QUEUED.value, attempts=0, not_before=now, claimed_at=None)
    )
    return int(done.rowcount)  # type: ignore[attr-defined] # an UPDATE gives a CursorResult


def _failed(program_id: int, since: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        LetterRow.state == LetterState.FAILED,
        LetterRow.not_before >= since,
        LetterRow.program_id == program_id,
    )


def _in_time(now: datetime) -> ColumnElement[bool]:
    return or_(LetterRow.expires_at.is_(None), LetterRow.expires_at > now)
