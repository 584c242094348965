"""How people describe themselves: kept apart from everything else, theirs to delete."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from storage.tables import SelfDescriptionRow


def describe_self(
    session: Session,
    workspace_id: int,
    program_id: int,
    person_id: int,
    answers: Mapping[str, str],
    now: datetime,
) -> None:
    """Keep somebody's own words about themselves; saying nothing keeps nothing."""
    forget_self_description(session, program_id, person_id)
    if answers:
        session.add(
            SelfDescriptionRow(
                workspace_id=workspace_id,
                program_id=program_id,
                person_id=person_id,
                answers=dict(answers),
                given_at=now,
            )
        )
    session.flush()


def self_description(session: Session, program_id: int, person_id: int) -> dict[str, str]:
    """What somebody said about themselves; for them alone."""
    row = session.scalar(
        select(SelfDescriptionRow).where(
            SelfDescriptionRow.program_id == program_id, SelfDescriptionRow.person_id == person_id
        )
    )
    return dict(row.answers) if row else {}


def forget_self_description(session: Session, program_id: int, person_id: int) -> None:
    """Delete it, at once and for good."""
    session.execute(
        delete(SelfDescriptionRow).where(
            SelfDescriptionRow.program_id == program_id, SelfDescriptionRow.person_id == person_id
        )
    )


def groups_of_program(session: Session, program_id: int) -> dict[int, dict[str, str]]:
    """Who described themselves how, for reports that count groups and never show one person."""
    query = select(SelfDescriptionRow).where(SelfDescriptionRow.program_id == program_id)
    return {row.person_id: dict(row.answers) for row in session.scalars(query)}
