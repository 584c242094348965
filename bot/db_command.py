"""`mentoring db …`: make the database, back it up, put a backup back."""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.clock import RealClock
from bot.opening import open_database, reaching, shown
from bot.settings import DatabaseSettings, a_database, read_settings
from mentoring.errors import MentoringError
from storage.backup import back_up, refuse_while_used, restore
from storage.database import is_sqlite
from storage.heartbeats import note_backup
from storage.moving import Moved, MovingError, move, refuse_while_connected
from storage.resealing import reseal
from storage.schema import OldSchemaError, upgrade
from storage.sealing import new_key, seal_with


class NoKeyError(MentoringError):
    """There is no key to seal with."""

    def __init__(self) -> None:
        super().__init__("ENCRYPTION_KEYS is empty. `mentoring db new-key` makes a key; keep a copy of it.")


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


@db.command(name="reseal")
def reseal_database() -> None:
    """Seal everything in the database with the first of ENCRYPTION_KEYS, while the bot runs.

    After a first key was added, what was in the open is sealed too; after a newer one, older keys can go.
    """
    settings = read_settings(DatabaseSettings)
    if not settings.keys:
        raise NoKeyError
    seal_with(settings.keys)
    with open_database(settings.database_url) as database, reaching(settings.database_url):
        done = reseal(database)
    typer.echo(f"Sealed {sum(done.values()):,} rows of {len(done)} tables with the first key.")


@db.command(name="backup")
def back_up_database(
    to: Annotated[Path, typer.Argument(help="The file to write; it must not be there yet.")],
) -> None:
    """Copy the database into a file, while the bot runs, and verify the copy.

    The copy is readable by you alone. It holds what people told the program: keep it as you keep that.
    """
    settings = read_settings(DatabaseSettings)
    size = back_up(settings.database_url, to)
    _note(settings.database_url, RealClock().now())
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
    # The copy was made before anything could be noted in it.
    _note(settings.database_url, datetime.fromtimestamp(backup.stat().st_mtime, UTC))
    typer.echo(f"Restored {shown(settings.database_url)} from {backup}.")
    if kept is not None:
        typer.echo(f"The database as it was: {kept}")


def _note(url: str, made_at: datetime) -> None:
    """Let the doctor know of a backup.

    A database of an older version, which is backed up before it is upgraded, knows no such notes, or cannot
    be told before; then the next backup is the first one known.
    """
    with suppress(OldSchemaError), open_database(url) as database, database.write() as session:
        note_backup(session, made_at)


@db.command(name="copy")
def copy_database(
    to: Annotated[str, typer.Option(help="The address of the database to fill, `postgresql+psycopg://…`.")],
) -> None:
    """Copy everything into another, empty database, from SQLite to PostgreSQL say, and check that it arrived.

    While it runs nothing else may write: stop the bot first. The database copied from is not changed.
    """
    settings = read_settings(DatabaseSettings)
    seal_with(settings.keys)
    try:
        a_database(to)
    except ValueError as error:
        raise MovingError(f"--to: {error}.") from error
    if to == settings.database_url:
        raise MovingError("Source and target are the same database.")
    with reaching(to):
        upgrade(to)
    if is_sqlite(settings.database_url):
        refuse_while_used(settings.database_url)
    with open_database(settings.database_url) as source, open_database(to) as target, reaching(to):
        if not is_sqlite(settings.database_url):
            refuse_while_connected(source)
        moved = move(source, target, _say_moved)
    rows = sum(each.rows for each in moved)
    typer.echo(
        f"Copied {rows:,} rows from {shown(settings.database_url)} to {shown(to)}."
        " Set DATABASE_URL to the new one, and keep the old one until all is well."
    )


def _say_moved(one: Moved) -> None:
    typer.echo(f"{one.table}: {one.rows:,} rows, the same on both sides ({one.digest[:12]})")


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.add_typer(db, name="db")
