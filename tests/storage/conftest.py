"""Two workspaces with a person each: enough to see that one never reaches into the other."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from storage.database import Database
from storage.people import Workspace, ensure_workspace, meet_person

NOW = datetime(2026, 1, 5, 15, tzinfo=UTC)


@dataclass(frozen=True)
class Place:
    """A workspace and somebody in it."""

    workspace_id: int
    person_id: int


def new_place(database: Database, team_id: str) -> Place:
    with database.write() as session:
        found = Workspace(0, team_id, f"Firm {team_id}", "UBOT", None)
        workspace = ensure_workspace(session, found, NOW)
        return Place(workspace.id, meet_person(session, workspace.id, "UPRIYA", "Priya").id)


@pytest.fixture
def here(database: Database) -> Place:
    return new_place(database, "THERE1")


@pytest.fixture
def elsewhere(database: Database) -> Place:
    return new_place(database, "TELSE1")
