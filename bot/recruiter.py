"""Asks the undecided again, each in their own working hours and never more often than the rules allow."""

from datetime import datetime

from sqlalchemy.orm import Session

from mentoring.enrollment import EnrollmentState
from mentoring.notices import Notice, ToPerson
from mentoring.programs import Program
from mentoring.recruiting import next_asking
from storage.database import Database
from storage.facts import calendars
from storage.outbox import write_letter
from storage.participants import Participant
from storage.programs import program
from storage.recruiting import enrollments_to_look_at, look_no_more, note_asked, plan_next_asking

BATCH = 100
"""People looked at in one transaction: other writers wait for a fraction of a second at most."""


def remind_undecided(database: Database, now: datetime) -> int:
    """Ask again whoever is due; returns how many were looked at. Doing it twice changes nothing."""
    looked, batch = 0, BATCH
    while batch == BATCH:
        with database.glance() as session:
            if not enrollments_to_look_at(session, now, 1):
                return looked
        with database.write() as session:
            due = enrollments_to_look_at(session, now, BATCH)
            for workspace_id, each in due:
                _look_at(session, workspace_id, each, now)
        batch = len(due)
        looked += batch
    return looked


def _look_at(session: Session, workspace_id: int, known: Participant, now: datetime) -> None:
    about = program(session, workspace_id, known.enrollment.program_id)
    calendar = calendars(session, [known.person.id])[known.person.id]
    due = next_asking(known.enrollment, about, calendar, now)
    if not (known.person.active and known.person.member):
        look_no_more(session, known.enrollment.id)
    elif due is not None and due <= now:
        _remind(session, about, known, now)
    else:
        plan_next_asking(session, about, known.enrollment.id, now)


def _remind(session: Session, about: Program, known: Participant, now: datetime) -> None:
    before = known.enrollment
    declined = before.state is EnrollmentState.DECLINED
    ids: dict[str, int | str] = {"after_no": int(declined), "started": int(before.draft is not None)}
    last = declined or before.asked >= 2  # noqa: PLR2004 - the invitation and one reminder came before
    notice = Notice(
        kind="invited_again",
        to=ToPerson(known.person.id),
        key=f"invited_again:enrollment {before.id}:{before.asked}",
        not_before=now,
        why="they have not decided" if not declined else "once more after “Not now”",
        ids=ids | {"last": int(last)},
    )
    write_letter(session, about.workspace_id, notice, now, program_id=about.id)
    note_asked(session, about, before.id, now)
