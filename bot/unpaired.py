"""The one reminder of a survey for people who were asked outside of a pair."""

from datetime import datetime

from sqlalchemy.orm import Session

from mentoring.hours import zone_of
from mentoring.notices import Notice, ToPerson
from mentoring.programs import Program
from mentoring.surveys.requests import SurveyRequest, reminded, reminder_due_at
from mentoring.surveys.timing import when_to_ask_alone
from storage.facts import listeners
from storage.meetings import pauses_of_people
from storage.outbox import write_letters_of
from storage.sendings import open_without_pair
from storage.surveys import save_reminded


def remind_unpaired(session: Session, program: Program, now: datetime) -> datetime | None:
    """Remind who is due, in their own hours; returns when the next one is."""
    waiting = open_without_pair(session, program.id, now)
    if not waiting:
        return None
    people = listeners(session, {each.person_id for each in waiting}, now)
    pauses = pauses_of_people(session, people)
    coming: list[datetime] = []
    reminding: list[SurveyRequest] = []
    for request in waiting:
        one = people[request.person_id]
        due = reminder_due_at(
            request, zone=zone_of(one.calendar.zone), is_working_day=one.calendar.is_workday
        )
        if due is None or not one.active:
            continue
        at = when_to_ask_alone(one, pauses.get(one.person_id, []), max(due, now))
        if at >= request.closes_at:
            continue
        if at > now:
            coming.append(at)
            continue
        reminding.append(reminded(request, now=now))
    save_reminded(session, reminding)
    write_letters_of(session, program, [*map(_reminder, reminding)], now)
    return min(coming, default=None)


def _reminder(request: SurveyRequest) -> Notice:
    return Notice(
        kind="survey_reminder",
        to=ToPerson(request.person_id),
        key=f"survey_reminder:request {request.id}",
        not_before=request.reminded_at or request.opens_at,
        expires_at=request.closes_at,
        ids={
            "request": request.id,
            "instrument": request.instrument_id,
            "closes_at": request.closes_at.isoformat(),
        },
        why="asked some working days ago",
    )
