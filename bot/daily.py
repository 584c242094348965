"""The daily line, written in the coordinator's own morning; a day without a message has none."""

from datetime import datetime

from sqlalchemy.orm import Session

from mentoring.daily import line_due_at
from mentoring.notices import Notice, ToPerson
from mentoring.programs import Program, ProgramState
from storage.daily import note_told, tally, wanted_by
from storage.facts import calendars
from storage.outbox import write_letter


def write_daily_lines(session: Session, program: Program, now: datetime) -> datetime | None:
    """Write the lines about a program that are due; returns when the next one is."""
    wanted = wanted_by(session, program.id)
    if not wanted or program.state is ProgramState.CLOSED:
        return None
    days = calendars(session, wanted)
    looks = []
    for person_id, told_at in wanted.items():
        if line_due_at(told_at, days[person_id]) <= now:
            _write(session, program, person_id, told_at, now)
            told_at = now  # noqa: PLW2901 - the next line counts from here
        looks.append(line_due_at(told_at, days[person_id]))
    return min(looks)


def _write(session: Session, program: Program, person_id: int, since: datetime, now: datetime) -> None:
    note_told(session, person_id, program.id, now)
    if tally(session, program.id, since, now).is_silent:
        return
    notice = Notice(
        kind="daily_line",
        to=ToPerson(person_id),
        key=f"daily_line:program {program.id}:person {person_id}:{now.date()}",
        not_before=now,
        why="they asked for a line a day",
        ids={"since": since.isoformat(), "until": now.isoformat()},
    )
    write_letter(session, program.workspace_id, notice, now, program_id=program.id)
