"""Joining: the time it takes first, then the form, then a letter that confirms."""

from dataclasses import replace

from sqlalchemy.orm import Session

from handlers.visit import Visit
from mentoring.enrollment import EnrollmentState, Profile, check_profile, split_terms
from mentoring.errors import NoLongerOpen, Refusal
from mentoring.kinds import Role
from mentoring.notices import Notice, ToPerson
from mentoring.programs import Program, ProgramState
from messages.answers import Answer, Done, Replace, Show, Tell
from messages.forms.join import join_form
from messages.replies import say
from messages.replies.join import invitation
from messages.words import Words
from storage.outbox import write_letter
from storage.programs import enrollment, open_programs, program, save_enrollment, set_enrollment_state

CLOSED = "Enrollment for this program has closed. The coordinator can tell you when the next one opens."


def command(visit: Visit) -> Answer:
    """`/mentoring join`: say what it takes, and offer the form."""
    with visit.database.read() as session:
        found = open_programs(session, visit.workspace.id)
        joined = {each.id for each in found if _has_joined(session, each, visit.person.id)}
    if not found:
        raise Refusal("No program is open for enrollment right now. We announce it when one is.")
    return Tell(invitation(found, joined, visit.reader))


def open_form(visit: Visit) -> Answer:
    """Join, or Edit my answers."""
    with visit.database.read() as session:
        found = program(session, visit.workspace.id, visit.act.number("program"))
        known = enrollment(session, found.id, visit.person.id)
    _check_open(found, known.state if known else None)
    joined = known is not None and known.state is EnrollmentState.JOINED
    profile = known.profile if known else None
    return Show(join_form(found, visit.reader, visit.person.time_zone, profile, joined=joined))


def submit(visit: Visit) -> Answer:
    """The form came back: keep it, and confirm by letter the first time."""
    with visit.database.write() as session:
        found = program(session, visit.workspace.id, visit.act.number("program"))
        known = enrollment(session, found.id, visit.person.id)
        _check_open(found, known.state if known else None)
        profile = check_profile(_read(visit, known.profile if known else None))
        state = EnrollmentState.JOINED
        if known and known.state is EnrollmentState.MATCHED:
            state = EnrollmentState.MATCHED
        kept = save_enrollment(session, found, visit.person.id, state, profile, visit.now)
        notice = Notice(
            kind="joined",
            to=ToPerson(visit.person.id),
            key=f"joined:enrollment {kept.id}",
            not_before=visit.now,
            why="they joined",
        )
        write_letter(session, visit.workspace.id, notice, visit.now, program_id=found.id)
    return Done()


def not_now(visit: Visit) -> Answer:
    """A kind no; remembered, so that nobody is asked again for this program."""
    with visit.database.write() as session:
        found = program(session, visit.workspace.id, visit.act.number("program"))
        known = enrollment(session, found.id, visit.person.id)
        if known and known.state is EnrollmentState.INVITED:
            set_enrollment_state(session, known.id, EnrollmentState.DECLINED)
    answer = say(Words("replies/join", visit.reader).mrkdwn("not_now", program=found))
    # In a channel the announcement is everybody's; in their own messages the question is settled.
    private = visit.channel is None or visit.channel.startswith("D")
    return Replace(answer) if private else Tell(answer)


def leave(visit: Visit) -> Answer:
    """Leave the waiting list."""
    with visit.database.write() as session:
        found = program(session, visit.workspace.id, visit.act.number("program"))
        known = enrollment(session, found.id, visit.person.id)
        if known is None or known.state is not EnrollmentState.JOINED:
            raise NoLongerOpen("This is no longer open: you are not on the waiting list.")
        set_enrollment_state(session, known.id, EnrollmentState.LEFT)
    return Replace(say(Words("replies/join", visit.reader).mrkdwn("left", program=found)))


def _check_open(found: Program, state: EnrollmentState | None) -> None:
    """Answers can change until matching closes; after that, who waits for the next round still may."""
    if found.state is ProgramState.ENROLLING:
        return
    if state is EnrollmentState.JOINED and found.state is not ProgramState.CLOSED:
        return
    raise NoLongerOpen(CLOSED)


def _has_joined(session: Session, found: Program, person_id: int) -> bool:
    known = enrollment(session, found.id, person_id)
    return known is not None and known.state in (EnrollmentState.JOINED, EnrollmentState.MATCHED)


def _read(visit: Visit, known: Profile | None) -> Profile:
    """What the form says, on top of what an import told us that the form does not ask."""
    roles = frozenset(Role(each) for each in visit.chosen("roles"))
    base = known or Profile(roles=roles)
    mentor = Role.MENTOR in roles
    return replace(
        base,
        roles=roles,
        offers=split_terms(visit.typed("offers")),
        wants=split_terms(visit.typed("wants")),
        capacity=_whole(visit.typed("capacity") or "1", "capacity") if mentor else 0,
        hours_per_month=_whole(visit.typed("hours"), "hours"),
        goal=visit.typed("goal"),
    )


def _whole(text: str, field: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise Refusal("Write a whole number, such as 2.", field) from None
