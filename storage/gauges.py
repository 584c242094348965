"""Counts for whoever watches the machines."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.heartbeats import last_look
from storage.living import wanted
from storage.outbox import LetterState
from storage.tables import LetterRow, WorkspaceRow


@dataclass(frozen=True, slots=True)
class Gauges:
    """How things stand; instants in UTC."""

    due: int
    delayed: int
    failed: int
    oldest_due: datetime | None
    workspaces: int
    looked_at: datetime | None


def gauges(session: Session, now: datetime, lately: datetime) -> Gauges:
    """How things stand now, with letters that failed since `lately`."""
    queued = (LetterRow.state == LetterState.QUEUED.value, wanted(LetterRow.workspace_id))
    due, oldest = session.execute(
        select(func.count(), func.min(LetterRow.not_before)).where(*queued, LetterRow.not_before <= now)
    ).one()
    delayed = session.scalar(select(func.count()).where(*queued, LetterRow.reason.is_not(None)))
    failed = session.scalar(
        select(func.count()).where(
            LetterRow.state == LetterState.FAILED.value, LetterRow.claimed_at >= lately
        )
    )
    living = session.scalar(
        select(func.count()).select_from(WorkspaceRow).where(WorkspaceRow.stopped_at.is_(None))
    )
    return Gauges(due, delayed or 0, failed or 0, oldest, living or 0, last_look(session))
