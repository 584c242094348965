"""The schema: migrations from the first table on, and what a process may run on."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from mentoring.errors import MentoringError
from storage.database import Database

MIGRATIONS = Path(__file__).parent / "migrations"


class OldSchemaError(MentoringError):
    """The database is of another version than this program; the message says what to do."""


def upgrade(url: str, to: str = "head") -> str:
    """Bring a database to the newest schema, creating it if need be; returns the revision reached.

    Raises:
        OldSchemaError: A newer version of this program made it.
        RuntimeError: A migration left rows behind that point to nothing; nothing was changed.
    """
    database = Database(url)
    try:
        config = _config()
        with database.without_foreign_keys() as connection:
            # Looked at in its turn: another process may have upgraded it, to a newer version even.
            found = _revision(connection)
            if found is not None:
                _refuse_newer(found)
            config.attributes["connection"] = connection
            command.upgrade(config, to)
    finally:
        database.close()
    return newest()


def newest() -> str:
    """The revision this program was written for."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def current(database: Database) -> str | None:
    """The revision a database stands at; None for an empty one."""
    with database.reader.connect() as connection:
        return _revision(connection)


def check(database: Database) -> None:
    """Refuse a database of another version.

    Raises:
        OldSchemaError: Naming the command that upgrades it, or saying that only a newer version can read it.
    """
    found, wanted = current(database), newest()
    if found is None:
        raise OldSchemaError("The database is empty. Run `mentoring db upgrade` once, then start again.")
    if found != wanted:
        _refuse_newer(found)
        raise OldSchemaError(
            f"The database is at schema {found}, this version needs {wanted}."
            " Back it up, run `mentoring db upgrade`, then start again."
        )


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _refuse_newer(found: str) -> None:
    """A revision this program has never heard of was made by a later one; there is no way back from it."""
    known = {each.revision for each in ScriptDirectory.from_config(_config()).walk_revisions()}
    if found not in known:
        raise OldSchemaError(
            f"The database is at schema {found}, which this version does not know: a newer version made it."
            " Install that version, or restore a backup made before it, then run `mentoring db upgrade`."
        )


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config
