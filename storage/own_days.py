"""When somebody may be written to: their hours and days, their country, Slack's do-not-disturb."""

from datetime import datetime

from sqlalchemy.orm import Session

from mentoring.hours import Calendar, WorkingHours
from storage.facts import calendar_of
from storage.fast import rows
from storage.people import PEOPLE
from storage.tables import PersonRow


def days_of(session: Session, person_id: int) -> tuple[Calendar, str | None]:
    """Somebody's calendar, and the country they told us (None: they were never asked, it is our guess)."""
    (row,) = rows(session, PEOPLE, [person_id])
    return calendar_of(row), row.country


def save_days(session: Session, person_id: int, hours: WorkingHours, country: str) -> None:
    """Keep what somebody told us; the empty country keeps no public holidays."""
    row = session.get_one(PersonRow, person_id)
    row.hours = {
        "start": hours.start.isoformat("minutes"),
        "end": hours.end.isoformat("minutes"),
        "days": sorted(hours.days),
    }
    row.country = country


def save_country(session: Session, person_id: int, country: str) -> None:
    """Keep whose public holidays somebody keeps, and nothing else."""
    session.get_one(PersonRow, person_id).country = country


def save_do_not_disturb(
    session: Session, person_id: int, begins: datetime | None, ends: datetime | None
) -> None:
    """Keep the stretch in which Slack lets nothing through to somebody; None: there is none."""
    row = session.get_one(PersonRow, person_id)
    row.dnd_from, row.dnd_until = begins, ends
