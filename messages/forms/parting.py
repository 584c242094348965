"""The form to end a pairing: why (optional, confidential), and whether to be matched again."""

from collections.abc import Sequence

from messages.actions import Act
from messages.blocks import Block, context, field, modal, option, radio, section
from messages.words import Reader, Words

REACHED = "reached"
REASONS = (REACHED, "time", "fit", "work", "other")
"""Why people part; the first one counts as completed."""
YES, NO = "yes", "no"


def parting_form(act: Act, reader: Reader, others: Sequence[str], *, group: bool, another: bool) -> Block:
    """Build the form; a group goes on without whoever leaves it, and `another` match may come or not."""
    words = Words("forms/parting", reader)
    reasons = [option(words.plain(f"reason_{each}"), each) for each in REASONS]
    again = [option(words.plain(each), each) for each in (YES, NO)]
    blocks = [
        section(words.mrkdwn("intro_group" if group else "intro", others=reader.listing(others))),
        field(
            "reason", words.plain("reason"), radio("reason", reasons), hint=words.plain("hint"), optional=True
        ),
        *([field("again", words.plain("again"), radio("again", again, initial=NO))] if another else []),
        context(words.mrkdwn("privacy", others=reader.listing(others))),
    ]
    submit = words.plain("submit_group" if group else "submit")
    return modal(act, words.plain("title"), blocks, submit=submit, close=words.plain("close"))
