"""The files the bot is run with: the image, compose, and the unit of systemd."""

import json
import re
import shlex
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from bot.cli import command_line

ROOT = Path(__file__).parents[2]
IMAGE = (ROOT / "Dockerfile").read_text("utf-8")
UNIT = ROOT / "deploy/mentoring.service"


def compose() -> dict[str, dict[str, Any]]:
    found = yaml.safe_load((ROOT / "deploy/compose.yml").read_text("utf-8"))
    assert isinstance(found, dict)
    return found


def test_compose_keeps_data_and_asks_for_every_secret() -> None:
    services = compose()["services"]
    assert set(services) == {"database", "upgrade", "web", "work"}
    settings = services["web"]["environment"]
    secret = {"SLACK_CLIENT_SECRET", "SLACK_SIGNING_SECRET", "ENCRYPTION_KEYS"}
    assert all("?" in str(settings[name]) for name in secret), "compose must refuse to start without them"
    assert compose()["volumes"]


def test_the_image_is_no_ones_but_an_unprivileged_users_and_says_how_it_is() -> None:
    assert re.search(r"^USER (?!root)\S+", IMAGE, re.MULTILINE)
    assert "HEALTHCHECK" in IMAGE
    assert "--require-hashes" in IMAGE
    assert "-slim" in IMAGE


def test_the_unit_is_one_that_systemd_takes() -> None:
    said = UNIT.read_text("utf-8")
    assert "NoNewPrivileges=true" in said
    assert "EnvironmentFile=" in said
    verify = shutil.which("systemd-analyze")
    if verify is None:
        return
    done = subprocess.run(  # noqa: S603 - systemd's own program
        [verify, "verify", "--man=no", str(UNIT)], capture_output=True, text=True, check=False
    )
    assert "Unknown" not in done.stderr, done.stderr


def called() -> Iterator[list[str]]:
    """The words of every command of ours that these files call."""
    for service in compose()["services"].values():
        if service["image"] == "mentoring":
            yield service["command"]
            if "healthcheck" in service:
                yield service["healthcheck"]["test"][2:]
    yield json.loads(re.findall(r"^CMD (\[.*\])", IMAGE, re.MULTILINE)[0])
    yield json.loads(re.findall(r"^HEALTHCHECK .* CMD (\[.*\])", IMAGE, re.MULTILINE)[0])[1:]
    for line in re.findall(r"^Exec\w+=(.*)", UNIT.read_text("utf-8"), re.MULTILINE):
        program, *words = shlex.split(line)
        assert program.endswith("/mentoring")
        yield words


@pytest.mark.parametrize("words", [*called()], ids=" ".join)
def test_every_command_the_files_call_is_there_with_its_options(words: list[str]) -> None:
    command: Any = get_command(command_line())
    for word in words:
        if word.startswith("-"):
            assert word in {option for each in command.params for option in each.opts}
        else:
            assert word in command.commands
            command = command.commands[word]
    assert not hasattr(command, "commands"), "a group does nothing by itself"


def test_the_image_is_made_of_files_that_are_there_and_of_every_package() -> None:
    copied = [line.split()[1:-1] for line in re.findall(r"^COPY (?!--from).*", IMAGE, re.MULTILINE)]
    sources = {each for line in copied for each in line}
    assert all((ROOT / each).exists() for each in sources), sources
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    packages = project["tool"]["setuptools"]["packages"]["find"]["include"]
    assert {each.rstrip("*") for each in packages} <= sources
    assert {project["project"]["readme"], *project["project"]["license-files"]} <= sources
