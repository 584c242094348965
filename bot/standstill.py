"""A standstill is told to whoever owns the programs: afterwards by the clock, meanwhile by whoever listens.

Only where somebody waited because of it: a night in which nothing was due is nobody's concern.
"""

from datetime import datetime, timedelta

import structlog
from sqlalchemy.orm import Session

from mentoring.notices import Notice, ToPerson
from mentoring.people import StaffRole
from storage.database import Database
from storage.heartbeats import last_look
from storage.outbox import write_letter
from storage.people import staff
from storage.standstills import waiting_since

log = structlog.get_logger()

LONG = timedelta(minutes=15)
"""A standstill worth a message: shorter ones are restarts."""


def tell_after(database: Database, now: datetime) -> None:
    """The clock looks again: say that it did not for a while, where that made somebody wait."""
    with database.write() as session:
        since = last_look(session)
        if since is not None and now - since >= LONG:
            log.warning("was at a standstill", since=since.isoformat())
            _tell(session, since, now, until=now)


def tell_meanwhile(database: Database, now: datetime) -> list[int]:
    """The clock does not look: say so; returns the workspaces in which there is somebody to tell."""
    with database.write() as session:
        since = last_look(session)
        if since is None or now - since < LONG:
            return []
        log.error("standstill", since=since.isoformat())
        return _tell(session, since, now, until=None)


def _tell(session: Session, since: datetime, now: datetime, until: datetime | None) -> list[int]:
    waited = waiting_since(session, now - LONG)
    for workspace_id in waited:
        for each in staff(session, workspace_id):
            if each.role is not StaffRole.OWNER:
                continue
            said = f"{since.isoformat()}:{'over' if until else 'going on'}"
            notice = Notice(
                kind="standstill",
                to=ToPerson(each.person.id),
                key=f"standstill:{said}:person {each.person.id}",
                not_before=now,
                why="nothing was sent for a while",
                ids={"since": since.isoformat(), "until": until.isoformat() if until else ""},
            )
            write_letter(session, workspace_id, notice, now)
    return waited
