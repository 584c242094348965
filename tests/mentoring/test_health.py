"""A pair's health: from facts, each part explained, and gone quiet where nothing can be said."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.attention import URGENCY, Concern, gone, most_urgent_first, worth_a_look
from mentoring.cadence import period_key
from mentoring.errors import Refusal
from mentoring.health import (
    BEST,
    Level,
    Part,
    Thresholds,
    Trend,
    check_thresholds,
    health,
    level,
    read_thresholds,
    trend,
)
from mentoring.meetings import log
from mentoring.nudges.facts import Ask, PairState, Phase
from mentoring.nudges.notices import FOR_COORDINATORS, Kind
from tests.mentoring.nudges.life import ANNOUNCED, MARCUS, PRIYA, Life, booking_pair
from tests.support.examples import examples


def lived(weeks: int, met: set[int], **facts: object) -> Life:
    """A pair that meets in some of its two-week periods, by their number."""
    life = Life(booking_pair(**facts))
    for number in range(weeks // 2):
        life.weeks(1)
        if number in met:
            life.log(PRIYA, life.now - timedelta(hours=1))
        life.weeks(1)
    return life


def share(life: Life, part: Part) -> float | None:
    return next(each.share for each in health(life.facts, life.now).parts if each.part is part)


def test_a_pair_that_meets_as_agreed_is_in_the_best_of_health() -> None:
    life = lived(10, {0, 1, 2, 3, 4})
    assert health(life.facts, life.now).score == BEST


def test_a_pair_that_has_never_met_in_ten_weeks_needs_a_look() -> None:
    life = lived(10, set())
    found = health(life.facts, life.now)
    assert level(found.score, Thresholds()) is Level.LOOK
    assert found.parts[0].numbers == {"held": 0, "wanted": 4}


def test_nothing_is_said_of_a_pair_of_yesterday() -> None:
    life = Life(booking_pair(agreed=False), now=ANNOUNCED + timedelta(days=1))
    assert health(life.facts, life.now).score is None


def test_one_question_without_an_answer_is_no_verdict_in_the_first_weeks() -> None:
    life = Life(booking_pair(), now=ANNOUNCED)
    life.weeks(1.9)
    assert share(life, Part.ANSWERS) == 0.0
    assert health(life.facts, life.now).score is None
    life.weeks(2.2)
    assert health(life.facts, life.now).score is not None


def test_a_break_excuses_what_it_touches_and_nothing_is_said_while_it_lasts() -> None:
    life = lived(6, {0, 1, 2})
    before = health(life.facts, life.now).score
    life.pause(42)
    life.weeks(3)
    assert health(life.facts, life.now).score is None
    life.weeks(3.2)
    assert health(life.facts, life.now).score == before


@pytest.mark.parametrize("changes", [{"phase": Phase.CASUAL}, {"state": PairState.ENDED}])
def test_who_goes_on_casually_or_has_ended_is_not_measured(changes: dict[str, object]) -> None:
    life = lived(10, {0})
    assert health(replace(life.facts, **changes), life.now).score is None  # type: ignore[arg-type]


def test_a_missing_agreement_counts_once_it_had_its_time() -> None:
    early = Life(booking_pair(agreed=False), now=ANNOUNCED + timedelta(days=13))
    late = Life(booking_pair(agreed=False), now=ANNOUNCED + timedelta(days=15))
    assert (share(early, Part.AGREEMENT), share(late, Part.AGREEMENT)) == (None, 0.0)


@settings(max_examples=examples(25))
@given(met=st.sets(st.integers(0, 5)), more=st.integers(0, 5))
def test_one_meeting_more_never_lowers_a_score_and_all_scores_are_in_bounds(met: set[int], more: int) -> None:
    # The same past but for the meeting: in another life they would also have been asked other things.
    life = lived(12, met)
    one = health(life.facts, life.now).score
    at = ANNOUNCED + timedelta(weeks=2 * more + 1, days=1)
    life.store(log(life.facts.pair_id, period_key(life.facts.rhythm, at), at, 60, "one more", PRIYA, at))
    other = health(life.facts, life.now).score
    assert one is not None
    assert other is not None
    assert 0 <= one <= other <= BEST


def test_a_check_in_that_gave_reason_for_a_look_lowers_it_until_somebody_looked() -> None:
    life = lived(8, {0, 1, 2, 3})
    flag = Ask(Kind.LOW_RATING, "survey:pair 17:start", "k", (), life.now)
    flagged = replace(life.facts, asks=(*life.facts.asks, flag))
    seen_to = replace(life.facts, asks=(*life.facts.asks, flag._replace(answered_at=life.now)))
    assert (health(flagged, life.now).score or 0) < BEST
    assert health(seen_to, life.now).score == BEST


def test_levels_and_trends_follow_the_thresholds() -> None:
    own = Thresholds(30, 60)
    assert [level(each, own) for each in (None, 29, 30, 59, 60)] == [
        Level.UNKNOWN, Level.LOOK, Level.WATCH, Level.WATCH, Level.FINE,
    ]  # fmt: skip
    assert [trend(60, each) for each in (None, 51, 50, 70)] == [
        Trend.UNKNOWN, Trend.STEADY, Trend.BETTER, Trend.WORSE,
    ]  # fmt: skip
    assert read_thresholds({"health": {"look": 30, "fine": 60}}) == own
    assert read_thresholds({}) == Thresholds()


@pytest.mark.parametrize(("look", "fine", "field"), [(0, 50, "look"), (100, 101, "look"), (50, 50, "fine"), (50, 101, "fine")])  # fmt: skip # noqa: E501
def test_thresholds_that_overlap_are_refused_at_their_field(look: int, fine: int, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_thresholds(Thresholds(look, fine))
    assert refused.value.field == field


# The coordinators' list


def test_every_reason_has_its_place_on_the_list() -> None:
    assert set(URGENCY) == FOR_COORDINATORS


@given(
    st.lists(
        st.builds(
            Concern,
            pair_id=st.integers(1, 5),
            kind=st.sampled_from(URGENCY),
            since=st.integers(0, 90).map(lambda days: ANNOUNCED + timedelta(days=days)),
        )
    )
)
def test_the_list_names_each_pair_once_and_the_most_urgent_first(concerns: list[Concern]) -> None:
    items = most_urgent_first(concerns)
    assert sorted(each.pair_id for each in items) == sorted({each.pair_id for each in concerns})
    ranks = [(URGENCY.index(each.first.kind), each.first.since) for each in items]
    assert ranks == sorted(ranks)
    assert sorted(map(repr, concerns)) == sorted(repr(one) for each in items for one in each.concerns)


def test_who_has_met_since_is_off_the_list_by_itself() -> None:
    life = lived(10, set())
    assert Kind.ATTENTION in {each.kind for each in life.facts.asks}
    assert Kind.ATTENTION not in gone(life.facts, health(life.facts, life.now), Thresholds(), life.now)
    life.log(MARCUS, life.now - timedelta(hours=2))
    assert Kind.ATTENTION in gone(life.facts, health(life.facts, life.now), Thresholds(), life.now)


def test_a_low_score_alone_waits_until_other_reasons_and_a_coordinators_look_are_past() -> None:
    life = lived(10, set())
    found = health(life.facts, life.now)
    assert not worth_a_look(life.facts, found, Thresholds(), life.now)
    seen_to = tuple(
        each._replace(answered_at=life.now) if each.kind in FOR_COORDINATORS else each
        for each in life.facts.asks
    )
    later = replace(life.facts, asks=seen_to)
    assert not worth_a_look(later, found, Thresholds(), life.now + timedelta(days=13))
    assert worth_a_look(later, found, Thresholds(), life.now + timedelta(days=15))
