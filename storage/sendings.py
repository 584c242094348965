"""Surveys sent by hand: to whom, how many have answered, and taking one back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from mentoring.enrollment import EnrollmentState
from mentoring.errors import NoLongerOpen
from mentoring.pairs import PairState, takes_places
from mentoring.programs import Program
from mentoring.surveys.requests import SurveyRequest
from mentoring.surveys.segment import Candidate
from storage.pairs import pairs_of_program
from storage.participants import participants
from storage.surveys import request_of
from storage.tables import RequestRow, SendingRow

if TYPE_CHECKING:
    from mentoring.kinds import Role

TAKES_PART = (EnrollmentState.JOINED, EnrollmentState.MATCHED)


@dataclass(frozen=True, slots=True)
class Sending:
    """One sending, with what came back so far."""

    id: int
    program_id: int
    instrument: str
    segment: dict[str, Any]
    sent_at: datetime
    closes_at: datetime
    withdrawn_at: datetime | None
    asked: int = 0
    answered: int = 0

    def is_open(self, now: datetime) -> bool:
        """Whether somebody could still answer."""
        return self.withdrawn_at is None and now < self.closes_at and self.answered < self.asked


def candidates(session: Session, found: Program, now: datetime) -> list[Candidate]:
    """Everybody who takes part in a program, with their pairs."""
    paired: dict[int, dict[int, Role | None]] = {}
    over: dict[int, dict[int, Role | None]] = {}
    for pair in pairs_of_program(session, found.id, (PairState.ANNOUNCED,)):
        for member in pair.members:
            kept = paired if takes_places(pair, found.time_zone, now) else over
            kept.setdefault(member.person_id, {})[pair.id] = member.role
    known = []
    for each in participants(session, found.id, TAKES_PART):
        pairs = paired.get(each.person.id, {})
        if not pairs and each.enrollment.state is EnrollmentState.MATCHED:
            # The program is over: they are asked about their time in it.
            pairs = over.get(each.person.id, {})
        in_pairs = frozenset(role for role in pairs.values() if role is not None)
        roles = in_pairs or each.enrollment.profile.roles
        if each.person.active:
            known.append(Candidate(each.person.id, roles, tuple(pairs), each.enrollment.profile.department))
    return known


def add_sending(
    session: Session,
    workspace_id: int,
    sending: Sending,
    version: int,
    person_id: int,
) -> int:
    """Keep a sending (its `id` is ignored); returns its number."""
    row = SendingRow(
        workspace_id=workspace_id,
        program_id=sending.program_id,
        instrument=sending.instrument,
        version=version,
        segment=sending.segment,
        sent_by=person_id,
        sent_at=sending.sent_at,
        closes_at=sending.closes_at,
    )
    session.add(row)
    session.flush()
    return row.id


def sendings_of(session: Session, program_id: int, instrument: str) -> list[Sending]:
    """Every sending of a survey in a program, newest first."""
    query = (
        select(SendingRow, func.count(RequestRow.id), func.count(RequestRow.answered_at))
        .outerjoin(RequestRow, RequestRow.sending_id == SendingRow.id)
        .where(SendingRow.program_id == program_id, SendingRow.instrument == instrument)
        .group_by(SendingRow.id)
        .order_by(SendingRow.id.desc())
    )
    return [_sending(row, asked, answered) for row, asked, answered in session.execute(query)]


def take_back(session: Session, program_id: int, sending_id: int, now: datetime) -> None:
    """Withdraw what is not answered yet; answers that came in stay.

    Raises:
        NoLongerOpen: There is no such sending, or it was taken back before.
    """
    row = session.get(SendingRow, sending_id)
    if row is None or row.program_id != program_id or row.withdrawn_at is not None:
        raise NoLongerOpen("This is no longer open: that survey has been taken back already.")
    row.withdrawn_at = now
    session.execute(
        update(RequestRow)
        .where(
            RequestRow.sending_id == sending_id,
            RequestRow.answered_at.is_(None),
            RequestRow.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=now)
    )


def have_it_open(
    session: Session, program_id: int, instrument: str, people: Iterable[int], now: datetime
) -> set[int]:
    """Who of these could answer this survey already."""
    query = select(RequestRow.person_id).where(
        RequestRow.program_id == program_id,
        RequestRow.instrument == instrument,
        RequestRow.person_id.in_([*people]),
        RequestRow.answered_at.is_(None),
        RequestRow.withdrawn_at.is_(None),
        RequestRow.closes_at > now,
    )
    return set(session.scalars(query))


def open_without_pair(session: Session, program_id: int, now: datetime) -> list[SurveyRequest]:
    """What was asked of people outside a pair, and waits for an answer without a reminder so far."""
    query = (
        select(RequestRow)
        .where(
            RequestRow.program_id == program_id,
            RequestRow.pair_id.is_(None),
            RequestRow.answered_at.is_(None),
            RequestRow.withdrawn_at.is_(None),
            RequestRow.reminded_at.is_(None),
            RequestRow.closes_at > now,
        )
        .order_by(RequestRow.id)
    )
    return [request_of(row) for row in session.scalars(query)]


def _sending(row: SendingRow, asked: int, answered: int) -> Sending:
    return Sending(
        row.id,
        row.program_id,
        row.instrument,
        row.segment,
        row.sent_at,
        row.closes_at,
        row.withdrawn_at,
        asked,
        answered,
    )
