"""The life of one meeting, whoever clicks what in which order."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.errors import NoLongerOpen, Refusal
from mentoring.meetings import (
    ANSWERS_STAY_OPEN,
    Meeting,
    MeetingState,
    Said,
    answer,
    disagree,
    dropped_by_new_terms,
    log,
    move,
    plan,
    skip,
)

PRIYA, MARCUS, WEI = 1, 2, 3
NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
THURSDAY = datetime(2026, 3, 5, 20, tzinfo=UTC)
FRIDAY = THURSDAY + timedelta(days=1)
NEXT_WEEK = THURSDAY + timedelta(days=7)


def planned() -> Meeting:
    return plan(17, "2026-03-03", THURSDAY, 60, "uid-1", MARCUS, NOW)


def test_either_persons_word_counts_for_the_pair() -> None:
    held = answer(planned(), PRIYA, Said.MET, FRIDAY)
    assert held.state is MeetingState.HELD
    assert not disagree(held)


def test_a_moved_meeting_keeps_its_calendar_entry_and_forgets_what_was_said_about_the_old_time() -> None:
    waiting = answer(planned(), PRIYA, Said.NOT_YET, FRIDAY)
    moved = answer(waiting, MARCUS, Said.MOVED, FRIDAY, NEXT_WEEK)
    assert (moved.state, moved.starts_at, moved.uid) == (MeetingState.MOVED, NEXT_WEEK, "uid-1")
    assert moved.sequence == 1
    assert not moved.answers


def test_a_skipped_meeting_tells_the_calendar_and_takes_no_answers() -> None:
    off = skip(planned(), NOW)
    assert (off.state, off.sequence) == (MeetingState.SKIPPED, 1)
    with pytest.raises(NoLongerOpen):
        answer(off, PRIYA, Said.MET, FRIDAY)
    with pytest.raises(NoLongerOpen):
        move(off, NEXT_WEEK, PRIYA, FRIDAY)


def test_a_meeting_that_could_not_be_can_still_be_moved() -> None:
    missed = answer(planned(), PRIYA, Said.COULD_NOT, FRIDAY)
    assert missed.state is MeetingState.MISSED
    assert answer(missed, MARCUS, Said.MOVED, FRIDAY, NEXT_WEEK).state is MeetingState.MOVED


@pytest.mark.parametrize("said", list(permutations([Said.MET, Said.COULD_NOT, Said.NOT_YET])))
def test_the_outcome_does_not_depend_on_who_answers_first(said: tuple[Said, Said, Said]) -> None:
    meeting = planned()
    for person, word in zip((PRIYA, MARCUS, WEI), said, strict=True):
        meeting = answer(meeting, person, word, FRIDAY)
    assert meeting.state is MeetingState.HELD
    assert disagree(meeting)


def test_a_disagreement_ends_when_one_of_them_changes_their_word() -> None:
    meeting = answer(planned(), PRIYA, Said.MET, FRIDAY)
    meeting = answer(meeting, MARCUS, Said.COULD_NOT, FRIDAY)
    assert disagree(meeting)
    agreed = answer(meeting, PRIYA, Said.COULD_NOT, FRIDAY)
    assert (agreed.state, disagree(agreed)) == (MeetingState.MISSED, False)


def test_could_not_and_not_yet_are_no_disagreement() -> None:
    meeting = answer(planned(), PRIYA, Said.NOT_YET, FRIDAY)
    assert not disagree(answer(meeting, MARCUS, Said.COULD_NOT, FRIDAY))


def test_they_met_and_so_it_cannot_be_moved() -> None:
    held = answer(planned(), PRIYA, Said.MET, FRIDAY)
    with pytest.raises(NoLongerOpen, match="you met"):
        answer(held, MARCUS, Said.MOVED, FRIDAY, NEXT_WEEK)


def test_times_that_make_no_sense_are_refused_in_their_field() -> None:
    for wrong in (NOW, NOW - timedelta(days=1), NOW + timedelta(days=400)):
        with pytest.raises(Refusal) as refused:
            plan(17, "2026-03-03", wrong, 60, "uid", MARCUS, NOW)
        assert refused.value.field == "starts_at"
    with pytest.raises(Refusal, match="already"):
        move(planned(), THURSDAY, PRIYA, NOW)
    with pytest.raises(Refusal) as too_short:
        plan(17, "2026-03-03", THURSDAY, 0, "uid", MARCUS, NOW)
    assert too_short.value.field == "minutes"


def test_nobody_has_met_in_the_future() -> None:
    with pytest.raises(Refusal, match="still ahead"):
        answer(planned(), PRIYA, Said.MET, NOW)
    with pytest.raises(Refusal, match="still ahead"):
        log(17, "2026-03-03", THURSDAY, 60, "uid", PRIYA, NOW)


def test_a_meeting_nobody_planned_is_noted_as_held_by_the_one_who_tells() -> None:
    noted = log(17, "2026-03-03", THURSDAY, 60, "uid", PRIYA, FRIDAY)
    assert noted.state is MeetingState.HELD
    assert [each.person_id for each in noted.answers] == [PRIYA]


def test_old_buttons_do_not_rewrite_history() -> None:
    long_after = THURSDAY + ANSWERS_STAY_OPEN + timedelta(minutes=1)
    with pytest.raises(NoLongerOpen):
        answer(planned(), PRIYA, Said.MET, long_after)
    with pytest.raises(Refusal) as refused:
        log(17, "2026-03-03", THURSDAY, 60, "uid", PRIYA, long_after)
    assert refused.value.field == "met_on"


def test_once_it_has_begun_it_is_told_about_not_skipped() -> None:
    with pytest.raises(NoLongerOpen, match="whether you met"):
        skip(planned(), THURSDAY)


clicks = st.lists(
    st.tuples(
        st.sampled_from([PRIYA, MARCUS, WEI]), st.sampled_from([*Said, "skip", "move"]), st.integers(-2, 9)
    ),
    max_size=8,
)


@given(clicks=clicks)
def test_no_order_of_clicks_reaches_a_state_that_contradicts_the_answers(
    clicks: list[tuple[int, Said | str, int]],
) -> None:
    meeting, now = planned(), NOW
    for person, click, days in clicks:
        now += timedelta(days=1)
        before = meeting
        to = now + timedelta(days=days)
        try:
            if isinstance(click, Said):
                meeting = answer(meeting, person, click, now, to)
            else:
                meeting = skip(meeting, now) if click == "skip" else move(meeting, to, person, now)
        except Refusal:
            assert meeting == before
        said = {each.said for each in meeting.answers}
        assert (Said.MET in said) == (meeting.state is MeetingState.HELD)
        assert (meeting.state is MeetingState.MISSED) == (Said.COULD_NOT in said and Said.MET not in said)
        assert meeting.sequence - before.sequence == (meeting.starts_at != before.starts_at) + (
            meeting.state is MeetingState.SKIPPED and before.state is not MeetingState.SKIPPED
        )
        assert len({each.person_id for each in meeting.answers}) == len(meeting.answers)


def test_new_terms_drop_what_the_old_slot_had_planned_and_nothing_people_chose() -> None:
    by_the_slot = plan(17, "2026-03-17", NEXT_WEEK, 60, "uid-2", None, NOW)
    moved = move(plan(17, "2026-03-31", NEXT_WEEK, 60, "uid-3", None, NOW), FRIDAY, PRIYA, NOW)
    assert dropped_by_new_terms([planned(), by_the_slot, moved], NOW) == (by_the_slot,)
    assert dropped_by_new_terms([by_the_slot], NEXT_WEEK) == ()
