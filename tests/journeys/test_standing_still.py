"""The clock stood still (the laptop slept, the service was down): it catches up once, and floods nobody."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from storage.tables import LetterRow
from tests.journeys.test_main_job import agreed_town, matched_town
from tests.support.town import MARCUS, PRIYA, Town


def sleep(town: Town, until: datetime) -> None:
    """Nothing runs until then; then the bot wakes up and beats once."""
    town.clock.move_to(until)
    town.beat()


def heard(town: Town, slack_id: str, since: datetime) -> Counter[str]:
    """How many messages somebody got on each day of their own, in private and in their rooms."""
    person = town.person(slack_id)
    rooms = [person.inbox(), *(person.messages(room.id) for room in person.group_dms())]
    at = [datetime.fromtimestamp(float(each.ts), tz=UTC) for room in rooms for each in room]
    zone = ZoneInfo(person.tz)
    return Counter(each.astimezone(zone).date().isoformat() for each in at if each >= since)


def test_three_weeks_of_sleep_are_caught_up_with_one_question(town: Town) -> None:
    agreed_town(town)
    woke = datetime(2026, 2, 2, 15, tzinfo=UTC)
    sleep(town, woke)
    said = [each for each in town.room(PRIYA, MARCUS) if float(each.ts) >= woke.timestamp()]
    assert len(said) <= 1
    town.until(woke + timedelta(days=7))
    for slack_id in (PRIYA, MARCUS):
        days = heard(town, slack_id, woke)
        assert max(days.values(), default=0) <= 1, days
        assert sum(days.values()) <= 3, days
    with town.database.read() as session:
        asked = session.scalars(
            select(LetterRow).where(LetterRow.kind.in_(["did_you_meet", "second_ask"]))
        ).all()
        reminders = session.scalars(select(LetterRow).where(LetterRow.kind == "meeting_due")).all()
    # Of the meetings of January 13 and 27, only the later one is asked about; no reminder is for the past.
    assert asked
    assert reminders
    assert all("2026-01-27" in each.key for each in asked), [each.key for each in asked]
    assert all(each.expires_at and each.expires_at > woke for each in reminders)


@pytest.mark.parametrize("weeks", [1, 5, 12])
def test_however_long_it_slept_nobody_hears_more_than_the_budget(town: Town, weeks: int) -> None:
    matched_town(town)
    woke = town.clock.now() + timedelta(weeks=weeks)
    sleep(town, woke)
    assert sum(heard(town, PRIYA, woke).values()) <= 1
    town.until(woke + timedelta(days=7))
    for slack_id in (PRIYA, MARCUS):
        days = heard(town, slack_id, woke)
        assert max(days.values(), default=0) <= 1, days
        assert sum(days.values()) <= 3, days


def test_what_waited_in_the_outbox_and_has_had_its_day_is_not_said(town: Town) -> None:
    agreed_town(town)
    town.clock.move_to(datetime(2026, 1, 12, 14, tzinfo=UTC))
    town.bot.look()
    sleep(town, datetime(2026, 1, 15, 15, tzinfo=UTC))
    with town.database.read() as session:
        reminder = session.scalars(select(LetterRow).where(LetterRow.kind == "meeting_due")).one()
    assert (reminder.state, reminder.reason) == ("expired", "expired")
