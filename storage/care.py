"""What coordinators do for pairs: words to them, more time, and the log of it all."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mentoring.errors import NoLongerOpen
from mentoring.pairs import Pair
from storage.tables import AuditRow, CareNoteRow, PairRow


def add_care_note(session: Session, about: Pair, by: int, text: str, now: datetime) -> int:
    """Keep a coordinator's words until they are said; gives their number."""
    row = CareNoteRow(
        workspace_id=about.workspace_id, pair_id=about.id, written_by=by, text=text, written_at=now
    )
    session.add(row)
    session.flush()
    return row.id


def care_note(session: Session, workspace_id: int, note_id: int) -> str:
    """The words of a note.

    Raises:
        NoLongerOpen: Where there is no such note.
    """
    row = session.get(CareNoteRow, note_id)
    if row is None or row.workspace_id != workspace_id:
        raise NoLongerOpen("This note is not there any more.")
    return row.text


def extend_pair(session: Session, pair_id: int, ends_on: date) -> None:
    """Give a pair until this day."""
    session.get_one(PairRow, pair_id).ends_on = ends_on


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log: who did what to whom, in ids and codes; instants in UTC."""

    id: int
    actor_id: int | None
    action: str
    subject: dict[str, int | str]
    at: datetime


def audit_entries(
    session: Session,
    program_id: int,
    *,
    limit: int | None = None,
    offset: int = 0,
    actor_id: int | None = None,
) -> list[Entry]:
    """The log of a program, newest first; of one person's acts, if wanted."""
    query = select(AuditRow).where(AuditRow.program_id == program_id)
    if actor_id is not None:
        query = query.where(AuditRow.actor_id == actor_id)
    query = query.order_by(AuditRow.id.desc()).offset(offset)
    if limit is not None:
        query = query.limit(limit)
    return [Entry(row.id, row.actor_id, row.action, row.subject, row.at) for row in session.scalars(query)]


def last_actor(session: Session, workspace_id: int, program_id: int | None, action: str) -> int | None:
    """Who did something last, of a program or, where none is named, of the workspace."""
    query = (
        select(AuditRow.actor_id)
        .where(
            AuditRow.workspace_id == workspace_id,
            AuditRow.program_id == program_id if program_id else AuditRow.program_id.is_(None),
            AuditRow.action == action,
        )
        .order_by(AuditRow.id.desc())
        .limit(1)
    )
    return session.scalar(query)


def count_audit_entries(session: Session, program_id: int, actor_id: int | None = None) -> int:
    """How long the log of a program is."""
    query = select(func.count()).select_from(AuditRow).where(AuditRow.program_id == program_id)
    if actor_id is not None:
        query = query.where(AuditRow.actor_id == actor_id)
    return session.scalar(query) or 0
