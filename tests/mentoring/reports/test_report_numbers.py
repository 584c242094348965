"""The numbers of reports, counted again by hand or held against what must always be true of them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.enrollment import EnrollmentState
from mentoring.kinds import ProgramKind
from mentoring.meetings import MeetingState
from mentoring.pairs import Ending
from mentoring.reports.activity import activity, funnel, joined_up, rhythm_kept, weeks_of, weeks_over
from mentoring.reports.benchmark import Measure, figures
from mentoring.reports.facts import Facts, MeetingFacts
from mentoring.reports.hours import hours
from mentoring.reports.matching import Skill, matching
from mentoring.reports.share import Share
from mentoring.reports.targets import Target, held_against, targets_of
from tests.support.made_up import NOW, book_with, facts_with, program_called

MANY = st.builds(facts_with, st.integers(0, 12), seed=st.integers(0, 10_000))


def one_pair(*meetings: tuple[str, MeetingState], now: datetime = NOW) -> Facts:
    """A pair introduced on February 2 that should meet every two weeks from February 3."""
    facts = facts_with(1, now=now)
    pair = replace(facts.pairs[0], ended_at=None, ending=None, agreed=True)
    held = tuple(
        MeetingFacts(pair.id, state, datetime.fromisoformat(f"{day}T15:00").replace(tzinfo=UTC), 60)
        for day, state in meetings
    )
    return replace(facts, pairs=(pair,), meetings=held)


def test_a_meeting_counts_in_the_week_it_was_planned_for_and_once_called_off_in_none() -> None:
    facts = one_pair(
        ("2026-02-05", MeetingState.HELD),
        ("2026-02-12", MeetingState.MISSED),
        ("2026-02-13", MeetingState.SKIPPED),
        ("2026-07-01", MeetingState.PLANNED),
        ("2026-07-08", MeetingState.MOVED),
    )
    weeks = {each.first: (each.planned, each.held) for each in weeks_of(facts)}
    assert weeks[date(2026, 2, 2)] == (1, 1)
    assert weeks[date(2026, 2, 9)] == (1, 0)
    assert sum(planned for planned, _ in weeks.values()) == 2
    shown = weeks_over(weeks_of(facts), facts.today)
    assert shown[-1].first == weeks_of(facts)[-2].first, "whether people met this week is not known yet"
    assert weeks_over(shown[:1], shown[0].first) == shown[:1]
    over = replace(facts.pairs[0], ends_on=date(2026, 6, 30))
    after = replace(facts, pairs=(over,), now=datetime(2026, 12, 1, tzinfo=UTC))
    assert sum(each.planned for each in weeks_of(after)) == 2, "nobody is asked about July any more"


def test_the_rhythm_is_kept_by_the_periods_in_which_a_pair_met_and_breaks_do_not_count() -> None:
    now = datetime(2026, 3, 18, 15, tzinfo=UTC)  # three periods are over: from February 3, 17 and March 3
    facts = one_pair(("2026-02-05", MeetingState.HELD), ("2026-02-06", MeetingState.HELD), now=now)
    assert rhythm_kept(facts) == Share(1, 3)
    away = (datetime(2026, 2, 18, tzinfo=UTC), datetime(2026, 2, 20, tzinfo=UTC))
    assert rhythm_kept(replace(facts, pairs=(replace(facts.pairs[0], pauses=(away,)),))) == Share(1, 2)


def test_a_pair_that_ended_is_not_held_to_its_rhythm_any_more() -> None:
    facts = one_pair(("2026-02-05", MeetingState.HELD))
    ended = replace(facts.pairs[0], ended_at=datetime(2026, 2, 20, tzinfo=UTC), ending=Ending.PARTED)
    assert rhythm_kept(replace(facts, pairs=(ended,))) == Share(1, 1)


def test_promises_run_while_people_are_a_pair_and_both_people_give_the_time_of_a_meeting() -> None:
    found = hours(one_pair(("2026-02-05", MeetingState.HELD), now=datetime(2026, 3, 4, 15, tzinfo=UTC)))
    assert found.given == 2
    assert found.promised == pytest.approx(2 * 2 * 31 / (365.25 / 12), rel=1e-9)
    assert [each.first for each in found.months] == [date(2026, 2, 1), date(2026, 3, 1)]
    early = one_pair(("2026-02-05", MeetingState.HELD), now=datetime(2026, 3, 4, 15, tzinfo=UTC))
    later = replace(early, program=replace(early.program, starts_on=date(2026, 3, 1)))
    assert [each.promised > 0 for each in hours(later).months] == [True, True], "who meets early gives early"


def test_what_the_pool_lacks_is_what_mentees_want_and_mentors_do_not_offer() -> None:
    facts = facts_with(3)
    mentors = [
        replace(each, offers=("trials",), wants=("Legal AI tools",))
        for each in facts.people
        if each.is_mentor
    ]
    mentees = [
        replace(each, offers=("Legal AI tools",), wants=("generative AI", "Legal AI tools"))
        for each in facts.people
        if each.is_mentee
    ]
    matched = tuple(replace(each, state=EnrollmentState.MATCHED) for each in (*mentors, *mentees))
    found = matching(replace(facts, people=matched), 1)
    assert found.skills == (Skill("Legal AI tools", len(mentees), 0),)
    peers = replace(facts.program, kind=ProgramKind.PEER)
    assert matching(replace(facts, people=matched, program=peers), 1).skills[0].offered == len(mentees)


def test_a_pair_that_goes_on_casually_takes_no_place_and_whoever_asks_for_another_waits() -> None:
    facts = one_pair()
    asks = tuple(replace(each, state=EnrollmentState.JOINED) for each in facts.people)
    casual = replace(facts, people=asks, pairs=(replace(facts.pairs[0], casual=True),))
    assert (matching(casual, 5).places, matching(casual, 5).waiting) == (Share(0, 3), len(asks))
    had_its_time = replace(facts.pairs[0], ends_on=facts.today - timedelta(days=1))
    over = replace(casual, pairs=(had_its_time,))
    assert (matching(over, 5).places, matching(over, 5).waiting) == (Share(0, 3), len(asks))
    after = replace(over, now=facts.now + (facts.program.ends_on - facts.today) + timedelta(days=3))
    assert matching(after, 5).places == Share(1, 3), "what a whole program came to does not shrink at its end"
    closed_at = after.now - timedelta(days=1)
    closed = replace(after, pairs=(replace(facts.pairs[0], ended_at=closed_at, ending=Ending.COMPLETED),))
    going_on = replace(after, pairs=(replace(facts.pairs[0], casual=True),))
    assert [matching(each, 5).places for each in (closed, going_on)] == [Share(1, 3), Share(1, 3)]
    formal = replace(casual, pairs=facts.pairs)
    assert (matching(formal, 5).places, matching(formal, 5).waiting) == (Share(1, 3), len(asks) - 2)


@given(MANY)
def test_numbers_never_contradict_each_other(facts: Facts) -> None:
    found, steps = activity(facts), funnel(facts)
    assert found.held <= found.planned
    assert found.held == len(facts.held)
    assert found.met.of == found.pairs >= found.live
    assert steps.invited >= steps.joined >= steps.matched >= max(steps.agreed, steps.met) >= 0
    assert sum(each.given for each in hours(facts).months) == pytest.approx(
        sum(each.minutes for each in facts.held) * 2 / 60
    )
    fit = matching(facts, 5)
    assert sum(fit.fits) + fit.by_hand == fit.pairs
    assert all(each.wanted >= 5 for each in fit.skills)


@given(MANY, st.integers(1, 30))
def test_weeks_joined_for_a_chart_lose_no_meeting(facts: Facts, most: int) -> None:
    weeks = weeks_of(facts)
    joined = joined_up(weeks, most)
    assert len(joined) <= most
    assert sum(each.held for each in joined) == sum(each.held for each in weeks)
    assert [each.first for each in weeks] == sorted({each.first for each in weeks})


@given(st.integers(0, 400), st.integers(0, 400))
def test_an_interval_holds_its_share_and_stays_between_none_and_all(a: int, b: int) -> None:
    share = Share(min(a, b), max(a, b))
    interval = share.interval()
    if share.value is None:
        assert interval is None
        return
    assert interval is not None
    assert 0 <= interval.low <= share.value <= interval.high <= 1


def test_the_interval_is_wilsons() -> None:
    interval = Share(8, 10).interval()
    assert interval is not None
    # R: prop.test(8, 10, correct = FALSE)$conf.int
    assert interval.low == pytest.approx(0.4901625, abs=1e-6)
    assert interval.high == pytest.approx(0.9433178, abs=1e-6)


def test_a_target_is_met_not_met_or_nobody_can_say() -> None:
    program = replace(
        program_called(), settings={"targets": {"met": 0.9, "nps": 30, "joined": "many", "other": 3}}
    )
    assert targets_of(program) == (Target(Measure.MET, 0.9), Target(Measure.NPS, 30))
    held = held_against(targets_of(program), figures(book_with(0)))
    assert [each.met for each in held] == [None, None]


def test_people_who_never_came_in_are_only_asked() -> None:
    facts = facts_with(0)
    person = replace(facts_with(1).people[0], state=EnrollmentState.DECLINED)
    steps = funnel(replace(facts, people=(person,)))
    assert (steps.invited, steps.joined, steps.matched) == (1, 0, 0)


def test_a_meeting_ahead_is_not_planned_yet() -> None:
    facts = one_pair(((NOW + timedelta(days=3)).date().isoformat(), MeetingState.PLANNED))
    assert activity(facts).planned == 0
