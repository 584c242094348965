"""A quiz from the library: its questions, and at once how it went and why."""

from dataclasses import replace

from sqlalchemy.orm import Session

from handlers.tasks import keep_finished, pair_in_question, role_in, task_in_question
from handlers.visit import Visit
from mentoring.assessment import Task, TaskState, answer_quiz
from mentoring.errors import NoLongerOpen, NotAllowed
from mentoring.kinds import Role
from mentoring.pairs import Pair
from messages.answers import Answer, Show
from messages.forms.quiz import quiz_form, result_form
from messages.tasks.loader import quiz_of


def open_quiz(visit: Visit) -> Answer:
    """“Answer the quiz”."""
    with visit.database.read() as session:
        pair, _ = pair_in_question(session, visit)
        task, role = _quiz(session, visit, pair)
    if role is not Role.MENTEE:
        raise NotAllowed("Only the mentee answers the quiz.")
    if task.state is not TaskState.TAKEN_UP:
        raise NoLongerOpen("This quiz is over. Open your tasks to see how it went.")
    return Show(quiz_form(pair.id, task, visit.reader))


def submit(visit: Visit) -> Answer:
    """The answers came back: the score is kept, what was picked is not."""
    picks = {name: picked for name in visit.values if (picked := visit.typed(name))}
    with visit.database.write() as session:
        pair, _ = pair_in_question(session, visit)
        task, role = _quiz(session, visit, pair)
        finished, score = answer_quiz(task, picks, role=role, now=visit.now)
        keep_finished(session, visit, pair, finished)
    return Show(result_form(pair.id, finished, score, visit.reader))


def _quiz(session: Session, visit: Visit, pair: Pair) -> tuple[Task, Role]:
    """The quiz an act names with its questions, and what the visitor is in it."""
    found = task_in_question(session, visit, pair)
    questions = quiz_of(found.library_id, visit.person.locale)
    if not questions:
        raise NoLongerOpen("This is no longer open: that quiz is not there any more.")
    return replace(found.task, quiz=questions), role_in(found, visit)
