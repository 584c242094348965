"""When somebody may be written to: their hours, days and public holidays."""

from mentoring.countries import NONE_KEPT, known_countries
from mentoring.hours import Calendar
from messages.actions import Act
from messages.blocks import (
    Block,
    checkboxes,
    context,
    external_select,
    field,
    modal,
    option,
    section,
    time_picker,
)
from messages.words import Reader, Words

NO_HOLIDAYS = "none"
"""The value of “no public holidays”: Slack takes no empty one."""


def hours_form(calendar: Calendar, reader: Reader) -> Block:
    """Build the form, filled in with how things stand."""
    words = Words("forms/hours", reader)
    days = [option(reader.weekday(number), str(number)) for number in range(7)]
    chosen = checkboxes("days", days, initial=[str(number) for number in calendar.hours.days])
    country = external_select(
        "hours.country",
        country_option(calendar.country or NONE_KEPT, reader),
        placeholder=words.plain("country_example"),
    )
    blocks = [
        section(words.mrkdwn("intro", city=reader.city(calendar.zone))),
        field("start", words.plain("start"), time_picker("start", initial=f"{calendar.hours.start:%H:%M}")),
        field("end", words.plain("end"), time_picker("end", initial=f"{calendar.hours.end:%H:%M}")),
        field("days", words.plain("days"), chosen),
        field("country", words.plain("country"), country, hint=words.plain("country_hint")),
        context(words.mrkdwn("privacy")),
    ]
    return modal(
        Act("hours.submit"),
        words.plain("title"),
        blocks,
        submit=words.plain("submit"),
        close=words.plain("close"),
    )


def country_option(code: str, reader: Reader) -> Block:
    """A country as one of the list; the empty code is none."""
    return option(country_name(code, reader), code or NO_HOLIDAYS)


def country_name(code: str, reader: Reader) -> str:
    """A country's name in the reader's language."""
    if code == NONE_KEPT:
        return Words("forms/hours", reader).plain("no_country")
    return str(reader.babel.territories.get(code, code))


def countries_for(typed: str, reader: Reader, most: int) -> list[Block]:
    """What the list offers for what was typed: what begins so, then what contains it, and always none."""
    look_for = typed.strip().casefold()
    named = sorted((country_name(code, reader), code) for code in known_countries())
    begins = [code for name, code in named if name.casefold().startswith(look_for)]
    contains = [code for name, code in named if look_for in name.casefold() and code not in begins]
    found = [country_option(code, reader) for code in [*begins, *contains][: most - 1]]
    return [*found, country_option(NONE_KEPT, reader)]
