"""Forms of lessons, own words, sending and sharing, in every awkward case and language: as kept and valid."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from mentoring.phases import DATES_SETTING, phases_of
from mentoring.portfolio import ItemKind, PortfolioItem
from mentoring.portfolio import Reader as MayRead
from mentoring.programs import Program
from mentoring.surveys.segment import Segment, Whom
from messages.forms.lesson_library import Shelved, lesson_text_form, library_form
from messages.forms.own_words import words_form, words_preview
from messages.forms.portfolio_sharing import Audience, readers_form, share_form
from messages.forms.program_phases import phases_form
from messages.forms.survey_sending import Count, confirm_form, send_form
from messages.lessons.loader import example_lesson, shipped_lessons
from messages.samples import CASES, LOCALES, NOW, ZONE, Case, circumstances, people_of, program_of
from messages.words import Reader
from playground.blocks import check_view, reading
from tests.goldens.keep import compare
from tests.goldens.seen import mrkdwn_texts
from tests.goldens.test_survey_forms import opened_of

Form = Callable[[Case, Reader], dict[str, Any]]


def worded(case: Case) -> Program:
    own = {"greeting": f"{case.words[:100]} {{name}}", "sign_off": case.words[:100]}
    return replace(program_of(case), settings={"own_words": own, "hours_code": case.words[:40]})


def count_of(case: Case) -> Count:
    departments = frozenset({case.words[:75]} if case.words else ())
    return Count(Segment(Whom.MENTEES, departments), NOW + timedelta(days=14), 3, 1, 5, NOW)


def audiences_of(case: Case, reader: Reader) -> list[Audience]:
    people = list(people_of(case, reader.locale).values())
    return [Audience(MayRead.MENTOR, people, 1), Audience(MayRead.TEAM, people[:1], 2)]


def shelved_of(reader: Reader) -> list[Shelved]:
    lessons = shipped_lessons(reader.locale)
    states = ("ours", "own", "new", "left_out")
    return [Shelved(each, states[n % 4]) for n, each in enumerate(lessons)]


FORMS: dict[str, Form] = {
    "send_survey": lambda case, reader: send_form(
        opened_of(case),
        tuple(Whom)[:4],
        [case.words[:75]] if case.words else [],
        date(2026, 3, 18),
        reader,
    ),
    "send_survey_count": lambda case, reader: confirm_form(opened_of(case), count_of(case), reader),
    "own_words": lambda case, reader: words_form(worded(case), reader),
    "own_words_preview": lambda case, reader: words_preview(
        replace(circumstances(case, reader.locale, "joined"), program=worded(case)), worded(case), reader
    ),
    "program_phases": lambda case, reader: phases_form(
        replace(program_of(case), settings={DATES_SETTING: {"middle": "2026-03-20", "end": "2026-06-20"}}),
        phases_of(program_of(case)),
        NOW,
        reader,
    ),
    "lessons": lambda case, reader: library_form(program_of(case), shelved_of(reader), reader),
    "lesson_text": lambda case, reader: lesson_text_form(
        program_of(case), "our_first_lesson", example_lesson(), "own", reader
    ),
    "portfolio_readers": lambda case, reader: readers_form(
        1, PortfolioItem(2, 1, ItemKind.NOTE, case.words[:80], "", readers=frozenset(MayRead), id=3), reader
    ),
    "portfolio_share": lambda case, reader: share_form(1, audiences_of(case, reader), reader),
}


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("language", LOCALES)
def test_every_form_reads_as_kept(name: str, language: str) -> None:
    parts = []
    for case_name, case in CASES.items():
        view = FORMS[name](case, Reader.of(ZONE, LOCALES[language]))
        assert check_view(view) == [], case_name
        assert not any(bad in text for text in mrkdwn_texts(view) for bad in ("<!", "<@U0BOSS>"))
        parts.append(f"=== {case_name}\n{reading(view['blocks'], names=lambda id_: id_)}")
    compare(f"{language}/forms/{name}.txt", "\n\n".join(parts))
