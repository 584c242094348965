"""Taking a database apart, on whatever server it lies, and putting it together again."""

from sqlalchemy import text

from storage.database import Database, is_sqlite


def take_away(database: Database, *tables: str) -> str:
    """From now on these tables are not found; gives the name of the error that whoever needs them meets."""
    _rename(database, {each: f"{each}_away" for each in tables})
    return "OperationalError" if is_sqlite(database.url) else "ProgrammingError"


def bring_back(database: Database, *tables: str) -> None:
    """They are there again, with all that was in them."""
    _rename(database, {f"{each}_away": each for each in tables})


def _rename(database: Database, names: dict[str, str]) -> None:
    with database.writer.begin() as connection:
        if is_sqlite(database.url):
            # Else SQLite rewrites what other tables say of this one, and finds a name that is not there.
            connection.execute(text("PRAGMA legacy_alter_table=ON"))
        for before, after in names.items():
            connection.execute(text(f"ALTER TABLE {before} RENAME TO {after}"))
