"""The letter that brings a program's tables, and the message that says how far they have come."""

from typing import TYPE_CHECKING

from mentoring.late import late
from mentoring.reports.exports import What
from messages.blocks import context, section
from messages.letters.context import Attachment, Circumstances, Message
from messages.words import Reader, Words

if TYPE_CHECKING:
    from messages.exports import export_csv, export_workbook
else:
    export_csv = late("messages.exports", "export_csv")
    export_workbook = late("messages.exports", "export_workbook")

ALL, CSV = "all", "csv"
SHAPES = frozenset({"csv", "xlsx"})
"""What a file can be."""


def tables_of(what: str) -> tuple[What, ...]:
    """Which tables a wish means."""
    return tuple(What) if what == ALL else (What(what),)


def export(seen: Circumstances) -> Message:
    """Bring the file, with a line on how to treat it."""
    words = Words("letters/export", seen.reader)
    what, shape = str(seen.ids["what"]), str(seen.ids["shape"])
    if shape == CSV and len(seen.tables) == 1:
        content = export_csv(seen.tables[0], seen.told)
    else:
        content = export_workbook(seen.tables, seen.reader, seen.now, seen.told)
    name = words.plain("file", what=what, shape=shape, day=f"{seen.now:%Y-%m-%d}")
    lines = sum(len(each.rows) for each in seen.tables)
    text = words.mrkdwn("text", program=seen.the_program, lines=lines)
    title = words.plain("title", program=seen.the_program)
    return Message(text, [section(text), context(words.mrkdwn("why"))], Attachment(name, title, content))


def exporting(seen: Circumstances) -> Message:
    """Say that a large file is being made."""
    return exporting_message(seen.the_program.name, 0, 0, seen.reader)


def exporting_message(program: str, done: int, total: int, reader: Reader) -> Message:
    """The same with how far it is; what the message says now."""
    words = Words("letters/exporting", reader)
    part = "done" if total and done >= total else "going"
    text = words.mrkdwn(part, program=program, done=done, total=total)
    return Message(text, [section(text), context(words.mrkdwn("why"))])
