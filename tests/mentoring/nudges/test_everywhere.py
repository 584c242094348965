"""A year of a pair that meets and tells us, in every time zone and on every cadence."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.cadence import Cadence, Rhythm, all_cadences
from mentoring.hours import Calendar
from mentoring.kinds import Role
from mentoring.meetings import Said
from mentoring.nudges.facts import Participant
from mentoring.nudges.notices import Kind
from tests.mentoring.nudges.life import MARCUS, PRIYA, Life, booking_pair
from tests.support.examples import examples

zones = st.sampled_from(sorted(available_timezones() - {"localtime"}))
announcements = st.datetimes(datetime(2025, 1, 1), datetime(2034, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001  # bounds are naive by hypothesis' rule, the values are UTC


@settings(max_examples=examples(40), deadline=None)
@given(
    announced=announcements,
    zone=zones,
    cadence=st.sampled_from(all_cadences()),
    weekday=st.integers(0, 4),
    hour=st.integers(10, 17),
)
def test_each_planned_meeting_is_reminded_of_once_on_the_working_day_before(
    announced: datetime, zone: str, cadence: Cadence, weekday: int, hour: int
) -> None:
    begin = announced.astimezone(ZoneInfo(zone)).date() + timedelta(days=1)
    calendar = Calendar(zone)
    life = Life(
        booking_pair(
            announced_at=announced,
            participants=(
                Participant(PRIYA, Role.MENTEE, calendar),
                Participant(MARCUS, Role.MENTOR, calendar),
            ),
            rhythm=Rhythm(cadence, begin, zone, weekday, time(hour)),
        ),
        announced,
    )
    life.tick()
    for _ in range(200 // 7):
        ahead = min((each for each in life.facts.meetings if each.is_ahead), key=lambda each: each.starts_at)
        if ahead.starts_at > announced + timedelta(days=200):
            break
        life.until(ahead.ends_at)
        life.answer(ahead, PRIYA, Said.MET)

    held = [each for each in life.facts.meetings if not each.is_ahead]
    assert all(one.starts_at < other.starts_at for one, other in pairwise(held))
    assert {each.starts_at.astimezone(ZoneInfo(zone)).time() for each in held} == {time(hour)}
    indexes = [each.period_key for each in held]
    assert len(set(indexes)) == len(indexes)

    assert {each.kind for each in life.letters} <= {Kind.REMIND}
    assert all(one.not_before < other.not_before for one, other in pairwise(life.letters))
    # Only the first may have been planned so late that nobody needs a reminder of it.
    assert len(held) - len(life.letters) in {0, 1}
    for remind in life.letters:
        local = remind.not_before.astimezone(ZoneInfo(zone))
        meeting = next(each for each in held if each.period_key == remind.period_key)
        assert time(9) <= local.time() < time(17, 30)
        days_before = (meeting.starts_at.astimezone(ZoneInfo(zone)).date() - local.date()).days
        assert days_before == (3 if weekday == 0 else 1)
