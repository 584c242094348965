"""The command line as a whole: every command there, its help in plain words, what goes wrong in sentences."""

import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from bot.cli import COMMANDS, command_line
from storage.schema import upgrade
from tests.support.command_line import environment, invoke, mentoring

RARELY_NEEDED = {"fpdf", "matplotlib", "numpy", "openpyxl", "rustworkx", "scipy"}
HEAVY = {*RARELY_NEEDED, "alembic", "slack_bolt", "sqlalchemy"}
"""Libraries that take a tenth of a second and more to load."""
LOADED = """
import sys
{run}
print(*sorted(sys.modules))
"""


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
    there_is_no = f"sqlite:///{tmp_path / 'file'}"
    shown = invoke("db", "upgrade", folder=tmp_path, DATABASE_URL=there_is_no)
    assert "cannot be used: file is not a database. Check DATABASE_URL" in str(shown.exception)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("db copy --to mysql://root:hidden@host/db", "--to: write `sqlite:////path"),
        ("manifest --url ours.example", "--url: write the https address"),
        ("templates check nowhere", "There is no template in nowhere."),
    ],
)
def test_what_leads_nowhere_is_refused_with_what_to_write(tmp_path: Path, words: str, sentence: str) -> None:
    url = f"sqlite:///{tmp_path / 'mentoring.db'}"
    shown = invoke(*words.split(), folder=tmp_path, DATABASE_URL=url)
    assert str(shown.exception).startswith(sentence)


def test_a_rehearsal_says_what_is_missing_or_in_the_way_before_it_begins(tmp_path: Path) -> None:
    (tmp_path / "kept.db").touch()
    shown = invoke("rehearse", "--database", "kept.db", folder=tmp_path)
    assert str(shown.exception) == "kept.db is there already. Give another name; nothing is ever overwritten."
    shown = invoke("rehearse", "--roster", "missing.csv", folder=tmp_path)
    assert str(shown.exception) == "missing.csv: There is no such file. Check the name and the folder."


def test_a_rehearsal_takes_a_roster_as_spreadsheets_save_it(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text("user_id,name,role\nU1,Ada,wizard\n", encoding="utf-8-sig")
    shown = invoke("rehearse", "--roster", "roster.csv", folder=tmp_path)
    assert str(shown.exception).startswith("Nothing was rehearsed. Please mend:\nroster.csv:2 role: ")
    assert "user_id" not in str(shown.exception)


def test_a_backup_is_made_and_put_back_by_command(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'mentoring.db'}"
    invoke("db", "upgrade", folder=tmp_path, DATABASE_URL=url)
    made = invoke("db", "backup", "monday.db", folder=tmp_path, DATABASE_URL=url)
    assert "verified" in made.output
    assert (tmp_path / "monday.db").exists()
    put_back = invoke("db", "restore", "monday.db", folder=tmp_path, DATABASE_URL=url)
    assert "The database as it was: " in put_back.output
    assert put_back.exit_code == 0


def test_a_database_can_be_backed_up_before_it_is_upgraded_as_the_new_version_asks(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'mentoring.db'}"
    upgrade(url, "0001")
    asked = invoke("doctor", folder=tmp_path, DATABASE_URL=url)
    assert "Back it up, run `mentoring db upgrade`" in asked.output
    made = invoke("db", "backup", "monday.db", folder=tmp_path, DATABASE_URL=url)
    assert "verified" in made.output
    assert made.exit_code == 0


def loaded_by(run: str, folder: Path) -> set[str]:
    """Every module a process of its own has loaded after these lines."""
    done = subprocess.run(  # noqa: S603 - our own lines
        [sys.executable, "-c", LOADED.format(run=run)],
        env=environment(),
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.splitlines()[-1].split())


def test_help_loads_nothing_heavy(tmp_path: Path) -> None:
    run = "sys.argv = ['mentoring', '--help']\nfrom bot.cli import main\ntry: main()\nexcept SystemExit: pass"
    loaded = loaded_by(run, tmp_path)
    assert "bot.cli" in loaded
    assert loaded.isdisjoint(HEAVY)


def test_what_only_some_need_is_loaded_by_those_who_do(tmp_path: Path) -> None:
    everyday = ["bot.playground_command", "bot.rehearse_command", "bot.run_command", "bot.work_command"]
    loaded = loaded_by(f"import {', '.join(everyday)}", tmp_path)
    assert loaded.issuperset(everyday)
    assert loaded.isdisjoint(RARELY_NEEDED)
    assert not [each for each in loaded if each.startswith("opentelemetry")]


def test_the_short_help_says_of_each_command_what_it_says_of_itself() -> None:
    whole = get_command(command_line())
    helps = {name: command.help for name, command in whole.commands.items()}  # type: ignore[attr-defined] # a group of commands
    assert {name: each.help for name, each in COMMANDS.items()} == {
        name: " ".join(text.split("\n\n")[0].split()) for name, text in helps.items()
    }


def test_a_mistyped_command_is_a_sentence_and_a_guess(tmp_path: Path) -> None:
    ended = mentoring("playgrond", folder=tmp_path)
    assert ended.returncode == 2
    assert "Did you mean 'playground'?" in ended.stderr
