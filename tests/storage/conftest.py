"""Two workspaces with a person each: enough to see that one never reaches into the other."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.database import Database
from storage.people import Workspace, ensure_workspace, meet_person

ON_SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""For what only SQLite has."""
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


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, migrated: Path, tmp_path: Path) -> Iterator[Database]:
    """A database of this test's own, on each kind of database in turn."""
    if request.param == "sqlite":
        shutil.copy(migrated, tmp_path / "mentoring.db")
        found = Database(f"sqlite:///{tmp_path / 'mentoring.db'}")
        yield found
        found.close()
    else:
        yield request.getfixturevalue("on_postgresql")


@pytest.fixture
def here(database: Database) -> Place:
    return new_place(database, "THERE1")


@pytest.fixture
def elsewhere(database: Database) -> Place:
    return new_place(database, "TELSE1")
