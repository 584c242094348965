"""“Who is the teacher?”: in a reverse program each of a pair reads it before their agreement."""

from sqlalchemy.orm import Session

from handlers.visit import Visit
from mentoring.kinds import ProgramKind
from mentoring.lessons import BRIEFING, Lesson, complete
from mentoring.pairs import Pair
from messages.actions import Act
from messages.answers import Answer, Show
from messages.blocks import TITLE_LIMIT, Block, plain
from messages.lessons.form import lesson_view, read_choice
from messages.lessons.loader import shipped_lessons
from messages.words import Words
from storage.lessons import completions, save_completion
from storage.pairs import live_pair
from storage.programs import program


def briefing(session: Session, visit: Visit, pair: Pair) -> Show | None:
    """The briefing, for somebody of a reverse pair who has not had it; what they came for follows it."""
    about = program(session, visit.workspace.id, pair.program_id)
    if about.kind is not ProgramKind.REVERSE:
        return None
    done = completions(session, [visit.person.id])[visit.person.id]
    if any(each.lesson_id == BRIEFING for each in done):
        return None
    return Show(_view(visit, "agreement.briefed"))


def answer(visit: Visit) -> Answer:
    """Its question was answered: the feedback, and on to what they came for."""
    with visit.database.read() as session:
        live_pair(session, visit.workspace.id, visit.act.number("pair"))
    picked = read_choice({"values": visit.values}, visit.person.locale)
    with visit.database.write() as session:
        done = completions(session, [visit.person.id])[visit.person.id]
        _, completion = complete(_lesson(visit), picked, person_id=visit.person.id, done=done, now=visit.now)
        save_completion(session, visit.workspace.id, completion)
    return Show(_view(visit, "agreement.after_briefing", picked))


def _view(visit: Visit, callback: str, picked: str | None = None) -> Block:
    ref = Act(callback, visit.act.ids).value
    view = lesson_view(_lesson(visit), lesson_ref=ref, locale=visit.person.locale, picked=picked)
    view["callback_id"] = callback
    if picked is not None:
        view["submit"] = plain(Words("forms/agreement", visit.reader).plain("on"), TITLE_LIMIT)
    return view


def _lesson(visit: Visit) -> Lesson:
    return next(each for each in shipped_lessons(visit.person.locale) if each.id == BRIEFING)
