"""Phases as they open and close: guides and thanks to people, looks back to coordinators."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from sqlalchemy.orm import Session

from bot.heard import Listeners, Tick
from bot.told import NOBODY, Told
from handlers.endings import finish_early
from mentoring.graduation import GRADUATION
from mentoring.hours import Calendar, next_instant, next_shared_instant, to_instant, zone_of
from mentoring.notices import Notice, ToPair, ToPerson
from mentoring.nudges.notices import Beside
from mentoring.pairs import PairState, is_over
from mentoring.phases import PhaseName, phases_of
from mentoring.programs import Program
from storage.facts import Known, calendars
from storage.outbox import write_letter
from storage.pairs import pairs_of_program
from storage.people import coordinators_of
from storage.phases import go_casual, improvements, open_debrief
from storage.under_way import is_under_way

DEBRIEF_AFTER = timedelta(days=2)
"""A phase's debrief waits this long, so that the last check-ins are in."""
DEBRIEF_KEEPS = timedelta(days=30)
ACTION_AT = time(10)
"""An action's day has begun by then, on its owner's clock."""


def look_at_phases(this: Tick, known: Known, people: Listeners, told: Told) -> datetime | None:
    """Write what a pair hears about its phases; returns when what has to wait for its people may be said."""
    waiting: list[datetime] = []
    for notice in told.coming[known.pair.id].notices:
        if notice.key in told.letters or not isinstance(notice.to, ToPerson):
            continue
        place_of = people.place_alone if notice.kind == GRADUATION else people.place_for
        place = place_of(notice.to.person_id, notice.not_before)
        if place.at > this.now:
            waiting.append(place.at)
            this.hold(known.pair, Beside.GUIDE, notice.key, place, notice.expires_at or place.at)
            continue
        this.say(known.pair, notice)
        people.tell(notice.to.person_id)
    return min(waiting, default=None)


def connect_if_agreed(session: Session, now: datetime, known: Known, told: Told) -> bool:
    """Once a pair has had its time, connect it if everybody said yes; tells whether it did.

    Where that is before the program's own end, its people may have another match from then on, whatever they
    say and however late they answer.
    """
    pair = known.pair
    if not is_over(pair, known.program.time_zone, now):
        return False
    finish_early(session, pair, known.program, now)
    if pair.casual_since is not None:
        return False
    answers = told.going_on.get(pair.id, NOBODY)
    if len(answers) < len(pair.members) or not all(each.yes for each in answers.values()):
        return False
    calendar = [each.calendar for each in known.facts.participants]
    since = now.astimezone(zone_of(known.program.time_zone)).date()
    go_casual(session, pair.id, since, hello=all(each.hello for each in answers.values()))
    notice = Notice(
        kind="went_on",
        to=ToPair(pair.id),
        key=f"went_on:pair {pair.id}",
        not_before=next_shared_instant(calendar, now) or next_instant(calendar[0], now),
        ids={"pair": pair.id},
        why="everybody said yes",
    )
    write_letter(session, pair.workspace_id, notice, now, program_id=pair.program_id)
    return True


def look_at_program(session: Session, program: Program, now: datetime) -> datetime | None:
    """Write the debriefs and the actions that are due; returns when the next one is."""
    if not is_under_way(session, program):
        return None
    waiting: list[datetime] = []
    if pairs_of_program(session, program.id, tuple(PairState)):
        waiting += _debriefs(session, program, now)
    waiting += _actions(session, program, now)
    return min(waiting, default=None)


def _debriefs(session: Session, program: Program, now: datetime) -> Iterator[datetime]:
    """Open the look back on each phase that is over, and tell every coordinator of the program once."""
    for phase in phases_of(program):
        if phase.ends_at is None:
            continue
        due = (phase.ends_at + DEBRIEF_AFTER).astimezone(UTC)
        if due > now:
            yield due
        elif now < due + DEBRIEF_KEEPS:
            _tell_coordinators(session, program, phase.name, due, now)


def _tell_coordinators(
    session: Session, program: Program, phase: PhaseName, due: datetime, now: datetime
) -> None:
    found = open_debrief(session, program.workspace_id, program.id, phase, now)
    if found.written_at is not None:
        return
    coordinating = [each.id for each in coordinators_of(session, program.workspace_id, program.id)]
    hours = calendars(session, coordinating)
    for person_id in coordinating:
        notice = Notice(
            kind="debrief",
            to=ToPerson(person_id),
            key=f"debrief:program {program.id}:{phase}:person {person_id}",
            not_before=next_instant(hours[person_id], max(due, now)),
            expires_at=due + DEBRIEF_KEEPS,
            ids={"debrief": found.id, "phase": phase.value},
            why=f"the {phase} phase is over",
        )
        write_letter(session, program.workspace_id, notice, now, program_id=program.id)


def _actions(session: Session, program: Program, now: datetime) -> Iterator[datetime]:
    """Ask whoever took an action on, on its day."""
    open_ones = [each for each in improvements(session, program.id) if each.done_at is None]
    hours = calendars(session, {each.owner_id for each in open_ones})
    for each in open_ones:
        calendar: Calendar = hours[each.owner_id]
        due = next_instant(calendar, to_instant(each.due_on, ACTION_AT, calendar.zone))
        if due > now:
            yield due
            continue
        notice = Notice(
            kind="action_due",
            to=ToPerson(each.owner_id),
            key=f"action_due:action {each.id}:{each.due_on}",
            not_before=now,
            ids={"action": each.id, "due_on": each.due_on.isoformat()},
            why="its day has come",
        )
        write_letter(session, program.workspace_id, notice, now, program_id=program.id)
