"""Assessment: tasks with feedback on the way, ratings against the objectives and a portfolio at the end."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from mentoring.errors import NoLongerOpen, NotAllowed, Refusal
from mentoring.kinds import Role
from mentoring.lessons import Choice, ChoiceQuestion
from mentoring.phases import PhaseName

NOTE_LIMIT = 3000
"""Characters in a note or feedback: the most Slack's text field takes."""
SUGGESTIONS = 3
"""As many tasks are suggested at the start of a phase: a choice, not a list of chores."""
SCORE_LOWEST, SCORE_HIGHEST = 1, 5


class TaskKind(StrEnum):
    """The kinds of tasks (Association of Legal Administrators, mentoring toolkit)."""

    PRACTICAL = "practical task"
    CASE = "case study"
    SCENARIO = "scenario discussion"
    QUIZ = "quiz"
    INTERVIEW = "interview"
    PROJECT = "project"
    SHADOWING = "shadowing"
    NETWORKING = "networking"


class TaskState(StrEnum):
    """Where a task stands."""

    PROPOSED = "proposed"
    TAKEN_UP = "taken up"
    DONE = "done"
    REVIEWED = "reviewed"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Objective:
    """Something the program works toward; its number stays when its words change."""

    id: int
    text: str


OBJECTIVE_LENGTH = 120
MOST_OBJECTIVES = 6
"""More than six objectives are none: each is rated, and each has a part in the portfolio."""


def split_objectives(text: str) -> list[str]:
    """Read objectives typed one a line.

    Raises:
        Refusal: There are too many, or one is too long.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_OBJECTIVES:
        raise Refusal(f"Keep it to {MOST_OBJECTIVES} objectives, one a line.", "objectives")
    if any(len(line) > OBJECTIVE_LENGTH for line in lines):
        raise Refusal(f"Keep each objective to {OBJECTIVE_LENGTH} characters.", "objectives")
    return lines


@dataclass(frozen=True)
class Feedback:
    """What a mentor says to a finished task, in two halves, so that neither is forgotten."""

    keep_going: str
    try_next: str


@dataclass(frozen=True)
class Task:
    """Something a pair may take on; nothing happens if it does not.

    Args:
        pair_id: Whose task it is.
        objective_id: The objective of the program it works toward.
        quiz: The questions, for a quiz.
        note: What the mentee said when it was done.
        done_at: When the mentee marked it done.
        feedback: What the mentor answered.
        score: For a quiz that was answered: right answers.
        asked: For a quiz that was answered: of how many questions.
    """

    id: int
    pair_id: int
    kind: TaskKind
    title: str
    description: str
    objective_id: int
    state: TaskState = TaskState.PROPOSED
    quiz: tuple[ChoiceQuestion, ...] = ()
    note: str = ""
    done_at: datetime | None = None
    feedback: Feedback | None = None
    score: int | None = None
    asked: int | None = None


@dataclass(frozen=True)
class LibraryTask:
    """A task to suggest.

    Args:
        phases: When it fits.
        objectives: Ids of the objectives it works toward; empty for any.
        objective: The shipped objective it is closest to, to start from.
        quiz: The questions, for a quiz.
    """

    id: str
    kind: TaskKind
    title: str
    description: str
    phases: frozenset[PhaseName]
    objectives: frozenset[int] = frozenset()
    objective: int = 1
    quiz: tuple[ChoiceQuestion, ...] = ()


def suggestions(
    library: Iterable[LibraryTask], phase: PhaseName, objectives: Collection[int], used: Collection[str]
) -> tuple[LibraryTask, ...]:
    """Pick a few tasks to offer at the start of a phase, each of another kind, made for the objectives first.

    Args:
        library: What the program has, in its own order.
        phase: The phase that opens.
        objectives: The pair's objectives.
        used: Ids the pair was offered before.
    """
    fitting = [
        task
        for task in library
        if phase in task.phases
        and task.id not in used
        and (not task.objectives or not task.objectives.isdisjoint(objectives))
    ]
    first_of_kind: dict[TaskKind, LibraryTask] = {}
    for task in sorted(fitting, key=lambda task: not task.objectives):
        first_of_kind.setdefault(task.kind, task)
    return tuple(first_of_kind.values())[:SUGGESTIONS]


def take_up(task: Task, *, role: Role) -> Task:
    """Start on a task; the mentee decides.

    Raises:
        NotAllowed: The mentor tried.
        NoLongerOpen: It was taken up or dropped before.
    """
    _only(role, Role.MENTEE, "Only the mentee takes up a task. You can suggest one.")
    _standing(task, TaskState.PROPOSED)
    return replace(task, state=TaskState.TAKEN_UP)


def drop(task: Task) -> Task:
    """Let a task go, by either of the two and without a reason; one that is done stays.

    Raises:
        NoLongerOpen: It is done or was dropped before.
    """
    _standing(task, TaskState.PROPOSED, TaskState.TAKEN_UP)
    return replace(task, state=TaskState.DROPPED)


def mark_done(task: Task, note: str, *, role: Role, now: datetime) -> Task:
    """Finish a task with a note.

    Raises:
        NotAllowed: The mentor tried.
        NoLongerOpen: It was done or dropped before.
        Refusal: The note is empty or too long, or a quiz has not been answered.
    """
    _only(role, Role.MENTEE, "Only the mentee marks a task as done.")
    _standing(task, TaskState.PROPOSED, TaskState.TAKEN_UP)
    if task.kind is TaskKind.QUIZ:
        raise Refusal("Answer the quiz to finish this one.")
    return replace(task, state=TaskState.DONE, note=checked_text(note, "note"), done_at=now)


def give_feedback(task: Task, feedback: Feedback, *, role: Role) -> Task:
    """Answer a finished task; the mentor may change the answer as often as they like.

    Raises:
        NotAllowed: The mentee tried.
        NoLongerOpen: The task is not done.
        Refusal: A half is empty or too long.
    """
    _only(role, Role.MENTOR, "Only the mentor gives feedback on a task.")
    _standing(task, TaskState.DONE, TaskState.REVIEWED)
    checked = Feedback(
        checked_text(feedback.keep_going, "keep_going"), checked_text(feedback.try_next, "try_next")
    )
    return replace(task, state=TaskState.REVIEWED, feedback=checked)


@dataclass(frozen=True)
class QuizScore:
    """How a quiz went, at once and with what to learn from it."""

    right: int
    of: int
    picked: tuple[Choice, ...]


def answer_quiz(task: Task, picks: Mapping[str, str], *, role: Role, now: datetime) -> tuple[Task, QuizScore]:
    """Score a quiz and finish its task.

    Args:
        task: A task with a quiz.
        picks: By question id, the choice picked.
        role: Who answers.
        now: When.

    Raises:
        NotAllowed: The mentor tried.
        NoLongerOpen: It was answered or dropped before.
        Refusal: A question is left open, or a pick is none of the choices.
    """
    _only(role, Role.MENTEE, "Only the mentee answers the quiz.")
    _standing(task, TaskState.PROPOSED, TaskState.TAKEN_UP)
    picked = []
    for question in task.quiz:
        if question.id not in picks:
            raise Refusal("Please answer this one too.", field=question.id)
        picked.append(question.picked(picks[question.id]))
    score = QuizScore(sum(choice.right for choice in picked), len(picked), tuple(picked))
    done = replace(task, state=TaskState.DONE, done_at=now, score=score.right, asked=score.of)
    return done, score


def _only(role: Role, allowed: Role, sentence: str) -> None:
    if role is not allowed:
        raise NotAllowed(sentence)


def _standing(task: Task, *states: TaskState) -> None:
    if task.state not in states:
        raise NoLongerOpen(f"This task is {task.state} by now. Open your goals to see where things stand.")


def checked_text(text: str, field: str) -> str:
    """Tidy what a person wrote.

    Raises:
        Refusal: It is empty or longer than 3,000 characters.
    """
    tidy = text.strip()
    if not tidy:
        raise Refusal("A few words are enough, but please write some.", field)
    if len(tidy) > NOTE_LIMIT:
        raise Refusal(f"That is {len(tidy):,} characters and {NOTE_LIMIT:,} fit. Please shorten it.", field)
    return tidy


class Rater(StrEnum):
    """Who judges an objective."""

    SELF = "self"
    MENTOR = "mentor"


@dataclass(frozen=True)
class ObjectiveRating:
    """One judgment on one objective, in a number from 1 to 5 and words."""

    objective_id: int
    rater: Rater
    score: int
    words: str = ""


def rate_objective(objective_id: int, rater: Rater, score: int, words: str = "") -> ObjectiveRating:
    """Judge an objective.

    Raises:
        Refusal: The score is not 1 to 5, or the words are too long.
    """
    if not SCORE_LOWEST <= score <= SCORE_HIGHEST:
        raise Refusal(f"Pick a whole number from {SCORE_LOWEST} to {SCORE_HIGHEST}.", field="score")
    return ObjectiveRating(objective_id, rater, score, checked_text(words, "words") if words.strip() else "")


@dataclass(frozen=True)
class ObjectiveSummary:
    """An objective with both judgments; a missing one is None, not zero."""

    objective_id: int
    own: ObjectiveRating | None
    mentor: ObjectiveRating | None

    @property
    def apart(self) -> int | None:
        """How far the two are from each other."""
        return None if self.own is None or self.mentor is None else abs(self.own.score - self.mentor.score)


def summative(objectives: Sequence[int], ratings: Iterable[ObjectiveRating]) -> tuple[ObjectiveSummary, ...]:
    """Lay the judgments beside the objectives, each of which appears; a later one replaces an earlier."""
    latest = {(rating.objective_id, rating.rater): rating for rating in ratings}
    return tuple(
        ObjectiveSummary(id_, latest.get((id_, Rater.SELF)), latest.get((id_, Rater.MENTOR)))
        for id_ in objectives
    )


class Reader(StrEnum):
    """Whom a mentee may show a portfolio item to; they see their own in any case."""

    MENTOR = "mentor"
    TEAM = "program team"
    SUPERVISOR = "supervisor"


class ItemKind(StrEnum):
    """What can go into a portfolio."""

    TASK = "task"
    FEEDBACK = "feedback"
    NOTE = "note"


@dataclass(frozen=True)
class PortfolioItem:
    """A piece the mentee picked for an objective.

    Args:
        person_id: The mentee.
        source_id: The task it came from, if any.
        text: The words as they stood when picked; the portfolio does not change behind its owner's back.
        readers: Who else may see it; nobody unless the mentee says so.
        id: None before it is stored.
    """

    person_id: int
    objective_id: int
    kind: ItemKind
    title: str
    text: str
    source_id: int | None = None
    readers: frozenset[Reader] = frozenset()
    id: int | None = None


def check_warned(*, warned: bool) -> None:
    """Let pass whoever has been asked whether the words could hold client secrets.

    Raises:
        Refusal: They have not been.
    """
    if not warned:
        raise Refusal(
            "Could a client or a matter be recognized in this? Take out names and facts, then confirm.",
            field="warned",
        )


def items_from(task: Task, *, person_id: int) -> tuple[PortfolioItem, ...]:
    """Turn a finished task into what the mentee may pick: the task with its note, and the feedback to it.

    Raises:
        NoLongerOpen: The task is not done.
    """
    _standing(task, TaskState.DONE, TaskState.REVIEWED)
    own = PortfolioItem(person_id, task.objective_id, ItemKind.TASK, task.title, task.note, task.id)
    if task.feedback is None:
        return (own,)
    words = f"{task.feedback.keep_going}\n{task.feedback.try_next}"
    return own, replace(own, kind=ItemKind.FEEDBACK, text=words)


def shown_to(items: Iterable[PortfolioItem], reader: Reader | None) -> tuple[PortfolioItem, ...]:
    """Pick what someone may see; None stands for the mentee, who previews everything."""
    return tuple(item for item in items if reader is None or reader in item.readers)


NO_OBJECTIVE = 0
"""Stands for the objective of pieces whose own is gone; objectives count from 1."""


def by_objective(
    objectives: Sequence[int], items: Iterable[PortfolioItem]
) -> tuple[tuple[int, tuple[PortfolioItem, ...]], ...]:
    """Order a portfolio by objective; those without a piece stay, so the mentee sees what is missing.

    Pieces for an objective that the program no longer has come last, under `NO_OBJECTIVE`.
    """
    picked = list(items)
    found = [(id_, tuple(item for item in picked if item.objective_id == id_)) for id_ in objectives]
    # The program can leave an objective out; what somebody picked for it does not go with it.
    rest = tuple(item for item in picked if item.objective_id not in objectives)
    return (*found, (NO_OBJECTIVE, rest)) if rest else tuple(found)
