"""A place is free and somebody waits for one: whoever coordinates hears it once, with the next in line."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from mentoring.at_hand import LIVE
from mentoring.enrollment import EnrollmentState
from mentoring.hours import next_instant, to_instant
from mentoring.notices import Notice, ToPerson
from mentoring.programs import Program
from mentoring.recruiting import place_free_key, places_left
from storage.facts import calendars
from storage.outbox import write_letters_of
from storage.participants import page_of_participants
from storage.people import coordinators_of
from storage.programs import counts_of_programs

AT = time(9)
"""Looked for once a day, in the morning of the program's own zone: what became free is told together."""
KEEPS = timedelta(days=7)
"""A letter that could not be sent for so long says nothing new: Home shows free places all the time."""


def tell_of_free_places(session: Session, program: Program, now: datetime) -> datetime | None:
    """Tell coordinators who could have a free place; returns when to look again, None where nobody waits."""
    if program.state not in LIVE:
        return None
    counts = {state: n for (_, state), n in counts_of_programs(session, [program.id]).items()}
    if not counts.get(EnrollmentState.WAITING):
        return None
    if places_left(program, counts):
        (first,) = page_of_participants(session, program.id, [EnrollmentState.WAITING], 0, 1)
        _tell(session, program, first.person.id, now)
    tomorrow = now.astimezone(ZoneInfo(program.time_zone)).date() + timedelta(days=1)
    return to_instant(tomorrow, AT, program.time_zone)


def _tell(session: Session, program: Program, person_id: int, now: datetime) -> None:
    told = [each.id for each in coordinators_of(session, program.workspace_id, program.id)]
    hours = calendars(session, told)
    notices = [
        Notice(
            kind="place_free",
            to=ToPerson(each),
            key=place_free_key(program.id, person_id, each),
            not_before=next_instant(hours[each], now),
            expires_at=now + KEEPS,
            ids={"person": person_id},
            why="a place is free and somebody waits for it",
        )
        for each in told
    ]
    write_letters_of(session, program, notices, now)
