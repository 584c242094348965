"""Lessons: the list, one lesson with its question, the feedback."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy.orm import Session

from handlers.lesson_library import with_own
from handlers.visit import Visit
from mentoring.enrollment import Enrollment, EnrollmentState
from mentoring.errors import NoLongerOpen
from mentoring.lessons import Lesson, complete, lessons_for, lessons_left, refresher_offered
from mentoring.programs import Program, ProgramState
from mentoring.surveys.sent import lessons_first
from messages.actions import Act
from messages.answers import Answer, Show
from messages.blocks import Block
from messages.forms.lesson import lessons_form
from messages.lessons.form import lesson_view, read_choice
from messages.lessons.loader import shipped_lessons
from storage.lessons import completions, own_lessons, save_completion
from storage.programs import enrollments_of, programs_by_ids

IN = {EnrollmentState.JOINED, EnrollmentState.MATCHED, EnrollmentState.FINISHED}


def show_list(visit: Visit) -> Answer:
    """“Short lessons”, `/mentoring lessons`, or Done at the end of one."""
    return Show(_list(visit))


def open_lesson(visit: Visit) -> Answer:
    """One lesson, with its question open."""
    with visit.database.read() as session:
        lesson = _lesson(session, visit)
    ref = Act("lesson_answer", {"lesson": lesson.id}).value
    return Show(lesson_view(lesson, lesson_ref=ref, locale=visit.person.locale))


def answer(visit: Visit) -> Answer:
    """The question was answered: any answer completes the lesson, and the feedback follows."""
    picked = read_choice({"values": visit.values}, visit.person.locale)
    with visit.database.write() as session:
        lesson = _lesson(session, visit)
        done = completions(session, [visit.person.id])[visit.person.id]
        _, completion = complete(lesson, picked, person_id=visit.person.id, done=done, now=visit.now)
        save_completion(session, visit.workspace.id, completion)
    ref = Act("lesson_done", {"lesson": lesson.id}).value
    return Show(lesson_view(lesson, lesson_ref=ref, locale=visit.person.locale, picked=picked))


def lessons_to_do(
    session: Session, visit: Visit, known: Mapping[int, Program], parts: Iterable[Enrollment]
) -> int:
    """How many lessons wait for this person in these parts of theirs; the Home tab says so."""
    mine, _ = _taught(session, visit, known, [each for each in parts if each.state in IN])
    return len(lessons_left(mine, completions(session, [visit.person.id])[visit.person.id]))


def _list(visit: Visit) -> Block:
    with visit.database.read() as session:
        mine, gate = _mine(session, visit)
        done = completions(session, [visit.person.id])[visit.person.id]
    ids = {each.lesson_id for each in done}
    return lessons_form(mine, ids, refresher_offered(mine, done, visit.now), visit.reader, gate=gate)


def _mine(session: Session, visit: Visit) -> tuple[tuple[Lesson, ...], bool]:
    """The lessons of everything a person takes part in, each once; and whether any of it waits for them."""
    parts = [
        each for each in enrollments_of(session, visit.workspace.id, visit.person.id) if each.state in IN
    ]
    return _taught(session, visit, programs_by_ids(session, {each.program_id for each in parts}), parts)


def _taught(
    session: Session, visit: Visit, known: Mapping[int, Program], parts: Sequence[Enrollment]
) -> tuple[tuple[Lesson, ...], bool]:
    shipped = shipped_lessons(visit.person.locale)
    own = own_lessons(session, {each.program_id for each in parts})
    found: dict[str, Lesson] = {}
    gate = False
    for part in parts:
        about = known[part.program_id]
        if about.state is ProgramState.CLOSED:
            continue
        gate = gate or lessons_first(about)
        taught = with_own(shipped, own[about.id])
        found |= {each.id: each for each in lessons_for(taught, part.profile.roles, about.kind)}
    return tuple(sorted(found.values(), key=lambda each: (each.order, each.id))), gate


def _lesson(session: Session, visit: Visit) -> Lesson:
    wanted = visit.act.ids.get("lesson")
    mine, _ = _mine(session, visit)
    # A lesson that a program replaces is read in that program's words; any other can still be looked at.
    for each in (*mine, *shipped_lessons(visit.person.locale)):
        if each.id == wanted:
            return each
    raise NoLongerOpen("This is no longer open: that lesson is not there any more.")
