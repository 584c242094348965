"""A portfolio is its owner's: seen by nobody unless they choose, and then really seen."""

from datetime import UTC, datetime

import pytest

from playground import Message, Person
from playground.blocks import controls
from tests.journeys.test_supervisor_stories import paired
from tests.journeys.test_survey_desk import seen
from tests.support.town import LEILA, MARCUS, PRIYA, ROBIN, Town


@pytest.fixture
def running(town: Town) -> Town:
    """Priya, whom Leila supervises, learns from Marcus; the program runs."""
    paired(town)
    town.until(datetime(2026, 2, 20, tzinfo=UTC))
    return town


def shown_to(town: Town, slack_id: str) -> list[Message]:
    return [each for each in town.person(slack_id).inbox() if "of a portfolio from" in each.reading]


def add_a_piece(town: Town, heading: str, readers: list[str]) -> Person:
    priya = town.person(PRIYA)
    if priya.view is not None:
        priya.close(all=True)
    town.person(PRIYA).command("/mentoring", "portfolio")
    priya.press("portfolio.add")
    priya.fill("heading", heading)
    priya.fill("text", f"{heading}, in my own words")
    priya.fill("readers", readers)
    priya.fill("warned", ["yes"])
    priya.submit()
    return priya


def pick(person: Person, what: str) -> None:
    assert person.view is not None
    found = next(each for each in controls(person.view.blocks) if each.action_id == "portfolio.menu")
    value = next(each.value for each in found.options if each.value.startswith(what))
    person.press((found.block_id, "portfolio.menu"), value)


def test_nobody_sees_a_piece_that_was_picked_for_nobody(running: Town) -> None:
    priya = add_a_piece(running, "My first hearing", [])
    priya.press("portfolio.share")
    assert "Nobody may see a piece of it yet" in seen(priya)
    running.later(days=1)
    assert not any(shown_to(running, each) for each in (MARCUS, LEILA, ROBIN))


def test_each_chosen_reader_gets_the_pieces_meant_for_them_and_no_others(running: Town) -> None:
    add_a_piece(running, "For Marcus alone", ["MENTOR"])
    priya = add_a_piece(running, "For both", ["MENTOR", "SUPERVISOR"])
    priya.press("portfolio.share")
    priya.fill("readers", ["MENTOR", "SUPERVISOR"])
    priya.fill("warned", ["yes"])
    priya.submit()
    assert "On its way to Marcus and Leila" in seen(priya)
    running.later(days=1)
    (marcus,), (leila,) = shown_to(running, MARCUS), shown_to(running, LEILA)
    assert "shows you 2 pieces" in marcus.reading
    assert "shows you 1 piece " in leila.reading
    files = [file["name"] for each in running.person(LEILA).inbox() for file in each.files]
    assert files == ["portfolio.pdf"]
    assert not shown_to(running, ROBIN)


def test_whoever_was_chosen_later_sees_it_and_whoever_was_left_out_does_not(running: Town) -> None:
    priya = add_a_piece(running, "My first hearing", ["SUPERVISOR"])
    pick(priya, "see")
    priya.fill("readers", ["TEAM"])
    priya.submit()
    assert "The program team" in seen(priya)
    priya.press("portfolio.share")
    priya.fill("readers", ["TEAM"])
    priya.fill("warned", ["yes"])
    priya.submit()
    running.later(days=1)
    assert len(shown_to(running, ROBIN)) == 1
    assert not shown_to(running, LEILA)


def test_it_is_not_shown_without_the_look_at_what_could_give_a_client_away(running: Town) -> None:
    priya = add_a_piece(running, "My first hearing", ["MENTOR"])
    priya.press("portfolio.share")
    priya.fill("readers", ["MENTOR"])
    outcome = priya.submit()
    assert "Could a client or a matter be recognized" in outcome.errors["warned"]
    running.later(days=1)
    assert not shown_to(running, MARCUS)


def test_a_piece_is_taken_out_again(running: Town) -> None:
    priya = add_a_piece(running, "My first hearing", ["MENTOR"])
    pick(priya, "out")
    assert "My first hearing" not in seen(priya)
