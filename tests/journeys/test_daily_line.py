"""The daily line: for whom wants it, in their own morning, and silent about days without a message."""

from datetime import UTC, datetime

from tests.journeys.test_main_job import agreed_town
from tests.support.town import LEILA, MARCUS, PRIYA, ROBIN, Town


def lines(town: Town) -> list[str]:
    return [
        each.reading for each in town.person(ROBIN).inbox() if "You asked for a line a day" in each.reading
    ]


def want(town: Town) -> None:
    robin = town.person(ROBIN)
    robin.click(robin.command("/mentoring", "daily").shown[0], "daily.on")


def test_a_coordinator_who_wants_it_hears_what_was_due_sent_moved_and_failed(town: Town) -> None:
    agreed_town(town)
    want(town)
    town.until(datetime(2026, 1, 13, 20, tzinfo=UTC))
    assert len(lines(town)) == 1, "nothing was said on the days before"
    # The reminder of Monday is told on Tuesday.
    assert "since Monday, January 12: 1 due, 1 sent, 0 moved, 0 failed." in lines(town)[-1]
    at = [datetime.fromtimestamp(float(each.ts), tz=UTC) for each in town.person(ROBIN).inbox()]
    assert at[-1] == datetime(2026, 1, 13, 14, tzinfo=UTC), "nine in New York"


def test_days_without_a_message_have_no_line_and_one_tap_ends_them(town: Town) -> None:
    agreed_town(town)
    want(town)
    town.until(datetime(2026, 1, 13, 20, tzinfo=UTC))
    town.press(ROBIN, "daily.off")
    assert "No more daily lines" in town.newest(ROBIN).reading
    town.until(datetime(2026, 2, 20, tzinfo=UTC))
    assert lines(town) == []


def test_what_was_not_said_is_counted_by_reason(town: Town) -> None:
    agreed_town(town)
    town.until(datetime(2026, 1, 14, 22, tzinfo=UTC))
    town.press(PRIYA, "meeting.met", in_room=(PRIYA, MARCUS))
    town.person(PRIYA).command("/mentoring", "pause until 2026-02-28")
    town.until(datetime(2026, 2, 20, tzinfo=UTC))
    said = town.person(ROBIN).command("/mentoring", "daily").shown[0].reading
    assert "Not sent: " in said
    assert "paused" in said


def test_what_was_said_later_is_counted_by_what_held_it(town: Town) -> None:
    """Nobody tells whether they met on January 13, so the next question waits for that one to lapse."""
    agreed_town(town, cadence="weekly")
    town.until(datetime(2026, 3, 1, tzinfo=UTC))
    said = town.person(ROBIN).command("/mentoring", "daily").shown[0].reading
    assert " moved to a better time (" in said
    assert "outside working hours" in said


def test_without_a_program_it_says_the_same_as_every_command_about_one(town: Town) -> None:
    town.claim()
    robin = town.person(ROBIN)
    daily, invite = (robin.command("/mentoring", each).shown[0].reading for each in ("daily", "invite"))
    assert daily == invite
    assert "There is no program yet." in daily


def test_it_is_for_coordinators_alone(town: Town) -> None:
    agreed_town(town)
    assert "Only a coordinator" in town.person(LEILA).command("/mentoring", "daily").shown[0].reading
    shown = town.person(ROBIN).command("/mentoring", "daily").shown[0]
    assert "You get no daily line" in shown.reading
