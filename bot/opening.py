"""Opening the database for a command: of the right version, or a sentence that says what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from mentoring.errors import MentoringError
from storage.asking import UNREACHABLE, out_of_reach
from storage.database import Database
from storage.schema import check


class DatabaseUnavailableError(MentoringError):
    """The database cannot be opened; the message says which, and why."""


def shown(url: str) -> str:
    """A database's address without its password."""
    return make_url(url).render_as_string(hide_password=True)


@contextmanager
def reaching(url: str) -> Iterator[None]:
    """Turn what a database driver raises into a sentence for the operator.

    Raises:
        DatabaseUnavailableError: It is down, full, read-only, not a database, or its driver is missing.
    """
    try:
        yield
    except (DBAPIError, sqlite3.DatabaseError) as error:
        # SQLite's own comes unwrapped from the first words to a new connection.
        said = error.orig if isinstance(error, DBAPIError) else error
        raise DatabaseUnavailableError(
            f"The database {shown(url)} cannot be used: {str(said).strip().rstrip('.?')}."
            " Check DATABASE_URL, and that the server runs or the file is yours to write."
        ) from error
    except OSError as error:
        raise DatabaseUnavailableError(
            f"The folder of the database {shown(url)} cannot be used: {error.strerror}."
            " Make it writable for this user, or set DATABASE_URL to another place."
        ) from error
    except ModuleNotFoundError as error:
        raise DatabaseUnavailableError(
            f"The database {shown(url)} needs the package {error.name}."
            " Install it with `pip install '.[fleet]'` in the program's folder."
        ) from error


@contextmanager
def open_database(url: str) -> Iterator[Database]:
    """A database of this version's schema, closed at the end.

    Raises:
        DatabaseUnavailableError: It cannot be opened, or was out of reach or busy meanwhile.
        OldSchemaError: It is empty, older or newer; the message names the command that helps.
    """
    with ExitStack() as until_the_end:
        with reaching(url):
            database = Database(url)
            until_the_end.callback(database.close)
            check(database)
        try:
            yield database
        except UNREACHABLE as error:
            if not out_of_reach(error):
                raise
            raise DatabaseUnavailableError(
                f"The database {shown(url)} was out of reach, or busy for too long. The step at hand was not"
                " kept. Try again; if it stays so, look whether something else holds on to it."
            ) from error
