"""`mentoring run` as an operator starts it: a process of its own, on the real clock, over Socket Mode."""

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.rehearsal.stage import MANIFEST
from playground import Person, Playground, StillClock
from storage.database import Database
from storage.schema import upgrade
from tests.support.command_line import MENTORING, environment, mentoring, settings_for
from tests.support.town import PRIYA, ROBIN
from tests.support.waiting import until

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture
def firm() -> Iterator[Playground]:
    with Playground(MANIFEST, clock=StillClock(datetime.now(UTC))) as playground:
        playground.add_person(ROBIN, "Robin Ellery", email="robin@harborlaw.example", is_admin=True)
        playground.add_person(PRIYA, "Priya Raman", email="priya@harborlaw.example")
        yield playground


@contextmanager
def running(firm: Playground, folder: Path, **more: str) -> Iterator[subprocess.Popen[str]]:
    """A running bot that is connected; killed at the end if it is still there."""
    url = f"sqlite:///{folder / 'mentoring.db'}"
    upgrade(url)
    with subprocess.Popen(  # noqa: S603 - our own command
        [*MENTORING, "run"],
        env=environment(**settings_for(firm, url), **more),
        cwd=folder,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            firm.wait_for_app(timeout=30)
            until(lambda: [call for call in firm.calls if call.method == "users.list"])
            yield process
        finally:
            process.kill()


def open_a_program(robin: Person) -> None:
    robin.click(until(lambda: robin.command("/mentoring", "coordinators").shown)[0], "staff.claim")
    robin.command("/mentoring", "program new")
    robin.fill("name", "Spring at Harbor Law")
    robin.submit()
    robin.close(all=True)
    robin.click(robin.command("/mentoring", "program").shown[0], "program.open")


def join(person: Person) -> None:
    person.click(person.command("/mentoring", "join").shown[0], "join.open")
    person.fill("roles", ["mentee"])
    while person.view is not None:
        person.submit()


def test_somebody_joins_by_command_hears_of_it_and_the_process_ends_in_peace(
    firm: Playground, tmp_path: Path
) -> None:
    with running(firm, tmp_path) as process:
        open_a_program(firm.person(ROBIN))
        join(firm.person(PRIYA))
        confirmed = until(firm.person(PRIYA).inbox)
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=30)
    assert "You're in" in confirmed[0].text or "you're in" in confirmed[0].text
    assert process.returncode == 0, said
    assert not firm.refused


def test_the_first_line_tells_workspace_database_and_schema(firm: Playground, tmp_path: Path) -> None:
    with running(firm, tmp_path, LOG_LEVEL="error") as process:
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=30)
    first = said.splitlines()[0]
    assert "Harbor Law" in first
    assert str(tmp_path / "mentoring.db") in first
    assert "schema 0001" in first or "schema v0001" in first
    assert firm.bot_token not in said
    assert process.returncode == 0


def test_an_empty_database_is_refused_with_the_command_that_makes_it(
    firm: Playground, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'mentoring.db'}"
    ended = mentoring("run", folder=tmp_path, **settings_for(firm, url))
    assert ended.returncode == 2
    assert "`mentoring db upgrade`" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_tokens_that_slack_refuses_lead_to_the_doctor(firm: Playground, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'mentoring.db'}"
    upgrade(url)
    settings = settings_for(firm, url) | {"SLACK_BOT_TOKEN": "xoxb-of-another-app"}
    ended = mentoring("run", folder=tmp_path, **settings)
    assert ended.returncode == 2
    assert "invalid_auth" in ended.stderr
    assert "`mentoring doctor`" in ended.stderr
    assert "xoxb-of-another-app" not in ended.stderr


def test_a_slack_that_cannot_be_reached_is_a_sentence(firm: Playground, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'mentoring.db'}"
    upgrade(url)
    settings = settings_for(firm, url) | {"SLACK_API_URL": "http://127.0.0.1:9/"}
    ended = mentoring("run", folder=tmp_path, **settings)
    assert ended.returncode == 2
    assert "Slack cannot be reached at http://127.0.0.1:9/" in ended.stderr


def test_letters_left_for_later_are_sent_after_the_next_start(firm: Playground, tmp_path: Path) -> None:
    with running(firm, tmp_path) as process:
        open_a_program(firm.person(ROBIN))
        firm.faults.inject("chat.postMessage", "drop", times=1)
        join(firm.person(PRIYA))
        until(lambda: [call for call in firm.calls if call.method == "chat.postMessage"])
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
    assert firm.person(PRIYA).inbox() == []
    database = Database(f"sqlite:///{tmp_path / 'mentoring.db'}")
    hurry(database)
    database.close()
    with running(firm, tmp_path) as process:
        assert len(until(firm.person(PRIYA).inbox)) == 1
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)


def hurry(database: Database) -> None:
    """Let the lease of a letter under way be over, as a quarter of a minute would."""
    with database.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE letter SET claimed_at = '2026-01-01 00:00:00.000000'")
