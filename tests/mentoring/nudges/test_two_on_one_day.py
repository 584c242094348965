"""Two meetings of a pair on one day are asked about one after the other, as they were."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from mentoring.meetings import Said
from mentoring.nudges.ladder import still_wanted
from mentoring.nudges.notices import QUESTIONS, Kind
from tests.mentoring.nudges.life import MARCUS, PRIYA, Life, booking_pair, kinds, local

THURSDAY = datetime(2026, 3, 5, 20, tzinfo=UTC)


def test_of_two_meetings_on_one_day_the_earlier_is_asked_about_first_and_the_other_after_the_answer() -> None:
    life = Life(booking_pair())
    morning, afternoon = (life.book(MARCUS, THURSDAY.replace(hour=each)) for each in (15, 20))
    asked = [each for each in life.until(datetime(2026, 3, 6, 15, tzinfo=UTC)) if each.kind in QUESTIONS]
    assert [(each.kind, each.subject) for each in asked] == [(Kind.DID_YOU_MEET, "2026-03-05T15:00Z")]
    silent = replace(life)
    assert {each.subject for each in silent.weeks(1) if each.kind in QUESTIONS} == {"2026-03-05T15:00Z"}
    life.answer(morning, PRIYA, Said.MET)
    (other,) = [each for each in life.weeks(3 / 7) if each.kind in QUESTIONS]
    assert (other.subject, local(other)) == ("2026-03-05T20:00Z", "Mon 2026-03-09 09:00")
    life.answer(afternoon, PRIYA, Said.COULD_NOT)
    assert Kind.DID_YOU_MEET not in kinds(life.weeks(1))


def test_a_meeting_told_of_does_not_take_the_question_about_another_at_the_same_minute() -> None:
    life = Life(booking_pair())
    life.until(THURSDAY)
    life.log(PRIYA, THURSDAY)
    life.book(MARCUS, THURSDAY + timedelta(seconds=30))
    (asked,) = [each for each in life.until(datetime(2026, 3, 6, 15, tzinfo=UTC)) if each.kind in QUESTIONS]
    assert still_wanted(life.facts, asked, life.now) is None
