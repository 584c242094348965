"""A program's lessons in a coordinator's hands: ours, its own words for them, new ones, or left out."""

from collections.abc import Mapping
from functools import lru_cache

from sqlalchemy.orm import Session

from handlers.typed_parts import NAME, faults_by_field, typed_parts
from handlers.visit import Visit
from mentoring.errors import NoLongerOpen, Refusal
from mentoring.lessons import Lesson
from mentoring.programs import Program
from messages.answers import Answer, Faults, Show
from messages.blocks import Block
from messages.forms.lesson_library import Shelved, lesson_text_form, library_form
from messages.instruments.yaml_lines import BadFileError
from messages.lessons.loader import FOLDER, example_lesson, in_order, parse_lesson, shipped_lessons
from storage.lessons import forget_own_lesson, keep_own_lesson, own_lessons
from storage.outbox import audit
from storage.programs import program

GONE = "This is no longer open: that lesson is not there any more."
REMEMBERED = 128
"""Own lessons kept read."""


@lru_cache(maxsize=REMEMBERED)
def read(text: str) -> Lesson:
    """Read a stored lesson; it was checked before it was stored."""
    return parse_lesson(text, "lesson")


def with_own(shipped: tuple[Lesson, ...], own: Mapping[str, str]) -> tuple[Lesson, ...]:
    """The shipped lessons in a program's own words, without those it leaves out, and with its new ones."""
    found = {each.id: each for each in shipped if own.get(each.id) != ""}
    found |= {lesson_id: read(text) for lesson_id, text in own.items() if text}
    return in_order(found.values())


def lessons_of_program(session: Session, program_id: int, locale: str) -> tuple[Lesson, ...]:
    """What a program teaches, in a locale's language where it has one."""
    return with_own(shipped_lessons(locale), own_lessons(session, [program_id])[program_id])


def show_library(visit: Visit) -> Answer:
    """“Lessons”: everything the program teaches, and what it leaves out."""
    with visit.database.read() as session:
        return Show(_library(session, visit, _program(session, visit)))


def _library(session: Session, visit: Visit, about: Program) -> Block:
    own = own_lessons(session, [about.id])[about.id]
    shipped = shipped_lessons(visit.person.locale)
    shelved = [_shelved(each, own.get(each.id)) for each in shipped]
    ours = {each.id for each in shipped}
    shelved += [Shelved(read(text), "new") for name, text in own.items() if text and name not in ours]
    return library_form(about, shelved, visit.reader)


def _shelved(lesson: Lesson, own: str | None) -> Shelved:
    """How one of ours stands: as it ships, in the program's words, or left out."""
    if own is None:
        return Shelved(lesson, "ours")
    return Shelved(read(own), "own") if own else Shelved(lesson, "left_out")


def open_lesson(visit: Visit) -> Answer:
    """One lesson, as text; without one, a new one to start from."""
    lesson_id = visit.act.ids.get("lesson")
    with visit.database.read() as session:
        about = _program(session, visit)
        own = own_lessons(session, [about.id])[about.id]
    if lesson_id is None:
        return Show(lesson_text_form(about, None, example_lesson(), "new", visit.reader))
    name = str(lesson_id)
    text = own.get(name) or _shipped_text(name, visit.reader.language)
    state = "ours" if name not in own else "own" if own[name] else "left_out"
    return Show(lesson_text_form(about, name, text, state, visit.reader))


def _shipped_text(name: str, language: str) -> str:
    for folder in (language, "en"):
        path = FOLDER / folder / f"{name}.md"
        if name.isidentifier() and path.exists():
            return path.read_text("utf-8")
    raise NoLongerOpen(GONE)


def submit(visit: Visit) -> Answer:
    """A lesson came back: kept if it can be read, else every fault is named at its line."""
    parts = typed_parts(visit)
    name = visit.act.ids.get("lesson")
    with visit.database.write() as session:
        about = _program(session, visit)
        if "yes" in visit.chosen("left_out") and name is not None:
            _keep(session, visit, about, str(name), "")
            return Show(_library(session, visit, about))
        text = "\n\n".join(parts.values())
        try:
            lesson = parse_lesson(text, NAME)
        except BadFileError as error:
            return Faults(faults_by_field(error, parts, 1, visit.reader))
        if name is not None and lesson.id != name:
            raise Refusal(
                f"Keep the id `{name}`: people's progress hangs on it. A new lesson has its own.", "part0"
            )
        _keep(session, visit, about, lesson.id, text)
        return Show(_library(session, visit, about))


def back_to_ours(visit: Visit) -> Answer:
    """“Back to ours”; a lesson of the program's own is gone then."""
    with visit.database.write() as session:
        about = _program(session, visit)
        forget_own_lesson(session, about.id, visit.act.code("lesson"))
        _note(session, visit, about)
        return Show(_library(session, visit, about))


def _keep(session: Session, visit: Visit, about: Program, lesson_id: str, text: str) -> None:
    keep_own_lesson(session, visit.workspace.id, about.id, lesson_id, text, visit.person.id, visit.now)
    _note(session, visit, about)


def _note(session: Session, visit: Visit, about: Program) -> None:
    audit(
        session,
        visit.workspace.id,
        visit.person.id,
        "lessons.changed",
        {"program": about.id},
        visit.now,
        program_id=about.id,
    )


def _program(session: Session, visit: Visit) -> Program:
    return program(session, visit.workspace.id, visit.act.number("program"))
