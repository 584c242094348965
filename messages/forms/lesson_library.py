"""Forms in which coordinators choose and word a program's lessons."""

from collections.abc import Sequence
from dataclasses import dataclass

from mentoring.lessons import Lesson
from mentoring.programs import Program
from messages.actions import Act
from messages.blocks import (
    Block,
    actions,
    button,
    checkboxes,
    context,
    field,
    modal,
    option,
    section,
    text_input,
)
from messages.words import Reader, Words

TEMPLATE = "forms/lesson_library"
PART_LENGTH, FIELD_LENGTH = 2200, 3000
"""A lesson's text is cut between paragraphs: Slack takes 3,000 characters in a field, with room to write."""


@dataclass(frozen=True, slots=True)
class Shelved:
    """A lesson as the list shows it.

    Args:
        state: `ours`, `own`, `new` or `left_out`.
    """

    lesson: Lesson
    state: str


def library_form(program: Program, lessons: Sequence[Shelved], reader: Reader) -> Block:
    """Build the list of a program's lessons."""
    words, about = Words(TEMPLATE, reader), {"program": program.id}
    blocks: list[Block] = [context(words.mrkdwn("intro", program=program))]
    for each in lessons:
        lesson = each.lesson
        text = words.mrkdwn(
            "lesson",
            title=lesson.title,
            minutes=lesson.minutes,
            roles=[words.plain(f"role_{role}") for role in sorted(lesson.roles)],
            state=words.plain(f"state_{each.state}"),
        )
        blocks.append(
            section(text, button(words.plain("open"), Act("library.open", {**about, "lesson": lesson.id})))
        )
    blocks.append(actions([button(words.plain("add"), Act("library.open", about))]))
    return modal(Act("notice", about), words.plain("title"), blocks, close=words.plain("close"))


def paragraphs_of(text: str) -> list[str]:
    """Cut a text between paragraphs into what fits a field; reading puts the empty line between back."""
    parts: list[str] = []
    for paragraph in text.strip().split("\n\n"):
        if parts and len(parts[-1]) + len(paragraph) < PART_LENGTH:
            parts[-1] += f"\n\n{paragraph}"
        else:
            parts.append(paragraph)
    return parts


def lesson_text_form(program: Program, lesson_id: str | None, text: str, state: str, reader: Reader) -> Block:
    """Build the form of a lesson as text, with the way to leave it out or go back to ours."""
    words, about = Words(TEMPLATE, reader), {"program": program.id}
    act = Act("library.submit", {**about, "lesson": lesson_id} if lesson_id else about)
    blocks: list[Block] = [context(words.mrkdwn("text_intro"))]
    for number, part in enumerate([*paragraphs_of(text), ""]):
        entry = text_input(f"part{number}", initial=part or None, multiline=True, max_length=FIELD_LENGTH)
        label = words.plain("text" if number == 0 else "more")
        blocks.append(field(f"part{number}", label, entry, optional=not part))
    if lesson_id and state != "new":
        leave = [option(words.plain("leave_out"), "yes")]
        ticked = ["yes"] if state == "left_out" else []
        boxes = checkboxes("left_out", leave, initial=ticked)
        blocks.append(field("left_out", words.plain("left_out"), boxes, optional=True))
    if lesson_id and state in ("own", "left_out"):
        press = Act("library.ours", {**about, "lesson": lesson_id})
        blocks.append(actions([button(words.plain("ours"), press)]))
    return modal(
        act, words.plain("title_text"), blocks, submit=words.plain("submit"), close=words.plain("close")
    )
