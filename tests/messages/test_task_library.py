"""The library of tasks: every kind, both languages, and quizzes whose every answer teaches something."""

import pytest

from mentoring.assessment import TaskKind
from messages.samples import LOCALES
from messages.tasks.loader import shipped_tasks

CHOICE_LENGTH = 75
"""Characters of an option: older Slack clients cut off what is longer."""


def test_there_is_a_task_of_every_kind() -> None:
    assert {each.kind for each in shipped_tasks("en-US")} == set(TaskKind)


@pytest.mark.parametrize("locale", LOCALES.values())
def test_each_question_of_a_quiz_has_one_right_answer_and_every_answer_says_why(locale: str) -> None:
    quizzes = [each for each in shipped_tasks(locale) if each.kind is TaskKind.QUIZ]
    assert all(each.quiz for each in quizzes)
    for question in (asked for each in quizzes for asked in each.quiz):
        assert [each.right for each in question.choices].count(True) == 1, question.id
        for each in question.choices:
            assert 0 < len(each.text) <= CHOICE_LENGTH
            assert each.feedback


def test_both_languages_have_the_same_tasks() -> None:
    english, spanish = (shipped_tasks(each) for each in LOCALES.values())
    for one, other in zip(english, spanish, strict=True):
        assert (one.id, one.objective, one.phases) == (other.id, other.objective, other.phases)
        assert one.title != other.title
        assert [[c.id for c in q.choices] for q in one.quiz] == [
            [c.id for c in q.choices] for q in other.quiz
        ]
