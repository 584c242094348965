"""`mentoring playground`: the whole program in a page on this machine, with a clock one can move."""

import errno
import logging
import os
import signal
import sys
import tempfile
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Annotated

import structlog
import typer
from platformdirs import user_data_path

from bot.memory import only_new_garbage
from bot.rehearsal.show import Director
from bot.rehearsal.show_rehearsal import OwnRehearsal
from bot.rehearsal.show_stage import PLAN_FILE, WORKSPACE_FILE, Plan, next_start, showing
from bot.text_files import read_text
from mentoring.errors import MentoringError
from mentoring.kinds import ProgramKind
from mentoring.programs import TEMPLATES
from playground.page import Page

SAMPLE = Path(__file__).parents[1] / "examples" / "harbor-law-60.csv"
PORT = 8737
"""Where the page is unless told otherwise; if it is taken and nobody asked for it, any free port will do."""


class PortTakenError(MentoringError):
    """Something else listens where the page should be."""


def register(app: typer.Typer) -> None:
    """Add `mentoring playground` to the command line."""
    app.command(name="playground")(playground)


def playground(
    roster: Annotated[
        Path, typer.Option(help="Who takes part: a CSV like examples/harbor-law-60.csv.")
    ] = SAMPLE,
    program: Annotated[ProgramKind, typer.Option(help="The kind of program.")] = ProgramKind.TRADITIONAL,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help=f"The page's port (else {PORT}).")
    ] = None,
    *,
    start: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="First day (else in four weeks).")
    ] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same people.")] = 1,
    open_browser: Annotated[bool, typer.Option("--open/--no-open", help="Open the browser.")] = True,
    keep: Annotated[bool, typer.Option("--keep", help="Continue where the last --keep was.")] = False,
) -> None:
    """Try the whole program in your browser: a local workspace, the real bot, and time in your hands.

    Nothing leaves this machine. Ctrl-C stops it.
    """
    stopped = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    # What the terminal tells stands in `typer.echo`; the log would tell every letter.
    # What breaks is told without the values of every variable: those are pages of people's words.
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        processors=[
            structlog.processors.add_log_level,
            structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback),
        ],
    )
    typer.echo("Setting up; the page opens in a few seconds.")
    first_day = start.date() if start else next_start(datetime.now(UTC).date())
    wanted = Plan(read_text(roster), program, first_day, TEMPLATES[program].weeks, seed)
    with _folder(keep=keep) as folder:
        plan = _plan(wanted, folder)
        with showing(plan, folder, typer.echo, lasting=keep) as show:
            director = Director(
                show, OwnRehearsal(SAMPLE.read_text("utf-8"), plan.starts_on, plan.kind), typer.echo
            )
            page = _served(Page(show.stage.playground, director, port=PORT if port is None else port), port)
            typer.echo(f"The page is at {page.address}\nCtrl-C stops it.")
            if open_browser and _has_screen():
                webbrowser.open(page.address)
            with only_new_garbage():
                stopped.wait()
            typer.echo("\nStopping.")
            page.stop()
            director.close()
    typer.echo("Stopped." if not keep else "Stopped. Start with --keep to go on from here.")


@contextmanager
def _folder(*, keep: bool) -> Iterator[Path]:
    if keep:
        folder = user_data_path("mentoring") / "playground"
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
    else:
        with tempfile.TemporaryDirectory() as temporary:
            yield Path(temporary)


def _plan(wanted: Plan, folder: Path) -> Plan:
    """The plan that lies in the folder, else the one wanted, which lies there from now on."""
    if (folder / WORKSPACE_FILE).exists():
        typer.echo(f"Going on where it was. Remove {folder} to begin anew.")
        return Plan.read(folder / PLAN_FILE)
    wanted.write(folder / PLAN_FILE)
    return wanted


def _served(page: Page, asked: int | None) -> Page:
    try:
        page.start()
    except OSError as error:
        if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
            raise
        if asked is not None:
            said = "is taken" if error.errno == errno.EADDRINUSE else "is not ours to take"
            raise PortTakenError(
                f"Port {asked} {said}. Choose another with --port, or --port 0 for any free one."
            ) from None
        return page.elsewhere()
    return page


def _has_screen() -> bool:
    """Whether a browser would have somewhere to open; on a server it might take over the terminal."""
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
