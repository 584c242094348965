"""Gathering what reports are written from: facts, and answers in groups; always the same few queries."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from mentoring.programs import Program, ProgramState
from mentoring.reports.book import Asking, Book
from mentoring.surveys.answers import check_answers
from mentoring.surveys.results import BeforeAfter, Change, Response, ResponseRate, change, own_change, results
from mentoring.surveys.sent import minimum_group
from messages.instruments.loader import shipped_instrument
from messages.reports.kinds import COMPARING, GROUPING
from storage.programs import programs
from storage.reports import answers_by_person, answers_of_program, report_facts
from storage.self_descriptions import groups_of_program
from storage.surveys import asked_in_program

BEFORE, AFTER = "competency_before", "competency_after"
"""The two askings whose difference is what people learned."""
MOST_EARLIER = 3
"""Earlier programs of the same kind that a report compares with: what fits beside each other."""


def report_book(session: Session, program: Program, now: datetime, locale: str, code: str) -> Book:
    """Gather what a report needs, with the surveys' questions in the reader's language."""
    if code in GROUPING:
        book = _book(session, program, now, locale)
        return replace(
            book,
            groups=groups_of_program(session, program.id),
            improved=_improved(session, program, book.askings, locale),
        )
    if code not in COMPARING:
        return _book(session, program, now, locale)
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


def _book(session: Session, program: Program, now: datetime, locale: str) -> Book:
    askings = _askings(session, program, now, locale)
    return Book(
        facts=report_facts(session, program, now),
        minimum=max([minimum_group(program), *(each.minimum for each in askings)]),
        askings=askings,
        changes=_changes(session, program, askings, locale),
    )


def _changes(
    session: Session, program: Program, askings: tuple[Asking, ...], locale: str
) -> tuple[Change, ...]:
    """Self-ratings before and after, of those who gave both, once nobody can add to them."""
    asked = {each.instrument: each for each in askings}
    people = _rated_twice(session, program, askings, locale)
    if not people:
        return ()
    return change(
        shipped_instrument(AFTER, locale),
        [*people.values()],
        minimum=max(asked[each].minimum for each in (BEFORE, AFTER)),
    )


def _rated_twice(
    session: Session, program: Program, askings: tuple[Asking, ...], locale: str
) -> dict[int, BeforeAfter]:
    """By person, both of their own ratings; nobody's before both askings are closed."""
    asked = {each.instrument: each for each in askings}
    if any(each not in asked or asked[each].open_until is not None for each in (BEFORE, AFTER)):
        return {}
    instruments = {each: shipped_instrument(each, locale) for each in (BEFORE, AFTER)}
    given = answers_by_person(session, program.id, instruments)
    return {
        person: BeforeAfter(
            *(check_answers(instruments[each], one[each], ()).values for each in (BEFORE, AFTER))
        )
        for person, one in given.items()
        if one.keys() >= instruments.keys()
    }


def _improved(
    session: Session, program: Program, askings: tuple[Asking, ...], locale: str
) -> dict[int, bool]:
    """Whether each of them rated themselves higher after, all lines together."""
    people = _rated_twice(session, program, askings, locale)
    instrument = shipped_instrument(AFTER, locale)
    moved = {person: own_change(instrument, both).values() for person, both in people.items()}
    return {
        person: sum(after - before for before, after in lines) > 0 for person, lines in moved.items() if lines
    }


def _askings(session: Session, program: Program, now: datetime, locale: str) -> tuple[Asking, ...]:
    given = answers_of_program(session, program.id)
    found = []
    for each in asked_in_program(session, program.id, now):
        instrument = shipped_instrument(each.instrument, locale)
        minimum = max(each.minimum_group, minimum_group(program))
        rate = ResponseRate(each.asked, each.answered)
        asking = Asking(
            each.instrument, instrument.title, instrument.audience, rate, minimum, each.open_until, None
        )
        # Only closed ones: a result seen at five answers and again at six gives the sixth away.
        if each.open_until is None and each.version == instrument.version:
            answers = [
                check_answers(instrument, values, ())
                for values in given.get((each.instrument, each.version), ())
            ]
            summed = results(
                instrument, [Response(one.values) for one in answers], asked=each.asked, minimum=minimum
            )
            asking = replace(asking, results=summed)
        found.append(asking)
    return tuple(found)
