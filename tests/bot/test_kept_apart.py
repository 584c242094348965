"""A fault of ours at one pair or program: it keeps nobody else waiting, and is told and counted."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update
from structlog.testing import capture_logs

from bot.heartbeat import SET_ASIDE
from mentoring.programs import ProgramState
from storage.tables import AskRow, MemberRow, PersonRow, ProgramRow
from tests.conftest import faults
from tests.journeys.test_phase_stories import two_of_marcus
from tests.support.town import LEILA, MARCUS, PRIYA, Town

MENTEES = (PRIYA, LEILA)


def asks_of_priya(town: Town, kind: str) -> int:
    """What was asked of Priya's pair becomes of another kind; gives the pair's number."""
    with town.database.write() as session:
        hers = select(MemberRow.pair_id).join(PersonRow, PersonRow.id == MemberRow.person_id)
        number = session.scalars(hers.where(PersonRow.slack_id == PRIYA)).one()
        session.execute(update(AskRow).where(AskRow.pair_id == number).values(kind=kind))
    return number


def reminders(town: Town) -> list[int]:
    """How often each pair of Marcus has heard that there is no agreement yet."""
    return [sum("there's no agreement" in each.reading for each in town.room(one, MARCUS)) for one in MENTEES]


@pytest.mark.usefixtures("faulty")
def test_a_pair_at_which_a_look_fails_is_set_aside_and_all_others_are_looked_after(town: Town) -> None:
    two_of_marcus(town, "2026-04-30")
    town.until(datetime(2026, 1, 10, tzinfo=UTC))
    number, before = asks_of_priya(town, "of_a_newer_version"), faults().get("look failed", 0)
    with capture_logs() as logged:
        town.until(datetime(2026, 1, 16, tzinfo=UTC))
    assert reminders(town) == [0, 1]
    told = [each for each in logged if each["event"] == "look failed"]
    assert {(each["pair"], each["error"]) for each in told if "pair" in each} == {(number, "KeyError")}
    assert faults()["look failed"] - before == len(told) <= 2 * timedelta(days=6) / SET_ASIDE
    asks_of_priya(town, "book")
    town.until(datetime(2026, 1, 24, tzinfo=UTC))
    assert reminders(town)[0] == 1, "mended, it is looked after again"


@pytest.mark.usefixtures("faulty")
def test_a_program_at_which_a_look_fails_is_set_aside_and_the_next_one_has_its_day(town: Town) -> None:
    town.claim()
    town.draft(name="First")
    town.open()
    town.draft(name="Second")
    town.open()
    with town.database.write() as session:
        session.execute(update(ProgramRow).values(state=ProgramState.MATCHED))
        session.execute(update(ProgramRow).where(ProgramRow.name == "First").values(time_zone="Mars/Phobos"))
    with capture_logs() as logged:
        town.until(datetime(2026, 2, 10, tzinfo=UTC))
    with town.database.read() as session:
        states = {row.name: row.state for row in session.execute(select(ProgramRow.name, ProgramRow.state))}
    assert states["Second"] == ProgramState.RUNNING
    assert {each["event"] for each in logged if each["log_level"] == "error"} == {"look failed"}
