"""The quiet check: before a match is announced, each may say in private that it should not happen."""

from sqlalchemy.orm import Session

from handlers.approving import introduction_key
from handlers.standing import pairs_beside
from handlers.visit import Visit
from mentoring.enrollment import EnrollmentState
from mentoring.errors import NoLongerOpen
from mentoring.notices import Notice, ToPerson
from mentoring.pairs import Pair, PairState
from messages.answers import Answer, Replace, Show, Tell
from messages.forms.match_check import rather_not_form
from messages.replies import say
from messages.words import Words
from storage.graduating import wake_for_graduation
from storage.match_checks import answer_check, checks_of_pair, send_now
from storage.outbox import cancel_letters, write_letter
from storage.pairs import end_pair, pair
from storage.people import coordinators_of, people
from storage.programs import program, set_enrollment_states

INTRODUCED = (
    "This is no longer open: you have been introduced meanwhile. "
    "If it isn't right, “Part ways” on Home ends it without a reason."
)


def fine(visit: Visit) -> Answer:
    """“Looks good”: once everybody has said so, nobody needs to wait."""
    with visit.database.write() as session:
        about = _still_asked(session, visit)
        if about.state is PairState.APPROVED:
            _answer(session, visit, about, is_fine=True)
            if all(each.fine for each in checks_of_pair(session, about.id)):
                send_now(session, visit.workspace.id, introduction_key(about.id), visit.now)
    # Whoever answers after the other said no is thanked all the same: they are not told.
    return Replace(say(Words("forms/match_check", visit.reader).mrkdwn("fine")))


def open_rather_not(visit: Visit) -> Answer:
    """“Rather not”: ask why, if they want to say."""
    with visit.database.read() as session:
        about = _still_asked(session, visit)
        known = people(
            session, visit.workspace.id, [each.person_id for each in about.others(visit.person.id)]
        )
    names = [each.first_name for each in known.values()]
    return Show(rather_not_form(about.id, visit.reader, names))


def rather_not(visit: Visit) -> Answer:
    """The match does not happen; only coordinators hear of it."""
    with visit.database.write() as session:
        about = _still_asked(session, visit)
        if about.state is PairState.APPROVED:
            _answer(session, visit, about, is_fine=False)
            _call_off(session, visit, about)
    return Tell(say(Words("forms/match_check", visit.reader).mrkdwn("noted")))


def _still_asked(session: Session, visit: Visit) -> Pair:
    """The pair, as long as it has not been introduced.

    One that was called off reads like one that is still asked about: nobody learns that the other said no.
    """
    about = pair(session, visit.workspace.id, visit.act.number("pair"))
    if about.announced_at is not None:
        raise NoLongerOpen(INTRODUCED)
    return about


def _answer(session: Session, visit: Visit, about: Pair, *, is_fine: bool) -> None:
    reason = "" if is_fine else visit.typed("reason")
    answer_check(session, about.id, visit.person.id, fine=is_fine, reason=reason, now=visit.now)


def _call_off(session: Session, visit: Visit, about: Pair) -> None:
    keys = [f"match_check:pair {about.id}:person {each.person_id}" for each in about.members]
    cancel_letters(
        session,
        visit.workspace.id,
        "called_off",
        pair_id=about.id,
        keys=[*keys, introduction_key(about.id)],
    )
    end_pair(session, about.id, visit.now)
    wake_for_graduation(session, about.program_id, [each.person_id for each in about.members], visit.now)
    found = program(session, about.workspace_id, about.program_id)
    beside = pairs_beside(session, about, found, visit.now)
    # Whoever is in another pair does not wait for one because this did not come about.
    free = [each for each in about.members if not any(one.has(each.person_id) for one in beside)]
    set_enrollment_states(session, [each.enrollment_id for each in free], EnrollmentState.JOINED)
    for each in coordinators_of(session, visit.workspace.id, about.program_id):
        # A coordinator who is the other half is not told, as nobody else would be.
        if about.has(each.id):
            continue
        notice = Notice(
            kind="match_objection",
            to=ToPerson(each.id),
            key=f"match_objection:pair {about.id}:person {each.id}",
            not_before=visit.now,
            why="somebody would rather not",
            ids={"pair": about.id, "person": visit.person.id},
        )
        write_letter(session, visit.workspace.id, notice, visit.now, program_id=about.program_id)
