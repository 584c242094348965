"""`mentoring templates check`: try an organization's own words before people read them."""

from pathlib import Path
from typing import Annotated

import typer

from messages.own_words import problems_of


def check(
    folder: Annotated[
        Path,
        typer.Argument(
            envvar="TEMPLATES_FOLDER",
            exists=True,
            file_okay=False,
            help="The folder with your own templates.",
        ),
    ],
) -> None:
    """Render every letter with your templates and sample people, and say what is wrong with them."""
    problems = problems_of(folder)
    for problem in problems:
        typer.echo(problem)
    if problems:
        raise typer.Exit(1)
    count = len([*folder.rglob("*.jinja")])
    typer.echo(f"{count} template{'' if count == 1 else 's'} of your own: every letter can be written.")


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    group = typer.Typer(no_args_is_help=True, help="Your own words in place of ours.")
    group.command(name="check")(check)

    @group.callback()
    def templates() -> None:
        """Keep the name of the command although there is only one."""

    app.add_typer(group, name="templates")
