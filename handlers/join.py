"""Joining: the time it takes first, then three steps, then a letter that confirms.

Whatever was typed is kept as a draft with every step, with every choice and when the form is closed; it
replaces the answers only when the last step is sent.
"""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from handlers.in_line import stood_in_line
from handlers.join_answers import read_answers
from handlers.standing import has_places
from handlers.visit import Visit
from mentoring.enrollment import (
    IN,
    IN_LINE,
    STEPS,
    Draft,
    Enrollment,
    EnrollmentState,
    Profile,
    check_profile,
    check_skills,
    check_time,
)
from mentoring.errors import NoLongerOpen, Refusal
from mentoring.notices import Notice, ToPerson
from mentoring.programs import Program, has_ended
from mentoring.recruiting import is_open_to, roles_of_kind, state_after_yes
from messages.answers import Answer, Done, Replace, Show, Tell
from messages.forms.join import TAKEN, Answers, join_form
from messages.replies import say
from messages.replies.join import OnList, invitation, what_to_leave
from messages.words import Words
from storage.graduating import wake_for_graduation
from storage.outbox import write_letter
from storage.pairs import introduced_before
from storage.programs import (
    enrollment,
    enrollments_of,
    keep_draft,
    note_not_now,
    program,
    programs,
    save_enrollment,
    set_enrollment_state,
)
from storage.recruiting import free_places, look_no_more, note_asked, plan_next_asking

CLOSED = "Enrollment for this program has closed. The coordinator can tell you when the next one opens."
NONE_IS_OPEN = "No program is open for enrollment right now. We announce it when one is."
MENTORS_STAY = (
    "You're matched, and what you answered stays as it is meanwhile. How many mentees you take, you change "
    "with `/mentoring places`. If something else has changed, tell a coordinator."
)
MATCHED_ALREADY = "You're in, and matched. `/mentoring pair` shows with whom, and what is next."
STAYS = (
    "You're matched, and what you answered stays as it is meanwhile. If something has changed, tell a "
    "coordinator: `/mentoring coordinators` says who."
)
CONFIRMED_BY = {EnrollmentState.APPLIED: "applied", EnrollmentState.WAITING: "decided"}
"""The letter that confirms, by where somebody stands then."""


def command(visit: Visit) -> Answer:
    """`/mentoring join`: say what it takes, and offer the form."""
    with visit.database.read() as session:
        known = {
            each.program_id: each for each in enrollments_of(session, visit.workspace.id, visit.person.id)
        }
        everything = programs(session, visit.workspace.id)
    found = [each for each in everything if is_open_to(each, known.get(each.id), visit.now)]
    if not found:
        matched = any(_is_matched(each, known.get(each.id), visit.now) for each in everything)
        raise Refusal(MATCHED_ALREADY if matched else NONE_IS_OPEN)
    stands = {each.id: known[each.id].state for each in found if each.id in known}
    inside = {program_id: state for program_id, state in stands.items() if state in IN}
    return Tell(invitation(found, inside, visit.reader))


def open_form(visit: Visit) -> Answer:
    """Join, Edit my answers, or Go on: the form starts where they stopped."""
    with visit.database.read() as session:
        found, known = _mine(session, visit)
        stands = known.state if known else None
        after = state_after_yes(found, stands, full=free_places(session, found) == 0)
        full = after is EnrollmentState.WAITING
    _check_open(found, known, visit.now)
    draft = known.draft if known else None
    return _show(visit, found, known, draft or _beginning(found, known), full=full)


def send_time(visit: Visit) -> Answer:
    """The first step came back: on to the second."""
    return _step_forward(visit, 1)


def send_skills(visit: Visit) -> Answer:
    """The second step came back: on to the last."""
    return _step_forward(visit, 2)


def _step_forward(visit: Visit, step: int) -> Answer:
    with visit.database.write() as session:
        found, known, typed = _typed(session, visit)
        # What is wrong with it is kept too: the person corrects it, and does not type it again.
        kept = keep_draft(session, found, visit.person.id, Draft(typed, step))
    if step == 1:
        check_time(typed)
    else:
        check_skills(typed, found.kind)
    return _show(visit, found, known or kept, Draft(typed, step + 1))


def back(visit: Visit) -> Answer:
    """Back: what was typed on this step is kept."""
    to = min(max(visit.act.number("to"), 1), STEPS)
    with visit.database.write() as session:
        found, known, typed = _typed(session, visit)
        keep_draft(session, found, visit.person.id, Draft(typed, to))
    return _show(visit, found, known, Draft(typed, to))


def keep(visit: Visit) -> Answer:
    """Something was chosen: keep it, and leave the form as it is."""
    with visit.database.write() as session:
        found, _, typed = _typed(session, visit)
        keep_draft(session, found, visit.person.id, Draft(typed, visit.act.number("step")))
    return Done()


def closed(visit: Visit) -> Answer:
    """Closed without sending: offer, once, to go on later."""
    with visit.database.write() as session:
        found, known, typed = _typed(session, visit)
        if visit.values:
            known = keep_draft(session, found, visit.person.id, Draft(typed, visit.act.number("step")))
        if known is None or known.state in IN:
            return Done()
        unfinished = _to_me(visit, "join_draft", f"join_draft:enrollment {known.id}", "they closed the form")
        if write_letter(session, visit.workspace.id, unfinished, visit.now, program_id=found.id):
            note_asked(session, found, known.id, visit.now)
    return Done()


def submit(visit: Visit) -> Answer:
    """The last step came back: keep the answers, and confirm by letter to whoever was not in before."""
    with visit.database.write() as session:
        found, known, typed = _typed(session, visit)
        if TAKEN not in visit.chosen("confirm"):
            raise Refusal(
                "Tick this if it suits you; if not, close the form, and nothing happens.", "confirm"
            )
        profile = check_profile(typed, found.kind)
        full = free_places(session, found) == 0
        state = state_after_yes(found, known.state if known else None, full=full)
        kept = save_enrollment(session, found, visit.person.id, state, profile, visit.now)
        look_no_more(session, kept.id)
        if known is None or known.state not in IN:
            write_letter(session, visit.workspace.id, _confirmed(visit, kept), visit.now, program_id=found.id)
        stood_in_line(session, found, state, visit.now)
    return Done()


def not_now(visit: Visit) -> Answer:
    """A kind no, remembered: they are asked at most once more."""
    with visit.database.write() as session:
        found = program(session, visit.workspace.id, visit.act.number("program"))
        known = note_not_now(session, found, visit.person.id, visit.now)
        if known.state is EnrollmentState.DECLINED:
            plan_next_asking(session, found, known.id, visit.now)
    # An older message still offers it to whoever has said yes since: their yes stands until they leave.
    if known.state in IN_LINE:
        answer = what_to_leave([OnList(found, known.state)], {}, visit.reader)
    elif _is_matched(found, known, visit.now):
        raise NoLongerOpen(MATCHED_ALREADY)
    else:
        answer = say(Words("replies/join", visit.reader).mrkdwn("not_now", program=found))
    # In a channel the announcement is everybody's; in their own messages the question is settled.
    return Replace(answer) if visit.in_private else Tell(answer)


def leave(visit: Visit) -> Answer:
    """Leave the waiting list."""
    with visit.database.write() as session:
        found, known = _mine(session, visit)
        if known is None or known.state not in IN_LINE:
            raise NoLongerOpen("This is no longer open: you are not on the waiting list.")
        # Whoever had a pair in it has finished with the program; who never had one has left it.
        had_one = introduced_before(session, found.id, [visit.person.id])
        set_enrollment_state(session, known.id, EnrollmentState.FINISHED if had_one else EnrollmentState.LEFT)
        # Whoever came to the end of a pair before may have waited for another to graduate.
        wake_for_graduation(session, found.id, [visit.person.id], visit.now)
    return Replace(say(Words("replies/join", visit.reader).mrkdwn("left", program=found)))


def _mine(session: Session, visit: Visit) -> tuple[Program, Enrollment | None]:
    found = program(session, visit.workspace.id, visit.act.number("program"))
    return found, enrollment(session, found.id, visit.person.id)


def _typed(session: Session, visit: Visit) -> tuple[Program, Enrollment | None, Profile]:
    """What the person has typed so far, this step's fields included."""
    found, known = _mine(session, visit)
    _check_open(found, known, visit.now)
    base = known.draft.profile if known and known.draft else _beginning(found, known).profile
    return found, known, read_answers(visit, base, found.kind)


def _beginning(found: Program, known: Enrollment | None) -> Draft:
    profile = known.profile if known else Profile(roles=frozenset())
    if known is None or known.state is EnrollmentState.STARTED:
        profile = replace(profile, hours_per_month=found.hours_per_month)
    return Draft(replace(profile, roles=roles_of_kind(found.kind, profile.roles)), 1)


def _show(
    visit: Visit, found: Program, known: Enrollment | None, draft: Draft, *, full: bool = False
) -> Answer:
    joined = known is not None and known.state in IN
    answers = Answers(found, draft.profile, joined, visit.person.time_zone, full)
    return Show(join_form(answers, visit.reader, draft.step))


def _check_open(found: Program, known: Enrollment | None, now: datetime) -> None:
    if not is_open_to(found, known, now):
        if known is None or not _is_matched(found, known, now):
            raise NoLongerOpen(CLOSED)
        raise NoLongerOpen(MENTORS_STAY if has_places(found, known) else STAYS)


def _is_matched(found: Program, known: Enrollment | None, now: datetime) -> bool:
    """Whether somebody has a match in a program that goes on."""
    return known is not None and known.state is EnrollmentState.MATCHED and not has_ended(found, now)


def _confirmed(visit: Visit, kept: Enrollment) -> Notice:
    """The letter that says where they stand; whoever comes back to a program gets it anew."""
    kind = CONFIRMED_BY.get(kept.state, "joined")
    joining = visit.now.isoformat(timespec="minutes")
    letter = _to_me(visit, kind, f"{kind}:enrollment {kept.id}:{joining}", "they joined")
    return replace(letter, ids={"decision": "full"}) if kept.state is EnrollmentState.WAITING else letter


def _to_me(visit: Visit, kind: str, key: str, why: str) -> Notice:
    return Notice(kind=kind, to=ToPerson(visit.person.id), key=key, not_before=visit.now, why=why)
