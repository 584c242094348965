"""A word to many, seen first and sent to whom it is for; a story, passed on only with a yes."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from mentoring.broadcasts import BroadcastState
from playground import Outcome
from storage.tables import BroadcastRow, LetterRow
from tests.journeys.test_main_job import agreed_town, matched_town
from tests.support.town import MARCUS, PRIYA, ROBIN, Town


def write(town: Town, **fields: str) -> Outcome:
    """Robin writes an update, and sees it as people will."""
    robin = town.person(ROBIN)
    robin.command("/mentoring", "broadcast")
    robin.press("Write an update")
    for name, value in fields.items():
        robin.fill(name, value)
    return robin.submit()


def send(town: Town) -> str:
    """Robin says yes to what the preview shows; gives what the form says then."""
    robin = town.person(ROBIN)
    said = robin.submit()
    text = said.view.reading if said.view else ""
    robin.close(all=True)
    town.beat()
    return text


def heard(town: Town, slack_id: str, words: str) -> int:
    return sum(words in each.reading for each in town.person(slack_id).inbox())


def states(town: Town) -> list[str]:
    with town.database.read() as session:
        return list(session.scalars(select(BroadcastRow.state).order_by(BroadcastRow.id)))


def test_an_update_is_seen_first_and_reaches_each_person_once(town: Town) -> None:
    agreed_town(town)
    shown = write(town, audience="everybody", text="The library is *open* to all of you.")
    assert shown.view is not None
    assert "It goes to 2 people (Everybody who takes part) now." in shown.view.reading
    assert "The library is open to all of you." in shown.view.reading
    assert heard(town, PRIYA, "The library") == 0, "nobody reads what was only looked at"
    assert "On its way" in send(town)
    town.later(days=3)
    assert heard(town, PRIYA, "The library") == heard(town, MARCUS, "The library") == 1
    assert states(town) == [BroadcastState.SENT]


def test_what_was_looked_at_can_still_be_changed(town: Town) -> None:
    agreed_town(town)
    write(town, audience="mentors", text="The libary is open.")
    robin = town.person(ROBIN)
    robin.press("broadcast.edit")
    robin.fill("text", "The library is open.")
    assert robin.submit().errors == {}
    send(town)
    town.later(days=1)
    assert heard(town, MARCUS, "The library is open.") == 1
    assert (heard(town, MARCUS, "libary"), heard(town, PRIYA, "library")) == (0, 0)
    assert states(town) == [BroadcastState.CANCELLED, BroadcastState.SENT]


def test_nobody_hears_two_updates_in_a_week(town: Town) -> None:
    agreed_town(town)
    write(town, audience="mentees", text="First.")
    send(town)
    town.later(days=2)
    refused = write(town, audience="mentees", text="Second.")
    assert refused.errors == {"audience": "Nobody would hear this then. Pick other people, or a later day."}
    town.person(ROBIN).close(all=True)
    shown = write(town, audience="everybody", text="Second.")
    assert shown.view is not None
    assert "It goes to 1 person" in shown.view.reading
    assert "1 got one this week and is left out" in shown.view.reading
    send(town)
    town.later(days=4)
    assert (heard(town, PRIYA, "Second."), heard(town, MARCUS, "Second.")) == (0, 1)


def test_who_wants_no_more_gets_no_more_until_they_do_again(town: Town) -> None:
    agreed_town(town)
    write(town, audience="mentees", text="First.")
    send(town)
    town.later(days=8)
    shown = town.press(PRIYA, "broadcast.mute").shown[-1]
    assert "no more updates" in shown.reading
    refused = write(town, audience="mentees", text="Second.")
    assert "audience" in refused.errors
    town.person(ROBIN).close(all=True)
    town.person(PRIYA).click(shown, "broadcast.unmute")
    assert write(town, audience="mentees", text="Second.").errors == {}


def test_a_planned_update_waits_for_its_day_and_can_be_stopped(town: Town) -> None:
    agreed_town(town)
    day = (town.clock.now() + timedelta(days=10)).date().isoformat()
    write(town, audience="everybody", text="See you at the summer party.", day=day)
    assert "Planned for" in send(town)
    town.later(days=5)
    assert heard(town, PRIYA, "summer party") == 0
    robin = town.person(ROBIN)
    shown = robin.command("/mentoring", "broadcast").view
    assert shown is not None
    assert "summer party" in shown.reading
    robin.press("broadcast.cancel")
    robin.close(all=True)
    town.later(days=10)
    assert heard(town, PRIYA, "summer party") == 0
    assert states(town) == [BroadcastState.CANCELLED]


def test_the_channel_hears_one_a_week(town: Town) -> None:
    agreed_town(town)
    write(town, audience="channel", text="Two pairs have met.")
    send(town)
    said = [each.reading for each in town.person(PRIYA).messages(town.channel)]
    assert sum("Two pairs have met." in each for each in said) == 1
    refused = write(town, audience="channel", text="Three pairs have met.")
    assert "one a week at most" in refused.errors["day"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"text": " "}, "text"),
        ({"text": "Late.", "day": "2025-12-01"}, "day"),
        ({"text": "Far.", "day": "2031-01-01"}, "day"),
    ],
)
def test_what_cannot_be_sent_is_refused_at_its_field(town: Town, fields: dict[str, str], field: str) -> None:
    agreed_town(town)
    assert set(write(town, audience="everybody", **fields).errors) == {field}
    assert states(town) == []


def test_an_update_is_sent_once_however_often_the_clock_looks(town: Town) -> None:
    agreed_town(town)
    write(town, audience="everybody", text="Once.")
    send(town)
    for _ in range(3):
        town.beat()
    town.later(days=1)
    assert heard(town, MARCUS, "Once.") == 1


def tell(town: Town, slack_id: str, **fields: str | list[str]) -> None:
    person = town.person(slack_id)
    assert person.command("/mentoring", "story").view is not None
    for name, value in fields.items():
        person.fill(name, value)
    person.submit()
    person.close(all=True)


def use_story(town: Town) -> str:
    """Robin takes up the story on the board, and asks its teller."""
    robin = town.person(ROBIN)
    robin.command("/mentoring", "broadcast")
    robin.press("Use it")
    robin.submit()
    return send(town)


def test_a_story_goes_out_only_after_its_teller_said_yes_to_the_very_words(town: Town) -> None:
    agreed_town(town)
    tell(town, PRIYA, story="I asked for the case, and got it.", named="no", places=["program"])
    assert "asked whoever told the story" in use_story(town)
    town.later(days=1)
    asked = town.newest(PRIYA)
    assert "I asked for the case, and got it." in asked.reading
    assert heard(town, MARCUS, "I asked for the case") == 0
    town.press(PRIYA, "story.yes")
    town.later(days=3)
    told = [each.reading for each in town.person(MARCUS).inbox() if "I asked for the case" in each.reading]
    assert len(told) == 1
    assert "A mentee" in told[0]
    assert "Priya" not in told[0], "she would rather not be named"


def test_a_no_keeps_a_story_private_for_good(town: Town) -> None:
    agreed_town(town)
    tell(town, PRIYA, story="I asked for the case.", places=["program"])
    use_story(town)
    town.press(PRIYA, "story.no")
    town.later(days=5)
    assert heard(town, MARCUS, "I asked for the case") == 0
    board = town.person(ROBIN).command("/mentoring", "broadcast").view
    assert board is not None
    assert "I asked for the case" not in board.reading


def test_a_story_taken_back_is_not_told_though_it_was_on_its_way(town: Town) -> None:
    agreed_town(town)
    tell(town, PRIYA, story="I asked for the case.", places=["program"])
    use_story(town)
    town.press(PRIYA, "story.yes")
    listed = town.person(PRIYA).command("/mentoring", "story").shown[-1]
    town.person(PRIYA).click(listed, "story.take_back")
    town.later(days=5)
    assert heard(town, MARCUS, "I asked for the case") == 0


def test_the_public_summary_holds_only_stories_for_the_public_and_no_small_number(town: Town) -> None:
    agreed_town(town)
    tell(town, PRIYA, story="I asked for the case.", places=["program"])
    use_story(town)
    town.press(PRIYA, "story.yes")
    robin = town.person(ROBIN)
    robin.command("/mentoring", "broadcast")
    shown = robin.press("broadcast.summary").view
    assert shown is not None
    assert "I asked for the case" not in shown.reading
    assert "A first few pairs" in shown.reading
    assert "Priya" not in shown.reading


def test_coordinators_hear_of_each_moment_once_and_can_stop_that(town: Town) -> None:
    matched_town(town)
    town.later(days=60)
    assert heard(town, ROBIN, "A good day for a word to everybody") == 2, "the start, and the first month"
    robin = town.person(ROBIN)
    robin.command("/mentoring", "broadcast")
    robin.press("broadcast.reminders")
    robin.close(all=True)
    town.later(days=60)
    assert heard(town, ROBIN, "A good day for a word to everybody") == 2
    with town.database.read() as session:
        keys = list(session.scalars(select(LetterRow.key).where(LetterRow.kind == "update_due")))
    assert len(keys) == len(set(keys)) == 2


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        ({"starts_on": "2026-02-02"}, "today it starts"),
        ({"starts_on": "2026-02-01"}, "it has started"),
    ],
)
def test_a_start_on_a_weekend_is_told_of_on_monday_as_what_has_been(
    town: Town, dates: dict[str, str], said: str
) -> None:
    matched_town(town, **dates)
    town.until(datetime(2026, 2, 2, 22, tzinfo=UTC))
    assert heard(town, ROBIN, f"Mentoring at Harbor Law: {said}.") == 1
