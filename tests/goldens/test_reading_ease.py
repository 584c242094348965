"""Whoever reads our letters should not need more than eight years of school for it."""

import pytest

from messages.letters.kinds import KINDS, letter
from tests.goldens.samples import CASES, circumstances

GRADE = 8


@pytest.mark.parametrize("kind", KINDS)
def test_our_letters_read_at_grade_eight_or_below(kind: str) -> None:
    textstat = pytest.importorskip(
        "textstat", reason="the reading grade is not checked: textstat is not installed here"
    )
    text = letter(kind, circumstances(CASES["one"], "en-US", kind)).text
    prose = text.replace("*", "").replace("•", "").replace("/", " ")
    assert textstat.flesch_kincaid_grade(prose) <= GRADE, prose
