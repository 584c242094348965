"""Rosters dropped into Slack: rows to values, and the steps of their short life."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from mentoring.errors import NoLongerOpen
from storage.living import wanted
from storage.tables import RosterFileRow

GONE = "This is no longer open: that roster was imported or put away already."
KEPT = timedelta(days=7)
"""How long a roster waits for a decision; then it is put away unread by anybody."""


@dataclass(frozen=True, slots=True)
class RosterFile:
    """One file; `text` None until it was read from Slack, and for good where it was `refused`."""

    id: int
    workspace_id: int
    program_id: int
    asked_by: int
    file_id: str
    attempts: int
    text: str | None
    refused: str | None

    def __repr__(self) -> str:
        """Name the file alone: its text is full of people."""
        return f"RosterFile({self.id})"


def want_roster(
    session: Session, workspace_id: int, program_id: int, by: int, file_id: str, now: datetime
) -> None:
    """Ask for a file to be read; the next tick does it. One that waited for a decision gives way."""
    session.execute(
        delete(RosterFileRow).where(RosterFileRow.program_id == program_id, RosterFileRow.asked_by == by)
    )
    session.add(
        RosterFileRow(
            workspace_id=workspace_id,
            program_id=program_id,
            asked_by=by,
            asked_at=now,
            file_id=file_id,
            try_at=now,
            attempts=0,
        )
    )
    session.flush()


def wanted_rosters(session: Session, now: datetime) -> list[RosterFile]:
    """Files to read now, of workspaces that still want us."""
    query = (
        select(RosterFileRow)
        .where(RosterFileRow.try_at <= now, wanted(RosterFileRow.workspace_id))
        .order_by(RosterFileRow.id)
    )
    return [_file(row) for row in session.scalars(query)]


def try_roster_later(session: Session, roster_id: int, at: datetime) -> None:
    """Slack could not be asked; try again."""
    row = session.get_one(RosterFileRow, roster_id)
    row.try_at, row.attempts = at, row.attempts + 1


def keep_text(session: Session, roster_id: int, text: str | None, refused: str | None = None) -> None:
    """It was read, or it could not be, and why."""
    row = session.get_one(RosterFileRow, roster_id)
    row.text, row.refused, row.try_at = text, refused, None


def roster_file(session: Session, workspace_id: int, roster_id: int) -> RosterFile:
    """One file that waits for a decision.

    Raises:
        NoLongerOpen: Where it was decided on, or belongs to another workspace.
    """
    row = session.get(RosterFileRow, roster_id)
    if row is None or row.workspace_id != workspace_id:
        raise NoLongerOpen(GONE)
    return _file(row)


def put_away(session: Session, roster_id: int) -> None:
    """It is decided on: nothing of it is kept."""
    session.execute(delete(RosterFileRow).where(RosterFileRow.id == roster_id))


def put_away_old(session: Session, now: datetime) -> None:
    """Files nobody decided on."""
    session.execute(delete(RosterFileRow).where(RosterFileRow.asked_at < now - KEPT))


def _file(row: RosterFileRow) -> RosterFile:
    return RosterFile(
        row.id,
        row.workspace_id,
        row.program_id,
        row.asked_by,
        row.file_id,
        row.attempts,
        row.text,
        row.refused,
    )
