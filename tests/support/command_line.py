"""The command line as an operator meets it: in a process of its own, or quicker in this one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import structlog
from typer.testing import CliRunner, Result

from bot.cli import command_line
from playground import Playground
from storage.sealing import seal_with

MENTORING = [sys.executable, "-c", "from bot.cli import main; main()"]
PATIENCE_S = 60
ROOT = Path(__file__).parents[2]


def environment(**settings: str) -> dict[str, str]:
    """What the process inherits: nothing of ours but the paths, and these settings."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "SYSTEMROOT") if name in os.environ}
    return kept | {"PYTHONPATH": str(ROOT), "COLUMNS": "200"} | settings


def settings_for(playground: Playground, database_url: str) -> dict[str, str]:
    """The settings that lead a bot to a local workspace."""
    return {
        "SLACK_BOT_TOKEN": playground.bot_token,
        "SLACK_APP_TOKEN": playground.app_token,
        "SLACK_SIGNING_SECRET": playground.signing_secret,
        "SLACK_API_URL": playground.api_url,
        "DATABASE_URL": database_url,
    }


def mentoring(*words: str, folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end in a process of its own, in a folder without a .env of ours."""
    return subprocess.run(  # noqa: S603 - our own command, with words of the test
        [*MENTORING, *words],
        env=environment(**settings),
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )


def invoke(*words: str, folder: Path, **settings: str) -> Result:
    """Run a command in this process; what the command line would print and exit with is in the result."""
    logging_before = structlog.get_config()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for name in [each for each in os.environ if each.startswith(("SLACK_", "DATABASE_", "LOG_"))]:
            patch.delenv(name)
        try:
            return CliRunner().invoke(command_line(), words, env={"COLUMNS": "200", **settings})
        finally:
            structlog.configure(**logging_before)
            seal_with([])
