"""Pairing by hand, and moving a mentee to another mentor, under the matcher's own rules."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from handlers.acting import names_of
from handlers.approving import introduce, new_pair
from handlers.endings import close_pair
from handlers.standing import check_has_time
from handlers.trial import mentors_for, trial
from handlers.visit import Visit
from mentoring.deeds import Deed
from mentoring.enrollment import EnrollmentState
from mentoring.errors import NoLongerOpen, Refusal
from mentoring.kinds import Role
from mentoring.notices import Notice, ToPerson
from mentoring.nudges.notices import FOR_COORDINATORS
from mentoring.pairs import Ending, Pair
from mentoring.people import Person
from mentoring.programs import Program, check_goes_on
from messages.answers import Answer, Show, Tell
from messages.forms.pairing import Move, by_hand_form, move_form
from messages.reasons import reasons_in
from messages.replies import say
from messages.words import Words
from storage.desk import settle_concerns
from storage.namesakes import names_of_people
from storage.outbox import audit, write_letter
from storage.pairs import add_pairs, live_pair
from storage.people import people
from storage.programs import program, set_enrollment_state, wake_program


def by_hand(session: Session, visit: Visit, found: Program, named: Sequence[Person]) -> Answer:
    """Show what the pair would be, and why; nobody is told before the form is sent."""
    check_goes_on(found, visit.now)
    matches, known = trial(session, found, [each.id for each in named], visit.now)
    order = list(dict.fromkeys(slack_id for each in matches for slack_id in each.people))
    names = [known[slack_id].person.name for slack_id in order]
    ids = [known[slack_id].person.id for slack_id in order]
    why = " ".join(each.explanation.together for each in matches)
    return Show(by_hand_form(found, ids, names, reasons_in(why, visit.reader), visit.reader))


def send_by_hand(visit: Visit) -> Answer:
    """They mean it: stored, checked once more, introduced as every pair is."""
    with visit.database.write() as session:
        found = program(session, visit.workspace.id, visit.act.number("program"))
        chosen = visit.act.code("people").split("+")
        if not all(each.isdecimal() for each in chosen):
            raise NoLongerOpen("This is no longer open. Type the command again.")
        made, until = _make(session, visit, found, [int(each) for each in chosen], visit.typed("why"))
        _note(session, visit, "care.by_hand", made, found)
        names = names_of(session, made)
    return Tell(say(Words("replies/acting", visit.reader).mrkdwn("paired", names=names, until=until)))


def open_move(visit: Visit) -> Answer:
    """“Another mentor”: who has a place and may meet the mentee, best fit first."""
    with visit.database.read() as session:
        about = live_pair(session, visit.workspace.id, visit.act.number("pair"))
        found = program(session, visit.workspace.id, about.program_id)
        check_goes_on(found, visit.now)
        check_has_time(session, about, visit.now)
        mentee = _only_mentee(about)
        asked_for = _asked_for(visit)
        offered = mentors_for(session, found, about, mentee, visit.now, asked_for)
        names = names_of(session, about)
        known = names_of_people(
            session, visit.workspace.id, people(session, visit.workspace.id, [mentee, *asked_for])
        )
    if not offered:
        raise Refusal(
            "No other mentor has a place and may meet them. Somebody new can join with `/mentoring join`."
        )
    fitting = [each for each, _ in offered if each in asked_for]
    move = Move(
        about.id,
        names,
        known[mentee],
        offered,
        wanted=fitting[0] if len(fitting) == 1 else None,
        refused=[known[each] for each in asked_for if each in known] if not fitting else [],
    )
    return Show(move_form(move, visit.reader))


def send_move(visit: Visit) -> Answer:
    """They mean it: the old pairing ends kindly, the new one is introduced; the mentee hears of it first."""
    chosen = visit.typed("mentor")
    with visit.database.write() as session:
        about = live_pair(session, visit.workspace.id, visit.act.number("pair"))
        found = program(session, visit.workspace.id, about.program_id)
        check_has_time(session, about, visit.now)
        mentee = _only_mentee(about)
        wanted = [int(chosen)] if chosen.isdecimal() else []
        offered = dict(mentors_for(session, found, about, mentee, visit.now, wanted))
        if not wanted or wanted[0] not in offered:
            raise Refusal("They have no place any more. Choose somebody else.", "mentor")
        settle_concerns(session, about.id, FOR_COORDINATORS, "moved", visit.now, visit.person.id)
        # The mentee goes on and is told so in other words, so they count as the one who left this pair.
        close_pair(session, about, Ending.PARTED, visit.now, by=visit.person.id, silent_to=mentee)
        # Ending a pair finishes its people; this one is in the middle of going on.
        set_enrollment_state(session, about.in_role(Role.MENTEE)[0].enrollment_id, EnrollmentState.JOINED)
        made, _ = _make(session, visit, found, [*wanted, mentee], "")
        notice = Notice(
            kind="moved",
            to=ToPerson(mentee),
            key=f"moved:pair {made.id}:person {mentee}",
            not_before=visit.now,
            why="a coordinator acted",
            ids={"pair": made.id, "by": visit.person.id},
        )
        write_letter(session, visit.workspace.id, notice, visit.now, program_id=found.id)
        _note(session, visit, "care.move", made, found, before=about.id)
        known = names_of_people(
            session, visit.workspace.id, people(session, visit.workspace.id, [*wanted, mentee])
        )
    words = Words("replies/acting", visit.reader)
    names = {"mentor": known[wanted[0]], "mentee": known[mentee]}
    return Tell(say(words.mrkdwn("moved", **names)))


def _asked_for(visit: Visit) -> list[int]:
    """The mentor whom a command names; several where several are called so."""
    typed = str(visit.act.ids.get("mentor", "")).split("+")
    return [int(each) for each in typed if each.isdecimal()]


def _make(
    session: Session, visit: Visit, found: Program, ids: Sequence[int], why: str
) -> tuple[Pair, datetime | None]:
    """Store one pair and introduce it; the quiet check applies as the program has set it."""
    check_goes_on(found, visit.now)
    matches, known = trial(session, found, ids, visit.now)
    planned = new_pair(tuple(matches), found.kind, known)
    # What was left as shown stays as the matcher said it: each reader then reads it in their own language.
    planned = replace(planned, why=why) if why not in ("", reasons_in(planned.why, visit.reader)) else planned
    made = add_pairs(session, visit.workspace.id, found.id, [planned], found.ends_on, visit.now)[0]
    for member in made.members:
        set_enrollment_state(session, member.enrollment_id, EnrollmentState.MATCHED)
    # With its first pair a program is under way, whether or not enrollment goes on.
    wake_program(session, found.id, visit.now)
    return made, introduce(session, found, [made], visit.now)


def _only_mentee(about: Pair) -> int:
    mentees = about.in_role(Role.MENTEE)
    if len(mentees) != 1:
        raise Refusal("Only somebody with one mentor can be moved to another. End this pairing instead.")
    return mentees[0].person_id


def _note(session: Session, visit: Visit, action: Deed, made: Pair, found: Program, **ids: int) -> None:
    subject: dict[str, int | str] = {"pair": made.id, **ids}
    audit(session, visit.workspace.id, visit.person.id, action, subject, visit.now, program_id=found.id)
