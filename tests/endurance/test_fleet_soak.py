"""A small soak, the first step of the whole one in `make soak`; too heavy for every run of the tests."""

from pathlib import Path

from storage.database import Database
from tests.endurance.conductor import Trouble
from tests.endurance.soak import Size, errors_in, soak
from tests.support.postgres import Server

SMALL = Size(
    workspaces=2,
    people=6,
    weeks=4,
    listeners=1,
    workers=2,
    hours=24,
    trouble=Trouble(kills=12, cuts=2, faults=30, sleeps=2),
)
EXPECTED_ERRORS = {
    # The database dropped its connections in the middle of something.
    "database lost",
}  # fmt: skip


def test_whole_programs_in_two_workspaces_survive_kills_cuts_and_a_bad_slack(
    on_postgresql: Database, postgresql: Server, tmp_path: Path
) -> None:
    log = tmp_path / "fleet.log"
    with soak(SMALL, on_postgresql, postgresql, log) as conductor:
        conductor.play()
    assert conductor.findings == []
    assert conductor.met["kills"], "no process was killed"
    assert conductor.met["posts"] > SMALL.workspaces * SMALL.people * 5
    assert not conductor.met["never"]
    assert conductor.met["acts"] > SMALL.workspaces * SMALL.people * 5
    assert {each.split(":")[0] for each in errors_in(log)} <= EXPECTED_ERRORS
