"""The form to take a break."""

from datetime import date, timedelta

from messages.actions import Act
from messages.blocks import Block, date_picker, field, modal
from messages.words import Reader, Words

TWO_WEEKS = timedelta(days=14)


def pause_form(reader: Reader, today: date) -> Block:
    """Build the form: a pause always has an end."""
    words = Words("forms/pause", reader)
    until = date_picker("until", initial=(today + TWO_WEEKS).isoformat())
    return modal(
        Act("pause.submit"),
        words.plain("title"),
        [field("until", words.plain("until"), until, hint=words.plain("until_hint"))],
        submit=words.plain("submit"),
        close=words.plain("close"),
    )
