"""`mentoring rehearse`: a whole program with simulated people, before yours see any of it."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from bot.rehearsal.behavior import Behavior
from bot.rehearsal.run import Wishes, rehearse
from bot.text_files import read_text
from handlers.roster_import import read_or_refuse
from mentoring.kinds import ProgramKind

console = Console()

EXAMPLE = Path(__file__).parents[1] / "examples" / "harbor-law-60.csv"
OUT = Path("rehearsals") / "rehearsal.jsonl"


def rehearse_program(
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
    database: Annotated[
        Path | None, typer.Option(help="Keep the database as well: a new file to look into.")
    ] = None,
) -> None:
    """Play a whole program with simulated people, and read every message before your people do.

    Nothing leaves this machine: a local workspace stands in for Slack, and its clock jumps ahead.
    """
    people = read_or_refuse(read_text(roster), str(roster), "rehearsed")
    wishes = Wishes(people, program, start.date(), weeks, seed, behavior)
    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=Console(stderr=True)
    )
    with bar:
        task = bar.add_task(f"{len(people.rows)} people, {weeks} weeks", total=1.0)
        result = rehearse(wishes, out, lambda share: bar.update(task, completed=share), database)
    for name, value in result.items():
        console.print(f"[bold]{name}[/bold]: {value}")
    console.print(f"\nEvery message: {out}\nThe same, readable: {out.with_suffix('.md')}")
    if result["errors"]:
        raise typer.Exit(1)


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(name="rehearse")(rehearse_program)
