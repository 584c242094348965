"""`mentoring run` as an operator starts it: a process of its own, on the real clock, over Socket Mode."""

import shutil
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.rehearsal.stage import MANIFEST, UNHURRIED_S
from playground import Message, Person, Playground, StillClock
from storage.schema import newest
from tests.support.command_line import MENTORING, environment, invoke, settings_for
from tests.support.town import PRIYA, ROBIN, fill_where_asked
from tests.support.waiting import until


@pytest.fixture
def firm() -> Iterator[Playground]:
    with Playground(MANIFEST, clock=StillClock(datetime.now(UTC)), patience=UNHURRIED_S) as playground:
        playground.add_person(ROBIN, "Robin Ellery", email="robin@harborlaw.example", is_admin=True)
        playground.add_person(PRIYA, "Priya Raman", email="priya@harborlaw.example")
        yield playground


@pytest.fixture
def url(migrated: Path, tmp_path: Path) -> str:
    shutil.copy(migrated, tmp_path / "mentoring.db")
    return f"sqlite:///{tmp_path / 'mentoring.db'}"


def knows_an_admin(folder: Path) -> bool:
    """Whether the people of the workspace have been read and kept."""
    with closing(sqlite3.connect(folder / "mentoring.db")) as connection:
        return bool(connection.execute("SELECT count(*) FROM person WHERE is_admin").fetchone()[0])


@contextmanager
def running(firm: Playground, folder: Path, url: str) -> Iterator[subprocess.Popen[str]]:
    """A running bot that knows the people; killed at the end if it is still there."""
    with subprocess.Popen(  # noqa: S603 - our own command
        [*MENTORING, "run"],
        env=environment(**settings_for(firm, url)),
        cwd=folder,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            firm.wait_for_app(timeout=30)
            until(lambda: knows_an_admin(folder))
            yield process
        finally:
            process.kill()


def told(person: Person, command: str) -> Message:
    """What somebody is shown who types a command: some answers come after the acknowledgement."""
    before = len(person.inbox())
    person.command("/mentoring", command)
    return until(lambda: person.inbox()[before:])[-1]


def open_a_program(robin: Person) -> None:
    robin.click(told(robin, "coordinators"), "staff.claim")
    robin.command("/mentoring", "program new")
    until(lambda: robin.view)
    robin.fill("name", "Spring at Harbor Law")
    robin.submit()
    robin.close(all=True)
    robin.click(told(robin, "program"), "program.open")


JOINING = {
    "roles": ["mentee"],
    "wants": ["negotiation"],
    "offers": ["legal writing"],
    "level": "2",
    "goal": "Speak up in meetings",
    "confirm": ["yes"],
}
"""What is answered in whichever step of the form asks it."""


def join(person: Person) -> None:
    person.click(told(person, "join"), "join.open")
    until(lambda: person.view)
    while person.view is not None:
        fill_where_asked(person, JOINING)
        person.submit()


def test_somebody_joins_by_command_hears_of_it_and_the_process_ends_in_peace(
    firm: Playground, tmp_path: Path, url: str
) -> None:
    with running(firm, tmp_path, url) as process:
        open_a_program(firm.person(ROBIN))
        join(firm.person(PRIYA))
        confirmed = until(lambda: [each for each in firm.person(PRIYA).inbox() if not each.ephemeral_for])
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=30)
    assert confirmed[0].text.startswith("You're in")
    assert process.returncode == 0, said
    assert not firm.refused
    first = said.splitlines()[0]
    assert "Harbor Law" in first
    assert str(tmp_path / "mentoring.db") in first
    assert f"schema {newest()}" in first
    assert firm.bot_token not in said
    assert "Priya" not in said


def test_an_empty_database_is_refused_with_the_command_that_makes_it(
    firm: Playground, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'mentoring.db'}"
    ended = invoke("run", folder=tmp_path, **settings_for(firm, url))
    assert "`mentoring db upgrade`" in str(ended.exception)
    assert firm.calls == []


def test_tokens_that_slack_refuses_lead_to_the_doctor(firm: Playground, tmp_path: Path, url: str) -> None:
    settings = settings_for(firm, url) | {"SLACK_BOT_TOKEN": "xoxb-of-another-app"}
    said = str(invoke("run", folder=tmp_path, **settings).exception)
    assert "invalid_auth" in said
    assert "`mentoring doctor`" in said
    assert "xoxb-of-another-app" not in said


def test_an_app_token_that_slack_refuses_leads_to_the_doctor(
    firm: Playground, tmp_path: Path, url: str
) -> None:
    settings = settings_for(firm, url) | {"SLACK_APP_TOKEN": "xapp-of-another-app"}
    said = str(invoke("run", folder=tmp_path, **settings).exception)
    assert "invalid_auth" in said


def test_a_slack_that_cannot_be_reached_is_a_sentence(firm: Playground, tmp_path: Path, url: str) -> None:
    settings = settings_for(firm, url) | {"SLACK_API_URL": "http://127.0.0.1:9/"}
    said = str(invoke("run", folder=tmp_path, **settings).exception)
    assert "Slack cannot be reached at http://127.0.0.1:9/" in said


def test_a_database_that_is_none_is_a_sentence(firm: Playground, tmp_path: Path) -> None:
    (tmp_path / "mentoring.db").write_text("Dear diary, this is not a database at all. " * 20)
    url = f"sqlite:///{tmp_path / 'mentoring.db'}"
    said = str(invoke("run", folder=tmp_path, **settings_for(firm, url)).exception)
    assert "file is not a database" in said
    assert "Check DATABASE_URL" in said


def test_a_database_that_nobody_may_write_is_a_sentence(firm: Playground, tmp_path: Path, url: str) -> None:
    assert url
    readable = f"sqlite:///file:{tmp_path / 'mentoring.db'}?mode=ro&uri=true"
    said = str(invoke("run", folder=tmp_path, **settings_for(firm, readable)).exception)
    assert "readonly" in said
    assert "the file is yours to write" in said


def test_a_server_that_is_down_is_a_sentence_without_its_password(firm: Playground, tmp_path: Path) -> None:
    url = "postgresql+psycopg://mentoring:hunter2@127.0.0.1:9/mentoring"
    said = str(invoke("run", folder=tmp_path, **settings_for(firm, url)).exception)
    assert "Check DATABASE_URL, and that the server runs" in said
    assert "hunter2" not in said


def test_a_database_of_a_newer_version_is_left_alone(firm: Playground, tmp_path: Path, url: str) -> None:
    with closing(sqlite3.connect(tmp_path / "mentoring.db")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'v9999'")
        connection.commit()
    said = str(invoke("run", folder=tmp_path, **settings_for(firm, url)).exception)
    assert "v9999" in said
    assert firm.calls == []
