"""People and pairs of a program a page at a time, by name: a fixed number of queries for any page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, case, exists, func, select
from sqlalchemy.orm import Session

from mentoring.enrollment import EnrollmentState
from mentoring.meetings import MeetingState
from mentoring.names import plain_name
from mentoring.pairs import PairState
from storage.agreements import IN_FORCE
from storage.desk import open_now
from storage.fast import by_the_way, every
from storage.tables import AgreementRow, AskRow, EnrollmentRow, MeetingRow, MemberRow, PairRow, PersonRow

NAMES = (
    select(PersonRow.id, PersonRow.name)
    .join(EnrollmentRow, EnrollmentRow.person_id == PersonRow.id)
    .where(EnrollmentRow.program_id == bindparam("program"))
)


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody of a program.

    Args:
        asked: How often they were asked to take part.
    """

    person_id: int
    name: str
    state: EnrollmentState
    is_mentor: bool
    is_mentee: bool
    asked: int


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
    """A page of the people of a program whose name contains this, by name; and how many there are.

    Compared and ordered here: a database knows no accents, or others than the next one.
    """
    wanted = plain_name(sought)
    everybody = [(plain_name(row.name), row.id) for row in every(session, NAMES, program=program_id)]
    fitting = sorted([each for each in everybody if wanted in each[0]])
    shown = [id_ for _, id_ in fitting[offset : offset + limit]]
    found = session.execute(
        select(
            PersonRow.id,
            PersonRow.name,
            EnrollmentRow.state,
            EnrollmentRow.is_mentor,
            EnrollmentRow.is_mentee,
            EnrollmentRow.asked,
        )
        .join(EnrollmentRow, EnrollmentRow.person_id == PersonRow.id)
        .where(EnrollmentRow.program_id == program_id, PersonRow.id.in_(shown))
    )
    people = {
        id_: Listed(id_, name, EnrollmentState(state), mentor, mentee, asked)
        for id_, name, state, mentor, mentee, asked in found
    }
    return [people[each] for each in shown if each in people], len(fitting)


def living_pairs_of(session: Session, program_id: int, person_ids: Sequence[int]) -> dict[int, list[int]]:
    """The living pairs of these people in a program."""
    query = (
        select(MemberRow.person_id, MemberRow.pair_id)
        .join(PairRow, PairRow.id == MemberRow.pair_id)
        .where(
            MemberRow.person_id.in_(person_ids),
            by_the_way(PairRow.program_id) == program_id,
            PairRow.state != PairState.ENDED,
        )
        .order_by(MemberRow.pair_id)
    )
    found: dict[int, list[int]] = {}
    for person_id, pair_id in session.execute(query):
        found.setdefault(person_id, []).append(pair_id)
    return found


def pair_ids_of_program(
    session: Session,
    program_id: int,
    sought: str,
    reader_id: int,
    now: datetime,
    offset: int,
    limit: int,
) -> tuple[list[int], int]:
    """A page of the living pairs of a program with somebody of this name; and how many there are.

    Those that need a look come first, then by health, the lowest first: a list of two hundred is read from
    its top. A pair of the reader's own stands last, wherever it would be: its place would tell how it does.
    """
    own = exists().where(MemberRow.pair_id == PairRow.id, MemberRow.person_id == reader_id)
    query = select(PairRow.id).where(PairRow.program_id == program_id, PairRow.state != PairState.ENDED)
    health = case((own, None), else_=PairRow.health)
    place = case((own, 2), (_looks(now), 0), else_=1)
    ordered = query.order_by(place, health.is_(None), health, PairRow.id.desc())
    if not sought:
        return list(session.scalars(ordered.offset(offset).limit(limit))), _count(session, query)
    named = (
        select(MemberRow.pair_id, PersonRow.name)
        .join(PersonRow, PersonRow.id == MemberRow.person_id)
        .where(MemberRow.pair_id.in_(query))
    )
    wanted = plain_name(sought)
    theirs = {pair_id for pair_id, name in session.execute(named) if wanted in plain_name(name)}
    ids = [each for each in session.scalars(ordered) if each in theirs]
    return ids[offset : offset + limit], len(ids)


def standings(session: Session, pair_ids: Sequence[int], now: datetime) -> dict[int, PairStanding]:
    """How these pairs stand: agreement, meetings held, health, and whether they need a look."""
    agreed = select(AgreementRow.id).where(AgreementRow.pair_id == PairRow.id, AgreementRow.state == IN_FORCE)
    held = (
        select(func.count())
        .where(MeetingRow.pair_id == PairRow.id, MeetingRow.state == MeetingState.HELD)
        .scalar_subquery()
    )
    query = select(PairRow.id, agreed.exists(), held, PairRow.health, _looks(now)).where(
        PairRow.id.in_(pair_ids)
    )
    return {row[0]: PairStanding(*row) for row in session.execute(query)}


def _looks(now: datetime) -> ColumnElement[bool]:
    """Whether a pair needs a look, by the same rule as on Home."""
    return exists().where(AskRow.pair_id == PairRow.id, *open_now(now))


def _count(session: Session, query: Select[*tuple[Any, ...]]) -> int:
    return session.scalar(select(func.count()).select_from(query.subquery())) or 0
