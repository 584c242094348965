"""`mentoring templates check`: try an organization's own words before people read them."""

from pathlib import Path
from typing import Annotated

import typer

from mentoring.errors import MentoringError
from messages.own_words import problems_of


class NoTemplatesError(MentoringError):
    """A folder holds no templates, or is not there: ours would be used, and nobody would notice."""


def check(
    folder: Annotated[
        Path,
        typer.Argument(envvar="TEMPLATES_FOLDER", help="The folder with your own templates."),
    ],
) -> None:
    """Render every letter with your templates and sample people, and say what is wrong with them."""
    count = len([*folder.rglob("*.jinja")])
    if not count:
        raise NoTemplatesError(
            f"There is no template in {folder}. Name them as ours, en/letters/joined.jinja say, and check the"
            " name of the folder."
        )
    problems = problems_of(folder)
    for problem in problems:
        typer.echo(problem)
    if problems:
        raise typer.Exit(1)
    typer.echo(f"{count} template{'' if count == 1 else 's'} of your own: every letter can be written.")


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    group = typer.Typer(no_args_is_help=True, help="Your own words in place of ours.")
    group.command(name="check")(check)

    @group.callback()
    def templates() -> None:
        """Keep the name of the command although there is only one."""

    app.add_typer(group, name="templates")
