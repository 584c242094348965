"""People and pairs of a program a page at a time, by name: a fixed number of queries for any page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from mentoring.enrollment import EnrollmentState
from mentoring.meetings import MeetingState
from mentoring.nudges.notices import FOR_COORDINATORS
from mentoring.pairs import PairState
from storage.agreements import IN_FORCE
from storage.tables import AgreementRow, AskRow, EnrollmentRow, MeetingRow, MemberRow, PairRow, PersonRow


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody of a program."""

    person_id: int
    name: str
    state: EnrollmentState
    is_mentor: bool
    is_mentee: bool


@dataclass(frozen=True, slots=True)
class PairStanding:
    """How a pair stands, in a list."""

    pair_id: int
    agreed: bool
    held: int
    health: int | None
    looks: bool


def people_of_program(
    session: Session, program_id: int, sought: str, offset: int, limit: int
) -> tuple[list[Listed], int]:
    """A page of the people of a program whose name contains this, by name; and how many there are."""
    where = [EnrollmentRow.program_id == program_id, *_named(sought)]
    joined = select(
        PersonRow.id, PersonRow.name, EnrollmentRow.state, EnrollmentRow.is_mentor, EnrollmentRow.is_mentee
    ).join(EnrollmentRow, EnrollmentRow.person_id == PersonRow.id)
    found = session.execute(
        joined.where(*where).order_by(PersonRow.name, PersonRow.id).offset(offset).limit(limit)
    )
    people = [
        Listed(id_, name, EnrollmentState(state), mentor, mentee)
        for id_, name, state, mentor, mentee in found
    ]
    return people, _count(session, joined.where(*where))


def living_pairs_of(session: Session, program_id: int, person_ids: Sequence[int]) -> dict[int, list[int]]:
    """The living pairs of these people in a program."""
    query = (
        select(MemberRow.person_id, MemberRow.pair_id)
        .join(PairRow, PairRow.id == MemberRow.pair_id)
        .where(
            MemberRow.person_id.in_(person_ids),
            PairRow.program_id == program_id,
            PairRow.state != PairState.ENDED,
        )
        .order_by(MemberRow.pair_id)
    )
    found: dict[int, list[int]] = {}
    for person_id, pair_id in session.execute(query):
        found.setdefault(person_id, []).append(pair_id)
    return found


def pair_ids_of_program(
    session: Session, program_id: int, sought: str, offset: int, limit: int
) -> tuple[list[int], int]:
    """A page of the living pairs of a program with somebody of this name, newest first; and how many."""
    query = select(PairRow.id).where(PairRow.program_id == program_id, PairRow.state != PairState.ENDED)
    if sought:
        with_name = (
            select(MemberRow.pair_id)
            .join(PersonRow, PersonRow.id == MemberRow.person_id)
            .where(MemberRow.pair_id == PairRow.id, *_named(sought))
        )
        query = query.where(with_name.exists())
    ids = list(session.scalars(query.order_by(PairRow.id.desc()).offset(offset).limit(limit)))
    return ids, _count(session, query)


def standings(session: Session, pair_ids: Sequence[int]) -> dict[int, PairStanding]:
    """How these pairs stand: agreement, meetings held, health, and whether they need a look."""
    agreed = select(AgreementRow.id).where(AgreementRow.pair_id == PairRow.id, AgreementRow.state == IN_FORCE)
    held = (
        select(func.count())
        .where(MeetingRow.pair_id == PairRow.id, MeetingRow.state == MeetingState.HELD)
        .scalar_subquery()
    )
    looks = select(AskRow.id).where(
        AskRow.pair_id == PairRow.id,
        AskRow.kind.in_(sorted(FOR_COORDINATORS)),
        AskRow.answered_at.is_(None),
    )
    query = select(PairRow.id, agreed.exists(), held, PairRow.health, looks.exists()).where(
        PairRow.id.in_(pair_ids)
    )
    return {row[0]: PairStanding(*row) for row in session.execute(query)}


def _named(sought: str) -> list[ColumnElement[bool]]:
    return [PersonRow.name.icontains(sought, autoescape=True)] if sought else []


def _count(session: Session, query: Select[*tuple[Any, ...]]) -> int:
    return session.scalar(select(func.count()).select_from(query.subquery())) or 0
