"""The form of somebody who would rather not be paired as proposed."""

from collections.abc import Sequence

from messages.actions import Act
from messages.blocks import Block, context, field, modal, section, text_input
from messages.words import Reader, Words

REASON_LENGTH = 500


def rather_not_form(pair_id: int, reader: Reader, names: Sequence[str]) -> Block:
    """Ask for a reason without asking for one: the match is off either way."""
    words = Words("forms/match_check", reader)
    blocks = [
        section(words.mrkdwn("intro", names=names)),
        field(
            "reason",
            words.plain("reason"),
            text_input("reason", multiline=True, max_length=REASON_LENGTH),
            hint=words.plain("reason_hint"),
            optional=True,
        ),
        context(words.mrkdwn("privacy", names=names)),
    ]
    act = Act("match.rather_not_submit", {"pair": pair_id})
    return modal(act, words.plain("title"), blocks, submit=words.plain("submit"), close=words.plain("close"))
