"""`mentoring db …`: look after the database."""

import typer
from rich.console import Console

from bot.opening import reaching
from bot.settings import DatabaseSettings, read_settings
from storage.schema import upgrade

console = Console()
db = typer.Typer(no_args_is_help=True, help="Look after the database.")


@db.command(name="upgrade")
def db_upgrade() -> None:
    """Create the database, or bring it to the schema of this version."""
    settings = read_settings(DatabaseSettings)
    with reaching(settings.database_url):
        revision = upgrade(settings.database_url)
    console.print(f"The database is at schema {revision}.")


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.add_typer(db, name="db")
