"""Assessment: tasks with feedback on the way, and ratings against the objectives at the end."""

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
    check_standing(task, TaskState.PROPOSED)
    return replace(task, state=TaskState.TAKEN_UP)


def drop(task: Task) -> Task:
    """Let a task go, by either of the two and without a reason; one that is done stays.

    Raises:
        NoLongerOpen: It is done or was dropped before.
    """
    check_standing(task, TaskState.PROPOSED, TaskState.TAKEN_UP)
    return replace(task, state=TaskState.DROPPED)


def mark_done(task: Task, note: str, *, role: Role, now: datetime) -> Task:
    """Finish a task with a note.

    Raises:
        NotAllowed: The mentor tried.
        NoLongerOpen: It was done or dropped before.
        Refusal: The note is empty or too long, or a quiz has not been answered.
    """
    _only(role, Role.MENTEE, "Only the mentee marks a task as done.")
    check_standing(task, TaskState.PROPOSED, TaskState.TAKEN_UP)
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
    check_standing(task, TaskState.DONE, TaskState.REVIEWED)
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
    check_standing(task, TaskState.PROPOSED, TaskState.TAKEN_UP)
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


def check_standing(task: Task, *states: TaskState) -> None:
    """Let pass a task in one of these states.

    Raises:
        NoLongerOpen: It stands elsewhere.
    """
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
