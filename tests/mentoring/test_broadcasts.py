"""Who hears an update and who does not: a break, a "no more", and a week between two."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.broadcasts import (
    ONE_IN,
    Audience,
    Broadcast,
    BroadcastState,
    Hearer,
    Occasion,
    audiences_of,
    check_channel_is_free,
    planned_moments,
    reach,
)
from mentoring.errors import NoLongerOpen, Refusal
from mentoring.stories import Place, Story, StoryState, check_story, check_tellable
from messages.samples import CASES, program_of

NOW = datetime(2026, 3, 4, 15, tzinfo=UTC)
EASY = CASES["one"]
hearers = st.lists(
    st.builds(
        Hearer,
        person_id=st.integers(1, 500),
        heard_at=st.none() | st.integers(0, 20).map(lambda days: NOW - timedelta(days=days)),
        muted=st.booleans(),
        away=st.booleans(),
    ),
    unique_by=lambda each: each.person_id,
)


@given(hearers)
def test_everybody_is_reached_or_counted_with_a_reason(everybody: list[Hearer]) -> None:
    found = reach(everybody, NOW)
    assert len(found.people) + found.heard_lately + found.muted + found.away == len(everybody)
    by_id = {each.person_id: each for each in everybody}
    for person_id in found.people:
        one = by_id[person_id]
        assert not one.muted
        assert not one.away
        assert one.heard_at is None or NOW - one.heard_at >= ONE_IN


def test_moments_follow_the_program_from_its_first_day_to_its_last() -> None:
    program = program_of(EASY)
    days = list(planned_moments(program).values())
    assert days == sorted(days)
    assert (days[0], days[-1]) == (program.starts_on, program.ends_on)
    assert planned_moments(program)[Occasion.HALFWAY] == date(2026, 5, 3)


def test_there_is_no_channel_to_speak_to_where_none_was_chosen() -> None:
    assert Audience.CHANNEL not in audiences_of(program_of(EASY))


def said(at: datetime) -> Broadcast:
    return Broadcast(1, 1, Audience.CHANNEL, "Hello", None, at, BroadcastState.SENT, 1)


@pytest.mark.parametrize("days", [-6, 0, 6])
def test_the_channel_is_not_free_within_a_week_of_another(days: int) -> None:
    with pytest.raises(Refusal) as refused:
        check_channel_is_free([said(NOW + timedelta(days=days))], NOW)
    assert refused.value.field == "day"


def test_the_channel_is_free_after_a_week() -> None:
    check_channel_is_free([said(NOW - ONE_IN), said(NOW + ONE_IN)], NOW)


def story(state: StoryState = StoryState.TOLD) -> Story:
    return Story(1, 1, 1, "It helped", named=False, places=frozenset({Place.PROGRAM}), state=state)


def test_a_story_is_told_only_where_its_teller_ticked() -> None:
    check_tellable(story(), Place.PROGRAM)
    with pytest.raises(Refusal):
        check_tellable(story(), Place.CHANNEL)
    with pytest.raises(NoLongerOpen):
        check_tellable(story(StoryState.TAKEN_BACK), Place.PROGRAM)


@pytest.mark.parametrize(
    ("text", "places", "field"),
    [("  ", {Place.PROGRAM}, "story"), ("x" * 601, {Place.PROGRAM}, "story"), ("It helped", set(), "places")],
)
def test_what_is_no_story_is_refused_at_its_field(text: str, places: set[Place], field: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_story(text, frozenset(places))
    assert refused.value.field == field
