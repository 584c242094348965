from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mentoring.assessment import (
    Feedback,
    LibraryTask,
    ObjectiveRating,
    Rater,
    Task,
    TaskKind,
    TaskState,
    answer_quiz,
    drop,
    give_feedback,
    mark_done,
    rate_objective,
    suggestions,
    summative,
    take_up,
)
from mentoring.errors import NoLongerOpen, NotAllowed, Refusal
from mentoring.kinds import Role
from mentoring.lessons import Choice, ChoiceQuestion
from mentoring.phases import PhaseName

NOW = datetime(2026, 3, 5, 15, 0, tzinfo=UTC)
MEMO = Task(1, 17, TaskKind.PRACTICAL, "A client memo", "Write one.", objective_id=3)
WORDS = Feedback("Clear first line.", "Shorter paragraphs.")
DONE = mark_done(MEMO, "It took two drafts.", role=Role.MENTEE, now=NOW)
QUESTIONS = tuple(
    ChoiceQuestion(id_, "Which?", (Choice("a", "A", "Yes.", right=True), Choice("b", "B", "Look again.")))
    for id_ in ("first", "second")
)
QUIZ = replace(MEMO, kind=TaskKind.QUIZ, quiz=QUESTIONS)


def test_a_task_goes_from_proposed_to_feedback_step_by_step() -> None:
    taken = take_up(MEMO, role=Role.MENTEE)
    done = mark_done(taken, "  It took two drafts. ", role=Role.MENTEE, now=NOW)
    reviewed = give_feedback(done, WORDS, role=Role.MENTOR)
    assert [t.state for t in (MEMO, taken, done, reviewed)] == [
        TaskState.PROPOSED,
        TaskState.TAKEN_UP,
        TaskState.DONE,
        TaskState.REVIEWED,
    ]
    assert (done.note, done.done_at, reviewed.feedback) == ("It took two drafts.", NOW, WORDS)


def test_each_of_the_two_has_their_own_part() -> None:
    with pytest.raises(NotAllowed):
        take_up(MEMO, role=Role.MENTOR)
    with pytest.raises(NotAllowed):
        mark_done(MEMO, "Done.", role=Role.MENTOR, now=NOW)
    with pytest.raises(NotAllowed):
        give_feedback(DONE, WORDS, role=Role.MENTEE)
    with pytest.raises(NotAllowed):
        answer_quiz(QUIZ, {}, role=Role.MENTOR, now=NOW)


def test_a_step_out_of_turn_says_where_the_task_stands() -> None:
    with pytest.raises(NoLongerOpen, match="This task is proposed by now"):
        give_feedback(MEMO, WORDS, role=Role.MENTOR)
    with pytest.raises(NoLongerOpen, match="This task is done by now"):
        mark_done(DONE, "Again.", role=Role.MENTEE, now=NOW)
    with pytest.raises(NoLongerOpen, match="This task is done by now"):
        drop(DONE)
    with pytest.raises(NoLongerOpen, match="This task is dropped by now"):
        take_up(drop(MEMO), role=Role.MENTEE)


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (Feedback(" ", "x"), "keep_going"),
        (Feedback("x", ""), "try_next"),
        (Feedback("x", "y" * 3001), "try_next"),
    ],
)
def test_feedback_has_two_halves_that_fit(words: Feedback, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        give_feedback(DONE, words, role=Role.MENTOR)
    assert refused.value.field == field


def test_a_mentor_may_reword_their_feedback() -> None:
    again = give_feedback(give_feedback(DONE, WORDS, role=Role.MENTOR), Feedback("A", "B"), role=Role.MENTOR)
    assert again.feedback == Feedback("A", "B")


def test_a_quiz_scores_at_once_and_says_why() -> None:
    done, score = answer_quiz(QUIZ, {"first": "a", "second": "b"}, role=Role.MENTEE, now=NOW)
    assert (score.right, score.of, done.score, done.state) == (1, 2, 1, TaskState.DONE)
    assert [choice.feedback for choice in score.picked] == ["Yes.", "Look again."]
    with pytest.raises(NoLongerOpen):
        answer_quiz(done, {"first": "a", "second": "a"}, role=Role.MENTEE, now=NOW)


def test_a_quiz_needs_every_answer_and_is_not_done_by_a_note() -> None:
    with pytest.raises(Refusal) as refused:
        answer_quiz(QUIZ, {"first": "a"}, role=Role.MENTEE, now=NOW)
    assert refused.value.field == "second"
    with pytest.raises(Refusal, match="Answer the quiz"):
        mark_done(QUIZ, "Done.", role=Role.MENTEE, now=NOW)


def library(id_: str, kind: TaskKind, *objectives: int, phase: PhaseName = PhaseName.START) -> LibraryTask:
    return LibraryTask(id_, kind, id_, "Try it.", frozenset({phase}), frozenset(objectives))


def test_a_phase_suggests_three_kinds_of_tasks_made_for_the_objectives_first() -> None:
    tasks = [
        library("any", TaskKind.CASE),
        library("interview", TaskKind.INTERVIEW, 3),
        library("second interview", TaskKind.INTERVIEW, 3),
        library("foreign", TaskKind.PROJECT, 9),
        library("later", TaskKind.SHADOWING, 3, phase=PhaseName.END),
        library("used", TaskKind.NETWORKING, 3),
        library("scenario", TaskKind.SCENARIO),
        library("quiz", TaskKind.QUIZ),
    ]
    picked = suggestions(tasks, PhaseName.START, objectives={3}, used={"used"})
    assert [task.id for task in picked] == ["interview", "any", "scenario"]


def test_the_summary_shows_every_objective_and_no_invented_zero() -> None:
    first, last = rate_objective(3, Rater.SELF, 2), rate_objective(3, Rater.SELF, 4, " Much better ")
    rows = summative([3, 5], [first, last, ObjectiveRating(3, Rater.MENTOR, 5)])
    assert [(row.objective_id, row.apart) for row in rows] == [(3, 1), (5, None)]
    assert rows[0].own == ObjectiveRating(3, Rater.SELF, 4, "Much better")
    assert rows[1].own is None


@pytest.mark.parametrize("score", [0, 6])
def test_an_objective_is_rated_from_one_to_five(score: int) -> None:
    with pytest.raises(Refusal):
        rate_objective(3, Rater.SELF, score)
