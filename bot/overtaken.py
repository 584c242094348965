"""Letters that events overtake while they wait for an hour to arrive: nobody is asked what they have said."""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from mentoring.agenda import on_the_list
from mentoring.enrollment import UNDECIDED, EnrollmentState
from mentoring.notices import ToPerson
from mentoring.people import StaffRole
from mentoring.recruiting import may_join
from storage.agenda import topics
from storage.meetings import meetings
from storage.outbox import Letter
from storage.people import staff_roles
from storage.programs import enrollment, program


def overtaken(session: Session, letter: Letter, now: datetime) -> str | None:
    """Why a letter of these kinds is not wanted any more, if so."""
    reason = OVERTAKEN.get(letter.kind)
    return reason(session, letter, now) if reason else None


def _taken_off(session: Session, letter: Letter, _now: datetime) -> str | None:
    """A topic that was taken off the list, or that they have met about, is not told of any more."""
    pair_id = int(letter.ids["pair"])
    listed = {each.id for each in on_the_list(topics(session, pair_id), meetings(session, pair_id))}
    return None if letter.ids["topic"] in listed else "taken_off"


def _decided(session: Session, letter: Letter, now: datetime) -> str | None:
    """Whoever found the announcement first, and joined or said “Not now”, is not invited after that.

    Nor is anybody where nobody can join any more.
    """
    if not may_join(program(session, letter.workspace_id, letter.program_id or 0), now):
        return "enrollment_closed"
    return _answered(session, letter, frozenset({EnrollmentState.INVITED}))


def _decided_since(session: Session, letter: Letter, _now: datetime) -> str | None:
    """The reminder goes to the undecided, and once more to those who said “Not now”."""
    return _answered(session, letter, UNDECIDED | {EnrollmentState.DECLINED})


def _answered(session: Session, letter: Letter, still_open: frozenset[EnrollmentState]) -> str | None:
    if not isinstance(letter.to, ToPerson) or letter.program_id is None:
        return None
    known = enrollment(session, letter.program_id, letter.to.person_id)
    return None if known is None or known.state in still_open else "answered_already"


def _role_changed(session: Session, letter: Letter, _now: datetime) -> str | None:
    """Whoever has another role by now, or none, hears of that one alone."""
    if not isinstance(letter.to, ToPerson):
        return None
    held = staff_roles(session, letter.workspace_id, letter.to.person_id)
    given = (StaffRole(str(letter.ids["staff_role"])), letter.program_id)
    return None if given in held else "role_changed"


OVERTAKEN: Mapping[str, Callable[[Session, Letter, datetime], str | None]] = {
    "invited": _decided,
    "invited_again": _decided_since,
    "nominated": _decided,
    "role_given": _role_changed,
    "topic_added": _taken_off,
}
"""What makes a letter of each kind needless before it is sent."""
