"""Who takes part in a program, in which state: whole lists, pages of them, and who has a place left."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, case, func, select
from sqlalchemy.orm import Session

from mentoring.enrollment import Enrollment, EnrollmentState
from mentoring.kinds import Role
from mentoring.pairs import PairState
from mentoring.people import Person
from mentoring.recruiting import PROMPTS, InPool
from storage.fast import every
from storage.people import to_person
from storage.prepared import among
from storage.programs import to_enrollment
from storage.tables import EnrollmentRow, MemberRow, PairRow, PersonRow

COUNTED = ("offers", "wants", "office", "level", *PROMPTS)
"""What is counted of what people told, in the order of `InPool`."""
POOL = (
    select(EnrollmentRow.profile, EnrollmentRow.is_mentor, EnrollmentRow.is_mentee, EnrollmentRow.capacity)
    .where(
        # By their numbers alone first: what people told is long, and would be put in order with the rest.
        EnrollmentRow.id.in_(
            select(EnrollmentRow.id)
            .where(EnrollmentRow.program_id == bindparam("program"), among(EnrollmentRow.state, "states"))
            .order_by(EnrollmentRow.id)
            .limit(bindparam("most"))
        )
    )
    .order_by(EnrollmentRow.id)
)


@dataclass(frozen=True, slots=True)
class Participant:
    """A person with their part in a program."""

    person: Person
    enrollment: Enrollment


def participants(
    session: Session, program_id: int, states: Iterable[EnrollmentState] = tuple(EnrollmentState)
) -> list[Participant]:
    """Who is in a program, in these states, by name of arrival."""
    query = (
        select(EnrollmentRow, PersonRow)
        .join(PersonRow, PersonRow.id == EnrollmentRow.person_id)
        .where(EnrollmentRow.program_id == program_id, EnrollmentRow.state.in_([*states]))
        .order_by(EnrollmentRow.id)
    )
    return [Participant(to_person(p), to_enrollment(e)) for e, p in session.execute(query)]


def some_participants(session: Session, program_id: int, person_ids: Iterable[int]) -> list[Participant]:
    """These people's parts in a program; whoever is on no list of it is left out."""
    query = (
        select(EnrollmentRow, PersonRow)
        .join(PersonRow, PersonRow.id == EnrollmentRow.person_id)
        .where(EnrollmentRow.program_id == program_id, EnrollmentRow.person_id.in_([*person_ids]))
    )
    return [Participant(to_person(p), to_enrollment(e)) for e, p in session.execute(query)]


def page_of_participants(
    session: Session, program_id: int, states: Sequence[EnrollmentState], offset: int, limit: int
) -> list[Participant]:
    """A page of a program's people, state by state in the order given, by order of arrival within each."""
    rank = case({state.value: number for number, state in enumerate(states)}, value=EnrollmentRow.state)
    # As in `POOL`: by their numbers alone first.
    ids = (
        select(EnrollmentRow.id)
        .where(EnrollmentRow.program_id == program_id, EnrollmentRow.state.in_(states))
        .order_by(rank, EnrollmentRow.id)
        .offset(offset)
        .limit(limit)
    )
    query = (
        select(EnrollmentRow, PersonRow)
        .join(PersonRow, PersonRow.id == EnrollmentRow.person_id)
        .where(EnrollmentRow.id.in_(ids))
        .order_by(rank, EnrollmentRow.id)
    )
    return [Participant(to_person(p), to_enrollment(e)) for e, p in session.execute(query)]


def names_in(session: Session, program_id: int, states: Iterable[EnrollmentState]) -> list[tuple[int, str]]:
    """Numbers and names of a program's people in these states, for looking somebody up."""
    query = (
        select(PersonRow.id, PersonRow.name)
        .join(EnrollmentRow, EnrollmentRow.person_id == PersonRow.id)
        .where(EnrollmentRow.program_id == program_id, EnrollmentRow.state.in_([*states]))
    )
    return [(id_, name) for id_, name in session.execute(query)]


def in_pool(session: Session, program_id: int, states: Iterable[EnrollmentState], limit: int) -> list[InPool]:
    """What the first so many people in these states told a program, by order of arrival; nobody's name."""
    found = every(session, POOL, program=program_id, states=[each.value for each in states], most=limit)
    return [
        InPool(row.is_mentor, row.is_mentee, row.capacity, *[row.profile[name] for name in COUNTED])
        for row in found
    ]


def places_taken(session: Session, program_id: int, today: date) -> int:
    """How many mentees have a mentor now, by the rule by which `free_mentors` counts; none among peers."""
    query = (
        select(func.count())
        .select_from(MemberRow)
        .join(PairRow, PairRow.id == MemberRow.pair_id)
        .where(
            PairRow.program_id == program_id,
            MemberRow.role == Role.MENTEE,
            PairRow.state != PairState.ENDED,
            PairRow.casual_since.is_(None),
            PairRow.ends_on >= today,
        )
    )
    return session.scalar(query) or 0


def free_mentors(
    session: Session,
    program_id: int,
    states: Iterable[EnrollmentState],
    limit: int,
    today: date,
    *,
    only: Iterable[int] | None = None,
) -> list[Participant]:
    """Mentors of a program, here and active, who carry fewer pairs of it than they have places.

    Args:
        session: The transaction.
        program_id: Which program.
        states: Where they stand in it.
        limit: How many at most, the longest waiting first.
        today: The program's own day: pairs whose last day has passed take no place.
        only: Of these people alone, if wanted.
    """
    carried = (
        select(func.count())
        .select_from(MemberRow)
        .join(PairRow, PairRow.id == MemberRow.pair_id)
        .where(
            MemberRow.enrollment_id == EnrollmentRow.id,
            MemberRow.role == Role.MENTOR,
            PairRow.state != PairState.ENDED,
            PairRow.casual_since.is_(None),
            PairRow.ends_on >= today,
        )
        .scalar_subquery()
    )
    query = (
        select(EnrollmentRow, PersonRow)
        .join(PersonRow, PersonRow.id == EnrollmentRow.person_id)
        .where(
            EnrollmentRow.program_id == program_id,
            EnrollmentRow.state.in_([*states]),
            EnrollmentRow.is_mentor,
            PersonRow.active,
            PersonRow.member,
            EnrollmentRow.capacity > carried,
        )
        .order_by(EnrollmentRow.joined_at, EnrollmentRow.id)
        .limit(limit)
    )
    if only is not None:
        query = query.where(PersonRow.id.in_([*only]))
    return [Participant(to_person(p), to_enrollment(e)) for e, p in session.execute(query)]
