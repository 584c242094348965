"""Lessons: a short text, one question with feedback on every answer, and the gate a program may set."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from mentoring.errors import Refusal
from mentoring.kinds import ProgramKind, Role

BRIEFING = "reverse_preconceptions"
"""The lesson that comes before the agreement of a reverse pair: who is the teacher?"""

REFRESH_AFTER = timedelta(days=180)
"""After half a year a lesson may be offered once more; it is never asked for."""


@dataclass(frozen=True)
class Choice:
    """One answer to a question, with what to say to whoever picks it."""

    id: str
    text: str
    feedback: str
    right: bool = False


@dataclass(frozen=True)
class ChoiceQuestion:
    """A question whose every answer teaches something."""

    id: str
    text: str
    choices: tuple[Choice, ...]

    def picked(self, choice_id: str) -> Choice:
        """Find an answer.

        Raises:
            Refusal: It is not one of the choices.
        """
        for choice in self.choices:
            if choice.id == choice_id:
                return choice
        raise Refusal("That is not one of the choices. Pick one from the list.", field=self.id)


@dataclass(frozen=True)
class Lesson:
    """A few minutes in chat, in one language.

    Args:
        id: The same in every language.
        title: Heads the form; 24 characters.
        roles: Who it is for.
        kinds: The kinds of program it belongs to.
        order: Its place among the lessons of a role.
        minutes: How long it takes, with the question.
        body: Paragraphs in Markdown: bold, italics, lists.
        question: Asked at the end.
    """

    id: str
    title: str
    roles: frozenset[Role]
    kinds: frozenset[ProgramKind]
    order: int
    minutes: int
    body: str
    question: ChoiceQuestion


@dataclass(frozen=True)
class Completion:
    """A person has done a lesson; which answer they gave is nobody's business and is not kept."""

    person_id: int
    lesson_id: str
    completed_at: datetime


def lessons_for(lessons: Iterable[Lesson], roles: Collection[Role], kind: ProgramKind) -> tuple[Lesson, ...]:
    """Pick a person's lessons, in order; somebody who is mentor and mentee does a shared one once."""
    mine = (lesson for lesson in lessons if kind in lesson.kinds and not lesson.roles.isdisjoint(roles))
    return tuple(sorted(mine, key=lambda lesson: (lesson.order, lesson.id)))


def lessons_left(mine: Sequence[Lesson], done: Iterable[Completion]) -> tuple[Lesson, ...]:
    """List what a person has yet to do."""
    completed = {completion.lesson_id for completion in done}
    return tuple(lesson for lesson in mine if lesson.id not in completed)


def lessons_left_of(
    taught: Iterable[Lesson], roles: Collection[Role], kind: ProgramKind, done: Iterable[Completion]
) -> tuple[Lesson, ...]:
    """The same of all that a program teaches, for somebody in these roles."""
    return lessons_left(lessons_for(taught, roles, kind), done)


def complete(
    lesson: Lesson, choice_id: str, *, person_id: int, done: Iterable[Completion], now: datetime
) -> tuple[Choice, Completion]:
    """Answer a lesson's question. Any answer completes the lesson: the feedback is where the learning is.

    Doing a lesson again, as a refresher or by a second press, keeps the first completion.

    Raises:
        Refusal: The answer is not one of the choices.
    """
    choice = lesson.question.picked(choice_id)
    before = next((c for c in done if c.lesson_id == lesson.id and c.person_id == person_id), None)
    return choice, before or Completion(person_id, lesson.id, now)


def refresher_offered(mine: Sequence[Lesson], done: Iterable[Completion], now: datetime) -> Lesson | None:
    """Pick the lesson done longest ago, if it is half a year back; offering it is all the program does."""
    by_lesson = {completion.lesson_id: completion.completed_at for completion in done}
    old = [
        lesson for lesson in mine if lesson.id in by_lesson and now - by_lesson[lesson.id] >= REFRESH_AFTER
    ]
    return min(old, key=lambda lesson: by_lesson[lesson.id], default=None)
