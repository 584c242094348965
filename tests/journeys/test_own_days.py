"""Own hours, days and public holidays: set once, kept by everything that is said."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from storage.tables import PersonRow
from tests.journeys.test_main_job import agreed_town, matched_town
from tests.support.town import MARCUS, PRIYA, Town, send


def set_days(town: Town, slack_id: str, **values: str | list[str]) -> dict[str, str]:
    """Fill in the form of one's working hours; gives its errors, if any."""
    person = town.person(slack_id)
    person.command("/mentoring", "hours")
    for name, value in values.items():
        person.fill(name, value)
    errors = dict(person.submit().errors)
    if person.view is not None:
        person.close(all=True)
    return errors


def country(town: Town, slack_id: str) -> str | None:
    with town.database.read() as session:
        return session.scalars(select(PersonRow).where(PersonRow.slack_id == slack_id)).one().country


def reminded_at(town: Town) -> datetime:
    message = next(each for each in town.room(PRIYA, MARCUS) if "Skip it" in each.buttons)
    return datetime.fromtimestamp(float(message.ts), tz=UTC)


def test_reminders_keep_to_the_hours_and_days_somebody_set(town: Town) -> None:
    agreed_town(town)
    assert set_days(town, PRIYA, start="11:00", end="12:00", days=["0", "1"]) == {}
    town.until(datetime(2026, 1, 13, 12, tzinfo=UTC))
    assert reminded_at(town) == datetime(2026, 1, 12, 16, tzinfo=UTC), "Monday at eleven in New York"


def test_a_public_holiday_is_left_alone_and_the_reminder_comes_the_working_day_before(town: Town) -> None:
    matched_town(town)
    town.until(datetime(2026, 1, 13, 15, tzinfo=UTC))
    person = town.person(PRIYA)
    person.command("/mentoring", "agreement")
    person.fill("weekday", "1")
    person.fill("at", "10:00")
    send(person)
    town.later(days=1)
    town.press(MARCUS, "agreement.accept")
    town.until(datetime(2026, 1, 19, 23, tzinfo=UTC))
    told = [
        datetime.fromtimestamp(float(each.ts), tz=UTC).date()
        for each in town.room(PRIYA, MARCUS)
        if "Skip it" in each.buttons
    ]
    # January 19, 2026 is Martin Luther King Day: the zone says that Priya keeps it.
    assert datetime(2026, 1, 16, tzinfo=UTC).date() in told
    assert datetime(2026, 1, 19, tzinfo=UTC).date() not in told


def test_the_country_is_asked_once_and_a_tap_answers(town: Town) -> None:
    matched_town(town)
    priya = town.person(PRIYA)
    priya.open_home()
    assert priya.home is not None
    assert "Public holidays: United States, until you say otherwise" in priya.home.reading
    priya.click_home("hours.country_right")
    assert country(town, PRIYA) == "US"
    assert priya.home is not None
    assert "Public holidays" not in priya.home.reading


def test_another_country_is_found_by_typing_or_none_is_kept(town: Town) -> None:
    matched_town(town)
    marcus = town.person(MARCUS)
    marcus.command("/mentoring", "hours")
    assert "Germany" in marcus.suggest("hours.country", "germ")
    assert "No public holidays" in marcus.suggest("hours.country", "zzz")
    marcus.fill("country", "Germany")
    marcus.submit()
    assert country(town, MARCUS) == "DE"
    assert set_days(town, MARCUS, country="No public holidays") == {}
    assert country(town, MARCUS) == ""
    marcus.open_home()
    assert marcus.home is not None
    assert "Public holidays" not in marcus.home.reading


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"start": "17:00", "end": "09:00"}, "end", "Your day ends before it begins."),
        ({"start": "09:00", "end": "09:00"}, "end", "Your day ends before it begins."),
    ],
)
def test_hours_that_make_no_day_are_refused_in_their_field(
    town: Town, values: dict[str, str], field: str, sentence: str
) -> None:
    matched_town(town)
    errors = set_days(town, PRIYA, **values)
    assert list(errors) == [field]
    assert errors[field].startswith(sentence)


def test_nothing_is_said_to_somebody_who_snoozes_until_they_are_back(town: Town) -> None:
    agreed_town(town)
    town.until(datetime(2026, 1, 12, 13, tzinfo=UTC))
    assert not any("Skip it" in each.buttons for each in town.room(PRIYA, MARCUS))
    back = datetime(2026, 1, 12, 16, 30, tzinfo=UTC)
    town.person(PRIYA).snooze(int(back.timestamp()))
    town.until(datetime(2026, 1, 13, 12, tzinfo=UTC))
    assert reminded_at(town) == back


def test_a_snooze_called_off_holds_nothing(town: Town) -> None:
    agreed_town(town)
    town.until(datetime(2026, 1, 12, 13, tzinfo=UTC))
    priya = town.person(PRIYA)
    priya.snooze(int(datetime(2026, 1, 12, 20, tzinfo=UTC).timestamp()))
    priya.snooze(0)
    town.until(datetime(2026, 1, 13, 12, tzinfo=UTC))
    assert reminded_at(town) == datetime(2026, 1, 12, 14, tzinfo=UTC), "nine in New York"
