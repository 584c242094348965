"""Gathering what reports are written from: facts, and answers in groups; always the same few queries."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from mentoring.programs import Program
from mentoring.reports.book import Asking, Book
from mentoring.surveys.answers import check_answers
from mentoring.surveys.results import Response, ResponseRate, results
from mentoring.surveys.sent import minimum_group
from messages.instruments.loader import shipped_instrument
from storage.reports import answers_of_program, report_facts
from storage.surveys import asked_in_program


def report_book(session: Session, program: Program, now: datetime, locale: str) -> Book:
    """Gather it, with the surveys' questions in the reader's language."""
    return Book(
        facts=report_facts(session, program, now),
        minimum=minimum_group(program),
        askings=_askings(session, program, now, locale),
    )


def _askings(session: Session, program: Program, now: datetime, locale: str) -> tuple[Asking, ...]:
    given = answers_of_program(session, program.id)
    found = []
    for each in asked_in_program(session, program.id, now):
        instrument = shipped_instrument(each.instrument, locale)
        asking = Asking(
            each.instrument, instrument.title, ResponseRate(each.asked, each.answered), each.open_until, None
        )
        # Only closed ones: a result seen at five answers and again at six gives the sixth away.
        if each.open_until is None:
            answers = [
                check_answers(instrument, values, ())
                for values in given.get((each.instrument, each.version), ())
            ]
            minimum = max(each.minimum_group, minimum_group(program))
            summed = results(
                instrument, [Response(one.values) for one in answers], asked=each.asked, minimum=minimum
            )
            asking = replace(asking, results=summed)
        found.append(asking)
    return tuple(found)
