"""Who may read what of a profile, and when a program's time is over."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.enrollment import Profile
from mentoring.errors import Refusal
from mentoring.kinds import Role
from mentoring.privacy import (
    DEFAULT_RETENTION_MONTHS,
    ProfileReader,
    check_retention,
    forgets_on,
    is_due_to_forget,
    on_hold,
    retention_months,
    visible_profile,
)
from mentoring.programs import Program, ProgramState
from tests.support.made_up import program_called

FULL = Profile(
    roles=frozenset(Role),
    offers=("negotiation",),
    wants=("mediation",),
    goal="Lead a matter",
    reports_to="U0BOSS",
    do_not_pair_with=frozenset({"U0OTHER"}),
    hopes="somebody patient",
    competence="ten years of trials",
    confidence="I like to explain",
    commitment="Friday mornings",
)
HIDDEN = {
    ProfileReader.SELF: set[str](),
    ProfileReader.COORDINATOR: {"do_not_pair_with", "reports_to"},
    ProfileReader.PARTNER: {
        "do_not_pair_with", "reports_to", "hopes", "competence", "confidence", "commitment",
    },
}  # fmt: skip


def closed(**settings: object) -> Program:
    return replace(program_called(), state=ProgramState.CLOSED, settings=settings)


@pytest.mark.parametrize("reader", list(ProfileReader))
def test_each_reader_sees_what_is_theirs(reader: ProfileReader) -> None:
    seen = visible_profile(FULL, reader)
    changed = {each.name for each in fields(Profile) if getattr(seen, each.name) != getattr(FULL, each.name)}
    assert changed == HIDDEN[reader]


def test_the_default_is_two_years_after_the_last_day() -> None:
    assert retention_months(closed()) == DEFAULT_RETENTION_MONTHS == 24
    assert forgets_on(closed()) == date(2028, 7, 31)


@given(st.integers(1, 120), st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_the_day_lies_so_many_months_later_and_exists(months: int, ends_on: date) -> None:
    program = replace(closed(retention_months=months), ends_on=ends_on)
    day = forgets_on(program)
    assert (day.year - ends_on.year) * 12 + day.month - ends_on.month == months
    assert day.day <= ends_on.day


def test_only_closed_programs_past_their_time_are_forgotten_and_once() -> None:
    due = datetime(2028, 8, 1, tzinfo=UTC)
    assert is_due_to_forget(closed(), due)
    assert not is_due_to_forget(closed(), due - timedelta(days=2))
    assert not is_due_to_forget(replace(closed(), state=ProgramState.RUNNING), due)
    assert not is_due_to_forget(closed(legal_hold=True), due)
    assert not is_due_to_forget(closed(forgotten_on="2028-08-01"), due)
    assert not on_hold(closed(legal_hold="no"))


@pytest.mark.parametrize("months", [0, 121, -1])
def test_a_time_no_firm_means_is_refused_at_the_field(months: int) -> None:
    with pytest.raises(Refusal) as refused:
        check_retention(months)
    assert refused.value.field == "retention"
