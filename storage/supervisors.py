"""Who supervises whom in a program, who has been told, and who wants to hear no more."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from mentoring.errors import NoLongerOpen
from mentoring.surveys.segment import Candidate
from storage.tables import PersonRow, SupervisorRow


@dataclass(frozen=True, slots=True)
class Supervision:
    """One person and their supervisor, by our numbers."""

    person_id: int
    supervisor_id: int
    told: bool
    declined: bool


def supervisions(session: Session, program_id: int) -> list[Supervision]:
    """Everybody in a program whose supervisor is known and still in the workspace."""
    query = (
        select(SupervisorRow)
        .join(PersonRow, PersonRow.id == SupervisorRow.supervisor_id)
        .where(SupervisorRow.program_id == program_id, PersonRow.active, PersonRow.member)
        .order_by(SupervisorRow.id)
    )
    return [
        Supervision(row.person_id, row.supervisor_id, row.told_at is not None, row.declined_at is not None)
        for row in session.scalars(query)
    ]


def keep_supervisor(
    session: Session, workspace_id: int, program_id: int, person_id: int, supervisor_id: int
) -> None:
    """Remember who supervises somebody; a new supervisor is told anew."""
    row = session.scalar(
        select(SupervisorRow).where(
            SupervisorRow.program_id == program_id, SupervisorRow.person_id == person_id
        )
    )
    if row is not None and row.supervisor_id == supervisor_id:
        return
    if row is None:
        row = SupervisorRow(workspace_id=workspace_id, program_id=program_id, person_id=person_id)
        session.add(row)
    row.supervisor_id, row.told_at, row.declined_at = supervisor_id, None, None
    session.flush()


def mark_told(
    session: Session, program_id: int, supervisor_id: int, people: Iterable[int], now: datetime
) -> None:
    """A supervisor has been told about these people."""
    session.execute(
        update(SupervisorRow)
        .where(
            SupervisorRow.program_id == program_id,
            SupervisorRow.supervisor_id == supervisor_id,
            SupervisorRow.person_id.in_([*people]),
        )
        .values(told_at=now)
    )


def decline(session: Session, program_id: int, supervisor_id: int, now: datetime) -> None:
    """A supervisor wants to hear no more of a program.

    Raises:
        NoLongerOpen: They supervise nobody in it.
    """
    mine = (SupervisorRow.program_id == program_id) & (SupervisorRow.supervisor_id == supervisor_id)
    if session.scalar(select(SupervisorRow.id).where(mine).limit(1)) is None:
        raise NoLongerOpen("This is no longer open: you are not on the list any more.")
    session.execute(update(SupervisorRow).where(mine).values(declined_at=now))


def supervisor_of(session: Session, program_id: int, person_id: int) -> int | None:
    """Somebody's supervisor in a program, unless they want to hear nothing of it."""
    return session.scalar(
        select(SupervisorRow.supervisor_id)
        .join(PersonRow, PersonRow.id == SupervisorRow.supervisor_id)
        .where(
            SupervisorRow.program_id == program_id,
            SupervisorRow.person_id == person_id,
            SupervisorRow.declined_at.is_(None),
            PersonRow.active,
        )
    )


def supervisor_candidates(session: Session, program_id: int) -> list[Candidate]:
    """Supervisors as people a survey can be sent to, each once."""
    found = {
        each.supervisor_id: Candidate(each.supervisor_id, supervisor=True)
        for each in supervisions(session, program_id)
        if not each.declined
    }
    return list(found.values())
