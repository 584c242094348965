"""`mentoring healthy`: whether the process on this machine can do its work; for containers and monitors."""

import urllib.error
import urllib.request
from http import HTTPStatus
from typing import Annotated

import typer

from bot.opening import open_database
from bot.places import READY_PATH
from bot.settings import DatabaseSettings, HttpSettings, read_settings
from mentoring.errors import MentoringError

UNWELL = 1
PATIENCE_S = 3


class UnwellError(MentoringError):
    """`mentoring run --http` cannot take payloads; the message says what is the matter and what to do."""


def healthy(
    *,
    http: Annotated[bool, typer.Option("--http", help="Ask the port of `mentoring run --http` too.")] = False,
) -> None:
    """Look whether the database is there and of this version. The exit status is 0 when it is, else 1."""
    try:
        with open_database(read_settings(DatabaseSettings).database_url):
            pass
        if http:
            _ask(read_settings(HttpSettings).listen_on)
    except MentoringError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(UNWELL) from error
    typer.echo("healthy")


def _ask(listen_on: str) -> None:
    # Wherever it listens, it can be asked from its own machine.
    address = f"http://127.0.0.1:{listen_on.rpartition(':')[2]}{READY_PATH}"
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE_S):
            pass
    except urllib.error.HTTPError as error:
        said = error.read().decode(errors="replace")
        if error.code != HTTPStatus.SERVICE_UNAVAILABLE:
            said = f"it answers {error.code}. Does something else listen there?"
        raise UnwellError(f"{listen_on} is not ready: {said}") from error
    except OSError as error:
        raise UnwellError(
            f"Nothing answers at {listen_on} ({getattr(error, 'reason', error)}). It may still be starting;"
            " if not, start `mentoring run --http` again and read what it says."
        ) from error


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(name="healthy")(healthy)
