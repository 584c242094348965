"""The help: what can be typed, and what it does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from messages.blocks import section
from messages.letters.context import Message
from messages.phrasebook import phrasebook
from messages.replies import say
from messages.words import Reader, Words


@dataclass(frozen=True, slots=True)
class HelpLine:
    """One command in the help.

    Args:
        usage: How it is typed, after `/mentoring`.
        meaning: What it does, in a few words without an end mark.
    """

    usage: str
    meaning: str


def lines_of(usages: Mapping[str, str], reader: Reader) -> list[HelpLine]:
    """Say what commands do; each command's words are the part of the template that has its name."""
    words = Words("replies/commands", reader)
    return [HelpLine(typed_in(usage, reader), words.plain(name)) for name, usage in usages.items()]


def typed_in(usage: str, reader: Reader) -> str:
    """How a command is typed by somebody of the reader's language."""
    return phrasebook(reader.language, "commands").sentences.get(usage, usage)


def help_text(
    groups: Mapping[str, Sequence[HelpLine]],
    reader: Reader,
    unknown: str = "",
    nearest: str = "",
    other: str = "",
) -> Message:
    """List what can be typed, a group of people at a time; after a slip, the nearest command alone.

    Args:
        groups: The commands, by whom they are for.
        reader: Who reads it.
        unknown: The word that is no command.
        nearest: The line that was probably meant.
        other: For whoever has several programs, the name of one to show how it is said.
    """
    words = Words("replies/commands", reader)
    if nearest:
        # One line to read and one to type: on a phone the list would push it off the screen.
        return say(words.mrkdwn("unknown", typed=unknown, nearest=typed_in(nearest, reader)))
    texts = [
        words.known("group", title=words.plain(f"for_{who}"), lines=tuple(lines))
        for who, lines in groups.items()
    ]
    if other:
        texts.append(words.mrkdwn("which_program", other=other))
    if unknown:
        texts.insert(0, words.mrkdwn("unknown", typed=unknown, nearest=""))
    return Message("\n".join(texts), [section(text) for text in texts])


def one_command(name: str, usage: str, examples: Sequence[str], reader: Reader) -> Message:
    """Say what one command does, with examples."""
    words = Words("replies/commands", reader)
    typed = [typed_in(each, reader) for each in examples]
    return say(words.mrkdwn("one", usage=typed_in(usage, reader), meaning=words.plain(name), examples=typed))
