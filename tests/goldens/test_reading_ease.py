"""Whoever reads our letters should not need more than eight years of school for it."""

import re

import pytest

from messages.letters.kinds import KINDS, letter
from messages.samples import Case, circumstances

GRADE = 8
EASY = Case(("Marcus", "Priya"), "how to write well", "Mentoring")
"""People's own words are theirs; ours are judged with easy ones in between."""


def prose(text: str) -> str:
    """A letter's text with each line of a list as a sentence of its own, as it is read."""
    plain = re.sub(r"[*•/:]", " ", text)
    return re.sub(r"([^.?!\n])\n", r"\1.\n", f"{plain}\n")


@pytest.mark.parametrize("kind", KINDS)
def test_our_letters_read_at_grade_eight_or_below(kind: str) -> None:
    textstat = pytest.importorskip(
        "textstat", reason="the reading grade is not checked: textstat is not installed here"
    )
    text = prose(letter(kind, circumstances(EASY, "en-US", kind)).text)
    assert textstat.flesch_kincaid_grade(text) <= GRADE, text
