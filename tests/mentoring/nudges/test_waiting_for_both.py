"""What two people should hear together waits for an hour they share, and keeps to the hour it has named."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from mentoring.cadence import EVERY_TWO_WEEKS, WEEKLY, Rhythm
from mentoring.hours import Calendar, WorkingHours
from mentoring.kinds import Role
from mentoring.nudges.facts import Participant
from mentoring.nudges.ladder import look
from mentoring.nudges.notices import QUESTIONS, Kind
from tests.mentoring.nudges.life import MARCUS, PRIYA, Life, booking_pair

TUESDAYS_AND_THURSDAYS = Calendar("Africa/Abidjan", WorkingHours(time(6), time(17), frozenset({1, 3})))
SUNDAYS_TO_THURSDAYS = Calendar("Etc/GMT+10", WorkingHours(time(6), time(15), frozenset({6, 0, 1, 2, 3})))
FRIDAY = datetime(2025, 5, 23, 21, tzinfo=UTC)
HALF_AN_HOUR = timedelta(minutes=30)


def test_the_second_question_gives_way_to_the_one_about_the_next_meeting() -> None:
    others = WorkingHours(time(8), time(13), frozenset({1, 3}))
    calendars = [Calendar("Africa/Abidjan", others)] * 2 + [
        Calendar("America/Anguilla", replace(others, start=time(6)))
    ]
    roles = (Role.MENTOR, Role.MENTEE, Role.MENTEE)
    everybody = zip(roles, calendars, strict=True)
    sunday = date(2028, 4, 23)
    facts = booking_pair(
        announced_at=datetime(2028, 4, 22, 20, tzinfo=UTC),
        participants=tuple([Participant(number, *each) for number, each in enumerate(everybody, 1)]),
        rhythm=Rhythm(EVERY_TWO_WEEKS, sunday, "Africa/Abidjan", 6, time(7)),
    )
    life = Life(facts, facts.announced_at)
    asked = [each for each in life.until(datetime(2028, 5, 10, tzinfo=UTC)) if each.kind in QUESTIONS]
    assert [(each.kind, each.subject, each.people) for each in asked] == [
        (Kind.DID_YOU_MEET, "2028-04-23T07:00Z", (1, 2, 3)),
        (Kind.DID_YOU_MEET, "2028-05-07T07:00Z", (1, 2, 3)),
    ]


def test_a_question_that_waits_for_both_is_not_asked_of_one_on_the_way_there() -> None:
    facts = booking_pair(
        announced_at=datetime(2025, 5, 15, tzinfo=UTC),
        participants=(
            Participant(PRIYA, Role.MENTEE, TUESDAYS_AND_THURSDAYS),
            Participant(MARCUS, Role.MENTOR, SUNDAYS_TO_THURSDAYS),
        ),
        rhythm=Rhythm(WEEKLY, date(2025, 5, 16), "America/Adak"),
    )
    waiting = look(facts, FRIDAY)
    (asked,) = [each for each in waiting.skipped if each.rung is Kind.DID_YOU_MEET]
    assert asked.until == datetime(2025, 5, 27, 16, tzinfo=UTC)
    # On Sunday one of them is at work; a working day after that is the Tuesday on which both are.
    now = FRIDAY
    while now < asked.until:
        assert look(facts, now).notices == ()
        now += HALF_AN_HOUR
    assert Kind.DID_YOU_MEET in {each.kind for each in look(facts, asked.until).notices}
