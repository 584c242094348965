"""The shipped library of tasks and objectives, in a reader's language."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mentoring.assessment import LibraryTask, Objective, TaskKind
from mentoring.lessons import Choice, ChoiceQuestion
from mentoring.phases import PhaseName
from mentoring.programs import Program
from messages.instruments.yaml_lines import language_of

LIBRARY = Path(__file__).parent / "library.yaml"


@cache
def _file() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(LIBRARY.read_text("utf-8"))
    return found


def shipped_tasks(locale: str) -> tuple[LibraryTask, ...]:
    """The tasks to suggest, in the order of the library."""
    language = language_of(locale)
    return tuple(
        LibraryTask(
            id=each["id"],
            kind=TaskKind(each["kind"]),
            title=each["title"][language],
            description=each["text"][language],
            phases=frozenset(PhaseName(phase) for phase in each["phases"]),
            objective=each["objective"],
            quiz=tuple(_question(asked, language) for asked in each.get("quiz", ())),
        )
        for each in _file()["tasks"]
    )


def _question(asked: dict[str, Any], language: str) -> ChoiceQuestion:
    choices = (
        Choice(each["id"], each["text"][language], each["why"][language], right=each.get("right", False))
        for each in asked["choices"]
    )
    return ChoiceQuestion(asked["id"], asked["text"][language], tuple(choices))


def quiz_of(library_id: str | None, locale: str) -> tuple[ChoiceQuestion, ...]:
    """The questions of a quiz that was taken up from the library; none for any other task."""
    return next((each.quiz for each in shipped_tasks(locale) if each.id == library_id), ())


def has_own_objectives(program: Program) -> bool:
    """Whether a program works toward objectives of its own, which the library's tasks were not made for."""
    own = program.settings.get("objectives")
    return isinstance(own, list) and bool(own)


def objectives_of(program: Program, locale: str) -> tuple[Objective, ...]:
    """What a program works toward: its own objectives, or the shipped ones until it has any."""
    own = program.settings.get("objectives")
    if isinstance(own, list) and own:
        return tuple(Objective(number, str(text)) for number, text in enumerate(own, start=1))
    language = language_of(locale)
    return tuple(
        Objective(number, each[language]) for number, each in enumerate(_file()["objectives"], start=1)
    )
