"""Whoever reads our English should not need more than eight years of school for it."""

import re
from collections.abc import Iterator

import pytest

from messages.instruments.loader import shipped
from messages.lessons.loader import shipped_lessons
from messages.tasks.loader import shipped_tasks

GRADE = 8


def instruments() -> Iterator[tuple[str, str]]:
    for id_, translated in shipped().items():
        survey = translated.in_locale("en")
        yield id_, " ".join([survey.purpose, *(question.text for question in survey.questions)])


def lessons() -> Iterator[tuple[str, str]]:
    for lesson in shipped_lessons("en"):
        # A list item without a period is a sentence all the same.
        body = re.sub(r"^- (.*?)[.?!]?$", r"\1.", lesson.body.replace("*", ""), flags=re.MULTILINE)
        yield lesson.id, body
        for choice in lesson.question.choices:
            yield f"{lesson.id}: {choice.id}", choice.feedback


def tasks() -> Iterator[tuple[str, str]]:
    for task in shipped_tasks("en"):
        yield task.id, task.description
        for question in task.quiz:
            whys = (f"{choice.text} {choice.feedback}" for choice in question.choices)
            yield f"{task.id}: {question.id}", " ".join([question.text, *whys])


TEXTS = [*instruments(), *lessons(), *tasks()]


@pytest.mark.parametrize(("name", "text"), TEXTS, ids=lambda value: value[:30])
def test_our_english_reads_at_grade_eight_or_below(name: str, text: str) -> None:
    textstat = pytest.importorskip(
        "textstat", reason="the reading grade is not checked: textstat is not installed here"
    )
    assert textstat.flesch_kincaid_grade(text) <= GRADE, name
