"""The communication plan by the clock: what is planned goes out, and coordinators hear of moments to tell."""

from datetime import datetime, time, timedelta

from sqlalchemy.orm import Session

from mentoring.broadcasts import (
    KEEPS,
    TELLS_OF_MOMENTS,
    Audience,
    Broadcast,
    BroadcastState,
    planned_moments,
    reach,
)
from mentoring.hours import next_instant, to_instant
from mentoring.notices import Notice, ToChannel, ToPerson
from mentoring.people import StaffRole
from mentoring.programs import Program
from storage.broadcasts import broadcasts_ahead, hearers, settle_broadcast
from storage.facts import calendars
from storage.outbox import write_letter
from storage.people import staff
from storage.under_way import is_under_way

MOMENT_AT = time(9)
"""Coordinators hear of a moment in the morning of its day, on the program's clock."""
MOMENT_KEEPS = timedelta(days=5)
"""A moment that passed so long ago is not worth a message any more."""


def announce(session: Session, program: Program, now: datetime) -> datetime | None:
    """Write the updates that are due, and tell of moments; returns when the next of it is."""
    waiting: list[datetime] = []
    for each in broadcasts_ahead(session, program.id):
        if each.state is not BroadcastState.SCHEDULED:
            continue
        if each.send_at > now:
            waiting.append(each.send_at)
        else:
            _write(session, program, each, now)
    if program.settings.get(TELLS_OF_MOMENTS, True) and is_under_way(session, program):
        waiting += _moments(session, program, now)
    return min(waiting, default=None)


def _write(session: Session, program: Program, made: Broadcast, now: datetime) -> None:
    """Write one letter to each person it goes to, in their own working hours; or one to the channel."""
    key, ids = f"broadcast:{made.id}", {"broadcast": made.id}
    why = "a coordinator's update"
    if made.audience is Audience.CHANNEL:
        if program.channel:
            to = ToChannel(program.channel)
            notice = Notice("broadcast", to, f"{key}:channel", now, why, now + KEEPS, ids)
            write_letter(session, program.workspace_id, notice, now, program_id=program.id)
        settle_broadcast(session, made.id, 1 if program.channel else 0, 0)
        return
    goes_to = reach(hearers(session, program.id, made.audience, now), now)
    hours = calendars(session, goes_to.people)
    for person_id in goes_to.people:
        at = next_instant(hours[person_id], now)
        notice = Notice(
            "broadcast", ToPerson(person_id), f"{key}:person {person_id}", at, why, at + KEEPS, ids
        )
        write_letter(session, program.workspace_id, notice, now, program_id=program.id)
    settle_broadcast(session, made.id, len(goes_to.people), goes_to.heard_lately)


def _moments(session: Session, program: Program, now: datetime) -> list[datetime]:
    """Tell every coordinator once that a moment has come; returns the instants of those ahead."""
    ahead = []
    for occasion, day in planned_moments(program).items():
        at = to_instant(day, MOMENT_AT, program.time_zone)
        if at > now:
            ahead.append(at)
        elif now < at + MOMENT_KEEPS:
            _tell(session, program, occasion.value, at, now)
    return ahead


def _tell(session: Session, program: Program, occasion: str, at: datetime, now: datetime) -> None:
    coordinating = {
        each.person.id
        for each in staff(session, program.workspace_id)
        if each.role is not StaffRole.VIEWER and each.program_id in (None, program.id) and each.person.active
    }
    hours = calendars(session, coordinating)
    for person_id in sorted(coordinating):
        notice = Notice(
            kind="update_due",
            to=ToPerson(person_id),
            key=f"update_due:program {program.id}:{occasion}:person {person_id}",
            not_before=next_instant(hours[person_id], now),
            expires_at=at + MOMENT_KEEPS,
            ids={"occasion": occasion},
            why="a moment with something to tell",
        )
        write_letter(session, program.workspace_id, notice, now, program_id=program.id)
