"""Short answers to the one person who just did something."""

from collections.abc import Sequence
from datetime import UTC

from mentoring.programs import Program
from messages.actions import Act
from messages.blocks import Block, button, modal, section
from messages.letters.context import Message
from messages.words import Reader, Words, escape

ANYBODY = Reader(UTC)
"""For sentences without dates, before we know who reads."""


def say(text: str) -> Message:
    """A sentence whose values are already escaped."""
    return Message(text, [section(text)])


def refused(sentence: str) -> Message:
    """A refusal, as the rule worded it."""
    return say(escape(sentence))


def broke(reference: str) -> Message:
    """Something unknown went wrong; the reference number is in the log too."""
    return say(Words("replies/door", ANYBODY).mrkdwn("broke", reference=reference))


def not_installed() -> Message:
    """The app was removed from the workspace somebody writes from."""
    return say(Words("replies/door", ANYBODY).mrkdwn("not_installed"))


def notice_view(message: Message) -> Block:
    """The same answer where only a form can be shown."""
    words = Words("replies/door", ANYBODY)
    return modal(Act("notice"), words.plain("title"), message.blocks, close=words.plain("close"))


def choose_program(programs: Sequence[Program], act: str, words: Words) -> Message:
    """Offer an act for each of these programs, in the words of its template: `choose`, `open`, `none`."""
    if not programs:
        return say(words.mrkdwn("none"))
    blocks = [
        section(
            words.mrkdwn("choose", program=each),
            button(words.plain("open"), Act(act, {"program": each.id})),
        )
        for each in programs
    ]
    return Message("\n".join(block["text"]["text"] for block in blocks), blocks)
