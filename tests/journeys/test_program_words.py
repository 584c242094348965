"""A program speaks in its own words where a greeting is in place, and nowhere else."""

import pytest

from playground import Person
from tests.journeys.test_survey_desk import seen
from tests.support.town import MARCUS, PRIYA, ROBIN, Town


@pytest.fixture
def drafted(town: Town) -> Town:
    town.claim()
    town.draft()
    return town


def worded(town: Town, **words: str) -> Person:
    robin = town.person(ROBIN)
    robin.command("/mentoring", "words")
    for name, text in words.items():
        robin.fill(name, text)
    robin.submit()
    return robin


def test_a_greeting_and_a_sign_off_stand_around_the_warmer_letters(drafted: Town) -> None:
    robin = worded(drafted, greeting="Dear {name},", sign_off="Robin & the program team")
    assert "Dear Robin," in seen(robin)
    assert "Change it again" in seen(robin)
    robin.close(all=True)
    drafted.open()
    drafted.join(PRIYA, "mentee", wants=["negotiation"])
    joined = drafted.newest(PRIYA)
    assert joined.reading.startswith("Dear Priya,")
    assert "Robin & the program team" in joined.reading


def test_a_letter_that_says_hello_itself_leaves_that_to_the_program(drafted: Town) -> None:
    """Nobody is greeted twice in one breath."""
    worded(drafted, greeting="Dear {name},").close(all=True)
    drafted.open()
    drafted.person(ROBIN).command("/mentoring", f"invite <@{PRIYA}>")
    drafted.later(days=1)
    invited = drafted.newest(PRIYA).reading
    assert invited.startswith("Dear Priya,")
    assert "Hello Priya" not in invited


def test_what_the_sponsor_says_is_changed_in_chat(drafted: Town) -> None:
    worded(drafted, sponsor_words="I had three mentors, and I still call them.").close(all=True)
    drafted.open()
    announced = drafted.person(PRIYA).messages(drafted.channel)[-1]
    assert "I still call them" in announced.reading


def test_an_injected_mention_stays_text(drafted: Town) -> None:
    worded(drafted, greeting="<!channel> {name} {other}").close(all=True)
    drafted.open()
    drafted.join(MARCUS, "mentor", offers=["negotiation"])
    said = drafted.newest(MARCUS)
    assert "&lt;!channel&gt; Marcus {other}" in said.blocks[0]["text"]["text"]


def test_words_that_were_taken_out_are_gone(drafted: Town) -> None:
    worded(drafted, greeting="Dear {name},").close(all=True)
    worded(drafted, greeting="").close(all=True)
    drafted.open()
    drafted.join(PRIYA, "mentee", wants=["negotiation"])
    assert "Dear" not in drafted.newest(PRIYA).reading
