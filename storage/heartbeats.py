"""When the clock last looked and when a backup was last made: how a standstill is seen."""

from datetime import datetime

from sqlalchemy.orm import Session

from storage.tables import HeartbeatRow

LOOK, BACKUP = "look", "backup"


def last_look(session: Session) -> datetime | None:
    """When any process last looked at everything; None before the first time."""
    return _last(session, LOOK)


def note_look(session: Session, now: datetime) -> None:
    """Everything was looked at just now."""
    session.merge(HeartbeatRow(name=LOOK, at=now))


def last_backup(session: Session) -> datetime | None:
    """When `mentoring db backup` last made a copy; None if it never did."""
    return _last(session, BACKUP)


def note_backup(session: Session, now: datetime) -> None:
    """A sound copy was made just now."""
    session.merge(HeartbeatRow(name=BACKUP, at=now))


def _last(session: Session, name: str) -> datetime | None:
    row = session.get(HeartbeatRow, name)
    return row.at if row else None
