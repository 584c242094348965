"""Survey definitions: questions, who sees each answer, and which question follows from which answer."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from mentoring.errors import Refusal

ID_PATTERN = re.compile(r"[a-z][a-z0-9_]{0,59}\Z")
"""Ids of instruments, questions and options: they travel in block ids, so they stay short and plain."""

RATING_LOWEST, RATING_HIGHEST = 1, 5
NPS_LOWEST, NPS_HIGHEST = 0, 10
"""Net Promoter Score asks 0 to 10; promoters give 9 or 10, detractors 0 to 6 (Reichheld, HBR 12/2003)."""

Value = int | float | str | date | tuple[str, ...]
"""One checked answer: rating and nps int, number int or float, texts and choice str, choices a tuple."""


class Audience(StrEnum):
    """Who is asked."""

    MENTEE = "mentee"
    MENTOR = "mentor"
    BOTH = "both"
    SUPERVISOR = "supervisor"
    COORDINATOR = "coordinator"


class QuestionKind(StrEnum):
    """The form an answer takes."""

    RATING = "rating"
    """A whole number from 1 to 5."""
    NPS = "nps"
    """How likely to recommend, 0 to 10."""
    CHOICE = "choice"
    """Exactly one option."""
    CHOICES = "choices"
    """Any number of options."""
    NUMBER = "number"
    DATE = "date"
    SHORT = "short"
    """One line of text."""
    LONG = "long"
    """A free note."""

    @property
    def is_text(self) -> bool:
        """Whether the answer is in the person's own words."""
        return self in (QuestionKind.SHORT, QuestionKind.LONG)

    @property
    def has_options(self) -> bool:
        """Whether the person picks from the question's options."""
        return self in (QuestionKind.CHOICE, QuestionKind.CHOICES)


class Visibility(StrEnum):
    """Who can ever read an answer; every question has one, and it is said before the question is answered."""

    GROUPED = "grouped"
    """Nobody sees it singly; results appear only from the minimum group upward."""
    OWN = "own"
    """The person sees their own; everybody else only groups."""
    TEAM_IF_SHARED = "team_if_shared"
    """The program team, and only if the person ticks "share"; otherwise nobody."""
    TEAM = "team"
    """The program team, with the person's name."""
    COORDINATOR = "coordinator"
    """The coordinator alone: the confidential line."""


class Level(StrEnum):
    """What an answer is evidence of: the four levels of evaluation (Kirkpatrick, 1959)."""

    SATISFACTION = "satisfaction"
    """Did they like it?"""
    LEARNING = "learning"
    """Did they learn?"""
    BEHAVIOR = "behavior"
    """Do they do it?"""
    RESULTS = "results"
    """Did it matter?"""


NAMED = frozenset({Visibility.OWN, Visibility.TEAM, Visibility.COORDINATOR})
"""These lead back to a person, so an anonymous instrument cannot hold them."""


@dataclass(frozen=True)
class Option:
    """One thing to pick."""

    id: str
    text: str


@dataclass(frozen=True)
class Branch:
    """The condition under which a question is asked, on the answer to an earlier question.

    Args:
        question_id: The earlier question.
        at_least: For numbers: the answer is this or more.
        at_most: For numbers: the answer is this or less.
        any_of: For choices: one of these option ids was picked.
    """

    question_id: str
    at_least: float | None = None
    at_most: float | None = None
    any_of: tuple[str, ...] = ()

    def holds(self, value: Value | None) -> bool:
        """Say whether the question is asked, given the earlier answer (None: not given)."""
        if value is None:
            return False
        if self.any_of:
            picked = value if isinstance(value, tuple) else (value,)
            return not set(self.any_of).isdisjoint(picked)
        if not isinstance(value, int | float):
            return False
        above = self.at_least is None or value >= self.at_least
        return above and (self.at_most is None or value <= self.at_most)


@dataclass(frozen=True)
class Question:
    """One question as the person reads it, in one language.

    Args:
        id: Unique in the instrument; kept for ever, so that old answers keep their question.
        text: The question.
        kind: The form of the answer.
        visibility: Who can ever read the answer.
        who_sees: The same as a sentence; `{minimum}` stands for the smallest group shown.
        options: What can be picked, for choice and choices.
        required: Whether the form insists; free text never should.
        shown_if: The condition for asking, or None for always.
        low: What 1 (or 0) means, for ratings and nps.
        high: What 5 (or 10) means.
        minimum: Smallest number accepted, for number.
        maximum: Largest number accepted, for number.
        level: What the answer is evidence of, if it counts in the evaluation.
    """

    id: str
    text: str
    kind: QuestionKind
    visibility: Visibility
    who_sees: str
    options: tuple[Option, ...] = ()
    required: bool = False
    shown_if: Branch | None = None
    low: str | None = None
    high: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    level: Level | None = None


@dataclass(frozen=True)
class Instrument:
    """A versioned set of questions, in one language.

    Args:
        id: The same over all versions.
        version: Counts up from 1; a changed question is a new version.
        title: Heads the form; 24 characters, Slack's limit for a modal.
        audience: Who is asked.
        anonymous: Whether answers are stored without any path back to the person.
        purpose: One sentence saying why we ask, shown before the first question.
        questions: In the order they are asked.
    """

    id: str
    version: int
    title: str
    audience: Audience
    anonymous: bool
    purpose: str
    questions: tuple[Question, ...]

    def question(self, question_id: str) -> Question | None:
        """Find a question by its id."""
        return next((q for q in self.questions if q.id == question_id), None)

    @property
    def branching(self) -> frozenset[str]:
        """Ids of the questions whose answer decides whether another is asked."""
        return frozenset(q.shown_if.question_id for q in self.questions if q.shown_if)


def questions_to_ask(instrument: Instrument, answers: Mapping[str, Value]) -> tuple[Question, ...]:
    """Pick the questions that apply, given the answers so far.

    An answer to a question that is itself not asked counts for nothing, so a chain of branches
    closes as a whole when its first answer changes.
    """
    asked: list[Question] = []
    counted: dict[str, Value] = {}
    for question in instrument.questions:
        branch = question.shown_if
        if branch is not None and not branch.holds(counted.get(branch.question_id)):
            continue
        asked.append(question)
        if question.id in answers:
            counted[question.id] = answers[question.id]
    return tuple(asked)


def revised(current: Instrument, draft: Instrument) -> Instrument:
    """Give an edited copy its version: the next number if anything was changed, the same one if nothing was.

    Raises:
        Refusal: The draft is another instrument, drops a promise of anonymity, asks nothing, asks twice under
            one id, or branches on a question that does not come before.
    """
    if draft.id != current.id:
        raise Refusal("This draft belongs to another survey. Open that one to change it.")
    if current.anonymous and not draft.anonymous:
        raise Refusal("This survey promises anonymity, and that stays. Make a new survey for named answers.")
    if not draft.questions:
        raise Refusal("A survey needs at least one question.")
    _check_order(draft)
    if replace(draft, version=current.version) == current:
        return current
    return replace(draft, version=current.version + 1)


def _check_order(instrument: Instrument) -> None:
    seen: set[str] = set()
    for question in instrument.questions:
        if question.id in seen:
            raise Refusal("Two questions have the same id. Give each its own.", field=question.id)
        if question.shown_if and question.shown_if.question_id not in seen:
            raise Refusal(
                "This question depends on one that is gone or comes later. Move it, or ask it always.",
                field=question.id,
            )
        if instrument.anonymous and question.visibility in NAMED:
            raise Refusal(
                "An anonymous survey cannot show an answer with a name. Choose groups only.",
                field=question.id,
            )
        seen.add(question.id)
