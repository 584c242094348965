"""What coordinators say to many: kept, planned, and to whom it goes."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session

from mentoring.broadcasts import Audience, Broadcast, BroadcastState, Hearer
from mentoring.enrollment import EnrollmentState
from mentoring.errors import NoLongerOpen
from mentoring.meetings import MeetingState
from mentoring.pairs import PairState
from storage.outbox import LetterState
from storage.tables import (
    AgreementRow,
    BroadcastRow,
    EnrollmentRow,
    LetterRow,
    MeetingRow,
    MemberRow,
    MutedRow,
    PairRow,
    PauseRow,
    PersonRow,
)

TAKING_PART = (
    EnrollmentState.JOINED.value,
    EnrollmentState.WAITING.value,
    EnrollmentState.MATCHED.value,
    EnrollmentState.FINISHED.value,
)
OPEN = (BroadcastState.WAITING.value, BroadcastState.SCHEDULED.value)


def add_broadcast(session: Session, workspace_id: int, made: Broadcast, now: datetime) -> Broadcast:
    """Keep a new one, and give it its number."""
    row = BroadcastRow(
        workspace_id=workspace_id,
        program_id=made.program_id,
        audience=made.audience.value,
        text=made.text,
        story_id=made.story_id,
        send_at=made.send_at,
        state=made.state.value,
        told=0,
        left_out=0,
        written_by=made.written_by,
        written_at=now,
    )
    session.add(row)
    session.flush()
    return _broadcast(row)


def broadcast(session: Session, program_id: int, broadcast_id: int) -> Broadcast:
    """One broadcast of a program.

    Raises:
        NoLongerOpen: Where it does not exist, or belongs to another program.
    """
    row = session.get(BroadcastRow, broadcast_id)
    if row is None or row.program_id != program_id:
        raise NoLongerOpen("This is no longer open: that update is not there any more.")
    return _broadcast(row)


def change_broadcast(
    session: Session, broadcast_id: int, state: BroadcastState, send_at: datetime | None = None
) -> None:
    """Move a broadcast along its life."""
    row = session.get_one(BroadcastRow, broadcast_id)
    row.state = state.value
    row.send_at = send_at or row.send_at
    session.flush()


def settle_broadcast(session: Session, broadcast_id: int, told: int, left_out: int) -> None:
    """It has been written to everybody it goes to."""
    row = session.get_one(BroadcastRow, broadcast_id)
    row.state, row.told, row.left_out = BroadcastState.SENT.value, told, left_out
    session.flush()


def broadcasts_ahead(session: Session, program_id: int) -> list[Broadcast]:
    """What is planned or waits for a yes, earliest first."""
    query = (
        select(BroadcastRow)
        .where(BroadcastRow.program_id == program_id, BroadcastRow.state.in_(OPEN))
        .order_by(BroadcastRow.send_at, BroadcastRow.id)
    )
    return [_broadcast(row) for row in session.scalars(query)]


def broadcasts_sent(session: Session, program_id: int, most: int) -> list[Broadcast]:
    """What was sent, latest first."""
    query = (
        select(BroadcastRow)
        .where(BroadcastRow.program_id == program_id, BroadcastRow.state == BroadcastState.SENT.value)
        .order_by(BroadcastRow.send_at.desc(), BroadcastRow.id.desc())
        .limit(most)
    )
    return [_broadcast(row) for row in session.scalars(query)]


def hearers(session: Session, program_id: int, audience: Audience, at: datetime) -> list[Hearer]:
    """The people of an audience as they stand at an instant, in one query."""
    heard = (
        select(LetterRow.person_id, func.max(LetterRow.not_before).label("at"))
        .where(
            LetterRow.program_id == program_id,
            LetterRow.kind == "broadcast",
            LetterRow.state.not_in([LetterState.CANCELLED, LetterState.EXPIRED, LetterState.FAILED]),
        )
        .group_by(LetterRow.person_id)
        .subquery()
    )
    away = exists().where(
        PauseRow.person_id == EnrollmentRow.person_id,
        PauseRow.pair_id.is_(None),
        PauseRow.begins_at <= at,
        PauseRow.ends_at > at,
    )
    muted = exists().where(MutedRow.program_id == program_id, MutedRow.person_id == EnrollmentRow.person_id)
    query = (
        select(EnrollmentRow.person_id, heard.c.at, muted, away)
        .join(PersonRow, and_(PersonRow.id == EnrollmentRow.person_id, PersonRow.active, PersonRow.member))
        .outerjoin(heard, heard.c.person_id == EnrollmentRow.person_id)
        .where(
            EnrollmentRow.program_id == program_id,
            EnrollmentRow.state.in_(TAKING_PART),
            *_of_audience(program_id, audience),
        )
        .order_by(EnrollmentRow.person_id)
    )
    return [Hearer(*row) for row in session.execute(query)]


def _of_audience(program_id: int, audience: Audience) -> Sequence[ColumnElement[bool]]:
    match audience:
        case Audience.MENTORS:
            return [EnrollmentRow.is_mentor.is_(True)]
        case Audience.MENTEES:
            return [EnrollmentRow.is_mentee.is_(True)]
        case Audience.UNMATCHED:
            return [
                EnrollmentRow.state.in_([EnrollmentState.JOINED.value, EnrollmentState.WAITING.value]),
            ]
        case Audience.NO_AGREEMENT:
            agreed = exists().where(AgreementRow.pair_id == PairRow.id, AgreementRow.state == "in force")
            return [_in_a_pair(program_id, ~agreed)]
        case Audience.NOT_MET:
            met = exists().where(
                MeetingRow.pair_id == PairRow.id, MeetingRow.state == MeetingState.HELD.value
            )
            return [_in_a_pair(program_id, ~met)]
        case _:
            return []


def _in_a_pair(program_id: int, which: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether somebody is in a living pair of the program of which this holds."""
    return (
        exists()
        .where(MemberRow.person_id == EnrollmentRow.person_id, PairRow.id == MemberRow.pair_id)
        .where(PairRow.program_id == program_id, PairRow.state == PairState.ANNOUNCED.value, which)
    )


def mute(session: Session, program_id: int, person_id: int, now: datetime) -> None:
    """No more updates of a program for somebody."""
    session.merge(MutedRow(program_id=program_id, person_id=person_id, since=now))
    session.flush()


def unmute(session: Session, program_id: int, person_id: int) -> None:
    """Updates again."""
    row = session.get(MutedRow, (program_id, person_id))
    if row is not None:
        session.delete(row)
        session.flush()


def _broadcast(row: BroadcastRow) -> Broadcast:
    return Broadcast(
        id=row.id,
        program_id=row.program_id,
        audience=Audience(row.audience),
        text=row.text,
        story_id=row.story_id,
        send_at=row.send_at,
        state=BroadcastState(row.state),
        written_by=row.written_by,
        told=row.told,
        left_out=row.left_out,
    )
