"""Who could take one more mentee: mentors with a place that no pair of the program takes any more."""

from datetime import date

import pytest
from sqlalchemy import update

from handlers.trial import SAID_YES
from storage.participants import free_mentors
from storage.tables import EnrollmentRow, PairRow, PersonRow
from tests.journeys.test_phase_stories import two_of_marcus
from tests.support.town import Town

LAST_DAY = date(2026, 3, 27)


@pytest.fixture
def full(town: Town) -> Town:
    """Marcus has two places, and Priya and Leila have them until the last day."""
    two_of_marcus(town, LAST_DAY.isoformat())
    return town


def free(town: Town, today: date = LAST_DAY, limit: int = 10) -> list[str]:
    with town.database.read() as session:
        found = free_mentors(session, town.program().id, SAID_YES, limit, today)
    return [each.person.first_name for each in found]


def one_pair(town: Town, **values: object) -> None:
    with town.database.write() as session:
        session.execute(update(PairRow).where(PairRow.id == 1).values(values))


def test_who_has_given_every_place_is_not_free_on_the_last_day_and_is_the_day_after(full: Town) -> None:
    assert free(full) == []
    assert free(full, date(2026, 3, 28)) == ["Marcus"]


@pytest.mark.parametrize(
    "over",
    [{"state": "ended"}, {"casual_since": date(2026, 3, 2)}, {"ends_on": date(2026, 3, 26)}],
    ids=["ended", "casual", "had its time"],
)
def test_one_pair_that_is_over_leaves_its_place(full: Town, over: dict[str, object]) -> None:
    one_pair(full, **over)
    assert free(full) == ["Marcus"]


def test_a_pair_that_waits_to_be_introduced_has_its_place(full: Town) -> None:
    one_pair(full, state="approved", announced_at=None)
    assert free(full) == []


@pytest.mark.parametrize("left", [{"active": False}, {"member": False}])
def test_who_is_not_here_any_more_is_not_free(full: Town, left: dict[str, bool]) -> None:
    with full.database.write() as session:
        session.execute(update(EnrollmentRow).values(capacity=5))
    assert free(full) == ["Marcus"]
    assert free(full, limit=0) == []
    with full.database.write() as session:
        session.execute(update(PersonRow).values(left))
    assert free(full) == []
