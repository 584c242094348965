"""Lines as people type them on a phone: any order, any case, with slips."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.grammar import mentioned, read_line, without_mentions

NAMES = {"pause": "pause", "break": "pause", "pair": "pair", "pairs": "pairs", "met": "met", "help": "help"}
OTHER = st.lists(st.sampled_from(["<@U0PRIYA|priya>", "until", "next", "friday", "2026-03-05", "Priya"]))


@given(others=OTHER, name=st.sampled_from(sorted(NAMES)), seed=st.integers())
def test_the_command_is_found_wherever_it_stands_and_however_it_is_written(
    others: list[str], name: str, seed: int
) -> None:
    chance = random.Random(seed)
    word = "".join(chance.choice((letter.upper(), letter.lower())) for letter in name)
    place = chance.randint(0, len(others))
    typed = read_line("  ".join([*others[:place], f"“{word}”", *others[place:]]), NAMES)
    assert (typed.command, typed.rest) == (NAMES[name], " ".join(others))


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("puase until Friday", "pause until Friday"),
        ("until Friday puase", "pause until Friday"),
        ("brake", "pause"),
        ("halp", "help"),
        ("mte yesterday", "met yesterday"),
    ],
)
def test_a_slip_leads_to_the_nearest_command_with_the_rest_of_the_line(line: str, meant: str) -> None:
    typed = read_line(line, NAMES)
    assert typed.command == ""
    assert f"{typed.nearest} {typed.rest}".strip() == meant


@pytest.mark.parametrize("line", ["xyzzy 42", "health", "who is Priya"])
def test_what_is_near_nothing_leads_nowhere(line: str) -> None:
    typed = read_line(line, {"rematch": "rematch", "privacy": "privacy", "pairs": "pairs"})
    assert (typed.command, typed.nearest, typed.word) == ("", "", line.split(maxsplit=1)[0])


@given(line=st.text())
def test_whatever_is_typed_is_read(line: str) -> None:
    typed = read_line(line, NAMES)
    assert typed.command in {*NAMES.values(), ""}


def test_people_are_taken_out_of_a_line_each_once() -> None:
    line = "pair <@U0PRIYA|priya> with <@W0MARCUS> and <@U0PRIYA> <@bogus>"
    assert mentioned(line) == ["U0PRIYA", "W0MARCUS"]
    assert without_mentions(line) == "pair with and <@bogus>"
