"""The form by which a pair moves its next phase."""

from collections.abc import Sequence
from datetime import date

from messages.actions import Act
from messages.blocks import Block, field, modal, option, section, static_select
from messages.words import Reader, Words

DAYS_A_WEEK = 7


def phase_form(about: Act, reader: Reader, opens: date, ends_on: date, days: Sequence[int]) -> Block:
    """Build the form: when the next part should open."""
    words = Words("forms/phase", reader)
    choices = [option(_choice(words, each), str(each)) for each in days]
    return modal(
        about,
        words.plain("title"),
        [
            section(words.mrkdwn("intro", opens=opens, ends_on=ends_on)),
            field("days", words.plain("days"), static_select("days", choices)),
        ],
        submit=words.plain("submit"),
        close=words.plain("close"),
    )


def _choice(words: Words, days: int) -> str:
    return words.plain("later" if days > 0 else "earlier", weeks=abs(days) // DAYS_A_WEEK)
