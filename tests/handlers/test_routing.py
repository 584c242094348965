"""No dead buttons: whatever we show can be pressed, and whatever can be pressed has a right to it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from handlers.commands import COMMANDS
from handlers.meanwhile import shared
from handlers.routing import ACTIONS, CLOSED, FORMS, OPTIONS
from mentoring.rights import ACTS
from messages.shared_forms import SHARED

ROOT = Path(__file__).parents[2]
NAME = re.compile(r"[a-z]+\.[a-z_]+")
INERT = {"notice", "match.preview", "lesson.choice", "meeting.ics", "library.yaml"}
"""What sends nothing: views that are only read, a field that goes with its form, the name of a file."""
TYPED = {"staff.add", "staff.remove", "invite.send"}
"""Acts that are done by typing a command, which checks the right by itself."""
LISTENED = {*ACTIONS, *FORMS, *OPTIONS} | {act for act, _ in CLOSED.values()}


def sources(folder: str) -> Iterator[tuple[str, ast.Module]]:
    for file in sorted((ROOT / folder).rglob("*.py")):
        yield str(file.relative_to(ROOT)), ast.parse(file.read_text(encoding="utf-8"))


def acts_built(tree: ast.AST) -> Iterator[str]:
    """Names given to `Act(...)`: what buttons and forms come back with."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="Act"), args=[ast.Constant(value=str() as name), *_]):
                yield name


AREAS = {name.split(".")[0] for name in ACTS if "." in name}


def names_meant(tree: ast.AST) -> Iterator[str]:
    """Constants that read like an act of an area there is: `join.keep` in a table or a default."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and NAME.fullmatch(node.value)
            and node.value.split(".")[0] in AREAS
        ):
            yield node.value


SHOWN = [
    (where, name)
    for where, tree in sources("messages")
    for name in sorted({*acts_built(tree), *names_meant(tree)})
]


@pytest.mark.parametrize(("where", "name"), SHOWN)
def test_whatever_is_shown_can_be_pressed(where: str, name: str) -> None:
    assert name in LISTENED | INERT, f"{where} shows {name}, and nobody listens"


def test_there_is_something_to_press() -> None:
    assert len({name for _, name in SHOWN}) > 20


def test_a_form_carries_marks_just_where_they_are_read() -> None:
    read = {name for name, each in FORMS.items() if each.__qualname__.startswith(f"{shared.__name__}.")}
    assert read == SHARED


@pytest.mark.parametrize("name", sorted(LISTENED))
def test_whatever_can_be_pressed_has_a_right_to_it(name: str) -> None:
    assert name in ACTS


@pytest.mark.parametrize("name", sorted(ACTS))
def test_every_right_belongs_to_something_that_can_be_done(name: str) -> None:
    assert name in LISTENED | TYPED | INERT


def test_what_is_typed_in_the_help_is_the_command_it_stands_for() -> None:
    for name, command in COMMANDS.items():
        assert {line.split()[0] for line in (command.usage, *command.examples)} == {name}


def test_a_word_means_one_command() -> None:
    words = [word for name, command in COMMANDS.items() for word in (name, *command.also)]
    assert len(words) == len(set(words))
