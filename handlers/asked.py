"""For coordinators: which surveys a program sends, and what the answers come to in groups."""

from dataclasses import replace

from sqlalchemy.orm import Session

from handlers.instruments import version_of
from handlers.lesson_library import lessons_of_program
from handlers.visit import Visit
from handlers.whom import program_at_hand
from mentoring.assessment import split_objectives
from mentoring.enrollment import EnrollmentState
from mentoring.errors import NoLongerOpen, Refusal
from mentoring.lessons import lessons_left_of
from mentoring.programs import Program, ProgramState
from mentoring.surveys.answers import check_answers
from mentoring.surveys.requests import check_minimum_group
from mentoring.surveys.results import (
    Response,
    Results,
    in_looks,
    rolling_results,
    shared_notes,
)
from mentoring.surveys.sent import (
    GATE_SETTING,
    MINIMUM_SETTING,
    SETTING,
    STEMS,
    SUPERVISORS_SETTING,
    minimum_group,
    promised_minimum,
    supervisors_key,
)
from messages.answers import Answer, Show, Tell
from messages.forms.asked import Given, choice_of_views, notes_form, results_form, settings_form
from messages.replies import say
from messages.tasks.loader import objectives_of
from messages.words import Words
from storage.lessons import completions
from storage.outbox import audit
from storage.participants import participants
from storage.programs import program, save_program
from storage.skips import was_skipped
from storage.surveys import Asked, answers_given, asked_in_program

IN = (EnrollmentState.JOINED, EnrollmentState.MATCHED)


def command(visit: Visit) -> Answer:
    """`/mentoring surveys`: what people are asked, and what they said."""
    with visit.database.read() as session:
        found, _ = program_at_hand(session, visit, "asked.results")
    return Tell(choice_of_views(found, visit.reader))


def open_settings(visit: Visit) -> Answer:
    """“What is asked”."""
    with visit.database.read() as session:
        about = program(session, visit.workspace.id, visit.act.number("program"))
    return Show(settings_form(about, objectives_of(about, visit.person.locale), visit.reader))


def submit(visit: Visit) -> Answer:
    """The settings came back."""
    typed = visit.typed("minimum_group")
    if not typed.isdigit():
        raise Refusal("Write a whole number, such as 5.", "minimum_group")
    minimum = check_minimum_group(int(typed))
    chosen = visit.chosen("surveys")
    changed: dict[str, object] = {
        SETTING: [stem for stem in STEMS if stem in chosen],
        MINIMUM_SETTING: minimum,
        GATE_SETTING: "yes" in visit.chosen("lessons"),
        SUPERVISORS_SETTING: "yes" in visit.chosen("supervisors"),
        "objectives": split_objectives(visit.typed("objectives")),
    }
    with visit.database.write() as session:
        about = program(session, visit.workspace.id, visit.act.number("program"))
        save_program(session, replace(about, settings={**about.settings, **changed}))
        audit(
            session,
            visit.workspace.id,
            visit.person.id,
            "program.asked",
            {"program": about.id},
            visit.now,
            program_id=about.id,
        )
    return Tell(say(Words("forms/asked", visit.reader).mrkdwn("saved")))


def show_results(visit: Visit) -> Answer:
    """“See the answers”: in groups, from the promised number upward, once a survey is closed."""
    with visit.database.read() as session:
        about = program(session, visit.workspace.id, visit.act.number("program"))
        asked = asked_in_program(session, about.id, visit.now)
        given = [_given(session, visit, about, each) for each in asked]
        lessons = _lessons_done(session, about)
        unasked = was_skipped(session, about, supervisors_key(about))
    return Show(results_form(given, minimum_group(about), lessons, visit.reader, unasked=unasked))


def show_notes(visit: Visit) -> Answer:
    """“Read all”: what people ticked to share in one survey, a page at a time."""
    survey, version = visit.act.code("survey"), visit.act.number("version")
    with visit.database.read() as session:
        about = program(session, visit.workspace.id, visit.act.number("program"))
        asked = asked_in_program(session, about.id, visit.now)
        wanted = next((each for each in asked if (each.instrument, each.version) == (survey, version)), None)
        if wanted is None:
            raise NoLongerOpen("This survey is not there any more. Open the answers again.")
        given = _given(session, visit, about, wanted)
    page = visit.act.number("page") if "page" in visit.act.ids else 0
    return Show(notes_form(given, page, visit.reader))


def _given(session: Session, visit: Visit, about: Program, asked: Asked) -> Given:
    asked_then = version_of(session, about.id, asked.instrument, asked.version)
    instrument = asked_then.in_locale(visit.person.locale)
    found: Results | None = None
    notes: list[str] = []
    # Only closed ones: a result seen at five answers and again at six gives the sixth away.
    if asked.open_until is None:
        given = answers_given(session, about.id, asked.instrument, asked.version)
        answers = [check_answers(instrument, values, shared) for values, shared, _ in given]
        periods, coming = in_looks([look for _, _, look in given])
        minimum = promised_minimum(about, asked.minimum_group)
        found = rolling_results(
            instrument,
            [Response(one.values, period=period) for one, period in zip(answers, periods, strict=True)],
            asked=asked.asked,
            current_period=coming,
            minimum=minimum,
        )
        shared_texts = [Response(each.texts_shared(instrument)) for each in answers]
        notes = [text for _, text in shared_notes(instrument, shared_texts, minimum=minimum)]
    ids: dict[str, int | str] = {"program": about.id, "survey": asked.instrument, "version": asked.version}
    return Given(instrument, ids, asked.asked, asked.answered, asked.open_until, found, notes)


def _lessons_done(session: Session, about: Program) -> tuple[int, int]:
    """How many people have done all their lessons, of how many."""
    people = participants(session, about.id, IN) if about.state is not ProgramState.DRAFT else []
    done = completions(session, [each.person.id for each in people])
    taught = lessons_of_program(session, about.id, "en")
    finished = [
        each
        for each in people
        if not lessons_left_of(taught, each.enrollment.profile.roles, about.kind, done[each.person.id])
    ]
    return len(finished), len(people)
