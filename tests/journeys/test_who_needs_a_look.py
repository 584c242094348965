"""Who needs a look: what brings a pair onto the coordinators' list, what takes it off, and a pair's card."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from mentoring.nudges.notices import Kind
from mentoring.people import StaffRole
from playground import Message
from storage.people import add_staff, person_by_slack_id
from storage.tables import AskRow
from tests.journeys.test_main_job import agreed_town
from tests.support.desk import home, looks, on_the_list, pressed, typed
from tests.support.town import LEILA, MARCUS, PRIYA, ROBIN, Town


def test_a_pair_on_the_list_is_one_tap_from_each_remedy(town: Town) -> None:
    agreed_town(town)
    on_the_list(town)
    view = home(town)
    assert "1 pair needs a look" in view.reading
    assert "Marcus O'Neill and Priya Raman: three times in a row without a meeting." in view.reading
    for remedy in ("Message both", "Offer a pause", "Rematch", "Extend", "Snooze a week"):
        assert remedy in view.buttons


def test_snoozed_is_off_the_list_for_a_week_and_back_with_anything_new(town: Town) -> None:
    agreed_town(town)
    on_the_list(town)
    pressed(town, "desk.snooze")
    assert looks(town) == 0
    assert "No pair needs a look" in home(town).reading
    on_the_list(town, Kind.MISMATCH)
    assert looks(town) == 1
    pressed(town, "desk.snooze")
    town.clock.move_to(town.clock.now() + timedelta(days=7))
    assert looks(town) == 1


def test_who_asks_for_a_coordinator_is_first_on_the_list_and_a_message_at_once(town: Town) -> None:
    agreed_town(town)
    on_the_list(town)
    town.until(datetime(2026, 3, 6, 15, tzinfo=UTC))
    with town.database.read() as session:
        quiet = session.scalars(select(AskRow).where(AskRow.kind == Kind.QUIET_CHECK)).all()
    assert quiet
    town.press(PRIYA, "pair.help")
    town.beat()
    assert "Priya" in town.newest(ROBIN).reading
    assert "would like a word with you" in town.newest(ROBIN).reading
    first = home(town).reading.split("needs a look")[1]
    assert "Priya asked to talk to you" in first.split("three times")[0]
    town.press(ROBIN, "survey.called")
    assert "asked to talk" not in home(town).reading


def test_a_pairs_card_explains_its_health_and_no_participant_ever_sees_one(town: Town) -> None:
    agreed_town(town)
    town.later(days=40)
    card = typed(town, "pair Priya")
    assert "Marcus O'Neill and Priya Raman" in card
    assert "Health" in card
    assert "Meetings:" in card
    for who in (PRIYA, MARCUS):
        assert "Health" not in typed(town, "pair", who)
        assert "Health" not in home(town, who).reading
        shown = town.person(who).command("/mentoring", "pair <@U0PRIYA>").shown
        assert "Health" not in shown[0].reading


def test_the_list_says_what_is_low_where_nothing_but_a_low_health_speaks(town: Town) -> None:
    agreed_town(town)
    while "needs a look*" not in home(town).reading and "1 pair needs a look" not in home(town).reading:
        assert town.clock.now() < datetime(2026, 3, 1, tzinfo=UTC), "nobody answers, so it comes"
        town.later(days=1)
    said = home(town).reading
    assert "Marcus O'Neill and Priya Raman: no meeting held, 0 of 1 question answered." in said


def test_who_goes_on_casually_is_off_the_list_and_offered_neither_a_break_nor_time(
    town: Town,
) -> None:
    agreed_town(town, ends_on="2026-03-27")
    town.until(datetime(2026, 3, 26, tzinfo=UTC))
    on_the_list(town, Kind.LOW_RATING)
    for who in (PRIYA, MARCUS):
        town.press(who, "phase.go_on")
    assert "low rating" in home(town).reading
    town.until(datetime(2026, 4, 1, tzinfo=UTC))
    assert "No pair needs a look" in home(town).reading
    card = typed(town, "pair Priya")
    assert "Message both" in card
    assert "pause" not in card.lower()
    assert "Extend" not in card


def test_monday_tells_coordinators_who_needs_a_look_and_is_silent_when_nobody_does(town: Town) -> None:
    agreed_town(town)

    def mondays(who: str = ROBIN) -> list[Message]:
        inbox = town.person(who).inbox()
        return [each for each in inbox if "You get this once a week at most" in each.reading]

    town.until(datetime(2026, 1, 19, 20, tzinfo=UTC))
    assert mondays() == []
    town.until(datetime(2026, 1, 21, 15, tzinfo=UTC))
    on_the_list(town, Kind.LOW_RATING)
    robin = town.person(ROBIN)
    robin.click(robin.command("/mentoring", "daily").shown[0], "daily.on")
    town.until(datetime(2026, 1, 23, 20, tzinfo=UTC))
    assert mondays() == [], "what arose on a Wednesday waits, whatever else there is to look at"
    town.until(datetime(2026, 1, 27, 20, tzinfo=UTC))
    (said,) = mondays()
    assert "1 needs a look" in said.reading
    assert "Marcus O'Neill and Priya Raman: a low rating in a check-in" in said.reading
    assert said.buttons == ["Open the first"]
    typed(town, "coordinators add <@U0LEILA>")
    town.until(datetime(2026, 1, 30, 20, tzinfo=UTC))
    assert mondays(LEILA) == [], "she runs the program since Tuesday, and Monday's look is no news"
    town.until(datetime(2026, 2, 3, 20, tzinfo=UTC))
    assert len(mondays(LEILA)) == 1


def test_a_coordinator_sees_nothing_of_a_pair_they_are_in_themselves(town: Town) -> None:
    agreed_town(town)
    with town.database.write() as session:
        found = person_by_slack_id(session, town.workspace.id, MARCUS)
        assert found is not None
        add_staff(
            session, town.workspace.id, found.id, StaffRole.COORDINATOR, town.program().id, town.clock.now()
        )
    on_the_list(town, Kind.LOW_RATING)
    assert "a low rating in a check-in" in home(town, ROBIN).reading
    assert "low rating" not in home(town, MARCUS).reading, "he knows that it was not his own"
    assert "No pair needs a look" in home(town, MARCUS).reading
    town.until(datetime(2026, 1, 27, 20, tzinfo=UTC))
    assert [
        any("needs a look" in each.reading for each in town.person(who).inbox()) for who in (ROBIN, MARCUS)
    ] == [
        True,
        False,
    ]
