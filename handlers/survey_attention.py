"""What a named check-in says about a pair: it goes on the coordinators' list, without quoting anyone."""

from datetime import datetime

from sqlalchemy.orm import Session

from handlers.instruments import version_of
from handlers.visit import Visit
from mentoring.errors import NoLongerOpen
from mentoring.notices import Notice, ToPerson
from mentoring.nudges.notices import Kind
from mentoring.surveys.answers import check_answers
from mentoring.surveys.attention import Attention, AttentionReason, Given, attention, taken_back
from mentoring.surveys.requests import SurveyRequest
from messages.answers import Answer, Replace
from messages.replies import say
from messages.words import Words
from storage.desk import settle_concerns
from storage.meetings import answer_calls, note_for_coordinators
from storage.outbox import write_letter
from storage.pairs import GONE, pair
from storage.people import coordinators_of
from storage.surveys import GivenBy, given_on_occasion

KINDS = {
    AttentionReason.LOW_RATING: Kind.LOW_RATING,
    AttentionReason.MISMATCH: Kind.MISMATCH,
    AttentionReason.WANTS_A_WORD: Kind.WANTS_A_WORD,
}


def called(visit: Visit) -> Answer:
    """“We have talked”: it goes off the list, for every coordinator."""
    caller = visit.act.number("person")
    with visit.database.write() as session:
        about = pair(session, visit.workspace.id, visit.act.number("pair"))
        if about.program_id != visit.act.number("program"):
            raise NoLongerOpen(GONE)
        answer_calls(session, about.id, caller, visit.person.id, visit.now)
    return Replace(say(Words("replies/surveys", visit.reader).mrkdwn("called")))


def note_attention(
    session: Session, workspace_id: int, program_id: int, request: SurveyRequest, now: datetime
) -> None:
    """Look at what the pair has answered on this occasion, in the transaction that keeps the answer."""
    if request.pair_id is None:
        return
    occasion, stored = given_on_occasion(session, workspace_id, request.id)
    given = [_given(session, program_id, one) for one in stored]
    found = attention(request.pair_id, given)
    people = [each.person_id for each in pair(session, workspace_id, request.pair_id).members]
    better = [KINDS[each] for each in taken_back(people, given, found)]
    if better:
        # What arose after this check-in was sent is as new as what it says.
        settle_concerns(session, request.pair_id, better, "rated since", now, before=request.opens_at)
    for each in found:
        subject = occasion if each.person_id is None else f"{occasion}:person {each.person_id}"
        note_for_coordinators(
            session,
            workspace_id,
            each.pair_id,
            KINDS[each.reason],
            subject,
            now,
            person_id=each.person_id,
        )
        _tell_who_was_called(session, workspace_id, program_id, each, subject, now)


def _given(session: Session, program_id: int, stored: GivenBy) -> Given:
    instrument = version_of(session, program_id, stored.instrument, stored.version).in_locale("en")
    return Given(stored.person_id, instrument, check_answers(instrument, stored.answers, stored.shared))


def _tell_who_was_called(
    session: Session, workspace_id: int, program_id: int, about: Attention, subject: str, now: datetime
) -> None:
    """Whoever asked for a word is not left to be found on a list: each coordinator hears of it at once."""
    if about.person_id is None:
        return
    known = [
        each for each in coordinators_of(session, workspace_id, program_id) if each.id != about.person_id
    ]
    members = pair(session, workspace_id, about.pair_id)
    # A coordinator may be the other one of the pair; then it is a matter for the others, if there are any.
    for each in [one for one in known if not members.has(one.id)] or known:
        notice = Notice(
            kind="wants_a_word",
            to=ToPerson(each.id),
            key=f"wants_a_word:{subject}:to {each.id}",
            not_before=now,
            ids={"pair": about.pair_id, "person": about.person_id},
            why="somebody used the confidential line",
        )
        write_letter(session, workspace_id, notice, now, program_id=program_id)
