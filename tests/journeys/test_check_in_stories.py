"""What check-ins lead to: the coordinators' list without quoting anyone, and a word in confidence."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from mentoring.nudges.notices import FROM_CHECK_INS
from playground import Message
from playground.blocks import controls
from storage.desk import attention_counts
from storage.tables import AskRow
from tests.journeys.test_main_job import agreed_town
from tests.support.town import MARCUS, PRIYA, ROBIN, Town

FIRST_CHECK_IN = datetime(2026, 3, 20, 15, tzinfo=UTC)


@pytest.fixture
def asked(town: Town) -> Town:
    """Priya and Marcus have their first check-in before them."""
    agreed_town(town)
    town.until(FIRST_CHECK_IN)
    return town


def answer(town: Town, slack_id: str, answers: Mapping[str, str | list[str]]) -> str:
    """Answer the newest survey; returns what the bot says then."""
    person = town.person(slack_id)
    town.press(slack_id, "survey.open")
    for question, given in answers.items():
        person.fill(f"q.{question}", given)
    shown = person.submit()
    assert not shown.errors
    assert person.view is not None
    said = str(person.view.blocks)
    person.close(all=True)
    a_moment_later(town)
    return said


def a_moment_later(town: Town) -> None:
    """What they lead to is sent a moment after it was written, as ever."""
    town.clock.move_to(town.clock.now() + timedelta(seconds=3))
    town.beat()


def on_the_list(town: Town) -> dict[str, list[int | None]]:
    """The kinds of check-in matters on the coordinators' list, with the person each names."""
    found: dict[str, list[int | None]] = {}
    with town.database.read() as session:
        rows = session.scalars(
            select(AskRow).where(AskRow.kind.in_(FROM_CHECK_INS), AskRow.answered_at.is_(None))
        )
        for row in rows:
            found.setdefault(row.kind, []).append(row.person_id)
    return found


def calls(town: Town) -> list[Message]:
    return [
        each
        for each in town.person(ROBIN).inbox()
        if "survey.called" in {control.action_id for control in controls(each.blocks)}
    ]


def test_good_ratings_put_nobody_on_the_list(asked: Town) -> None:
    answer(asked, PRIYA, {"at_ease": "4", "clear": "5"})
    answer(asked, MARCUS, {"at_ease": "5", "clear": "4"})
    assert on_the_list(asked) == {}


def test_a_low_rating_puts_the_pair_on_the_list_and_names_nobody(asked: Town) -> None:
    before = len(asked.person(ROBIN).inbox())
    answer(asked, PRIYA, {"at_ease": "2", "clear": "3"})
    assert on_the_list(asked) == {"low_rating": [None]}
    with asked.database.read() as session:
        counts = attention_counts(session, [asked.program().id], asked.clock.now())
        assert counts == {asked.program().id: 1}
        (row,) = session.scalars(select(AskRow).where(AskRow.kind == "low_rating"))
        assert (row.heard_by, row.answered_by) == ([], None)
        assert "mentee" not in row.key
    assert len(asked.person(ROBIN).inbox()) == before


def test_a_low_rating_is_gone_once_both_have_rated_again_and_not_with_the_first_of_them(town: Town) -> None:
    agreed_town(town, ends_on="2026-04-30")
    town.until(datetime(2026, 2, 20, 16, tzinfo=UTC))
    answer(town, PRIYA, {"at_ease": "2", "clear": "3"})
    answer(town, MARCUS, {"at_ease": "5"})
    assert on_the_list(town).keys() == {"low_rating", "mismatch"}
    town.until(datetime(2026, 4, 7, 16, tzinfo=UTC))
    answer(town, PRIYA, {"helps": "4", "open": "5"})
    assert on_the_list(town).keys() == {"low_rating", "mismatch"}, "else the list would tell whose it was"
    answer(town, MARCUS, {"helps": "4"})
    assert on_the_list(town) == {}


def test_what_was_rated_two_months_ago_says_nothing_of_today_but_who_asked_for_a_word_still_waits(
    asked: Town,
) -> None:
    answer(asked, PRIYA, {"at_ease": "2", "help": ["yes"]})
    asked.until(FIRST_CHECK_IN + timedelta(days=58))
    assert on_the_list(asked).keys() == {"low_rating", "wants_a_word"}
    asked.until(FIRST_CHECK_IN + timedelta(days=75))
    assert on_the_list(asked).keys() == {"wants_a_word"}


def test_two_who_see_their_pair_differently_are_on_the_list_once_both_have_said_so(asked: Town) -> None:
    answer(asked, PRIYA, {"at_ease": "3"})
    assert on_the_list(asked) == {}
    answer(asked, MARCUS, {"at_ease": "5"})
    assert on_the_list(asked) == {"mismatch": [None]}


def test_whoever_wants_a_word_gets_one_and_the_other_never_learns_of_it(asked: Town) -> None:
    heard = len(asked.person(MARCUS).inbox())
    said = answer(asked, PRIYA, {"at_ease": "4", "help": ["yes"]})
    assert "A coordinator will write to you" in said
    (call,) = calls(asked)
    assert "@Priya Raman would like a word with you" in call.reading
    assert "Marcus does not know" in call.reading
    assert len(asked.person(MARCUS).inbox()) == heard
    asked.press(ROBIN, "survey.called")
    assert on_the_list(asked) == {}
    assert calls(asked) == []


def test_a_note_that_was_not_shared_reaches_nobody(asked: Town) -> None:
    answer(asked, PRIYA, {"at_ease": "1", "note": "Marcus never listens"})
    answer(asked, MARCUS, {"at_ease": "5"})
    for message in asked.person(ROBIN).inbox() + asked.person(MARCUS).inbox():
        assert "never listens" not in message.reading


def test_whoever_rates_themselves_again_sees_how_far_they_came(town: Town) -> None:
    agreed_town(town, ends_on="2026-04-30")
    town.until(datetime(2026, 2, 13, tzinfo=UTC))
    answer(town, PRIYA, {"network": "2", "speaking": "3"})
    town.until(datetime(2026, 5, 6, tzinfo=UTC))
    person = town.person(PRIYA)
    again = next(each for each in reversed(person.inbox()) if "How far you've come" in each.reading)
    person.click(again, "survey.open")
    person.fill("q.network", "4")
    person.submit()
    assert person.view is not None
    said = str(person.view.blocks)
    assert "I know whom to ask when I am stuck. 2 → 4" in said
    assert "speak up" not in said


@pytest.mark.parametrize("chosen", [True, False])
def test_whoever_parts_early_is_asked_why_a_day_later_where_the_program_asks_it(
    town: Town, *, chosen: bool
) -> None:
    agreed_town(town)
    if chosen:
        robin = town.person(ROBIN)
        robin.click(robin.command("/mentoring", "surveys").shown[0], "asked.settings")
        robin.fill("surveys", ["check_in", "final", "exit"])
        robin.submit()
        robin.close(all=True)
    town.until(datetime(2026, 2, 10, 16, tzinfo=UTC))
    priya = town.person(PRIYA)
    priya.command("/mentoring", "exit")
    priya.submit()
    priya.close(all=True)
    town.until(datetime(2026, 2, 11, 8, tzinfo=UTC))
    assert not any("Before you go" in each.reading for each in priya.inbox())
    town.until(datetime(2026, 2, 20, tzinfo=UTC))
    for slack_id in (PRIYA, MARCUS):
        asked = [each for each in town.person(slack_id).inbox() if "Before you go" in each.reading]
        assert len(asked) == chosen
