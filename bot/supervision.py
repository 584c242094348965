"""Supervisors: told once what it takes as a program starts, asked once when it is over, never reported to."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

from sqlalchemy.orm import Session

from handlers.instruments import in_use
from mentoring.hours import next_instant, to_instant
from mentoring.notices import Notice, ToPerson
from mentoring.nudges.notices import Beside, Reason, Skip
from mentoring.pairs import PairState
from mentoring.phase_askings import LATE_ANSWERS
from mentoring.programs import Program, first_instant, last_instant
from mentoring.surveys.requests import SurveyRequest
from mentoring.surveys.segment import too_few
from mentoring.surveys.sent import (
    SUPERVISORS_SURVEY,
    asks_supervisors,
    minimum_group,
    supervisors_key,
    tells_supervisors,
)
from storage.facts import calendars
from storage.outbox import write_letter, write_letters_of
from storage.pairs import pairs_of_program
from storage.people import people_by_slack_id
from storage.phases import letters_written
from storage.programs import profiles_of
from storage.skips import note_skip_of_program
from storage.supervisors import Supervision, keep_supervisor, mark_told, supervisions
from storage.surveys import Wanted, ask_surveys
from storage.under_way import is_under_way

AT = time(10)
"""Not before ten on a supervisor's clock: this is no urgent matter."""
LOOK_AGAIN = timedelta(days=7)
"""An introduction wakes the program of a pair that starts late; a supervisor who is named only afterwards is
found within a week."""


def look_at_supervisors(session: Session, program: Program, now: datetime) -> datetime | None:
    """Tell and ask supervisors where that is due; returns when to look again."""
    if not tells_supervisors(program) or not is_under_way(session, program):
        return None
    starts_at, ends_at = first_instant(program), last_instant(program)
    if now < starts_at:
        return starts_at
    if now < ends_at:
        _know(session, program)
        _tell(session, program, now)
        return min(now + LOOK_AGAIN, ends_at)
    _ask(session, program, ends_at, now)
    return None


def _know(session: Session, program: Program) -> None:
    """Keep who supervises the people of announced pairs, as roster or person say it."""
    pairs = pairs_of_program(session, program.id, (PairState.ANNOUNCED,))
    people = {member.person_id for pair in pairs for member in pair.members}
    named = {
        person_id: profile.supervisor or profile.reports_to
        for person_id, profile in profiles_of(session, program.id, people).items()
    }
    known = people_by_slack_id(session, program.workspace_id, {each for each in named.values() if each})
    before = {each.person_id: each.supervisor_id for each in supervisions(session, program.id)}
    for person_id, slack_id in named.items():
        supervisor = known.get(slack_id) if slack_id else None
        if supervisor is None or not (supervisor.active and supervisor.member):
            continue
        if supervisor.id not in (person_id, before.get(person_id)):
            keep_supervisor(session, program.workspace_id, program.id, person_id, supervisor.id)


def _tell(session: Session, program: Program, now: datetime) -> None:
    untold = [each for each in supervisions(session, program.id) if not each.told and not each.declined]
    hours = calendars(session, {each.supervisor_id for each in untold})
    for supervisor_id, people in _by_supervisor(untold).items():
        calendar = hours[supervisor_id]
        day = calendar.local_day(now)
        notice = Notice(
            kind="supervisor_told",
            to=ToPerson(supervisor_id),
            key=f"supervisor_told:program {program.id}:person {supervisor_id}:{_listed(people)}",
            not_before=next_instant(calendar, max(now, to_instant(day, AT, calendar.zone))),
            expires_at=last_instant(program),
            ids={"about": _listed(people)},
            why="somebody they supervise takes part",
        )
        write_letter(session, program.workspace_id, notice, now, program_id=program.id)
        mark_told(session, program.id, supervisor_id, people, now)


def _ask(session: Session, program: Program, ends_at: datetime, now: datetime) -> None:
    """One asking a supervisor, about all of theirs together; only whoever was told is asked.

    Where they are too few for their answers ever to be shown, nobody is asked for nothing.
    """
    closes_at = (ends_at + LATE_ANSWERS).astimezone(UTC)
    if now >= closes_at or not asks_supervisors(program):
        return
    told = [each for each in supervisions(session, program.id) if each.told and not each.declined]
    asked, key = _by_supervisor(told), supervisors_key(program)
    survey = in_use(session, program, SUPERVISORS_SURVEY).in_locale("en")
    if too_few(survey, len(asked), minimum_group(program)):
        if asked:
            note_skip_of_program(session, program, Skip(Beside.SURVEY, key, Reason.TOO_FEW), now)
        return
    hours = calendars(session, asked)
    keys = {each: f"{key}:person {each}" for each in asked}
    written = letters_written(session, [program.workspace_id], keys.values())
    wanted = [
        Wanted(
            program.workspace_id,
            program.id,
            key,
            SurveyRequest(
                id=0,
                instrument_id=SUPERVISORS_SURVEY,
                version=survey.version,
                person_id=supervisor_id,
                pair_id=None,
                opens_at=now,
                closes_at=closes_at,
                minimum_group=minimum_group(program),
            ),
        )
        for supervisor_id, key in keys.items()
        if key not in written
    ]
    letters = []
    for key, request in ask_surveys(session, wanted).items():
        calendar = hours[request.person_id]
        day_begins = to_instant(calendar.local_day(now), AT, calendar.zone)
        notice = Notice(
            kind="supervisor_asked",
            to=ToPerson(request.person_id),
            key=key,
            not_before=next_instant(calendar, max(now, day_begins)),
            expires_at=closes_at,
            ids={"request": request.id, "about": _listed(asked[request.person_id])},
            why="the program of somebody they supervise is over",
        )
        letters.append(notice)
    write_letters_of(session, program, letters, now)


def _by_supervisor(found: Iterable[Supervision]) -> dict[int, list[int]]:
    people: dict[int, list[int]] = {}
    for each in found:
        people.setdefault(each.supervisor_id, []).append(each.person_id)
    return people


def _listed(people: Iterable[int]) -> str:
    """Numbers in a letter, which carries ids and codes only."""
    return "+".join(str(each) for each in sorted(people))
