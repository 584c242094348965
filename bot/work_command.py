"""`mentoring work`: one of any number of workers over PostgreSQL, until it is told to stop."""

import asyncio
import threading
from typing import Annotated

import typer

from bot.clock import RealClock
from bot.fleet import Fleet
from bot.log import set_up_logging
from bot.memory import only_new_garbage
from bot.metrics import serve_metrics
from bot.office import Office
from bot.opening import open_database, reaching, shown
from bot.pace import Pace
from bot.places import refuse_taken
from bot.run_command import CannotStartError, forget_in_environment, stop_asked
from bot.serving import oauth_app
from bot.settings import OAuthSettings, read_settings
from bot.tracing import tracing
from bot.work import COURIERS
from messages.words import use_own_templates
from storage.database import is_sqlite
from storage.resealing import check_keys
from storage.schema import newest
from storage.sealing import seal_with


def work(
    couriers: Annotated[
        int, typer.Option(min=1, max=64, help="Workspaces served at the same time by this process.")
    ] = COURIERS,
) -> None:
    """Look and deliver for every workspace, beside any number of `mentoring work` and `mentoring run --http`.

    Needs PostgreSQL. Stops at Ctrl-C or SIGTERM after the letters at hand; another worker goes on with the
    rest.
    """
    settings = read_settings(OAuthSettings)
    forget_in_environment()
    set_up_logging(settings.log_level, settings.log_format)
    seal_with(settings.keys)
    use_own_templates(settings.templates_folder)
    if is_sqlite(settings.database_url):
        raise CannotStartError(
            "`mentoring work` shares its work over PostgreSQL. On SQLite `mentoring run` does everything by"
            " itself; to move, see `mentoring db copy`."
        )
    if settings.metrics_on:
        refuse_taken("METRICS_ON", settings.metrics_on)
    with (
        stop_asked() as stop,
        tracing(settings.otel_exporter_otlp_endpoint),
        open_database(settings.database_url) as database,
    ):
        check_keys(database)
        office = Office(database, oauth_app(settings), RealClock(), Pace(sleep=lambda s: _pause(stop, s)))
        fleet = Fleet(office, settings.database_url, couriers)
        with reaching(settings.database_url):
            fleet.make_tables()
        if settings.metrics_on:
            serve_metrics(settings.metrics_on, database, office.clock)
        typer.echo(
            f"Mentoring works for {shown(settings.database_url)}, schema {newest()}, {couriers} couriers.",
            err=True,
        )
        with only_new_garbage():
            asyncio.run(_until(stop, fleet))


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(name="work")(work)


def _pause(stop: threading.Event, seconds: float) -> None:
    stop.wait(seconds)


async def _until(stop: threading.Event, fleet: Fleet) -> None:
    """Work until `stop` is set, by a signal that the main thread takes."""
    working = asyncio.create_task(fleet.run())
    await asyncio.to_thread(stop.wait)
    typer.echo("Stopping after the letters at hand.", err=True)
    fleet.office.stop_sending()
    fleet.stop()
    await working
