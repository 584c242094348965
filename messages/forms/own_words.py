"""The form of a program's own words, and how a letter looks with them."""

from mentoring.own_words import (
    CODE_LENGTH,
    GREETING_LENGTH,
    SIGN_OFF_LENGTH,
    SPONSOR_LENGTH,
    hours_code,
    own_words,
)
from mentoring.programs import Program
from messages.actions import Act
from messages.blocks import Block, actions, button, context, divider, field, modal, text_input
from messages.letters.context import Circumstances
from messages.letters.kinds import letter
from messages.words import Reader, Words

FIELD_LIMIT = 3000
"""Slack's limit for a field."""


def words_form(program: Program, reader: Reader) -> Block:
    """Build the form: greeting, sign-off, the sponsor's words, the code of hours."""
    words, own = Words("forms/own_words", reader), own_words(program)
    entries = (
        ("greeting", own.greeting, GREETING_LENGTH, False),
        ("sign_off", own.sign_off, SIGN_OFF_LENGTH, False),
        ("sponsor_words", program.sponsor_words, SPONSOR_LENGTH, True),
        ("hours_code", hours_code(program), CODE_LENGTH, False),
    )
    blocks = [context(words.mrkdwn("intro", program=program))]
    for name, initial, most, multiline in entries:
        # What a charter or an import made longer is still shown whole; saving says what fits.
        fits = min(max(most, len(initial)), FIELD_LIMIT)
        entry = text_input(name, initial=initial[:fits], multiline=multiline, max_length=fits)
        blocks.append(field(name, words.plain(name), entry, hint=words.plain(f"{name}_hint"), optional=True))
    return modal(
        Act("words.submit", {"program": program.id}),
        words.plain("title"),
        blocks,
        submit=words.plain("submit"),
        close=words.plain("close"),
    )


def words_preview(seen: Circumstances, program: Program, reader: Reader) -> Block:
    """Show a letter as it reads now; its buttons are left out, since nobody was written to."""
    words = Words("forms/own_words", reader)
    shown = [each for each in letter("joined", seen).blocks if each["type"] in ("section", "context")]
    plain = [{key: value for key, value in each.items() if key != "accessory"} for each in shown]
    again = button(words.plain("again"), Act("words.open", {"program": program.id}))
    return modal(
        Act("notice"),
        words.plain("title"),
        [context(words.mrkdwn("saved")), divider(), *plain, divider(), actions([again])],
        close=words.plain("close"),
    )
