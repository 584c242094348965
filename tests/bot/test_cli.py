"""The command line as a whole: every command there, its help in plain words, what goes wrong in sentences."""

from pathlib import Path

import pytest
from typer.main import get_command

from bot.cli import command_line
from tests.support.command_line import invoke, mentoring


def commands() -> dict[str, str]:
    """Every command's words, and the first sentence of its help."""
    found: dict[str, str] = {}
    whole = get_command(command_line())
    groups = [("", whole)]
    for before, group in groups:
        for name, command in group.commands.items():  # type: ignore[attr-defined] # a group of commands
            words = f"{before} {name}".strip()
            if hasattr(command, "commands"):
                groups.append((words, command))
            else:
                found[words] = command.help or ""
    return found


def test_every_command_an_operator_needs_is_there() -> None:
    assert {"run", "doctor", "import", "match", "rehearse", "db upgrade"} <= set(commands())


@pytest.mark.parametrize("words", sorted(commands()))
def test_each_command_explains_itself(words: str, tmp_path: Path) -> None:
    shown = invoke(*words.split(), "--help", folder=tmp_path)
    assert shown.exit_code == 0
    first = commands()[words].splitlines()[0]
    assert first.endswith((".", ","))
    assert first.split()[0] in shown.output
    assert "TODO" not in shown.output


def test_the_bare_command_lists_what_there_is(tmp_path: Path) -> None:
    shown = invoke(folder=tmp_path).output
    assert all(words.split()[0] in shown for words in commands())


def test_help_says_no_secret_and_needs_no_settings(tmp_path: Path) -> None:
    assert invoke("run", "--help", folder=tmp_path).exit_code == 0


def test_what_goes_wrong_is_a_sentence_and_exit_status_2(tmp_path: Path) -> None:
    ended = mentoring("run", folder=tmp_path)
    assert ended.returncode == 2
    assert len(ended.stderr.splitlines()) == 3
    assert "SLACK_BOT_TOKEN is missing." in ended.stderr
    assert "Traceback" not in ended.stderr


def test_an_upgrade_makes_the_database_and_says_where_it_stands(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'mentoring.db'}"
    shown = invoke("db", "upgrade", folder=tmp_path, DATABASE_URL=url)
    assert shown.exit_code == 0
    assert "The database is at schema" in shown.output
    assert (tmp_path / "mentoring.db").exists()


def test_a_database_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    url = f"sqlite:///{tmp_path / 'file' / 'mentoring.db'}"
    shown = invoke("db", "upgrade", folder=tmp_path, DATABASE_URL=url)
    assert "cannot be used" in str(shown.exception)


def test_a_backup_is_made_and_put_back_by_command(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'mentoring.db'}"
    invoke("db", "upgrade", folder=tmp_path, DATABASE_URL=url)
    made = invoke("db", "backup", "monday.db", folder=tmp_path, DATABASE_URL=url)
    assert "verified" in made.output
    assert (tmp_path / "monday.db").exists()
    put_back = invoke("db", "restore", "monday.db", folder=tmp_path, DATABASE_URL=url)
    assert "The database as it was: " in put_back.output
    assert put_back.exit_code == 0
