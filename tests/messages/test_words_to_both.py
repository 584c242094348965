"""What is said in a pair's room speaks to everybody in it: Spanish tells “tú” from “ustedes”."""

import re
from dataclasses import replace
from itertools import product

import pytest

from messages.letters.kinds import letter
from messages.samples import ABOUT_A_MEETING, CASES, circumstances
from playground.blocks import reading
from tests.goldens.seen import names_of

TO_THE_PAIR = (
    "agreement_proposed",
    "agreement_reminder",
    "agreement_signed",
    "book",
    "catch_up",
    "did_you_meet",
    "extended",
    "group_smaller",
    "introduction",
    "meeting_due",
    "meeting_planned",
    "pair_paused",
    "pause_ends",
    "second_ask",
    "sort_out",
    "topic_added",
    "welcome_back",
    "went_on",
)
"""Kinds of letter that go to a pair's room, always or where both are meant."""
TO_ONE = re.compile(
    r"\b(?:tú|tus?|ti|te|contigo|recibes|participas|necesitas|pediste|dijiste|puedes|quieres|tienes|abre)\b",
    re.IGNORECASE,
)
MEANT_FOR_ONE = re.compile(r"te presento a|¿Te parece bien\?")
"""Each of the two is introduced by name; and whoever sent a proposal does not ask themselves."""


@pytest.mark.parametrize("kind", TO_THE_PAIR)
def test_spanish_speaks_to_both_where_both_read_it(kind: str) -> None:
    for name, met in product(("one", "two"), (True, False)):
        seen = replace(circumstances(CASES[name], "es-MX", kind), recipient=None)
        if not met and kind not in ABOUT_A_MEETING:
            seen = replace(seen, meeting=None)
        said = MEANT_FOR_ONE.sub("", reading(letter(kind, seen).blocks, names=names_of(CASES[name])))
        assert TO_ONE.findall(said) == [], said


def test_spanish_speaks_to_one_where_the_break_was_theirs() -> None:
    for kind, words in (("pause_ends", "Tu pausa termina"), ("welcome_back", "Recibes esto")):
        said = reading(letter(kind, circumstances(CASES["one"], "es-MX", kind)).blocks, names=str)
        assert words in said
