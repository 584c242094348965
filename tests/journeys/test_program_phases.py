"""A coordinator moves the dates of a program's parts: the pairs move along, and what has begun stays."""

from datetime import UTC, datetime

import pytest

from mentoring.phases import PhaseName, phase_named, phases_of
from playground import Person
from tests.journeys.test_main_job import agreed_town
from tests.journeys.test_survey_desk import seen
from tests.support.town import PRIYA, ROBIN, Town


def opens(town: Town, name: PhaseName) -> str:
    return phase_named(phases_of(town.program()), name).starts_at.date().isoformat()


def dated(town: Town, **dates: str | list[str]) -> tuple[Person, dict[str, str]]:
    robin = town.person(ROBIN)
    if robin.view is not None:
        robin.close(all=True)
    robin.command("/mentoring", "phases")
    for name, day in dates.items():
        robin.fill(name, day)
    return robin, dict(robin.submit().errors)


@pytest.fixture
def drafted(town: Town) -> Town:
    town.claim()
    town.draft()
    return town


def test_the_parts_open_on_the_days_that_were_picked(drafted: Town) -> None:
    robin, _ = dated(drafted, middle="2026-03-02", end="2026-07-01")
    assert "The middle part opens on Monday, March 2" in seen(robin)
    assert (opens(drafted, PhaseName.MIDDLE), opens(drafted, PhaseName.END)) == ("2026-03-02", "2026-07-01")
    dated(drafted, usual=["yes"])
    assert opens(drafted, PhaseName.MIDDLE) == "2026-03-19"


@pytest.mark.parametrize(
    ("dates", "where", "said"),
    [
        ({"middle": "2026-02-05"}, "middle", "needs at least 7 days"),
        ({"end": "2026-03-20"}, "end", "needs at least 7 days"),
        ({"end": "2026-07-30"}, "end", "needs at least 7 days"),
        ({"middle": "2026-08-30"}, "end", "needs at least 7 days"),
    ],
)
def test_dates_that_leave_no_room_are_refused_at_their_field(
    drafted: Town, dates: dict[str, str], where: str, said: str
) -> None:
    _, errors = dated(drafted, **dates)
    assert said in errors[where]
    assert opens(drafted, PhaseName.MIDDLE) == "2026-03-19"


def test_pairs_get_their_guide_and_check_in_by_the_new_dates_and_what_began_stays(town: Town) -> None:
    agreed_town(town)
    town.until(datetime(2026, 2, 20, tzinfo=UTC))
    dated(town, middle="2026-03-02")
    town.until(datetime(2026, 3, 6, tzinfo=UTC))
    assert any("in the middle part now" in each.reading for each in town.person(PRIYA).inbox())
    assert any("First check-in" in each.reading for each in town.person(PRIYA).inbox())
    robin = town.person(ROBIN)
    robin.close(all=True)
    robin.command("/mentoring", "phases")
    assert "The middle part began on Monday, March 2." in seen(robin)


def test_a_date_that_has_passed_is_refused(town: Town) -> None:
    agreed_town(town)
    town.until(datetime(2026, 3, 1, tzinfo=UTC))
    _, errors = dated(town, middle="2026-02-20")
    assert "That date has passed" in errors["middle"]


def test_a_pair_that_runs_early_keeps_its_room(town: Town) -> None:
    agreed_town(town)
    town.until(datetime(2026, 2, 10, tzinfo=UTC))
    dated(town, middle="2026-02-25")
    town.until(datetime(2026, 3, 5, tzinfo=UTC))
    priya = town.person(PRIYA)
    town.press(PRIYA, "phase.open")
    priya.fill("days", "-14")
    priya.submit()
    _, errors = dated(town, end="2026-03-14")
    assert "One pair runs late or early" in errors["end"]
