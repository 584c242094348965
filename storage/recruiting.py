"""Asking people to take part: who was asked, and when to look at them again."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.enrollment import EnrollmentState
from mentoring.programs import Program
from mentoring.recruiting import next_asking, places_left
from storage.facts import calendars
from storage.living import wanted
from storage.participants import Participant
from storage.people import to_person
from storage.programs import counts_of_programs, to_enrollment
from storage.tables import EnrollmentRow, PersonRow


def note_asked(session: Session, found: Program, enrollment_id: int, now: datetime) -> None:
    """They were asked (again) to take part; the clock looks again when the rules say so."""
    row = session.get_one(EnrollmentRow, enrollment_id)
    row.asked, row.asked_at = row.asked + 1, now
    plan_next_asking(session, found, enrollment_id, now)


def note_all_asked(session: Session, found: Program, enrollment_ids: Collection[int], now: datetime) -> None:
    """The same of many at once, in a fixed number of queries."""
    rows = list(session.scalars(select(EnrollmentRow).where(EnrollmentRow.id.in_(enrollment_ids))))
    when = calendars(session, [row.person_id for row in rows])
    for row in rows:
        row.asked, row.asked_at = row.asked + 1, now
        row.next_look_at = next_asking(to_enrollment(row), found, when[row.person_id], now)


def never_asked(session: Session, program_id: int, person_ids: Iterable[int]) -> dict[int, int]:
    """Who of these stands on a program's list and was never asked, by person, with their enrollment."""
    query = select(EnrollmentRow.person_id, EnrollmentRow.id).where(
        EnrollmentRow.program_id == program_id,
        EnrollmentRow.person_id.in_([*person_ids]),
        EnrollmentRow.state == EnrollmentState.INVITED,
        EnrollmentRow.asked == 0,
    )
    return {row.person_id: row.id for row in session.execute(query)}


def not_asked_yet(session: Session, program_id: int) -> dict[int, int]:
    """Everybody on a program's list who can take part and was never asked: enrollments by person."""
    query = (
        select(EnrollmentRow.person_id, EnrollmentRow.id)
        .join(PersonRow, PersonRow.id == EnrollmentRow.person_id)
        .where(
            EnrollmentRow.program_id == program_id,
            EnrollmentRow.state == EnrollmentState.INVITED,
            EnrollmentRow.asked == 0,
            PersonRow.active.is_(True),
            PersonRow.member.is_(True),
        )
        .order_by(EnrollmentRow.id)
    )
    return {row.person_id: row.id for row in session.execute(query)}


def plan_next_asking(session: Session, found: Program, enrollment_id: int, now: datetime) -> None:
    """Set when the clock must next look at somebody who has not decided."""
    row = session.get_one(EnrollmentRow, enrollment_id)
    calendar = calendars(session, [row.person_id])[row.person_id]
    row.next_look_at = next_asking(to_enrollment(row), found, calendar, now)


def look_no_more(session: Session, enrollment_id: int) -> None:
    """They have decided."""
    session.get_one(EnrollmentRow, enrollment_id).next_look_at = None


def enrollments_to_look_at(session: Session, now: datetime, limit: int) -> list[tuple[int, Participant]]:
    """People who may have to be asked again, longest waiting first, with their workspace."""
    query = (
        select(EnrollmentRow, PersonRow)
        .join(PersonRow, PersonRow.id == EnrollmentRow.person_id)
        .where(EnrollmentRow.next_look_at <= now, wanted(EnrollmentRow.workspace_id))
        .order_by(EnrollmentRow.next_look_at, EnrollmentRow.id)
        .limit(limit)
    )
    return [(e.workspace_id, Participant(to_person(p), to_enrollment(e))) for e, p in session.execute(query)]


def free_places(session: Session, found: Program) -> int | None:
    """How many more people a program takes; None where its charter sets no number."""
    counts = counts_of_programs(session, [found.id])
    return places_left(found, {state: count for (_, state), count in counts.items()})
