"""Short answers to the one person who just did something."""

from datetime import UTC

from messages.actions import Act
from messages.blocks import Block, modal, section
from messages.letters.context import Message
from messages.words import Reader, Words, escape

ANYBODY = Reader(UTC)
"""For sentences without dates, before we know who reads."""


def say(text: str) -> Message:
    """A sentence whose values are already escaped."""
    return Message(text, [section(text)])


def refused(sentence: str) -> Message:
    """A refusal, in its reader's language."""
    return say(escape(sentence))


def broke(reference: str, reader: Reader) -> Message:
    """Something unknown went wrong; the reference number is in the log too."""
    return say(Words("replies/door", reader).mrkdwn("broke", reference=reference))


def not_now(reader: Reader) -> Message:
    """The database was out of reach; nobody knows yet for how long."""
    return say(Words("replies/door", reader).mrkdwn("not_now"))


def not_installed() -> Message:
    """The app was removed from the workspace somebody writes from."""
    return say(Words("replies/door", ANYBODY).mrkdwn("not_installed"))


def notice_view(message: Message, reader: Reader) -> Block:
    """The same answer where only a form can be shown."""
    words = Words("replies/door", reader)
    # A form takes none of the newer blocks: charts and tables are for messages.
    blocks = message.blocks if message.simple is None else message.simple
    return modal(Act("notice"), words.plain("title"), blocks, close=words.plain("close"))
