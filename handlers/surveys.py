"""Answering a survey: open, branch, send."""

from sqlalchemy.orm import Session

from handlers.instruments import instrument_of, version_of
from handlers.survey_attention import note_attention
from handlers.visit import Visit
from mentoring.errors import Refusal
from mentoring.surveys.answers import Answers, answers_so_far, check_answers
from mentoring.surveys.attention import wants_a_word
from mentoring.surveys.instruments import Instrument
from mentoring.surveys.requests import SurveyRequest, answered, check_may_answer
from mentoring.surveys.results import BeforeAfter, own_change
from messages.actions import Act
from messages.answers import Answer, Show, Tell
from messages.blocks import Block
from messages.instruments.form import Submission, field_of, read_submission, survey_view
from messages.replies import say
from messages.words import Words
from storage.pairs import pair
from storage.people import people
from storage.surveys import own_answers, program_of_request, save_answers, survey_request

BEFORE, AFTER = "competency_before", "competency_after"
NOTHING = Submission({}, frozenset())


def open_survey(visit: Visit) -> Answer:
    """Start."""
    request, instrument = _asked(visit)
    check_may_answer(request, person_id=visit.person.id, now=visit.now)
    return Show(_view(visit, request, instrument))


def branch(visit: Visit) -> Answer:
    """An answer decides which questions follow: show the form again with what is filled in."""
    request, instrument = _asked(visit)
    so_far = read_submission({"values": visit.values}, instrument)
    return Show(_view(visit, request, instrument, so_far))


def submit(visit: Visit) -> Answer:
    """The answers came back: keep them, the anonymous apart from the person."""
    with visit.database.write() as session:
        request = survey_request(session, visit.workspace.id, visit.act.number("request"))
        instrument = instrument_of(session, request, visit.person.locale)
        given = read_submission({"values": visit.values}, instrument)
        try:
            answers = check_answers(instrument, given.values, given.shared)
        except Refusal as refusal:
            raise Refusal(refusal.sentence, field_of(refusal.field or "")) from None
        done = answered(request, person_id=visit.person.id, now=visit.now, anonymous=instrument.anonymous)
        save_answers(session, visit.workspace.id, done, instrument, answers)
        if not instrument.anonymous:
            about = program_of_request(session, visit.workspace.id, request.id)
            note_attention(session, visit.workspace.id, about, request, visit.now)
        moved = _moved(session, visit, done, instrument, answers)
    words = Words("replies/surveys", visit.reader)
    thanks = words.mrkdwn("thanks", calls=wants_a_word(instrument, answers))
    return Tell(say(f"{thanks}\n\n{words.mrkdwn('moved', lines=moved)}" if moved else thanks))


def _moved(
    session: Session, visit: Visit, request: SurveyRequest, instrument: Instrument, answers: Answers
) -> list[tuple[str, int, int]]:
    """How far somebody came by their own rating: theirs to see at once, question by question."""
    if request.instrument_id != AFTER:
        return []
    about = program_of_request(session, visit.workspace.id, request.id)
    before = own_answers(session, about, visit.person.id, BEFORE)
    if before is None:
        return []
    asked_then = version_of(session, about, BEFORE, before[0]).in_locale("en")
    both = BeforeAfter(check_answers(asked_then, before[1]).values, answers.values)
    texts = {each.id: each.text for each in instrument.questions}
    return [(texts[id_], *scores) for id_, scores in own_change(instrument, both).items()]


def _asked(visit: Visit) -> tuple[SurveyRequest, Instrument]:
    """The asking, and the survey in the very version it asks for."""
    with visit.database.read() as session:
        request = survey_request(session, visit.workspace.id, visit.act.number("request"))
        return request, instrument_of(session, request, visit.person.locale)


def _view(
    visit: Visit, request: SurveyRequest, instrument: Instrument, so_far: Submission = NOTHING
) -> Block:
    return survey_view(
        instrument,
        request_id=Act("survey_answer", {"request": request.id}).value,
        locale=visit.person.locale,
        answers=answers_so_far(instrument, so_far.values),
        shared=so_far.shared,
        minimum_group=request.minimum_group,
        other=_others(visit, request),
    )


def _others(visit: Visit, request: SurveyRequest) -> str | None:
    if request.pair_id is None:
        return None
    with visit.database.read() as session:
        others = pair(session, visit.workspace.id, request.pair_id).others(visit.person.id)
        known = people(session, visit.workspace.id, [each.person_id for each in others])
    return str(visit.reader.listing(each.first_name for each in known.values()))
