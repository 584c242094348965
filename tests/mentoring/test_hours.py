"""Working hours, holidays, absences and shared moments, in every time zone there is."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.errors import Refusal
from mentoring.hours import (
    Calendar,
    DateSpan,
    WorkingHours,
    add_working_days,
    day_windows,
    next_instant,
    next_shared_instant,
    shared_hours,
    to_instant,
    working_day_before,
    zone_of,
)

ZONES = sorted(available_timezones() - {"localtime"})
NEW_YORK = Calendar("America/New_York")
LONDON = Calendar("Europe/London")
AUCKLAND = Calendar("Pacific/Auckland")

zones = st.sampled_from(ZONES)
days = st.dates(date(2025, 1, 1), date(2035, 12, 31))
instants = st.datetimes(datetime(2025, 1, 1), datetime(2035, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001  # bounds are naive by hypothesis' rule, the values are UTC
# Clocks change at night; an ordinary working day, however early or late, lies outside of it.
hours = st.builds(
    WorkingHours,
    start=st.times(time(5), time(12)),
    end=st.times(time(12, 30), time(22)),
    days=st.frozensets(st.integers(0, 6), min_size=1),
)
absences = st.lists(
    st.builds(lambda first, more: DateSpan(first, first + timedelta(more)), days, st.integers(0, 30)),
    max_size=3,
).map(tuple)
calendars = st.builds(
    Calendar, zone=zones, hours=hours, country=st.sampled_from([None, "US", "GB", "IN", "IL"]), away=absences
)


relaxed = settings(deadline=None)
"""The first look at a country computes its holidays, which takes its time."""


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def is_at_work(calendar: Calendar, instant: datetime) -> bool:
    """Said the other way round than the code does: by looking at the clock on the wall."""
    local = instant.astimezone(ZoneInfo(calendar.zone))
    in_hours = calendar.hours.start <= local.time() < calendar.hours.end
    return in_hours and calendar.is_workday(local.date()) and not calendar.is_away(local.date())


@relaxed
@given(calendar=calendars, not_before=instants)
def test_the_next_instant_is_always_in_working_hours_and_never_early(
    calendar: Calendar, not_before: datetime
) -> None:
    at = next_instant(calendar, not_before)
    assert at >= not_before
    assert is_at_work(calendar, at)
    assert next_instant(calendar, at) == at


@relaxed
@given(calendar=calendars, not_before=instants, share=st.floats(0, 0.999))
def test_no_working_moment_is_passed_over(calendar: Calendar, not_before: datetime, share: float) -> None:
    at = next_instant(calendar, not_before)
    between = not_before + (at - not_before) * share
    assert between == at or not is_at_work(calendar, between)


@relaxed
@given(everybody=st.lists(calendars, min_size=2, max_size=3), not_before=instants)
def test_a_shared_instant_suits_everybody(everybody: list[Calendar], not_before: datetime) -> None:
    at = next_shared_instant(everybody, not_before)
    if at is not None:
        assert at >= not_before
        assert all(is_at_work(each, at) for each in everybody)


@given(zone=zones, first=days)
def test_windows_follow_each_other_and_last_a_working_day(zone: str, first: date) -> None:
    calendar = Calendar(zone)
    found = [each for day in range(14) for each in day_windows(calendar, first + timedelta(days=day))]
    assert len(found) == 10
    assert all(each.start < each.end for each in found)
    assert all(earlier.end <= later.start for earlier, later in pairwise(found))


@given(zone=zones, day=days, at=st.times())
def test_a_local_time_is_kept_unless_the_clock_jumps_over_it(zone: str, day: date, at: time) -> None:
    instant = to_instant(day, at, zone)
    shown = instant.astimezone(ZoneInfo(zone))
    if (shown.date(), shown.time().replace(fold=0)) == (day, at):
        assert not shown.fold  # of two, the first
        return
    # The wall clock never shows this time: what is shown instead lies behind the jump.
    assert datetime.combine(day, at) < shown.replace(tzinfo=None)


@relaxed
@given(calendar=calendars, instant=instants, count=st.integers(1, 10))
def test_working_days_are_counted_one_by_one(calendar: Calendar, instant: datetime, count: int) -> None:
    step_by_step = instant
    for _ in range(count):
        step_by_step = add_working_days(step_by_step, 1, calendar)
    later = add_working_days(instant, count, calendar)
    assert calendar.local_day(later) == calendar.local_day(step_by_step)
    assert calendar.is_workday(calendar.local_day(later))
    assert later > instant


@relaxed
@given(one=calendars, other=calendars, instant=instants)
def test_the_working_day_before_is_a_working_day_and_before(
    one: Calendar, other: Calendar, instant: datetime
) -> None:
    before = working_day_before(instant, [one, other])
    assert before < instant
    assert any(
        each.is_workday(each.local_day(before)) and each.local_day(before) < each.local_day(instant)
        for each in (one, other)
    )


def test_new_york_and_london_share_the_london_afternoon() -> None:
    saturday = utc("2026-02-28 12:00")
    assert next_shared_instant([NEW_YORK, LONDON], saturday) == utc("2026-03-02 14:00")


def test_between_the_two_clock_changes_they_share_an_hour_more() -> None:
    assert shared_hours(NEW_YORK, LONDON, date(2026, 3, 2)) == 3.5
    assert shared_hours(NEW_YORK, LONDON, date(2026, 3, 10)) == 4.5
    assert shared_hours(LONDON, NEW_YORK, date(2026, 3, 30)) == 3.5


def test_london_and_auckland_share_no_hour() -> None:
    friday = utc("2026-06-05 12:00")
    assert next_shared_instant([LONDON, AUCKLAND], friday) is None
    assert next_instant(AUCKLAND, friday) == utc("2026-06-07 21:00")


def test_a_public_holiday_is_no_working_day() -> None:
    american = Calendar("America/New_York", country="US")
    assert next_instant(american, utc("2026-12-25 15:00")) == utc("2026-12-28 14:00")
    assert next_instant(NEW_YORK, utc("2026-12-25 15:00")) == utc("2026-12-25 15:00")


def test_a_regional_holiday_counts_only_in_its_region() -> None:
    patriots_day = utc("2026-04-20 15:00")
    boston = Calendar("America/New_York", country="US", subdivision="MA")
    assert next_instant(boston, patriots_day) == utc("2026-04-21 13:00")
    assert next_instant(Calendar("America/New_York", country="US"), patriots_day) == patriots_day


def test_an_unknown_country_has_no_holidays_and_does_not_stop_the_rhythm() -> None:
    assert next_instant(Calendar("UTC", country="Atlantis"), utc("2026-12-25 15:00")) == utc(
        "2026-12-25 15:00"
    )


def test_do_not_disturb_is_left_alone() -> None:
    focus = ((utc("2026-03-03 14:00"), utc("2026-03-03 18:00")),)
    assert next_instant(Calendar("America/New_York", do_not_disturb=focus), utc("2026-03-03 15:00")) == utc(
        "2026-03-03 18:00"
    )


def test_a_long_absence_is_waited_for() -> None:
    sabbatical = (DateSpan(date(2026, 1, 1), date(2027, 12, 31)),)
    away = Calendar("America/New_York", away=sabbatical)
    assert next_shared_instant([away, LONDON], utc("2026-03-03 15:00")) == utc("2028-01-03 14:00")


def test_a_search_can_be_limited() -> None:
    saturday = utc("2026-02-28 12:00")
    assert next_shared_instant([NEW_YORK, LONDON], saturday, within=timedelta(days=1)) is None


def test_a_reminder_for_monday_goes_out_on_friday() -> None:
    monday = utc("2026-03-09 19:00")
    assert working_day_before(monday, [NEW_YORK, LONDON]) == utc("2026-03-06 09:00")


def test_three_working_days_after_a_thursday_is_a_tuesday_at_the_same_local_time() -> None:
    # The clocks change in between (March 8), the time on the wall does not.
    assert add_working_days(utc("2026-03-05 15:00"), 3, NEW_YORK) == utc("2026-03-10 14:00")


def test_hours_that_make_no_sense_are_refused_in_the_field() -> None:
    with pytest.raises(Refusal) as backwards:
        WorkingHours(time(18), time(9))
    with pytest.raises(Refusal) as never:
        WorkingHours(days=frozenset())
    with pytest.raises(Refusal) as nowhere:
        zone_of("Mars/Olympus")
    with pytest.raises(Refusal) as reversed_span:
        DateSpan(date(2026, 3, 2), date(2026, 3, 1))
    fields = [each.value.field for each in (backwards, never, nowhere, reversed_span)]
    assert fields == ["end", "days", "zone", "last"]
