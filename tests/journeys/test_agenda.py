"""The agenda a pair keeps: with the reminder, private to the two, cleared when they have met."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from playground.blocks import controls
from storage.tables import LetterRow
from tests.journeys.test_main_job import agreed_town
from tests.support.town import MARCUS, PRIYA, Town

REMINDED = datetime(2026, 1, 12, 22, tzinfo=UTC)
"""The evening of the working day before the first meeting, on January 13."""


def add(town: Town, slack_id: str, topic: str) -> dict[str, str]:
    """Put a topic on the list; gives the errors of the form, if any."""
    person = town.person(slack_id)
    person.command("/mentoring", "agenda")
    assert person.view is not None
    name = next(each["block_id"] for each in person.view.blocks if each["type"] == "input")
    person.fill(name, topic)
    errors = dict(person.submit().errors)
    person.close(all=True)
    return {"topic" if key == name else key: sentence for key, sentence in errors.items()}


def reminders(town: Town) -> list[str]:
    return [each.reading for each in town.room(PRIYA, MARCUS) if "Skip it" in each.buttons]


def test_the_reminder_carries_what_the_mentee_has_prepared(town: Town) -> None:
    agreed_town(town)
    add(town, PRIYA, "How do I push back on a client?")
    add(town, MARCUS, "The Ito matter <!channel>")
    town.until(REMINDED)
    assert len(reminders(town)) == 1
    assert "• Priya: How do I push back on a client?" in reminders(town)[0]
    assert "• Marcus: The Ito matter <!channel>" in reminders(town)[0]


def test_an_empty_list_invites_the_mentee_and_asks_nothing_of_the_mentor(town: Town) -> None:
    agreed_town(town)
    town.until(REMINDED)
    assert "Nothing is on your list yet. Priya, anything you'd like to talk about?" in reminders(town)[0]
    assert town.press(MARCUS, "agenda.open", in_room=(PRIYA, MARCUS)).view is not None


def test_topics_can_be_taken_off_and_taken_up_again(town: Town) -> None:
    agreed_town(town)
    add(town, PRIYA, "Pushing back")
    add(town, PRIYA, "Writing shorter")
    marcus = town.person(MARCUS)
    marcus.command("/mentoring", "agenda")
    first = next(each for each in controls(marcus.view.blocks) if each.action_id == "agenda.remove")  # type: ignore[union-attr] # it is open
    shown = marcus.press("agenda.remove", first.value).view
    assert shown is not None
    assert "Pushing back" not in shown.reading
    marcus.close(all=True)
    town.until(datetime(2026, 1, 14, 22, tzinfo=UTC))
    town.press(PRIYA, "meeting.met", in_room=(PRIYA, MARCUS))
    shown = marcus.command("/mentoring", "agenda").view
    assert shown is not None
    assert "Nothing is on your list yet" in shown.reading, "they have met since"
    assert "From earlier meetings" in shown.reading
    shown = marcus.press("agenda.again").view
    assert shown is not None
    assert "What's on your list for next time" in shown.reading


def test_nobody_but_the_two_ever_sees_it(town: Town) -> None:
    agreed_town(town)
    add(town, PRIYA, "A very private matter")
    town.until(datetime(2026, 2, 20, tzinfo=UTC))
    members = {each for room in town.person(PRIYA).group_dms() for each in room.members}
    assert members - {town.playground.bot_user_id} == {PRIYA, MARCUS}
    heard = [each for each in town.playground.posts if "A very private matter" in each.reading]
    assert {each.channel for each in heard} <= {room.id for room in town.person(PRIYA).group_dms()}


@pytest.mark.parametrize("topic", ["Pushing  back", "PUSHING back"])
def test_the_same_topic_twice_is_refused_in_its_field(town: Town, topic: str) -> None:
    agreed_town(town)
    assert add(town, PRIYA, "Pushing back") == {}
    assert add(town, MARCUS, topic) == {"topic": "That's on the list already."}


def test_a_blank_topic_is_refused_in_its_field(town: Town) -> None:
    agreed_town(town)
    assert add(town, PRIYA, "   ") == {"topic": "Write what you'd like to talk about."}


def test_a_full_list_takes_no_more(town: Town) -> None:
    agreed_town(town)
    for number in range(10):
        assert add(town, PRIYA, f"Topic {number}") == {}
    assert add(town, PRIYA, "One more") == {"topic": "There are 10 topics already. Take one off first."}


def test_a_topic_after_the_reminder_is_told_to_the_other_once(town: Town) -> None:
    agreed_town(town)
    town.until(datetime(2026, 1, 12, 15, tzinfo=UTC))
    add(town, PRIYA, "Pushing back")
    town.later(hours=1)
    told = [
        each.reading for each in town.room(PRIYA, MARCUS) if "would like to talk about this" in each.reading
    ]
    assert len(told) == 1
    assert "Priya would like to talk about this on Tuesday, January 13:\n• Pushing back" in told[0]


def test_a_topic_long_before_the_meeting_waits_for_the_reminder(town: Town) -> None:
    agreed_town(town)
    add(town, PRIYA, "Pushing back")
    town.later(hours=3)
    assert not any("would like to talk" in each.reading for each in town.room(PRIYA, MARCUS))


def test_a_topic_taken_off_before_it_was_told_is_not_told(town: Town) -> None:
    agreed_town(town)
    town.until(datetime(2026, 1, 13, 3, tzinfo=UTC))
    add(town, PRIYA, "Better not")
    priya = town.person(PRIYA)
    priya.command("/mentoring", "agenda")
    priya.press("agenda.remove")
    priya.close(all=True)
    town.until(datetime(2026, 1, 13, 14, 30, tzinfo=UTC))
    assert not any("Better not" in each.reading for each in town.room(PRIYA, MARCUS))


def test_a_topic_is_not_told_of_to_those_who_have_met_meanwhile(town: Town) -> None:
    agreed_town(town)
    town.until(datetime(2026, 1, 13, 3, tzinfo=UTC))
    add(town, PRIYA, "Better now")
    town.until(datetime(2026, 1, 13, 13, 30, tzinfo=UTC))
    town.person(MARCUS).command("/mentoring", "met")
    town.until(datetime(2026, 1, 14, 3, tzinfo=UTC))
    assert not any("Better now" in each.reading for each in town.room(PRIYA, MARCUS))
    with town.database.read() as session:
        told = session.scalars(select(LetterRow).where(LetterRow.kind == "topic_added")).one()
    assert (told.state, told.reason) == ("cancelled", "taken_off")


def test_the_reminder_says_for_whom_the_day_is_a_public_holiday(town: Town) -> None:
    """January 19 is Martin Luther King Day in New York, and a Monday like any other in London."""
    agreed_town(town, cadence="weekly", weekday="0")
    town.until(datetime(2026, 1, 20, 22, tzinfo=UTC))
    shown = [each for each in reminders(town) if "January 19" in each]
    assert len(shown) == 1
    assert "It's a public holiday for Priya. Move it or skip it if you'd rather." in shown[0]
    assert not any("public holiday" in each for each in reminders(town) if each not in shown)
