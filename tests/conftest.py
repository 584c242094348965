"""What all tests share: a migrated database, and a small firm with the bot in it."""

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings

from bot.metrics import FAULTS
from bot.rehearsal.stage import MANIFEST, UNHURRIED_S, bot_for
from playground import Playground, StillClock
from storage.database import Database
from storage.schema import upgrade
from tests.support.beginnings import Beginnings, moment_of
from tests.support.direct import DirectLine
from tests.support.examples import examples
from tests.support.postgres import Server, server
from tests.support.town import MONDAY, PEOPLE, Town

TEMPLATE = f"mentoring_{os.getpid()}"
"""Several runs may share a server that is given."""

# Properties are about what is true, never about how fast a busy machine finds out.
settings.register_profile(
    "ours", max_examples=examples(50), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ours")

GARBAGE_AFTER = 50_000
"""New objects before Python looks for garbage in rings; its own 700 made a look of every page of a test."""


LONGEST = ("tests/storage/test_migrations.py", "tests/test_packages.py")
"""Long files that would come last: one process would still be at them when the other has nothing to do."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long; the rest stays in its order, which begins with the bot's processes."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


def pytest_collection_finish() -> None:
    """Let no search for garbage go through what stays to the end: thousands of tests and all modules.

    Without this one that makes many objects paid up to 20 s for the others (Python 3.11, 2026-11).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE_AFTER, 20, 20)


def faults() -> dict[str, float]:
    """How often this process has failed at what, by its own count."""
    samples = [sample for metric in FAULTS.collect() for sample in metric.samples]
    return {each.labels["what"]: each.value for each in samples if each.name.endswith("_total")}


@pytest.fixture
def faulty() -> None:
    """This test brings a fault about: it is kept apart, logged and counted."""


@pytest.fixture(autouse=True)
def no_fault_is_kept_apart(request: pytest.FixtureRequest) -> Iterator[None]:
    """A fault that keeps nobody waiting would stay unseen in every other test."""
    before = faults()
    yield
    assert "faulty" in request.fixturenames or faults() == before


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database at the newest schema, made once and copied by each test."""
    path = tmp_path_factory.mktemp("schema") / "empty.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A PostgreSQL server with a migrated database to copy."""
    with server() as found:
        upgrade(found.make_database(TEMPLATE))
        yield found
        found.drop_database(TEMPLATE)


@pytest.fixture
def on_postgresql(postgresql: Server) -> Iterator[Database]:
    """A database of this test's own, on PostgreSQL."""
    name = f"test_{uuid4().hex}"
    found = Database(postgresql.make_database(name, TEMPLATE))
    yield found
    found.close()
    postgresql.drop_database(name)


@pytest.fixture
def database(request: pytest.FixtureRequest, migrated: Path, tmp_path: Path) -> Iterator[Database]:
    """A database of this test's own: SQLite, or with TEST_ON=postgresql PostgreSQL for everything.

    A test that asks for `on_postgresql` beside it wants one of each.
    """
    if os.environ.get("TEST_ON") == "postgresql" and "on_postgresql" not in request.fixturenames:
        yield request.getfixturevalue("on_postgresql")
        return
    shutil.copy(migrated, tmp_path / "mentoring.db")
    found = Database(f"sqlite:///{tmp_path / 'mentoring.db'}", lasting=False)
    yield found
    found.close()


@pytest.fixture(scope="session")
def beginnings(tmp_path_factory: pytest.TempPathFactory) -> Beginnings:
    """What stories begin with, each played once."""
    return Beginnings(tmp_path_factory.mktemp("beginnings"))


@pytest.fixture
def town(database: Database, beginnings: Beginnings) -> Iterator[Town]:
    """Harbor Law: a coordinator, four lawyers, a guest, and the bot; a busy machine hurries nobody."""
    clock = StillClock(MONDAY)
    with Playground(MANIFEST, clock=clock, patience=UNHURRIED_S) as playground:
        for slack_id, facts in PEOPLE.items():
            playground.add_person(slack_id, email=f"{slack_id.lower()}@harborlaw.example", **facts)
        channel = playground.add_channel("mentoring", members=list(PEOPLE))
        bot = bot_for(playground, clock, database)
        playground.deliver_to(DirectLine(bot.app))
        bot.refresh_directory()
        here = Town(playground, clock, database, bot, channel, beginnings)
        here.begun = moment_of(here)
        yield here
        assert not playground.refused, playground.refused
