"""What `/mentoring daily` shows: whether a line comes each day, and what was not said so far."""

from collections.abc import Sequence

from mentoring.daily import Tally
from mentoring.programs import Program
from messages.actions import Act
from messages.blocks import Block, actions, button, section
from messages.letters.context import Message
from messages.letters.daily import moves_in_words, reasons_in_words
from messages.words import Reader, Words


def daily_reply(programs: Sequence[tuple[Program, Tally, bool]], reader: Reader) -> Message:
    """Build it for every program somebody runs: with its whole tally, and whether they want the line."""
    words = Words("replies/daily", reader)
    blocks: list[Block] = []
    for program, tally, wanted in programs:
        text = words.mrkdwn(
            "program",
            program=program,
            tally=tally,
            moves=moves_in_words(tally, reader),
            reasons=reasons_in_words(tally, reader),
            wanted=wanted,
        )
        act = Act("daily.off" if wanted else "daily.on", {"program": program.id})
        blocks += [section(text), actions([button(words.plain("off" if wanted else "on"), act)])]
    return Message(words.plain("title"), blocks)
