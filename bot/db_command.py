"""`mentoring db …`: make the database, back it up, put a backup back."""

from pathlib import Path
from typing import Annotated

import typer

from bot.opening import reaching, shown
from bot.settings import DatabaseSettings, read_settings
from storage.backup import back_up, restore
from storage.schema import upgrade
from storage.sealing import new_key

db = typer.Typer(no_args_is_help=True, help="Look after the database.")


@db.command(name="upgrade")
def upgrade_database() -> None:
    """Create the database, or bring it to the schema of this version."""
    settings = read_settings(DatabaseSettings)
    with reaching(settings.database_url):
        revision = upgrade(settings.database_url)
    typer.echo(f"The database is at schema {revision}.")


@db.command(name="new-key")
def make_key() -> None:
    """Print a new key for ENCRYPTION_KEYS. Put it before the ones that are there, and keep it safe.

    Without the keys nobody can open what they sealed, not even from a backup.
    """
    typer.echo(new_key())


@db.command(name="backup")
def back_up_database(
    to: Annotated[Path, typer.Argument(help="The file to write; it must not be there yet.")],
) -> None:
    """Copy the database into a file, while the bot runs, and verify the copy.

    The copy is readable by you alone. It holds what people told the program: keep it as you keep that.
    """
    settings = read_settings(DatabaseSettings)
    size = back_up(settings.database_url, to)
    typer.echo(f"Backed up {shown(settings.database_url)} to {to}: {size:,} bytes, verified.")


@db.command(name="restore")
def restore_database(
    backup: Annotated[Path, typer.Argument(help="A file that `mentoring db backup` wrote.")],
) -> None:
    """Put a backup in the place of the database, while the bot does not run.

    The backup is verified first, and the database as it was is kept beside the new one. A backup of an older
    version is brought up to date by `mentoring db upgrade`.
    """
    settings = read_settings(DatabaseSettings)
    kept = restore(settings.database_url, backup)
    typer.echo(f"Restored {shown(settings.database_url)} from {backup}.")
    if kept is not None:
        typer.echo(f"The database as it was: {kept}")


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.add_typer(db, name="db")
