"""When the clock last looked: how a standstill is seen, by whoever still runs or runs again."""

from datetime import datetime

from sqlalchemy.orm import Session

from storage.tables import HeartbeatRow

LOOK = "look"


def last_look(session: Session) -> datetime | None:
    """When any process last looked at everything; None before the first time."""
    row = session.get(HeartbeatRow, LOOK)
    return row.at if row else None


def note_look(session: Session, now: datetime) -> None:
    """Everything was looked at just now."""
    session.merge(HeartbeatRow(name=LOOK, at=now))
