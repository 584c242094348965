"""Thanks and papers at the end: once a person, when the last of their pairs is over, however it ended."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from playground import Message
from storage.tables import LetterRow
from tests.journeys.test_exports import exported, lines
from tests.journeys.test_main_job import agreed_town
from tests.journeys.test_pair_life import part
from tests.journeys.test_phase_stories import two_of_marcus, with_words
from tests.support.beginnings import beginning
from tests.support.desk import typed
from tests.support.town import LEILA, MARCUS, PRIYA, ROBIN, Town

LAST_DAY = "2026-03-13"
AFTER = datetime(2026, 3, 18, tzinfo=UTC)
"""The program is over, and whoever graduates at its end has."""
LONG_AFTER = datetime(2026, 4, 14, tzinfo=UTC)
"""The pair that ended with the program was closed more than two weeks ago."""


def farewells(town: Town, slack_id: str) -> list[Message]:
    return with_words(town, slack_id, "your time in the program has come to its end")


@pytest.fixture
@beginning
def longer(town: Town) -> Town:
    """Marcus mentors Leila until the program is over, and Priya until May 15."""
    two_of_marcus(town, LAST_DAY)
    town.person(ROBIN).command("/mentoring", f"extend <@{PRIYA}> <@{MARCUS}> to May 15")
    return town


def part_from_priya(town: Town) -> None:
    """Marcus leaves the pair with Priya, where he still has two."""
    town.person(PRIYA).command("/mentoring", "exit")
    town.person(PRIYA).submit()
    town.person(PRIYA).close(all=True)


def test_a_mentor_whose_longer_pair_is_parted_graduates_with_the_one_that_was_completed(longer: Town) -> None:
    longer.until(LONG_AFTER)
    assert farewells(longer, LEILA)
    assert not farewells(longer, MARCUS)
    part_from_priya(longer)
    longer.later(hours=20)
    assert not farewells(longer, MARCUS), "the kind words at the parting have a day of their own"
    longer.later(days=6)
    (farewell,) = farewells(longer, MARCUS)
    assert "is over for you and Leila" in farewell.reading
    assert "Priya" not in farewell.reading
    assert "My certificate" in farewell.buttons
    assert not farewells(longer, PRIYA), "she came to the end of none"


def test_the_same_where_the_longer_pair_ends_because_somebody_left_the_firm(longer: Town) -> None:
    longer.until(LONG_AFTER)
    longer.person(PRIYA).deactivate()
    longer.later(days=5)
    assert len(farewells(longer, MARCUS)) == 1


def test_the_same_where_the_longer_pair_is_parted_before_the_other_is_closed(longer: Town) -> None:
    longer.until(AFTER)
    assert not farewells(longer, MARCUS)
    part_from_priya(longer)
    longer.later(days=5)
    assert len(farewells(longer, MARCUS)) == 1


def test_the_same_where_the_other_goes_on_casually(longer: Town) -> None:
    longer.until(datetime(2026, 3, 13, 21, tzinfo=UTC))
    for slack_id in (LEILA, MARCUS):
        longer.press(slack_id, "phase.go_on")
    longer.until(LONG_AFTER)
    assert not farewells(longer, MARCUS)
    part_from_priya(longer)
    longer.later(days=5)
    (farewell,) = farewells(longer, MARCUS)
    assert "you and Leila go on as equals" in farewell.reading


def test_a_pair_parted_early_delays_nothing_and_is_not_named(town: Town) -> None:
    two_of_marcus(town, LAST_DAY)
    town.later(days=40)
    part_from_priya(town)
    town.until(AFTER)
    (farewell,) = farewells(town, MARCUS)
    assert "is over for you and Leila." in farewell.reading
    assert not farewells(town, PRIYA)


def test_whoever_finishes_early_has_made_it_too(town: Town) -> None:
    agreed_town(town, ends_on=LAST_DAY)
    part(town, MARCUS, reason="reached")
    town.later(days=3)
    for slack_id in (PRIYA, MARCUS):
        (farewell,) = farewells(town, slack_id)
        assert "My certificate" in farewell.buttons
    town.until(AFTER)
    assert len(farewells(town, MARCUS)) == 1


def test_whoever_finishes_early_and_wants_another_match_graduates_when_the_program_ends(town: Town) -> None:
    agreed_town(town, ends_on=LAST_DAY)
    part(town, MARCUS, reason="reached", again="yes")
    town.until(datetime(2026, 3, 12, tzinfo=UTC))
    assert farewells(town, PRIYA)
    assert not farewells(town, MARCUS)
    town.until(AFTER)
    assert "is over for you and Priya" in farewells(town, MARCUS)[0].reading


def test_thanks_wait_for_the_end_of_a_pause_that_lasts_beyond_the_program(town: Town) -> None:
    agreed_town(town, ends_on=LAST_DAY)
    town.until(datetime(2026, 3, 1, tzinfo=UTC))
    town.person(PRIYA).command("/mentoring", "pause until April 10")
    town.until(datetime(2026, 4, 9, tzinfo=UTC))
    assert not farewells(town, PRIYA)
    assert farewells(town, MARCUS)
    town.until(datetime(2026, 4, 14, tzinfo=UTC))
    (farewell,) = farewells(town, PRIYA)
    assert "is over for you and Marcus" in farewell.reading


def test_after_the_end_the_list_of_people_and_its_file_say_for_whom_it_is_over(longer: Town) -> None:
    longer.until(LONG_AFTER)
    listed = typed(longer, "people")
    for stands in ("Leila Petrov, mentee · finished", "Priya Raman, mentee · matched"):
        assert stands in listed
    assert "Marcus O'Neill, mentor · matched" in listed
    states = {row["user_id"]: row["state"] for row in lines(exported(longer, "people csv"))}
    assert (states[LEILA], states[PRIYA], states[MARCUS]) == ("finished", "matched", "matched")


def test_nobody_graduates_twice(longer: Town) -> None:
    longer.until(datetime(2026, 5, 22, tzinfo=UTC))
    with longer.database.read() as session:
        said = [*session.scalars(select(LetterRow.person_id).where(LetterRow.kind == "graduation"))]
    assert len(said) == len({*said}) == 3
