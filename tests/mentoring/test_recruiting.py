"""Who is asked again, and when; what a pool lacks."""

from datetime import UTC, date, datetime, timedelta, tzinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.enrollment import Enrollment, EnrollmentState, Profile
from mentoring.hours import Calendar, zone_of
from mentoring.kinds import ProgramKind, Role
from mentoring.programs import Program, ProgramState
from mentoring.recruiting import (
    Gap,
    Late,
    balance,
    consent_at,
    match_settings,
    may_join,
    next_asking,
    rules_of,
)

MONDAY = datetime(2026, 1, 5, 15, tzinfo=UTC)
SIDNEY = Calendar("Australia/Sydney")
NEW_YORK = Calendar("America/New_York")


def a_program(
    kind: ProgramKind = ProgramKind.TRADITIONAL,
    state: ProgramState = ProgramState.ENROLLING,
    **settings: object,
) -> Program:
    """A program that starts in April."""
    return Program(
        id=1,
        workspace_id=1,
        name="Spring",
        kind=kind,
        state=state,
        starts_on=date(2026, 4, 6),
        ends_on=date(2026, 9, 30),
        time_zone="America/New_York",
        hours_per_month=2,
        cadence="weeks:2",
        sponsor_name="",
        sponsor_words="",
        settings=settings,
    )


def somebody(state: EnrollmentState, asked: int) -> Enrollment:
    """Somebody asked on a Monday."""
    return Enrollment(1, 1, 1, state, Profile(frozenset({Role.MENTEE})), None, asked=asked, asked_at=MONDAY)


def test_a_reminder_comes_four_working_days_later() -> None:
    at = next_asking(somebody(EnrollmentState.INVITED, 1), a_program(), NEW_YORK, MONDAY)
    assert at is not None
    assert at.astimezone(UTC).date() == date(2026, 1, 9)


@pytest.mark.parametrize(
    ("state", "asked"),
    [
        (EnrollmentState.INVITED, 3),
        (EnrollmentState.STARTED, 3),
        (EnrollmentState.DECLINED, 2),
        (EnrollmentState.JOINED, 1),
        (EnrollmentState.LEFT, 1),
        (EnrollmentState.TURNED_DOWN, 1),
    ],
)
def test_nobody_hears_more_than_they_should(state: EnrollmentState, asked: int) -> None:
    assert next_asking(somebody(state, asked), a_program(), NEW_YORK, MONDAY) is None


def test_nobody_is_reminded_once_matching_has_begun_or_the_program_has_started() -> None:
    invited = somebody(EnrollmentState.INVITED, 1)
    assert next_asking(invited, a_program(state=ProgramState.MATCHED), NEW_YORK, MONDAY) is None
    april = datetime(2026, 4, 7, tzinfo=UTC)
    assert next_asking(invited, a_program(), NEW_YORK, april) is None


@given(
    now=st.datetimes(datetime(2026, 1, 5), datetime(2026, 3, 30), timezones=st.just(UTC)),  # noqa: DTZ001 - hypothesis takes naive bounds and a zone
    state=st.sampled_from([EnrollmentState.INVITED, EnrollmentState.STARTED, EnrollmentState.DECLINED]),
    calendar=st.sampled_from([SIDNEY, NEW_YORK, Calendar("Asia/Kolkata")]),
)
def test_every_asking_falls_into_the_persons_working_hours(
    now: datetime, state: EnrollmentState, calendar: Calendar
) -> None:
    at = next_asking(somebody(state, 1), a_program(), calendar, now)
    if at is None:
        return
    local = at.astimezone(calendar_zone(calendar))
    assert calendar.is_workday(local.date())
    assert calendar.hours.start <= local.time() < calendar.hours.end
    assert at >= now
    assert at - MONDAY >= timedelta(days=3)


def calendar_zone(calendar: Calendar) -> tzinfo:
    """The calendar's zone, as datetime takes it."""
    return zone_of(calendar.zone)


def test_gaps_count_places_and_know_synonyms() -> None:
    pool = [
        Profile(frozenset({Role.MENTEE}), wants=("deal negotiation",)),
        Profile(frozenset({Role.MENTEE}), wants=("negotiating", "budgeting")),
        Profile(frozenset({Role.MENTEE}), wants=("negotiation",)),
        Profile(frozenset({Role.MENTOR}), offers=("negotiation",), capacity=2, competence="a"),
        Profile(
            frozenset({Role.MENTOR}),
            offers=("budgeting",),
            capacity=1,
            competence="a",
            confidence="b",
            commitment="c",
        ),
    ]
    found = balance(pool)
    assert list(found.gaps) == [Gap("negotiation", 3, 1, 2)]
    assert (found.mentors, found.mentees, found.places, found.mentors_ready) == (2, 3, 3, 1)


def test_an_empty_pool_has_no_gaps() -> None:
    assert balance([]).gaps == []


def test_reverse_pairs_are_asked_in_private_first_unless_the_coordinator_says_otherwise() -> None:
    assert rules_of(a_program(ProgramKind.REVERSE)).quiet_check
    assert not rules_of(a_program()).quiet_check
    assert not rules_of(a_program(ProgramKind.REVERSE, quiet_check=False)).quiet_check


def test_late_joiners_are_welcome_unless_the_program_closes_its_door() -> None:
    assert may_join(a_program(state=ProgramState.RUNNING), MONDAY)
    assert not may_join(a_program(state=ProgramState.RUNNING, late=Late.CLOSED.value), MONDAY)
    assert not may_join(a_program(state=ProgramState.CLOSED), MONDAY)
    assert not may_join(a_program(state=ProgramState.DRAFT), MONDAY)


def test_nobody_joins_a_program_that_has_had_its_last_day() -> None:
    last_minute = datetime(2026, 10, 1, 3, 59, tzinfo=UTC)
    for state in (ProgramState.ENROLLING, ProgramState.RUNNING):
        assert may_join(a_program(state=state), last_minute)
        assert not may_join(a_program(state=state), last_minute + timedelta(minutes=1))


def test_silence_is_consent_after_three_working_days_of_the_slowest_calendar() -> None:
    friday = datetime(2026, 1, 9, 15, tzinfo=UTC)
    assert consent_at(friday, [NEW_YORK, SIDNEY]) >= datetime(2026, 1, 14, tzinfo=UTC)


def test_settings_ignore_what_does_not_count_in_this_kind() -> None:
    found = match_settings(a_program(weights={"wishes": 3, "group_fit": 9, "load": 99}), 4)
    assert found.weights == {"wishes": 3.0}
    assert found.seed == 4
