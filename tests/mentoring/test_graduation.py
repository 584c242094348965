"""Who graduates, and when: when the last of somebody's pairs is over, if they came to the end of one."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.graduation import KEEPS, SETTLES, Standing, farewell, graduates_at, is_complete
from mentoring.kinds import ProgramKind, Role
from mentoring.notices import ToPerson
from mentoring.nudges.facts import PairFacts
from mentoring.pairs import Ending, Member, Pair, PairState
from mentoring.programs import Program, ProgramState, last_instant, midnight_after
from tests.mentoring.nudges.life import ANNOUNCED, MARCUS, NEW_YORK, PRIYA, booking_pair

PROGRAM = Program(
    id=3,
    workspace_id=1,
    name="Spring",
    kind=ProgramKind.TRADITIONAL,
    state=ProgramState.RUNNING,
    starts_on=date(2026, 3, 2),
    ends_on=date(2026, 8, 31),
    time_zone=NEW_YORK,
    hours_per_month=2,
    cadence="weeks:2",
    sponsor_name="",
    sponsor_words="",
)
LIVING = Pair(
    id=17,
    workspace_id=1,
    program_id=3,
    state=PairState.ANNOUNCED,
    members=(Member(PRIYA, 1, Role.MENTEE), Member(MARCUS, 2, Role.MENTOR)),
    channel_id=None,
    announced_at=ANNOUNCED,
    ends_on=PROGRAM.ends_on,
    why="",
)
COMPLETED = LIVING._replace(state=PairState.ENDED, ending=Ending.COMPLETED)
ENDS_AT = last_instant(PROGRAM)
"""When the pair's last day, which is the program's, is over: 04:00 UTC on September 1."""
NO_OTHER = Standing(PROGRAM.ends_on, None, in_line=False)
"""They have this pair alone."""
MAY = datetime(2026, 5, 5, 9, tzinfo=UTC)
ONE_MOMENT = timedelta(microseconds=1)


def facts(**changes: object) -> PairFacts:
    return booking_pair(ends_at=ENDS_AT, **changes)


def test_a_pair_is_complete_once_its_last_day_is_over_and_not_a_moment_before() -> None:
    assert not is_complete(LIVING, ENDS_AT, ENDS_AT - ONE_MOMENT)
    assert is_complete(LIVING, ENDS_AT, ENDS_AT)


@pytest.mark.parametrize(
    ("ending", "complete"), [(Ending.COMPLETED, True), (Ending.PARTED, False), (Ending.LEFT, False)]
)
def test_of_pairs_that_were_ended_those_are_complete_that_got_where_they_wanted(
    ending: Ending, *, complete: bool
) -> None:
    ended = LIVING._replace(state=PairState.ENDED, ending=ending)
    assert is_complete(ended, ENDS_AT, MAY) is complete
    assert is_complete(ended, ENDS_AT, ENDS_AT + KEEPS) is complete, "its last day passes without it"


def test_whoever_has_one_pair_graduates_when_its_last_day_is_over() -> None:
    assert graduates_at(ENDS_AT, NO_OTHER, PROGRAM, ENDS_AT) == ENDS_AT


def test_whoever_ended_a_pair_as_completed_graduates_a_day_later() -> None:
    assert graduates_at(None, Standing(None, MAY, in_line=False), PROGRAM, MAY) == MAY + SETTLES


def test_nobody_graduates_while_another_pair_of_theirs_goes_on() -> None:
    longer = Standing(date(2026, 9, 15), MAY, in_line=False)
    over = midnight_after(date(2026, 9, 15), NEW_YORK)
    assert graduates_at(ENDS_AT, longer, PROGRAM, over - ONE_MOMENT) is None
    assert graduates_at(ENDS_AT, longer, PROGRAM, over) == ENDS_AT


def test_whoever_waits_for_another_match_graduates_when_none_can_come_any_more() -> None:
    waiting = Standing(None, MAY, in_line=True)
    assert graduates_at(None, waiting, PROGRAM, MAY) == last_instant(PROGRAM)


def test_a_pair_parted_last_delays_the_graduation_from_the_one_before() -> None:
    parted_at = ENDS_AT + timedelta(days=20)
    standing = Standing(None, parted_at, in_line=False)
    assert graduates_at(ENDS_AT, standing, PROGRAM, parted_at) == parted_at + SETTLES


instants = st.datetimes(datetime(2026, 3, 2), datetime(2027, 3, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the bounds take the zone of `timezones`
standings = st.builds(
    Standing,
    last_day=st.none() | st.dates(date(2026, 3, 2), date(2027, 1, 1)),
    last_ended_at=st.none() | instants,
    in_line=st.booleans(),
)


@given(its_end=st.none() | instants, standing=standings, now=instants)
def test_nobody_graduates_before_everything_of_theirs_is_over(
    its_end: datetime | None, standing: Standing, now: datetime
) -> None:
    since = graduates_at(its_end, standing, PROGRAM, now)
    goes_on = standing.last_day is not None and now < midnight_after(standing.last_day, NEW_YORK)
    if since is None:
        assert goes_on or (its_end, standing.last_ended_at, standing.in_line) == (None, None, False)
        return
    assert not goes_on
    assert its_end is None or since >= its_end
    assert standing.last_ended_at is None or since >= standing.last_ended_at + SETTLES
    assert not standing.in_line or since >= last_instant(PROGRAM)


@given(its_end=st.none() | instants, standing=standings, now=instants, later=instants)
def test_whoever_has_graduated_has_from_the_same_instant_whenever_one_looks(
    its_end: datetime | None, standing: Standing, now: datetime, later: datetime
) -> None:
    since = graduates_at(its_end, standing, PROGRAM, min(now, later))
    if since is not None:
        assert graduates_at(its_end, standing, PROGRAM, max(now, later)) == since


def test_both_hear_once_a_program_and_person_from_the_end_on_for_sixty_days() -> None:
    said = farewell(LIVING, PROGRAM, facts(), {PRIYA: NO_OTHER, MARCUS: NO_OTHER}, ENDS_AT)
    assert [each.to for each in said.notices] == [ToPerson(PRIYA), ToPerson(MARCUS)]
    assert {each.key for each in said.notices} == {
        "graduation:program 3:person 1",
        "graduation:program 3:person 2",
    }
    assert {(each.not_before, each.expires_at) for each in said.notices} == {(ENDS_AT, ENDS_AT + KEEPS)}
    assert said.next_at is None


@pytest.mark.parametrize(("late", "heard"), [(KEEPS - ONE_MOMENT, 1), (KEEPS, 0)])
def test_thanks_come_too_late_after_two_months(late: timedelta, heard: int) -> None:
    said = farewell(LIVING, PROGRAM, facts(), {PRIYA: NO_OTHER}, ENDS_AT + late)
    assert len(said.notices) == heard
    assert said.next_at is None


def test_a_pair_is_looked_at_again_when_the_first_of_its_people_graduates() -> None:
    standing = {PRIYA: Standing(None, MAY, in_line=True), MARCUS: Standing(None, MAY, in_line=False)}
    said = farewell(COMPLETED, PROGRAM, facts(), standing, MAY)
    assert not said.notices
    assert said.next_at == MAY + SETTLES
    said = farewell(COMPLETED, PROGRAM, facts(), standing, MAY + SETTLES)
    assert [each.to for each in said.notices] == [ToPerson(MARCUS)]
    assert said.next_at == last_instant(PROGRAM)


def test_nobody_hears_of_it_who_left_the_firm_or_every_pair_of_the_program() -> None:
    priya, marcus = facts().participants
    gone = priya._replace(active=False)
    said = farewell(LIVING, PROGRAM, facts(participants=(gone, marcus)), {PRIYA: NO_OTHER}, ENDS_AT)
    assert not said.notices
    assert said.next_at is None
