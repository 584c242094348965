"""Forms in which coordinators word surveys, in every awkward case and language: as kept, and valid."""

from collections.abc import Callable
from typing import Any

import pytest

from messages.forms.survey_desk import (
    Listed,
    Opened,
    heading_form,
    list_form,
    question_form,
    survey_form,
    text_form,
)
from messages.instruments.loader import Translated, as_yaml, parse_instrument, shipped, to_plain, to_yaml
from messages.samples import CASES, LOCALES, ZONE, Case, program_of
from messages.words import Reader
from playground.blocks import check_view, reading
from tests.goldens.keep import compare
from tests.goldens.seen import mrkdwn_texts

Form = Callable[[Case, Reader], dict[str, Any]]


def survey_of(case: Case) -> Translated:
    """A survey worded by somebody who types like this."""
    plain = to_plain(shipped()["match_quality"])
    words = case.words or "Fit?"
    plain["title"] = {"en": words[:24].strip()}
    plain["purpose"] = {"en": words[:300].strip()}
    plain["questions"][0]["text"] = {"en": words[:300].strip()}
    plain["questions"][2]["options"][0]["text"] = {"en": words[:75].strip()}
    return parse_instrument(as_yaml(plain), "sample")


def opened_of(case: Case) -> Opened:
    return Opened(program_of(case), survey_of(case), own=bool(case.words), seen="0" * 12)


def listed_of(case: Case, reader: Reader) -> list[Listed]:
    surveys = [each.in_locale(reader.locale) for each in shipped().values()]
    return [*(Listed(each, own=False) for each in surveys), Listed(survey_of(case).in_locale("en"), own=True)]


FORMS: dict[str, Form] = {
    "surveys": lambda case, reader: list_form(program_of(case), listed_of(case, reader), reader),
    "one_survey": lambda case, reader: survey_form(opened_of(case), reader),
    "question": lambda case, reader: question_form(opened_of(case), "fit", reader),
    "question_to_pick_from": lambda case, reader: question_form(opened_of(case), "missing", reader),
    "new_question": lambda case, reader: question_form(opened_of(case), None, reader),
    "heading": lambda case, reader: heading_form(opened_of(case), reader),
    "text": lambda case, reader: text_form(opened_of(case), to_yaml(survey_of(case)), reader),
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
    if name == "text":
        return  # the survey itself, line by line: what is read back is tried elsewhere
    compare(f"{language}/forms/{name}.txt", "\n\n".join(parts))
