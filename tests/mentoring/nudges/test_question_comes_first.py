"""What can wait gives way to "did you meet?", so that it is asked while people remember."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mentoring.cadence import WEEKLY, Rhythm
from mentoring.hours import WorkingHours, next_instant
from mentoring.meetings import Said
from mentoring.notices import ToPerson
from mentoring.nudges.facts import PairFacts, Participant
from mentoring.nudges.gates import beside_questions, within_budget, within_numbers
from mentoring.nudges.notices import Kind, Reason
from mentoring.nudges.numbers import GIVES_WAY_FOR, LAUNCH_WEEK
from mentoring.surveys.timing import place_for
from tests.mentoring.nudges.life import ANNOUNCED, MARCUS, NEW_YORK, PRIYA, Life, booking_pair, local

SETTLED = ANNOUNCED + timedelta(days=14)
"""A Monday morning (9:00 in New York) well after launch week."""
THURSDAY = datetime(2026, 3, 19, 19, tzinfo=UTC)


def pair_that_meets(at: datetime) -> tuple[Life, PairFacts]:
    """They met in the period before, and have planned one meeting in this one."""
    life = Life(booking_pair(), now=SETTLED)
    life.log(PRIYA, SETTLED - timedelta(days=6))
    life.book(MARCUS, at)
    return life, life.facts


def with_heard(facts: PairFacts, *heard: datetime) -> Participant:
    return facts.participants[0]._replace(heard_at=heard)


def test_a_guide_or_survey_comes_the_day_after_the_question_if_the_week_is_half_full() -> None:
    _, facts = pair_that_meets(THURSDAY)
    one = with_heard(facts, SETTLED)
    tuesday = SETTLED + timedelta(days=1)
    assert one.calendar.local_day(beside_questions(facts, one, tuesday, tuesday)).isoformat() == "2026-03-21"


def test_it_need_not_wait_while_the_week_has_room_for_both() -> None:
    _, facts = pair_that_meets(THURSDAY)
    tuesday = SETTLED + timedelta(days=1)
    assert beside_questions(facts, facts.participants[0], tuesday, tuesday) == tuesday


def test_on_the_day_of_the_question_it_waits_whatever_the_week_holds() -> None:
    _, facts = pair_that_meets(THURSDAY)
    friday = THURSDAY + timedelta(hours=18)
    one = facts.participants[0]
    assert one.calendar.local_day(beside_questions(facts, one, friday, friday)).isoformat() == "2026-03-21"


def test_today_nothing_goes_before_a_question_that_waits_already() -> None:
    """Of later days nobody knows, so there it does not count."""
    _, facts = pair_that_meets(THURSDAY)
    monday = SETTLED + timedelta(days=7)
    one = facts.participants[0]
    assert one.calendar.local_day(beside_questions(facts, one, monday, monday)).isoformat() == "2026-03-24"
    assert beside_questions(facts, one, monday, monday - timedelta(days=1)) == monday


def test_whoever_can_hear_it_in_time_is_asked_alone_rather_than_both_late() -> None:
    life, facts = pair_that_meets(THURSDAY)
    priya, marcus = facts.participants
    full = marcus._replace(heard_at=(SETTLED + timedelta(days=2), SETTLED + timedelta(days=3)))
    life.facts = replace(facts, participants=(priya, full))
    asks = [
        each for each in life.until(datetime(2026, 3, 20, 20, tzinfo=UTC)) if each.kind is Kind.DID_YOU_MEET
    ]
    assert [(each.to, local(each)) for each in asks] == [(ToPerson(PRIYA), "Fri 2026-03-20 09:00")]


def test_a_question_about_booking_is_closed_by_a_slot_they_have_agreed_on_since() -> None:
    life = Life(booking_pair(agreed=False))
    (book,) = life.until(datetime(2026, 3, 6, 20, tzinfo=UTC))
    assert book.kind is Kind.BOOK
    mondays = Rhythm(WEEKLY, date(2026, 3, 7), NEW_YORK, weekday=0, at=time(15))
    life.facts = replace(life.facts, rhythm=mondays, agreed=True)
    (ask,) = life.until(datetime(2026, 3, 10, 20, tzinfo=UTC))
    assert (ask.kind, local(ask)) == (Kind.DID_YOU_MEET, "Tue 2026-03-10 09:00")


def test_nobody_is_asked_to_book_in_the_days_in_which_new_terms_wait_for_a_signature() -> None:
    proposed = datetime(2026, 3, 5, 20, tzinfo=UTC)
    life = Life(booking_pair(agreed=False, proposal_waits_for=(MARCUS,), proposed_at=proposed))
    said = [local(each) for each in life.weeks(2) if each.kind is Kind.BOOK]
    assert said[0] == "Wed 2026-03-11 09:00"


def test_a_meeting_that_was_told_of_holds_nothing_back() -> None:
    life, facts = pair_that_meets(THURSDAY)
    life.now = THURSDAY + timedelta(hours=2)
    life.answer(facts.meetings[-1], PRIYA, Said.MET)
    friday = THURSDAY + timedelta(hours=18)
    one = with_heard(life.facts, SETTLED)
    assert beside_questions(life.facts, one, friday, friday) == friday


def test_a_reminder_is_left_out_rather_than_the_question_made_late() -> None:
    life, facts = pair_that_meets(THURSDAY)
    busy = tuple(each._replace(heard_at=(SETTLED,)) for each in facts.participants)
    life.facts = replace(facts, participants=busy)
    (ask,) = life.until(datetime(2026, 3, 20, 20, tzinfo=UTC))
    assert (ask.kind, local(ask)) == (Kind.DID_YOU_MEET, "Fri 2026-03-20 09:00")
    assert Reason.BUDGET in {each.reason for each in life.skips if each.rung is Kind.REMIND}


def test_what_was_said_in_launch_week_takes_no_room_later() -> None:
    _, facts = pair_that_meets(THURSDAY)
    ends = ANNOUNCED + LAUNCH_WEEK
    one = with_heard(facts, ends - timedelta(days=2), ends - timedelta(days=1))
    assert within_numbers(one, ends, week_from=ends) == ends
    assert within_numbers(one, ends) > ends


@given(
    heard=st.lists(st.integers(-7, 0), max_size=2, unique=True),
    meets=st.integers(1, 9),
    asks=st.integers(0, 6),
)
def test_whatever_came_before_the_question_is_asked_as_early_as_without_it(
    heard: list[int], meets: int, asks: int
) -> None:
    _, facts = pair_that_meets(SETTLED + timedelta(days=meets, hours=3))
    one = with_heard(facts, *(SETTLED + timedelta(days=each) for each in sorted(heard)))
    begun = SETTLED + timedelta(days=asks, hours=1)
    at = beside_questions(facts, one, begun, begun)
    question = next_instant(one.calendar, facts.meetings[-1].ends_at + timedelta(hours=12))
    if at >= question:
        return
    also = one._replace(heard_at=tuple(sorted((*one.heard_at, at))))
    assert within_numbers(also, question) == within_numbers(one, question)


@given(
    heard=st.lists(st.integers(-7, 0), max_size=2, unique=True),
    meets=st.integers(1, 9),
    since=st.integers(0, 20),
    asks=st.integers(0, 6),
)
def test_a_survey_gives_way_for_two_days_and_then_takes_the_first_place_the_numbers_leave(
    heard: list[int], meets: int, since: int, asks: int
) -> None:
    _, facts = pair_that_meets(SETTLED + timedelta(days=meets, hours=3))
    one = with_heard(facts, *(SETTLED + timedelta(days=each) for each in sorted(heard)))
    now = SETTLED + timedelta(days=asks, hours=1)
    due_at = now - timedelta(days=since)
    place = place_for(facts, one, due_at, now)
    insists_at = max(now, due_at + GIVES_WAY_FOR)
    assert within_budget(facts, one, place.at) == place.at == next_instant(one.calendar, place.at)
    first = insists_at
    while (later := next_instant(one.calendar, within_budget(facts, one, first))) != first:
        first = later
    assert now <= place.at <= first


def test_whoever_works_on_one_day_a_week_gets_a_survey_though_that_day_has_a_question_every_week() -> None:
    weekly = Rhythm(WEEKLY, date(2026, 3, 2), NEW_YORK)
    facts = replace(Life(booking_pair(), now=SETTLED).facts, rhythm=weekly)
    one = facts.participants[0]
    one = one._replace(calendar=replace(one.calendar, hours=WorkingHours(days=frozenset({0}))))
    facts = facts.having(participants=(one, *facts.participants[1:]))
    place = place_for(facts, one, SETTLED, SETTLED)
    assert place.at <= SETTLED + GIVES_WAY_FOR + timedelta(days=7)
