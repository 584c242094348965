from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mentoring.errors import Refusal
from mentoring.kinds import Role
from mentoring.phase_askings import askings_for_pair, check_in_due_at, match_quality_due
from mentoring.phases import (
    SHORTEST_PHASE,
    GoingOn,
    PhaseName,
    going_on,
    phase_at,
    phase_named,
    phase_plan,
    plan_for_pair,
    plan_until,
)

NEW_YORK = ZoneInfo("America/New_York")
# Spring 2026: 184 days, with the clocks going forward on March 8.
PLAN = phase_plan(date(2026, 3, 1), date(2026, 8, 31), zone=NEW_YORK)
PAIRED = datetime(2026, 3, 1, 15, 0, tzinfo=UTC)


def test_start_and_end_take_a_quarter_each_and_middle_the_half() -> None:
    assert [phase.name for phase in PLAN] == ["start", "middle", "end", "casual"]
    assert [phase.starts_at.date() for phase in PLAN] == [
        date(2026, 3, 1),
        date(2026, 4, 16),
        date(2026, 7, 17),
        date(2026, 9, 1),
    ]
    assert all(phase.starts_at.astimezone(NEW_YORK).hour == 0 for phase in PLAN)


@given(
    starts_on=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    days=st.integers(60, 730),
    fractions=st.tuples(*[st.floats(0.2, 1)] * 3),
)
@example(date(2020, 1, 1), 60, (1.0, 1.0, 0.21875))
def test_phases_follow_each_other_without_a_gap_for_the_whole_program(
    starts_on: date, days: int, fractions: tuple[float, float, float]
) -> None:
    try:
        plan = phase_plan(starts_on, starts_on + timedelta(days=days), fractions, NEW_YORK)
    except Refusal:
        # Both ends of a phase are rounded to whole days: up to a day may be lost.
        assert (days + 1) * min(fractions) / sum(fractions) < SHORTEST_PHASE.days + 1
        return
    assert all(phase.ends_at == following.starts_at for phase, following in pairwise(plan))
    assert plan[0].starts_at.date() == starts_on
    assert plan[3].starts_at.date() == starts_on + timedelta(days=days + 1)
    assert plan[3].ends_at is None
    assert all(b.starts_at.date() - a.starts_at.date() >= SHORTEST_PHASE for a, b in pairwise(plan))


@pytest.mark.parametrize(
    ("ends_on", "fractions", "field"),
    [
        (date(2026, 3, 1), (0.25, 0.5, 0.25), "ends_on"),
        (date(2026, 2, 1), (0.25, 0.5, 0.25), "ends_on"),
        (date(2026, 3, 20), (0.25, 0.5, 0.25), "start"),
        (date(2026, 8, 31), (0.01, 0.5, 0.49), "start"),
        (date(2026, 8, 31), (0.5, 0.5, 0.0), "fractions"),
    ],
)
def test_a_program_that_leaves_a_phase_no_time_is_refused(
    ends_on: date, fractions: tuple[float, float, float], field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        phase_plan(date(2026, 3, 1), ends_on, fractions)
    assert refused.value.field == field


def test_the_phase_changes_at_the_programs_own_midnight() -> None:
    midnight = datetime(2026, 4, 16, 4, 0, tzinfo=UTC)  # 12:00 AM in New York
    before, after = phase_at(PLAN, midnight - timedelta(seconds=1)), phase_at(PLAN, midnight)
    assert before is not None
    assert after is not None
    assert (before.name, after.name) == (PhaseName.START, PhaseName.MIDDLE)


def test_there_is_no_phase_before_the_start_and_casual_has_no_end() -> None:
    assert phase_at(PLAN, datetime(2026, 2, 28, tzinfo=UTC)) is None
    assert phase_at(PLAN, datetime(2030, 1, 1, tzinfo=UTC)) == PLAN[3]


def test_a_pair_that_runs_late_takes_its_later_phases_along() -> None:
    late = plan_for_pair(PLAN, {PhaseName.MIDDLE: 14})
    assert [phase.starts_at.date() for phase in late] == [
        date(2026, 3, 1),
        date(2026, 4, 30),
        date(2026, 7, 31),
        date(2026, 9, 15),
    ]
    assert late[0].ends_at == late[1].starts_at
    assert all(phase.starts_at.hour == 0 for phase in late)


def test_a_pair_may_catch_up_again() -> None:
    caught_up = plan_for_pair(PLAN, {PhaseName.MIDDLE: 14, PhaseName.END: -14})
    assert phase_named(caught_up, PhaseName.END) == phase_named(PLAN, PhaseName.END)


@pytest.mark.parametrize(
    ("shifts", "field"),
    [
        ({PhaseName.START: 3}, "start"),
        ({PhaseName.MIDDLE: -44}, "start"),
        ({PhaseName.END: -90}, "middle"),
        ({PhaseName.MIDDLE: 60, PhaseName.END: 31}, "end"),
    ],
)
def test_a_shift_that_breaks_the_plan_is_refused(shifts: dict[PhaseName, int], field: str) -> None:
    with pytest.raises(Refusal) as refused:
        plan_for_pair(PLAN, shifts)
    assert refused.value.field == field


@given(st.integers(-240, 400))
def test_a_pairs_own_last_day_moves_its_last_phase_and_leaves_none_out(days: int) -> None:
    usual = phase_named(PLAN, PhaseName.CASUAL).starts_at
    own = plan_until(PLAN, usual + timedelta(days=days))
    assert [phase.name for phase in own] == list(PhaseName)
    assert all(one.ends_at == other.starts_at for one, other in pairwise(own))
    assert all(phase.ends_at - phase.starts_at >= SHORTEST_PHASE for phase in own if phase.ends_at)
    assert own[0].starts_at == PLAN[0].starts_at
    assert own[-1].starts_at == usual + timedelta(days=days) or own == PLAN
    if days >= -7:
        assert own[:2] == PLAN[:2], "what comes before the last part stays"


def test_a_pair_that_stops_in_the_middle_has_a_last_part_too() -> None:
    ends_at = phase_named(PLAN, PhaseName.MIDDLE).starts_at + timedelta(days=40)
    own = plan_until(PLAN, ends_at)
    assert phase_named(own, PhaseName.CASUAL).starts_at == ends_at
    assert phase_named(own, PhaseName.END).starts_at < ends_at - SHORTEST_PHASE


def test_a_check_in_comes_five_days_before_its_phase_ends_and_the_last_one_twelve() -> None:
    due = [check_in_due_at(phase) for phase in PLAN]
    assert [at and at.date() for at in due] == [date(2026, 4, 11), date(2026, 7, 12), date(2026, 8, 20), None]


def test_how_it_goes_is_not_asked_once_it_is_over_and_the_whole_is() -> None:
    ends_at = phase_named(PLAN, PhaseName.CASUAL).starts_at
    late = {a.instrument_id for a in askings_for_pair(PLAN, PAIRED) if a.sent_until > ends_at}
    assert late == {"competency_after", "final_mentee", "final_mentor"}


def test_match_quality_is_asked_after_thirty_days_and_then_every_sixty() -> None:
    due = match_quality_due(PAIRED, PAIRED + timedelta(days=200))
    assert [(at - PAIRED).days for at in due] == [30, 90, 150]


def test_a_pair_is_asked_everything_once_and_each_of_the_two_by_a_name_of_its_own() -> None:
    askings = askings_for_pair(PLAN, PAIRED)
    keys = [asking.key for asking in askings]
    assert len(set(keys)) == len(keys)
    assert [a.opens_at for a in askings] == sorted(a.opens_at for a in askings)
    mentee = {asking.instrument_id for asking in askings if asking.role is Role.MENTEE}
    assert mentee == {
        "competency_before",
        "check_in_start_mentee",
        "match_quality",
        "orientation_feedback",
        "mid_term",
        "check_in_middle_mentee",
        "check_in_end_mentee",
        "competency_after",
        "final_mentee",
    }
    assert "competency_after" not in {a.instrument_id for a in askings if a.role is Role.MENTOR}


def test_the_final_survey_opens_when_the_program_ends() -> None:
    (final,) = (a for a in askings_for_pair(PLAN, PAIRED) if a.key == "final:mentor")
    assert final.opens_at == phase_named(PLAN, PhaseName.CASUAL).starts_at
    assert final.closes_at - final.opens_at == timedelta(days=14)


def test_match_quality_gives_way_to_a_check_in_close_by() -> None:
    paired = datetime(2026, 3, 10, tzinfo=UTC)  # thirty days later is April 9, two days before the check-in
    opened = {a.key: a.opens_at for a in askings_for_pair(PLAN, paired)}
    assert "match_quality_1:mentee" not in opened
    assert opened["match_quality_3:mentee"] == paired + timedelta(days=150)


def test_a_pair_announced_late_is_not_asked_how_it_went_before_it_began() -> None:
    late = datetime(2026, 4, 5, tzinfo=UTC)
    askings = askings_for_pair(PLAN, late)
    assert "check_in_start:mentee" not in {a.key for a in askings}
    assert min(a.opens_at for a in askings) >= late


@pytest.mark.parametrize(
    ("first", "second", "closed", "outcome"),
    [
        (True, True, False, GoingOn.CONNECTED),
        (True, None, False, GoingOn.WAITING),
        (False, None, False, GoingOn.WAITING),
        (None, None, True, GoingOn.ENDED),
        (True, None, True, GoingOn.ENDED),
        (True, False, False, GoingOn.ENDED),
    ],
)
def test_a_pair_goes_on_only_if_both_say_so_and_a_no_is_not_seen_early(
    *, first: bool | None, second: bool | None, closed: bool, outcome: GoingOn
) -> None:
    assert going_on(first, second, asking_closed=closed) is outcome
    assert going_on(second, first, asking_closed=closed) is outcome
