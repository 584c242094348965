"""From Markdown files with front matter to lessons, or to a list of everything that is wrong with them."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mentoring.kinds import ProgramKind, Role
from mentoring.lessons import Choice, ChoiceQuestion, Lesson
from messages.instruments.yaml_lines import (
    FALLBACK,
    BadFileError,
    Complaints,
    Cursor,
    id_at,
    language_of,
    parse_yaml,
)

FOLDER = Path(__file__).parent
"""Where the shipped lessons lie, in one folder per language."""

EXAMPLE = FOLDER / "example.md"
"""What a coordinator starts a lesson of their own from."""
TITLE_LIMIT, QUESTION_LIMIT, CHOICE_LIMIT, FEEDBACK_LIMIT, BODY_LIMIT = 24, 300, 75, 600, 6000
"""Characters; title and choice are Slack's limits, the body's is about five minutes of reading."""
CHOICES = (2, 5)
"""Fewer is no question, more does not fit a phone screen."""
SHORTEST_MINUTES, LONGEST_MINUTES = 1, 15

_FENCE = "---"
_KEYS = ("id", "title", "roles", "kinds", "order", "minutes", "question", "choices")
_REQUIRED = tuple(key for key in _KEYS if key != "kinds")
_CHOICE_KEYS = ("id", "text", "feedback", "right")


@dataclass(frozen=True)
class _Parts:
    """The two parts of a file; `body_line` counts from the front matter's first line, as its own lines do."""

    front: str
    body: str
    body_line: int


def parse_lesson(text: str, name: str) -> Lesson:
    """Read one lesson: front matter between two lines of `---`, then the text.

    Args:
        text: The whole file.
        name: How the file is called in a complaint.

    Raises:
        BadFileError: With every problem and its line.
    """
    parts = _split(text, name)
    top = parse_yaml(parts.front, name, "a lesson", first_line=1)
    keys = top.keys(_KEYS, _REQUIRED)
    if not parts.body:
        top.complaints.add(parts.body_line, "the lesson has no text below its front matter")
    if len(parts.body) > BODY_LIMIT:
        top.complaints.add(
            parts.body_line, f"the text is {len(parts.body)} characters long and {BODY_LIMIT} fit"
        )
    if not keys.keys() >= set(_REQUIRED):
        top.complaints.raise_any()
    minutes = keys["minutes"].whole(SHORTEST_MINUTES)
    if not SHORTEST_MINUTES <= minutes <= LONGEST_MINUTES:
        keys["minutes"].complain(f"`minutes` goes from {SHORTEST_MINUTES} to {LONGEST_MINUTES}")
    id_ = id_at(keys["id"])
    lesson = Lesson(
        id=id_,
        title=keys["title"].text(TITLE_LIMIT),
        roles=frozenset(Role(word) for word in _words(keys["roles"], tuple(Role))),
        kinds=frozenset(
            ProgramKind(word)
            for word in (_words(keys["kinds"], tuple(ProgramKind)) if "kinds" in keys else ProgramKind)
        ),
        order=keys["order"].whole(),
        minutes=minutes,
        body=parts.body,
        question=ChoiceQuestion(id_, keys["question"].text(QUESTION_LIMIT), _choices(keys["choices"])),
    )
    top.complaints.raise_any()
    return lesson


def _split(text: str, name: str) -> _Parts:
    lines = text.splitlines()
    complaints = Complaints(name)
    if not lines or lines[0].rstrip() != _FENCE:
        complaints.add(0, "a lesson starts with `---` and its front matter")
        complaints.raise_any()
    end = next((n for n, line in enumerate(lines[1:], start=1) if line.rstrip() == _FENCE), None)
    if end is None:
        complaints.add(0, "the front matter that opens here is never closed with `---`")
        complaints.raise_any()
    return _Parts("\n".join(lines[1:end]), "\n".join(lines[end or 0 :][1:]).strip(), end or 0)


def _words(at: Cursor, allowed: tuple[str, ...]) -> list[str]:
    entries = at.items()
    if not entries:
        at.complain(f"{at.what} needs at least one of {', '.join(allowed)}")
    return [entry.one_of(allowed, allowed[0]) for entry in entries]


def _choices(at: Cursor) -> tuple[Choice, ...]:
    choices: dict[str, Choice] = {}
    entries = at.items()
    if not CHOICES[0] <= len(entries) <= CHOICES[1]:
        at.complain(f"a question takes {CHOICES[0]} to {CHOICES[1]} choices, not {len(entries)}")
    for entry in entries:
        keys = Cursor(entry.node, entry.complaints, "a choice").keys(_CHOICE_KEYS, _CHOICE_KEYS[:3])
        if not keys.keys() >= set(_CHOICE_KEYS[:3]):
            continue
        id_ = id_at(keys["id"])
        if id_ in choices:
            keys["id"].complain(f"the choice `{id_}` stands twice")
        right = "right" in keys and keys["right"].boolean()
        choices[id_] = Choice(
            id_, keys["text"].text(CHOICE_LIMIT), keys["feedback"].text(FEEDBACK_LIMIT), right
        )
    if sum(choice.right for choice in choices.values()) != 1:
        at.complain("exactly one choice must have `right: true`")
    return tuple(choices.values())


def load_folder(folder: Path) -> tuple[Lesson, ...]:
    """Read all lessons of a folder, such as a program's own set.

    Raises:
        BadFileError: With the problems of all files at once, among them two lessons with one id.
    """
    problems: list[str] = []
    lessons: dict[str, Lesson] = {}
    for path in sorted(folder.glob("*.md")):
        try:
            lesson = parse_lesson(path.read_text("utf-8"), path.name)
        except BadFileError as error:
            problems += error.problems
            continue
        if lesson.id in lessons:
            problems.append(f"{path.name}:2: another file has the lesson `{lesson.id}` already")
        lessons[lesson.id] = lesson
    if problems:
        raise BadFileError(problems)
    return in_order(lessons.values())


def in_order(lessons: Iterable[Lesson]) -> tuple[Lesson, ...]:
    """Put lessons in the order in which they are offered."""
    return tuple(sorted(lessons, key=lambda lesson: (lesson.order, lesson.id)))


@cache
def _shipped_in(language: str) -> tuple[Lesson, ...]:
    return load_folder(FOLDER / language)


def shipped_lessons(locale: str = FALLBACK) -> tuple[Lesson, ...]:
    """Give the lessons that ship with the product, in a locale's language, English where there is none.

    Raises:
        BadFileError: One of our own files is broken.
    """
    by_id = {lesson.id: lesson for lesson in _shipped_in(FALLBACK)}
    by_id |= {lesson.id: lesson for lesson in _shipped_in(language_of(locale))}
    return in_order(by_id.values())


def example_lesson() -> str:
    """A short lesson to start a program's own one from."""
    return EXAMPLE.read_text("utf-8")
