"""Gathering what reports are written from: facts, and answers in groups; always the same few queries."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from handlers.instruments import read
from mentoring.programs import Program, ProgramState
from mentoring.reports.book import Asking, Book
from mentoring.surveys.answers import check_answers
from mentoring.surveys.instruments import Instrument, Value
from mentoring.surveys.results import (
    BeforeAfter,
    Response,
    ResponseRate,
    change,
    in_looks,
    own_change,
    rolling_results,
)
from mentoring.surveys.sent import minimum_group, promised_minimum
from messages.instruments.loader import shipped_instrument, shipped_version
from messages.reports.kinds import BY_PROFILE, COMPARING, GROUPING, TELLING
from storage.own_surveys import own_surveys
from storage.programs import programs
from storage.reports import answers_by_person, answers_of_program, report_facts
from storage.self_descriptions import groups_of_program
from storage.stories import public_tales
from storage.surveys import asked_in_program

BEFORE, AFTER = "competency_before", "competency_after"
"""The two askings whose difference is what people learned."""
MOST_EARLIER = 3
"""Earlier programs of the same kind that a report compares with: what fits beside each other."""


def report_book(session: Session, program: Program, now: datetime, locale: str, code: str) -> Book:
    """Gather what a report needs, with the surveys' questions in the reader's language."""
    if code in GROUPING:
        groups = groups_of_program(session, program.id)
        return replace(_book(session, program, now, locale, profiles=True), groups=groups)
    if code in TELLING:
        return replace(_book(session, program, now, locale), tales=public_tales(session, program.id))
    if code not in COMPARING:
        return _book(session, program, now, locale, profiles=code in BY_PROFILE)
    others = [each for each in programs(session, program.workspace_id) if _is_earlier(each, program)]
    return replace(
        _book(session, program, now, locale),
        earlier=tuple(_book(session, each, now, locale) for each in others[:MOST_EARLIER][::-1]),
    )


def _is_earlier(other: Program, program: Program) -> bool:
    return (
        other.kind is program.kind
        and other.starts_on < program.starts_on
        and other.state is not ProgramState.DRAFT
    )


def _book(session: Session, program: Program, now: datetime, locale: str, *, profiles: bool = False) -> Book:
    worded = worded_by(session, program.id, locale)
    askings = _askings(session, program, now, worded)
    twice = _rated_twice(session, program, askings, worded)
    minimum = max([minimum_group(program), *(each.minimum for each in askings)])
    return Book(
        facts=report_facts(session, program, now, profiles=profiles),
        minimum=minimum,
        askings=askings,
        changes=change(shipped_instrument(AFTER, locale), [*twice.values()], minimum=minimum)
        if twice
        else (),
        improved=_improved(twice),
    )


Worded = Callable[[str, int], Instrument]
"""One version of a survey, as the program asked it."""


def worded_by(session: Session, program_id: int, locale: str) -> Worded:
    """Find a program's surveys in its own words where it has any, in one query."""
    own = own_surveys(session, program_id)

    def found(name: str, version: int) -> Instrument:
        text = own.get((name, version))
        return (shipped_version(name, version) if text is None else read(text)).in_locale(locale)

    return found


def _rated_twice(
    session: Session, program: Program, askings: tuple[Asking, ...], worded: Worded
) -> dict[int, BeforeAfter]:
    """By person, both of their own ratings; nobody's before both askings are closed."""
    closed = {each.instrument for each in askings if each.open_until is None}
    still_open = {each.instrument for each in askings if each.open_until is not None}
    if not {BEFORE, AFTER} <= closed - still_open:
        return {}
    given = answers_by_person(session, program.id, (BEFORE, AFTER))
    return {
        person: BeforeAfter(*(_values(worded, each, *one[each]) for each in (BEFORE, AFTER)))
        for person, one in given.items()
        if one.keys() >= {BEFORE, AFTER}
    }


def _values(worded: Worded, name: str, version: int, answers: Mapping[str, object]) -> Mapping[str, Value]:
    return check_answers(worded(name, version), answers).values


def _improved(twice: Mapping[int, BeforeAfter]) -> dict[int, bool]:
    """Whether each of them rated themselves higher after, all lines together."""
    instrument = shipped_instrument(AFTER)
    moved = {person: own_change(instrument, both).values() for person, both in twice.items()}
    return {
        person: sum(after - before for before, after in lines) > 0 for person, lines in moved.items() if lines
    }


def _askings(session: Session, program: Program, now: datetime, worded: Worded) -> tuple[Asking, ...]:
    given = answers_of_program(session, program.id)
    found = []
    for each in asked_in_program(session, program.id, now):
        instrument = worded(each.instrument, each.version)
        minimum = promised_minimum(program, each.minimum_group)
        rate = ResponseRate(each.asked, each.answered)
        asking = Asking(
            each.instrument, instrument.title, instrument.audience, rate, minimum, each.open_until, None
        )
        # Only closed ones: a result seen at five answers and again at six gives the sixth away.
        if each.open_until is None:
            answers = given.get((each.instrument, each.version), [])
            periods, coming = in_looks([look for _, look in answers])
            responses = [
                Response(check_answers(instrument, values).values, period=period)
                for (values, _), period in zip(answers, periods, strict=True)
            ]
            summed = rolling_results(
                instrument, responses, asked=each.asked, current_period=coming, minimum=minimum
            )
            asking = replace(asking, results=summed)
        found.append(asking)
    return tuple(found)
