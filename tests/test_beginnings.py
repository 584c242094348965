"""Beginnings that are taken over: as good as played, and only where nothing else has happened."""

import pytest

from tests.support.beginnings import beginning
from tests.support.town import PRIYA, ROBIN, Town

PLAYED: list[str] = []
TWICE = pytest.mark.parametrize("turn", range(2))


@beginning
def drafted(town: Town, name: str) -> None:
    PLAYED.append(name)
    town.claim()
    town.draft(name=name)


@TWICE
def test_a_beginning_is_played_once_and_the_story_goes_on_from_it(town: Town, turn: int) -> None:
    drafted(town, "Elm")
    assert PLAYED.count("Elm") == 1, turn
    town.open()
    said = [each.reading for each in town.person(PRIYA).messages(town.channel)]
    assert ["Elm" in each for each in said] == [True]


def test_one_with_other_words_is_another(town: Town) -> None:
    drafted(town, "Oak")
    assert town.program().name == "Oak"


@TWICE
def test_it_is_played_where_anything_happened_before(town: Town, turn: int) -> None:
    before = PLAYED.count("Ash")
    town.person(ROBIN).command("/mentoring", "help")
    drafted(town, "Ash")
    assert PLAYED.count("Ash") == before + 1, turn


@TWICE
def test_it_is_played_where_a_test_has_circumstances_of_its_own(town: Town, turn: int) -> None:
    before = PLAYED.count("Yew")
    town.playground.faults.inject("chat.postMessage", "500")
    drafted(town, "Yew")
    assert PLAYED.count("Yew") == before + 1, turn
