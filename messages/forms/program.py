"""The form for a new program."""

from datetime import date, timedelta

from mentoring.kinds import ProgramKind
from mentoring.programs import TEMPLATES
from messages.actions import Act
from messages.blocks import (
    Block,
    context,
    date_picker,
    field,
    modal,
    number_input,
    option,
    static_select,
    text_input,
)
from messages.words import Reader, Words

LEAD = timedelta(days=28)
"""Four weeks from charter to start: two to enroll, one to match, one for calendars."""
NAME_LENGTH = 80
WORDS_LENGTH = 500


def program_form(reader: Reader, today: date, kind: ProgramKind) -> Block:
    """Build the form, filled in from the template of a kind."""
    words, template = Words("forms/program", reader), TEMPLATES[kind]
    starts_on = next_monday(today + LEAD)
    kinds = [option(words.plain(f"kind_{each}"), each) for each in ProgramKind]
    blocks = [
        context(words.mrkdwn("intro")),
        field("name", words.plain("name"), _line("name", words.plain("name_example"), NAME_LENGTH)),
        field("kind", words.plain("kind"), static_select("kind", kinds, initial=kind)),
        field("starts_on", words.plain("starts_on"), date_picker("starts_on", initial=starts_on.isoformat())),
        field(
            "ends_on",
            words.plain("ends_on"),
            date_picker("ends_on", initial=(starts_on + timedelta(weeks=template.weeks)).isoformat()),
        ),
        field(
            "hours",
            words.plain("hours"),
            number_input("hours", initial=template.hours_per_month, low=1, high=40),
        ),
        field(
            "sponsor_name",
            words.plain("sponsor_name"),
            _line("sponsor_name", words.plain("sponsor_name_example"), NAME_LENGTH),
            optional=True,
        ),
        field(
            "sponsor_words",
            words.plain("sponsor_words"),
            text_input("sponsor_words", multiline=True, max_length=WORDS_LENGTH),
            hint=words.plain("sponsor_words_hint"),
            optional=True,
        ),
    ]
    return modal(
        Act("program.submit"),
        words.plain("title"),
        blocks,
        submit=words.plain("submit"),
        close=words.plain("close"),
    )


def next_monday(day: date) -> date:
    """The first Monday on or after a day."""
    return day + timedelta(days=-day.weekday() % 7)


def _line(name: str, example: str, length: int) -> Block:
    return text_input(name, placeholder=example, max_length=length)
