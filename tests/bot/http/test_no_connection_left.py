"""All connections to PostgreSQL are taken: people, Slack and load balancers are told, and nothing is lost."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from storage.database import Database
from storage.postgresql import CONNECTIONS
from tests.support.site import World, revoked, signed
from tests.support.web import Browser

IMPATIENT_S = 0.05
MOST = 2 * CONNECTIONS


@pytest.fixture
def database(on_postgresql: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    monkeypatch.setattr("storage.postgresql.CONNECTION_WITHIN_S", IMPATIENT_S)
    impatient = Database(on_postgresql.url)
    yield impatient
    impatient.close()


@contextmanager
def all_taken(database: Database) -> Iterator[None]:
    with ExitStack() as taken:
        for _ in range(MOST):
            taken.enter_context(database.writer.connect())
        yield


def test_somebody_who_writes_meanwhile_reads_a_sentence(world: World) -> None:
    firm = world.found("Harbor Law")
    world.install(firm)
    with all_taken(world.database):
        outcome = firm.people[0].command("/mentoring", "help")
    assert outcome.acked
    assert "Please try again in a minute." in outcome.shown[0].text


def test_an_event_is_not_acknowledged_so_that_slack_sends_it_again(world: World) -> None:
    firm = world.found("Harbor Law")
    world.install(firm)
    body = revoked(firm)
    with all_taken(world.database):
        assert signed(world, body).status == 500
    assert signed(world, body).status == 200
    assert world.stopped_at(firm.team_id) is not None


def test_a_balancer_learns_that_we_are_not_ready(world: World) -> None:
    with all_taken(world.database):
        assert Browser().get(f"{world.url}/readyz").status == 503
    assert Browser().get(f"{world.url}/readyz").status == 200
