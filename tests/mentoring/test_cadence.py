"""Cadences, periods and planned meetings: nothing drifts, nothing is skipped, local time is kept."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.cadence import (
    EVERY_TWO_WEEKS,
    LAST,
    QUARTERLY,
    WEEKLY,
    Cadence,
    Rhythm,
    all_cadences,
    in_words,
    meet_by,
    monthly,
    next_around,
    nth_weekday,
    period,
    period_key,
    period_of,
    period_on,
    periods,
    planned_meetings,
    recurrence_rule,
)
from mentoring.errors import Refusal

NEW_YORK = "America/New_York"

zones = st.sampled_from(sorted(available_timezones() - {"localtime"}))
days = st.dates(date(2025, 1, 1), date(2034, 12, 31))
rhythms = st.builds(
    Rhythm,
    cadence=st.sampled_from(all_cadences()),
    anchor=days,
    zone=zones,
    weekday=st.none() | st.integers(0, 6),
    at=st.none() | st.times(),
)
slots = st.builds(
    Rhythm,
    cadence=st.sampled_from(all_cadences()),
    anchor=days,
    zone=zones,
    weekday=st.integers(0, 6),
    at=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def begin_of(rhythm: Rhythm) -> datetime:
    """An instant at which the plan has not begun in any zone."""
    return datetime.combine(rhythm.anchor, time(0), tzinfo=UTC) - timedelta(days=2)


@given(rhythm=rhythms)
def test_periods_follow_each_other_without_gap_or_overlap(rhythm: Rhythm) -> None:
    first, *later = islice(periods(rhythm, begin_of(rhythm)), 12)
    assert first.first == rhythm.anchor
    assert all(each.first <= each.last for each in (first, *later))
    assert all(after.first == before.last + timedelta(days=1) for before, after in pairwise([first, *later]))
    assert all(after.index == before.index + 1 for before, after in pairwise([first, *later]))


@given(rhythm=rhythms, later=st.integers(0, 1500))
def test_every_day_belongs_to_exactly_one_period(rhythm: Rhythm, later: int) -> None:
    day = rhythm.anchor + timedelta(days=later)
    found = period_on(rhythm, day)
    assert found is not None
    assert found.first <= day <= found.last
    assert found == period(rhythm, found.index)


@given(rhythm=slots)
def test_each_period_has_exactly_one_meeting_and_they_strictly_increase(rhythm: Rhythm) -> None:
    begin = begin_of(rhythm)
    planned = list(planned_meetings(rhythm, begin, begin + timedelta(days=800)))
    assert [each.period.index for each in planned] == list(range(len(planned)))
    assert len(planned) >= 800 // 95
    assert all(before.starts_at < after.starts_at for before, after in pairwise(planned))
    for each in planned:
        shown = each.starts_at.astimezone(ZoneInfo(rhythm.zone))
        assert each.period.first <= shown.date() <= each.period.last + timedelta(days=1)


@given(rhythm=slots)
def test_a_pair_that_meets_at_three_meets_at_three_all_year(rhythm: Rhythm) -> None:
    at_three = Rhythm(rhythm.cadence, rhythm.anchor, rhythm.zone, rhythm.weekday, time(15))
    begin = begin_of(rhythm)
    for each in planned_meetings(at_three, begin, begin + timedelta(days=400)):
        shown = each.starts_at.astimezone(ZoneInfo(rhythm.zone))
        assert shown.time() == time(15)
        assert shown.weekday() == rhythm.weekday


@given(rhythm=slots, after=st.integers(0, 400), length=st.integers(0, 400))
def test_planning_in_pieces_gives_the_same_plan(rhythm: Rhythm, after: int, length: int) -> None:
    begin = begin_of(rhythm)
    cut, end = begin + timedelta(days=after), begin + timedelta(days=after + length)
    whole = list(planned_meetings(rhythm, begin, end))
    assert [*planned_meetings(rhythm, begin, cut), *planned_meetings(rhythm, cut, end)] == whole


@given(year=st.integers(2025, 2035), month=st.integers(1, 12), weekday=st.integers(0, 6))
def test_the_last_weekday_of_a_month_has_none_after_it(year: int, month: int, weekday: int) -> None:
    found = nth_weekday(year, month, weekday, LAST)
    assert (found.month, found.weekday()) == (month, weekday)
    assert (found + timedelta(days=7)).month != month
    assert found - nth_weekday(year, month, weekday, 1) in {timedelta(days=21), timedelta(days=28)}


@given(cadence=st.sampled_from(all_cadences()))
def test_a_cadence_survives_storage(cadence: Cadence) -> None:
    assert Cadence.parse(cadence.code) == cadence


def test_the_codes_of_storage_never_change() -> None:
    assert [each.code for each in all_cadences()] == [
        "weekly",
        "weeks:2",
        "weeks:3",
        "weeks:4",
        "weeks:6",
        "monthly:1",
        "monthly:2",
        "monthly:3",
        "monthly:4",
        "monthly:last",
        "quarterly",
    ]


def test_an_unknown_code_is_refused_in_the_field() -> None:
    with pytest.raises(Refusal) as refused:
        Cadence.parse("weeks:5")
    assert refused.value.field == "cadence"


def test_cadences_read_as_people_say_them() -> None:
    assert in_words(WEEKLY) == "every week"
    assert in_words(EVERY_TWO_WEEKS, 1) == "every two weeks on Tuesday"
    assert in_words(monthly(LAST), 4) == "once a month on the last Friday"
    assert in_words(monthly(2)) == "once a month"
    assert in_words(QUARTERLY, 0) == "once a quarter on the first Monday"


def test_three_in_the_afternoon_stays_three_across_both_clock_changes() -> None:
    rhythm = Rhythm(EVERY_TWO_WEEKS, date(2026, 3, 3), NEW_YORK, weekday=3, at=time(15))
    planned = planned_meetings(rhythm, utc("2026-03-01 00:00"), utc("2026-04-03 00:00"))
    assert [each.starts_at for each in planned] == [
        utc("2026-03-05 20:00"),
        utc("2026-03-19 19:00"),
        utc("2026-04-02 19:00"),
    ]


def test_a_time_the_clock_jumps_over_moves_forward_once() -> None:
    rhythm = Rhythm(WEEKLY, date(2026, 3, 2), NEW_YORK, weekday=6, at=time(2, 30))
    planned = planned_meetings(rhythm, utc("2026-03-08 00:00"), utc("2026-03-16 00:00"))
    assert [each.starts_at.astimezone(ZoneInfo(NEW_YORK)).time() for each in planned] == [
        time(3, 30),
        time(2, 30),
    ]


def test_a_time_the_clock_shows_twice_is_the_first() -> None:
    rhythm = Rhythm(WEEKLY, date(2026, 10, 26), NEW_YORK, weekday=6, at=time(1, 30))
    (first,) = planned_meetings(rhythm, utc("2026-10-31 00:00"), utc("2026-11-02 00:00"))
    assert first.starts_at == utc("2026-11-01 05:30")


def test_a_month_that_is_almost_over_joins_the_next() -> None:
    late = Rhythm(monthly(2), date(2026, 1, 25), NEW_YORK)
    early = Rhythm(monthly(2), date(2026, 1, 5), NEW_YORK)
    assert (period(late, 0).first, period(late, 0).last) == (date(2026, 1, 25), date(2026, 2, 28))
    assert (period(early, 0).last, period(early, 1).last) == (date(2026, 1, 31), date(2026, 2, 28))


def test_a_slot_that_has_passed_this_month_waits_for_the_next() -> None:
    rhythm = Rhythm(monthly(1), date(2026, 1, 31), NEW_YORK, weekday=4, at=time(9))
    first, second = islice(planned_meetings(rhythm, utc("2026-01-01 00:00"), utc("2026-04-01 00:00")), 2)
    assert (first.starts_at, second.starts_at) == (utc("2026-02-06 14:00"), utc("2026-03-06 14:00"))


def test_before_the_plan_begins_there_is_no_period() -> None:
    rhythm = Rhythm(WEEKLY, date(2026, 3, 3), NEW_YORK)
    assert period_of(rhythm, utc("2026-03-03 04:59")) is None
    assert period_of(rhythm, utc("2026-03-03 05:00")) == period(rhythm, 0)


def test_a_meeting_before_the_plan_begins_takes_no_periods_place() -> None:
    rhythm = Rhythm(WEEKLY, date(2026, 3, 3), NEW_YORK)
    assert period_key(rhythm, utc("2026-03-02 16:00")) == "2026-03-02"
    assert period_key(rhythm, utc("2026-03-09 16:00")) == "2026-03-03"


def test_a_pair_without_a_slot_plans_nothing() -> None:
    rhythm = Rhythm(WEEKLY, date(2026, 3, 3), NEW_YORK)
    assert not list(planned_meetings(rhythm, utc("2026-03-01 00:00"), utc("2027-03-01 00:00")))
    assert recurrence_rule(rhythm) is None


def test_the_series_in_a_calendar_says_the_same_as_the_plan() -> None:
    assert recurrence_rule(Rhythm(EVERY_TWO_WEEKS, date(2026, 3, 3), NEW_YORK, 1)) == (
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"
    )
    assert recurrence_rule(Rhythm(monthly(LAST), date(2026, 3, 3), NEW_YORK, 4)) == (
        "FREQ=MONTHLY;INTERVAL=1;BYDAY=-1FR"
    )
    assert recurrence_rule(Rhythm(QUARTERLY, date(2026, 3, 3), NEW_YORK, 0)) == (
        "FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO"
    )


@given(last_day=days, ends_on=days, today=days)
def test_a_meeting_is_asked_for_by_a_coming_weekday_or_by_the_end(
    last_day: date, ends_on: date, today: date
) -> None:
    by = meet_by(last_day, ends_on, today)
    if by is None:
        assert min(last_day, ends_on) - timedelta(days=2) <= today
    else:
        assert today < by <= min(last_day, ends_on)
        assert by == ends_on or (by.weekday() < 5 and last_day - by < timedelta(days=3))


@pytest.mark.parametrize(
    ("today", "met_on", "around"),
    [
        ("2026-01-16", "2026-01-16", "2026-01-30"),
        ("2026-01-16", None, "2026-01-19"),
        ("2026-01-10", "2026-01-10", "2026-01-26"),
        ("2026-01-20", "2026-01-14", "2026-01-28"),
        ("2026-03-06", "2026-01-14", "2026-03-06"),
        ("2025-12-31", None, None),
    ],
    ids=[
        "two weeks after they met",
        "not met: at the next period's beginning",
        "met on a Saturday, and next on a Monday",
        "told in the next period: it is the one",
        "told much later: from today on",
        "before the plan begins",
    ],
)
def test_they_meet_next_around_a_weekday_as_far_from_the_last_as_they_mean_to(
    today: str, met_on: str | None, around: str | None
) -> None:
    rhythm = Rhythm(EVERY_TWO_WEEKS, date(2026, 1, 5), NEW_YORK)
    found = next_around(rhythm, date.fromisoformat(today), date.fromisoformat(met_on) if met_on else None)
    assert found == (date.fromisoformat(around) if around else None)


@given(rhythm=rhythms, met_after=st.integers(0, 400), told_after=st.integers(0, 100))
def test_the_next_one_is_on_a_weekday_behind_the_period_they_met_in(
    rhythm: Rhythm, met_after: int, told_after: int
) -> None:
    met_on = rhythm.anchor + timedelta(days=met_after)
    today = met_on + timedelta(days=told_after)
    found, met_in = next_around(rhythm, today, met_on), period_on(rhythm, met_on)
    assert found is not None
    assert met_in is not None
    assert found.weekday() < 5
    assert found > met_in.last
    assert found >= today or today.weekday() >= 5
