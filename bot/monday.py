"""The coordinators' Monday: once a week how a program stands, and only when a pair needs a look."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from sqlalchemy.orm import Session

from handlers.desk_facts import needing_a_look
from mentoring.attention import most_urgent_first
from mentoring.health import week_of
from mentoring.hours import next_instant, to_instant, zone_of
from mentoring.notices import Notice, ToPerson
from mentoring.programs import Program
from messages.letters.care import MOST_ITEMS
from messages.letters.context import Circumstances
from storage.desk import attention_counts, counts_of_pairs, open_concerns
from storage.facts import calendars
from storage.outbox import Letter, write_letter
from storage.people import coordinators_of
from storage.under_way import is_under_way

MORNING = time(9)
"""On the program's clock; each coordinator reads it in their own working hours."""
READ_WITHIN = timedelta(days=3)
"""After that the week is half over, and the next Monday is near."""
WEEK = timedelta(days=7)


def look_at_week(session: Session, program: Program, now: datetime) -> datetime | None:
    """Write this week's look if it is time; tells when to come back. Doing it twice changes nothing.

    A program is looked at on other days for other reasons: then only what Monday should have told is told,
    and only to those whom it should have told. Whoever has run the program since Tuesday begins with Home.
    """
    if not is_under_way(session, program):
        return None
    today = now.astimezone(zone_of(program.time_zone)).date()
    monday = week_of(today)
    due_at = to_instant(monday, MORNING, program.time_zone)
    if now < due_at:
        return due_at
    arisen_by = now if today == monday else due_at
    if now < due_at + READ_WITHIN and attention_counts(session, [program.id], arisen_by):
        running = coordinators_of(session, program.workspace_id, program.id, by=due_at)
        everybody = [each.id for each in running]
        hours = calendars(session, everybody)
        for person_id in everybody:
            at = next_instant(hours[person_id], due_at)
            notice = Notice(
                kind="monday",
                to=ToPerson(person_id),
                key=f"monday:program {program.id}:{monday.isoformat()}:person {person_id}",
                not_before=at,
                expires_at=max(at, due_at) + READ_WITHIN,
                why="a pair needs a look",
            )
            write_letter(session, program.workspace_id, notice, now, program_id=program.id)
    return to_instant(monday + WEEK, MORNING, program.time_zone)


def monday_facts(session: Session, seen: Circumstances, _letter: Letter) -> Circumstances:
    """The numbers and the pairs of this very moment."""
    program = seen.the_program
    items = most_urgent_first(open_concerns(session, program.id, seen.now, seen.the_recipient.id))
    pairs = counts_of_pairs(session, program.id)
    today = seen.now.astimezone(zone_of(program.time_zone)).date()
    numbers = {
        "week": max(1, (today - program.starts_on).days // WEEK.days + 1),
        "met": pairs.met,
        "pairs": pairs.made,
        "look": len(items),
    }
    return replace(
        seen, numbers=numbers, attention=tuple(needing_a_look(session, program, items[:MOST_ITEMS], seen.now))
    )


def nothing_to_look_at(session: Session, letter: Letter, now: datetime) -> str | None:
    """Why a Monday message is not sent after all: somebody was faster."""
    if letter.kind != "monday" or letter.program_id is None or not isinstance(letter.to, ToPerson):
        return None
    seen = open_concerns(session, letter.program_id, now, letter.to.person_id)
    return None if seen else "nothing_to_look_at"
