"""`mentoring import` on PostgreSQL while a coordinator changes the same list in Slack."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from mentoring.enrollment import Profile
from mentoring.kinds import Role
from storage.database import Database
from storage.people import person_by_slack_id
from storage.programs import put_roster
from tests.support.command_line import invoke
from tests.support.postgres import is_waiting
from tests.support.town import PRIYA, Town
from tests.support.waiting import until

ROSTER = f"user_id,name,role,offers,wants\n{PRIYA},Priya Raman,mentee,,negotiation\n"


@pytest.fixture
def database(on_postgresql: Database) -> Database:
    return on_postgresql


def test_whom_the_coordinator_just_put_on_the_list_is_known_to_the_roster(town: Town, tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    town.claim()
    program = town.draft()

    def imported() -> str:
        words = ["import", "roster.csv", "--program", program.name]
        result = invoke(*words, folder=tmp_path, DATABASE_URL=town.database.url)
        return str(result.exception or result.output)

    with ThreadPoolExecutor() as operator:
        with town.database.of(program.workspace_id).write() as session:
            priya = person_by_slack_id(session, program.workspace_id, PRIYA)
            assert priya is not None
            put_roster(session, program, {priya.id: Profile(frozenset({Role.MENTEE}))})
            said = operator.submit(imported)
            until(lambda: is_waiting(town.database))
        assert "1 person is on the list" in said.result(60)
