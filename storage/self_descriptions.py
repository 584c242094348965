"""How people describe themselves: kept apart from everything else, theirs to delete."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from storage.fast import change, insert_or_change
from storage.tables import SelfDescriptionRow

FORGET = delete(SelfDescriptionRow.__table__).where(  # type: ignore[arg-type] # SQLAlchemy types a mapped table as FromClause
    SelfDescriptionRow.program_id == bindparam("program"), SelfDescriptionRow.person_id == bindparam("person")
)
"""Built once, like what is read often: this form stands for all that write one thing when we measure."""


def describe_self(
    session: Session,
    workspace_id: int,
    program_id: int,
    person_id: int,
    answers: Mapping[str, str],
    now: datetime,
) -> None:
    """Keep somebody's own words about themselves; saying nothing keeps nothing."""
    if not answers:
        forget_self_description(session, program_id, person_id)
        return
    keep = insert_or_change(session, SelfDescriptionRow, ("program_id", "person_id"))
    kept = {
        "workspace_id": workspace_id,
        "program_id": program_id,
        "person_id": person_id,
        "answers": dict(answers),
        "given_at": now,
    }
    change(session, keep, kept)


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
    change(session, FORGET, {"program": program_id, "person": person_id})


def groups_of_program(session: Session, program_id: int) -> dict[int, dict[str, str]]:
    """Who described themselves how, for reports that count groups and never show one person."""
    query = select(SelfDescriptionRow).where(SelfDescriptionRow.program_id == program_id)
    return {row.person_id: dict(row.answers) for row in session.scalars(query)}
