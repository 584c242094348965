"""`mentoring healthy`: whether the process on this machine can do its work; for containers and monitors."""

import urllib.request
from typing import Annotated

import typer

from bot.opening import open_database
from bot.places import READY_PATH
from bot.settings import DatabaseSettings, HttpSettings, read_settings
from mentoring.errors import MentoringError

UNWELL = 1
PATIENCE_S = 3


def healthy(
    *,
    http: Annotated[bool, typer.Option("--http", help="Ask the port of `mentoring run --http` too.")] = False,
) -> None:
    """Look whether the database is there and of this version. The exit status is 0 when it is, else 1."""
    try:
        with open_database(read_settings(DatabaseSettings).database_url):
            pass
        if http:
            _ask(read_settings(HttpSettings).listen_on.rpartition(":")[2])
    except (MentoringError, OSError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(UNWELL) from error
    typer.echo("healthy")


def _ask(port: str) -> None:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{READY_PATH}", timeout=PATIENCE_S):
        pass


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(name="healthy")(healthy)
