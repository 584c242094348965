"""The letter that says what a dropped roster would change, and asks whether it should."""

from messages.actions import Act
from messages.blocks import actions, button, context, section
from messages.faults import placed_fault_in
from messages.letters.context import Circumstances, Message
from messages.words import Words

MOST_LINES = 12
"""Lines of the difference, or faults, that are shown; more would not be read on a phone."""


def roster_read(seen: Circumstances) -> Message:
    """Show the difference, or the faults, or why the file could not be read."""
    words, difference = Words("letters/roster_read", seen.reader), seen.the_difference
    why = context(words.mrkdwn("why"))
    if difference.refused:
        part = f"refused_{difference.refused}"
        text = words.mrkdwn(part if words.has(part) else "refused")
        return Message(text, [section(text), why])
    if difference.faults:
        faults = [placed_fault_in(each, seen.reader) for each in difference.faults[:MOST_LINES]]
        text = words.mrkdwn("faults", faults=faults, more=len(difference.faults) - MOST_LINES)
        return Message(text, [section(text), why])
    text = words.mrkdwn(
        "text",
        program=seen.the_program,
        new=difference.new,
        updated=difference.updated,
        same=difference.same,
        lines=difference.lines[:MOST_LINES],
        more=len(difference.lines) - MOST_LINES,
        answered=difference.answered,
    )
    about: dict[str, int | str] = {"program": seen.the_program.id, "roster": seen.ids["roster"]}
    buttons = [
        button(words.plain("take"), Act("roster.take", about), style="primary"),
        button(words.plain("drop"), Act("roster.drop", about)),
    ]
    return Message(text, [section(text), actions(buttons), why])
