"""Stakeholders of a program: who was asked about its planning, and what they said."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.people import Person
from storage.people import to_person
from storage.tables import PersonRow, StakeholderRow


@dataclass(frozen=True, slots=True)
class Stakeholder:
    """Somebody who was asked; `answers` is empty until they answer."""

    person: Person
    answered_at: datetime | None
    answers: dict[str, str]


def ask_stakeholder(session: Session, program_id: int, person_id: int, now: datetime) -> bool:
    """Remember that somebody is asked; False where they were before."""
    if session.get(StakeholderRow, (program_id, person_id)) is not None:
        return False
    session.add(StakeholderRow(program_id=program_id, person_id=person_id, asked_at=now, answers={}))
    session.flush()
    return True


def was_asked(session: Session, program_id: int, person_id: int) -> bool:
    """Whether somebody is a stakeholder of a program."""
    return session.get(StakeholderRow, (program_id, person_id)) is not None


def keep_planning_answers(
    session: Session, program_id: int, person_id: int, answers: dict[str, str], now: datetime
) -> None:
    """Store what a stakeholder said; saying it again corrects it."""
    row = session.get_one(StakeholderRow, (program_id, person_id))
    row.answers, row.answered_at = answers, now


def stakeholders(session: Session, program_id: int) -> list[Stakeholder]:
    """Everybody who was asked, in the order they were asked."""
    query = (
        select(StakeholderRow, PersonRow)
        .join(PersonRow, PersonRow.id == StakeholderRow.person_id)
        .where(StakeholderRow.program_id == program_id)
        .order_by(StakeholderRow.asked_at, PersonRow.id)
    )
    return [Stakeholder(to_person(p), s.answered_at, s.answers) for s, p in session.execute(query)]
