"""A longer text typed into several fields of a form, and faults put at the field their line stands in."""

from collections.abc import Mapping
from typing import Any

from handlers.visit import Visit
from mentoring.errors import NoLongerOpen
from messages.actions import OUTDATED
from messages.faults import fault_in
from messages.instruments.yaml_lines import BadFileError
from messages.words import Reader, Words

NAME = "line "
"""How such a text is called while it is read, so that its faults begin with a line's number."""
MOST_FAULTS = 5
"""Faults named at once in a field: more do not fit on a phone."""


def typed_parts(visit: Visit) -> dict[str, str]:
    """What stands in each field `part0`, `part1`…, as typed: spaces before a line mean something.

    Raises:
        NoLongerOpen: The form has no such field.
    """
    names = sorted((name for name in visit.values if name.startswith("part")), key=lambda name: int(name[4:]))
    parts = {name: _raw(next(iter(visit.values[name].values()), {})) for name in names}
    if not names:
        raise NoLongerOpen(OUTDATED)
    filled = {name: text for name, text in parts.items() if text.strip()}
    return filled or {names[0]: ""}


def _raw(element: Mapping[str, Any]) -> str:
    return str(element.get("value") or "").replace("\r\n", "\n").rstrip()


def faults_by_field(
    error: BadFileError, parts: Mapping[str, str], lines_between: int, reader: Reader
) -> dict[str, str]:
    """Say each fault at the field its line stands in.

    Args:
        error: What the reader of the text said.
        parts: What was typed, by field.
        lines_between: Empty lines that were put between two fields.
        reader: Who typed them.
    """
    starts, line = {}, 1
    for name, text in parts.items():
        starts[name] = line
        line += text.count("\n") + 1 + lines_between
    words = Words("replies/door", reader)
    faults: dict[str, list[str]] = {}
    for problem in error.problems:
        number = int(problem.removeprefix(f"{NAME}:").split(":", 1)[0])
        name = max((each for each in starts if starts[each] <= number), key=lambda each: starts[each])
        fault = fault_in(problem.split(": ", 1)[-1], reader)
        faults.setdefault(name, []).append(words.plain("fault", line=number, fault=fault))
    return {name: " ".join(each[:MOST_FAULTS]) for name, each in faults.items()}
