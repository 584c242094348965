"""The command line: one console script, `mentoring`."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from bot import doctor, import_command, match_command, playground_command, run_command
from bot.opening import reaching
from bot.rehearsal.behavior import Behavior
from bot.rehearsal.run import Wishes, rehearse
from bot.roster_import import read_or_refuse
from bot.settings import DatabaseSettings, read_settings
from mentoring.errors import MentoringError
from mentoring.kinds import ProgramKind
from storage.schema import upgrade

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Runs a mentoring program in Slack: join, match, agree, meet, look back.",
)
db = typer.Typer(no_args_is_help=True, help="Look after the database.")
app.add_typer(db, name="db")
for command in (playground_command, run_command, doctor, import_command, match_command):
    command.register(app)

console = Console()

EXAMPLE = Path(__file__).parents[1] / "examples" / "harbor-law-60.csv"
OUT = Path("rehearsals") / "rehearsal.jsonl"


@app.command(name="rehearse")
def rehearse_command(
    roster: Annotated[
        Path, typer.Option(help="Who takes part: a CSV like examples/harbor-law-60.csv.")
    ] = EXAMPLE,
    program: Annotated[ProgramKind, typer.Option(help="The kind of program.")] = ProgramKind.TRADITIONAL,
    start: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="First day.")] = datetime(2026, 1, 5),  # noqa: DTZ001 - a day
    weeks: Annotated[int, typer.Option(min=8, max=104, help="How long the program lasts.")] = 26,
    seed: Annotated[int, typer.Option(help="The same seed gives the same rehearsal.")] = 1,
    behavior: Annotated[
        Behavior, typer.Option("--behaviour", "--behavior", help="How your people answer.")
    ] = Behavior.MIXED,
    out: Annotated[Path, typer.Option(help="Transcript (JSON lines); a digest (.md) lands beside it.")] = OUT,
) -> None:
    """Play a whole program with simulated people, and read every message before your people do.

    Nothing leaves this machine: a local workspace stands in for Slack, and its clock jumps ahead.
    """
    people = read_or_refuse(roster.read_text(encoding="utf-8"), str(roster))
    wishes = Wishes(people, program, start.date(), weeks, seed, behavior)
    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=Console(stderr=True)
    )
    with bar:
        task = bar.add_task(f"{len(people.rows)} people, {weeks} weeks", total=1.0)
        result = rehearse(wishes, out, lambda share: bar.update(task, completed=share))
    for name, value in result.items():
        console.print(f"[bold]{name}[/bold]: {value}")
    console.print(f"\nEvery message: {out}\nThe same, readable: {out.with_suffix('.md')}")
    if result["errors"]:
        raise typer.Exit(1)


@db.command(name="upgrade")
def db_upgrade() -> None:
    """Create the database, or bring it to the schema of this version."""
    settings = read_settings(DatabaseSettings)
    with reaching(settings.database_url):
        revision = upgrade(settings.database_url)
    console.print(f"The database is at schema {revision}.")


def main() -> None:
    """Run the command line; what we know how to explain is a sentence, not a traceback."""
    try:
        app()
    except MentoringError as error:
        typer.echo(str(error), err=True)
        sys.exit(2)
