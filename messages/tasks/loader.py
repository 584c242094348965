"""The shipped library of tasks and objectives, in a reader's language."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mentoring.assessment import LibraryTask, Objective, TaskKind
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
        )
        for each in _file()["tasks"]
    )


def objectives_of(program: Program, locale: str) -> tuple[Objective, ...]:
    """What a program works toward: its own objectives, or the shipped ones until it has any."""
    own = program.settings.get("objectives")
    if isinstance(own, list) and own:
        return tuple(Objective(number, str(text)) for number, text in enumerate(own, start=1))
    language = language_of(locale)
    return tuple(
        Objective(number, each[language]) for number, each in enumerate(_file()["objectives"], start=1)
    )
