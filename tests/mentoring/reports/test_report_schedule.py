"""When a planned report comes: counted from the plan, on the program's own clock."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mentoring.hours import zone_of
from mentoring.reports.schedule import AT, Every, next_at

ZONES = st.sampled_from(("America/New_York", "Europe/London", "Asia/Tokyo", "Australia/Lord_Howe"))
INSTANTS = st.datetimes(datetime(2024, 1, 1), datetime(2032, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(st.sampled_from(Every), INSTANTS, ZONES)
def test_the_next_one_is_a_monday_at_nine_and_the_first_after(
    every: Every, after: datetime, zone: str
) -> None:
    found = next_at(every, after, zone)
    local = found.astimezone(zone_of(zone))
    assert found > after
    assert (local.weekday(), local.time()) == (0, AT)
    assert found - after <= timedelta(days=7 if every is Every.WEEK else 35, hours=1)
    if every is Every.MONTH:
        assert local.day <= 7


@given(st.sampled_from(Every), INSTANTS, ZONES)
def test_nothing_is_left_out_between_two(every: Every, after: datetime, zone: str) -> None:
    first = next_at(every, after, zone)
    assert next_at(every, first - timedelta(seconds=1), zone) == first
    second = next_at(every, first, zone)
    days = (second.astimezone(zone_of(zone)).date() - first.astimezone(zone_of(zone)).date()).days
    assert days in ({7} if every is Every.WEEK else {28, 35})
