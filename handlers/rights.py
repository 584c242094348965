"""Checking a right: what an act needs, looked up in the database for the person at the door."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from mentoring.enrollment import EnrollmentState
from mentoring.errors import NoLongerOpen, NotAllowed
from mentoring.people import Person
from mentoring.programs import ProgramState
from mentoring.rights import (
    ACTS,
    REFUSALS,
    WHILE_IT_LASTS,
    Need,
    is_owner,
    may_read,
    may_run,
    runs_something,
)
from messages.actions import Act
from storage.asking import Asking
from storage.goals import goal
from storage.pairs import pair
from storage.past_members import was_in
from storage.people import staff_roles
from storage.phases import improvement
from storage.prepared import Asked
from storage.programs import program, state_in
from storage.stories import story
from storage.supervisors import supervisions
from storage.surveys import survey_request

OUT = {EnrollmentState.LEFT, EnrollmentState.DECLINED}


def check_right(session: Asked, person: Person, act: Act) -> None:
    """Let an act pass only for somebody who has the role it needs.

    Raises:
        NotAllowed: They have not.
        NoLongerOpen: What the act names does not exist here, or its program has closed since.
    """
    need = ACTS[act.name]
    if not _has(need, session, person, act):
        raise NotAllowed(REFUSALS[need])
    if act.name in WHILE_IT_LASTS:
        about = program(session, person.workspace_id, act.number("program"))
        if about.state is ProgramState.CLOSED:
            raise NoLongerOpen(f"This is no longer open: {about.name} has closed.")


def is_only_asked(act: Act) -> bool:
    """Whether the right to this is found by prepared questions alone (`Database.asking`)."""
    return ACTS[act.name] in QUESTIONS


def _has(need: Need, session: Asked, person: Person, act: Act) -> bool:
    if need in QUESTIONS:
        return QUESTIONS[need](session, person, act)
    if isinstance(session, Asking):
        raise TypeError(f"{act.name} needs a session to look its right up; see `is_only_asked`")
    return LOOKS[need](session, person, act)


def _member(_session: Asked, person: Person, _act: Act) -> bool:
    return person.active and person.member


def _participant(session: Asked, person: Person, act: Act) -> bool:
    state = state_in(session, person.workspace_id, act.number("program"), person.id)
    return state is not None and state not in OUT


def _in_pair(session: Asked, person: Person, act: Act) -> bool:
    return pair(session, person.workspace_id, act.number("pair")).has(person.id)


def _was_in_pair(session: Session, person: Person, act: Act) -> bool:
    about = pair(session, person.workspace_id, act.number("pair"))
    return about.has(person.id) or was_in(session, about.id, person.id)


def _asked(session: Session, person: Person, act: Act) -> bool:
    return survey_request(session, person.workspace_id, act.number("request")).person_id == person.id


def _goal(session: Session, person: Person, act: Act) -> bool:
    return goal(session, person.workspace_id, act.number("goal")).person_id == person.id


def _coordinator(session: Asked, person: Person, act: Act) -> bool:
    about = program(session, person.workspace_id, act.number("program"))
    return may_run(staff_roles(session, person.workspace_id, person.id), about.id)


def _reader(session: Asked, person: Person, act: Act) -> bool:
    about = program(session, person.workspace_id, act.number("program"))
    return may_read(staff_roles(session, person.workspace_id, person.id), about.id)


def _pair_coordinator(session: Asked, person: Person, act: Act) -> bool:
    about = pair(session, person.workspace_id, act.number("pair"))
    return may_run(staff_roles(session, person.workspace_id, person.id), about.program_id)


def _staff(session: Asked, person: Person, _act: Act) -> bool:
    return bool(staff_roles(session, person.workspace_id, person.id))


def _any_coordinator(session: Asked, person: Person, _act: Act) -> bool:
    return runs_something(staff_roles(session, person.workspace_id, person.id))


def _supervisor(session: Session, person: Person, act: Act) -> bool:
    about = program(session, person.workspace_id, act.number("program"))
    return any(each.supervisor_id == person.id for each in supervisions(session, about.id))


def _action(session: Session, person: Person, act: Act) -> bool:
    return improvement(session, person.workspace_id, act.number("action")).owner_id == person.id


def _teller(session: Session, person: Person, act: Act) -> bool:
    return story(session, person.workspace_id, act.number("story")).person_id == person.id


def _owner(session: Asked, person: Person, _act: Act) -> bool:
    return is_owner(staff_roles(session, person.workspace_id, person.id))


QUESTIONS: dict[Need, Callable[[Asked, Person, Act], bool]] = {
    Need.MEMBER: _member,
    Need.PARTICIPANT: _participant,
    Need.IN_PAIR: _in_pair,
    Need.COORDINATOR: _coordinator,
    Need.ANY_COORDINATOR: _any_coordinator,
    Need.PAIR_COORDINATOR: _pair_coordinator,
    Need.READER: _reader,
    Need.STAFF: _staff,
    Need.OWNER: _owner,
}
"""What prepared questions answer: most of what people do, and no session is begun for it."""

LOOKS: dict[Need, Callable[[Session, Person, Act], bool]] = {
    Need.WAS_IN_PAIR: _was_in_pair,
    Need.ASKED: _asked,
    Need.GOAL: _goal,
    Need.SUPERVISOR: _supervisor,
    Need.ACTION: _action,
    Need.TELLER: _teller,
}
"""What a session looks up."""
