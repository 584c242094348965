"""Which survey somebody is asked: the version their asking names, in the program's own words if any."""

from collections.abc import Collection, Sequence
from functools import lru_cache

from sqlalchemy.orm import Session

from mentoring.programs import Program
from mentoring.surveys.instruments import Instrument
from mentoring.surveys.requests import SurveyRequest
from mentoring.surveys.sent import version_in_use
from messages.instruments.loader import Translated, parse_instrument, shipped, shipped_version
from storage.own_surveys import own_survey, own_surveys, own_surveys_asked

REMEMBERED = 256
"""Own surveys kept read: reading YAML takes milliseconds, and a firm has a few dozen."""


@lru_cache(maxsize=REMEMBERED)
def read(text: str) -> Translated:
    """Read a stored survey; it was checked before it was stored."""
    return parse_instrument(text, "survey")


def version_of(session: Session, program_id: int, instrument_id: str, version: int) -> Translated:
    """One version of a survey, as that program asked it."""
    text = own_survey(session, program_id, instrument_id, version)
    return shipped_version(instrument_id, version) if text is None else read(text)


def in_use(session: Session, about: Program, instrument_id: str) -> Translated:
    """What a program asks from now on."""
    version = version_in_use(about, instrument_id)
    if version is None:
        return shipped()[instrument_id]
    return version_of(session, about.id, instrument_id, version)


def titles_of(
    session: Session, about: Program, instrument_ids: Collection[str], locale: str
) -> dict[str, str]:
    """The titles of these surveys as a program asks them now, in one query; none for what is not there."""
    if not instrument_ids:
        return {}
    own, titles = own_surveys(session, about.id), {}
    for each in instrument_ids:
        text = own.get((each, version_in_use(about, each) or 0))
        found = shipped().get(each) if text is None else read(text)
        if found is not None:
            titles[each] = found.in_locale(locale).title
    return titles


def instruments_of(session: Session, requests: Sequence[SurveyRequest], locale: str) -> dict[int, Instrument]:
    """By asking, the survey it asks for, in a locale's language; in one query."""
    own = own_surveys_asked(session, [each.id for each in requests])
    return {
        each.id: (
            read(own[each.id]) if each.id in own else shipped_version(each.instrument_id, each.version)
        ).in_locale(locale)
        for each in requests
    }


def instrument_of(session: Session, request: SurveyRequest, locale: str) -> Instrument:
    """The survey of one asking."""
    return instruments_of(session, [request], locale)[request.id]
