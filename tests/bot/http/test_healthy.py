"""`mentoring healthy`, as a container asks it: an exit status, and a sentence about what is the matter."""

from pathlib import Path

from cryptography.fernet import Fernet
from sqlalchemy import text
from typer.testing import Result

from storage.schema import upgrade
from tests.support.command_line import invoke
from tests.support.ports import free_port
from tests.support.site import World


def asked(folder: Path, listen_on: str, database: str) -> Result:
    return invoke(
        "healthy",
        "--http",
        folder=folder,
        DATABASE_URL=database,
        LISTEN_ON=listen_on,
        SLACK_CLIENT_ID="1.2",
        SLACK_CLIENT_SECRET="not one",
        SLACK_SIGNING_SECRET="not one",
        PUBLIC_URL="https://mentoring.example.com",
        ENCRYPTION_KEYS=Fernet.generate_key().decode(),
    )


def own_database(folder: Path) -> str:
    url = f"sqlite:///{folder / 'own.db'}"
    upgrade(url)
    return url


def listening(world: World) -> str:
    return world.url.removeprefix("http://")


def test_a_bot_that_listens_over_its_database_is_healthy(world: World, tmp_path: Path) -> None:
    answer = asked(tmp_path, listening(world), own_database(tmp_path))
    assert (answer.exit_code, answer.output.strip()) == (0, "healthy")


def test_without_a_database_of_this_version_it_is_not(world: World, tmp_path: Path) -> None:
    answer = asked(tmp_path, listening(world), f"sqlite:///{tmp_path / 'nothing.db'}")
    assert answer.exit_code == 1
    assert "mentoring db upgrade" in answer.output


def test_a_port_where_nothing_listens_is_told_in_a_sentence(tmp_path: Path) -> None:
    here = f"127.0.0.1:{free_port()}"
    answer = asked(tmp_path, here, own_database(tmp_path))
    assert answer.exit_code == 1
    assert f"Nothing answers at {here} (" in answer.output
    assert "start `mentoring run --http` again" in answer.output
    assert "urlopen" not in answer.output


def test_a_listener_that_lost_its_database_says_so_itself(world: World, tmp_path: Path) -> None:
    with world.database.writer.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'v9999'"))
    answer = asked(tmp_path, listening(world), own_database(tmp_path))
    assert answer.exit_code == 1
    assert "is not ready: " in answer.output
    assert "v9999" in answer.output
