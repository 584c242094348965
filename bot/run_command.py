"""`mentoring run`: the bot in a real workspace or in many, until it is told to stop."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http import HTTPStatus
from types import FrameType
from typing import Annotated
from urllib.error import URLError

import typer
from slack_sdk.errors import SlackApiError

from bot.clock import RealClock
from bot.log import set_up_logging
from bot.memory import only_new_garbage
from bot.metrics import serve_metrics
from bot.opening import open_database, reaching, shown
from bot.pace import Pace
from bot.places import refuse_taken
from bot.process import Bot, Connection
from bot.schedule import scheduler_for
from bot.serving import Served
from bot.settings import HttpSettings, Settings, read_settings
from bot.tracing import tracing
from mentoring.errors import MentoringError
from messages.reading_ahead import read_ahead
from messages.words import use_own_templates
from storage.database import Database
from storage.resealing import check_keys
from storage.schema import newest
from storage.sealing import seal_with

STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)
SECRETS = (
    "SLACK_BOT_TOKEN",
    "SLACK_APP_TOKEN",
    "SLACK_SIGNING_SECRET",
    "SLACK_CLIENT_ID",
    "SLACK_CLIENT_SECRET",
    "ENCRYPTION_KEYS",
)
ADVICE = "`mentoring doctor` says what to do."


class CannotStartError(MentoringError):
    """Slack would not let the bot in; the message says what Slack said."""


def run(
    *,
    http: Annotated[
        bool, typer.Option("--http", help="Listen by HTTP, for every workspace that installs the app.")
    ] = False,
) -> None:
    """Run the bot: in your workspace over Socket Mode, which needs no public address, or in many by HTTP.

    Reads its settings from the environment and from a file named .env (`mentoring doctor` checks them). Stops
    at Ctrl-C or SIGTERM after the letter at hand; whatever is due then is sent after the next start.
    """
    if http:
        run_http()
        return
    settings = read_settings(Settings)
    forget_in_environment()
    set_up_logging(settings.log_level, settings.log_format)
    seal_with(settings.keys)
    use_own_templates(settings.templates_folder)
    if settings.metrics_on:
        refuse_taken("METRICS_ON", settings.metrics_on)
    with (
        stop_asked() as stop,
        tracing(settings.otel_exporter_otlp_endpoint),
        open_database(settings.database_url) as database,
    ):
        check_keys(database)
        serve(settings, database, stop)


def run_http() -> None:
    """Listen by HTTP, behind gunicorn, until it is told to stop."""
    settings = read_settings(HttpSettings)
    forget_in_environment()
    set_up_logging(settings.log_level, settings.log_format)
    seal_with(settings.keys)
    use_own_templates(settings.templates_folder)
    refuse_taken("LISTEN_ON", settings.listen_on)
    if settings.metrics_on:
        refuse_taken("METRICS_ON", settings.metrics_on)
    # Looked at before anything is started: a process of gunicorn's could only fail again and again.
    with open_database(settings.database_url) as database:
        check_keys(database)
        typer.echo(
            f"Mentoring listens on {settings.listen_on} for {settings.public_url},"
            f" database {shown(settings.database_url)}, schema {newest()}.",
            err=True,
        )
    Served(settings).run()


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(name="run")(run)


def forget_in_environment() -> None:
    """Secrets are read once: neither Bolt, which would look by itself, nor a child has any use for them."""
    for name in SECRETS:
        os.environ.pop(name, None)


def connection_of(settings: Settings) -> Connection:
    """How to reach Slack, from the settings."""
    return Connection(
        bot_token=settings.slack_bot_token.get_secret_value(),
        app_token=settings.slack_app_token.get_secret_value(),
        signing_secret=settings.slack_signing_secret.get_secret_value(),
        api_url=settings.slack_api_url,
    )


def serve(settings: Settings, database: Database, stop: threading.Event) -> None:
    """Listen, look and deliver until `stop` is set.

    Raises:
        CannotStartError: Slack refuses the tokens, or cannot be reached.
    """

    def pause(seconds: float) -> None:
        stop.wait(seconds)

    with ExitStack() as until_the_end:
        with reaching(settings.database_url), entering_slack(settings.slack_api_url):
            bot = Bot(database, connection_of(settings), RealClock(), Pace(sleep=pause))
            until_the_end.enter_context(bot)
        read_ahead()
        until_the_end.enter_context(only_new_garbage())
        if settings.metrics_on:
            serve_metrics(settings.metrics_on, database, bot.clock)
        scheduler = scheduler_for(bot)
        scheduler.start()
        until_the_end.callback(scheduler.shutdown, wait=True)
        until_the_end.callback(bot.stop_sending)
        # Printed whatever the log level: the one line an operator looks for.
        typer.echo(
            f"Mentoring runs in {bot.workspace.name} ({bot.workspace.team_id}),"
            f" database {shown(settings.database_url)}, schema {newest()}.",
            err=True,
        )
        stop.wait()
        typer.echo("Stopping after the letter at hand.", err=True)


@contextmanager
def stop_asked() -> Iterator[threading.Event]:
    """An event that SIGTERM and Ctrl-C set, instead of ending the process in the middle of something."""
    stop = threading.Event()

    def ask(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    before = {each: signal.signal(each, ask) for each in STOP_SIGNALS}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def entering_slack(api_url: str) -> Iterator[None]:
    """Turn what keeps us out of Slack into a sentence.

    Raises:
        CannotStartError: Slack refuses, or cannot be reached.
    """
    try:
        yield
    except SlackApiError as error:
        raise CannotStartError(
            f"Slack refuses to let the bot in: {said_by_slack(error)}. {ADVICE}"
        ) from error
    except (URLError, ConnectionError, TimeoutError) as error:
        raise CannotStartError(f"Slack cannot be reached at {api_url}. {ADVICE}") from error


def said_by_slack(error: SlackApiError) -> str:
    """Slack's error code, or the HTTP status where there is none."""
    status = error.response.status_code
    # What slack_sdk calls the error of an answer that is no JSON is a sentence about its body.
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return f"HTTP {status}"
    return str(error.response.get("error"))
