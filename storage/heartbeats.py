"""When the clock last looked and when a backup was last made: how a standstill is seen."""

from datetime import datetime

from sqlalchemy.orm import Session

from storage.fast import change, insert_or_change
from storage.tables import HeartbeatRow

LOOK, BACKUP = "look", "backup"


def last_look(session: Session) -> datetime | None:
    """When any process last looked at everything; None before the first time."""
    return _last(session, LOOK)


def note_look(session: Session, now: datetime) -> None:
    """Everything was looked at just now."""
    _note(session, LOOK, now)


def last_backup(session: Session) -> datetime | None:
    """When `mentoring db backup` last made a copy; None if it never did."""
    return _last(session, BACKUP)


def note_backup(session: Session, now: datetime) -> None:
    """A sound copy was made just now."""
    _note(session, BACKUP, now)


def _note(session: Session, name: str, now: datetime) -> None:
    """In one statement: the first note may be made by two processes at the same moment."""
    change(session, insert_or_change(session, HeartbeatRow, ["name"]), {"name": name, "at": now})


def _last(session: Session, name: str) -> datetime | None:
    row = session.get(HeartbeatRow, name)
    return row.at if row else None
