"""Backups of a SQLite database: made while it is used, verified, and put back only where nothing runs."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from sqlalchemy.engine import make_url

from mentoring.errors import MentoringError
from storage.database import OWNER_ONLY

PAGES_A_STEP = 1000
"""Pages copied before other connections have their turn: four megabytes, a few milliseconds."""
AT_ONCE_S = 0.5
"""How long a restore waits for the database to be free: a running bot never lets go of it for long."""

BESIDE = ("", "-wal", "-shm")
"""How the names of a database's files end: itself, and the two that SQLite keeps beside one in WAL mode."""


class BackupError(MentoringError):
    """A backup cannot be made or put back; the message says why, and what to do."""


def back_up(url: str, to: Path) -> int:
    """Copy a database while others use it, verify the copy, and return its size in bytes.

    Raises:
        BackupError: There is something at `to` already, it cannot be written, or the database is damaged.
    """
    source = _file_of(url)
    if not source.exists():
        raise BackupError(f"There is no database at {source}. Check DATABASE_URL.")
    refuse_taken(to)
    unfinished = to.with_name(f"{to.name}.unfinished")
    try:
        _copy(source, unfinished)
        _in_one_file(unfinished)
        if not _is_sound(unfinished):
            raise BackupError(
                f"{source} is damaged: a copy of it is not sound. Stop the bot, and put the last backup back"
                " with `mentoring db restore FILE`; the damaged one is kept beside it."
            )
        unfinished.replace(to)
    except OSError as error:
        raise BackupError(f"{to} cannot be written: {error.strerror}.") from error
    except sqlite3.DatabaseError as error:
        raise BackupError(
            f"{source} cannot be copied to {to}: {error}. Check DATABASE_URL, and that there is room."
        ) from error
    finally:
        for suffix in BESIDE:
            unfinished.with_name(f"{unfinished.name}{suffix}").unlink(missing_ok=True)
    return to.stat().st_size


def refuse_taken(to: Path) -> None:
    """Refuse a place where a copy of a database cannot go.

    Raises:
        BackupError: Something is there already, or there is no such folder.
    """
    if to.exists():
        raise BackupError(f"{to} is there already. Give another name; nothing is ever overwritten.")
    if not to.absolute().parent.is_dir():
        raise BackupError(f"There is no folder {to.parent}. Make it first, or give another name.")


def restore(url: str, backup: Path) -> Path | None:
    """Put a backup in the place of a database; returns where the old one, if any, is kept.

    Raises:
        BackupError: The backup is not sound, the database is in use, or it cannot be written.
    """
    target = _file_of(url).resolve()
    verify(backup)
    if not target.exists():
        _put(backup, target)
        return None
    refuse_while_used(url)
    kept = _free_name(target)
    owner = target.stat()
    if _is_sound(target):
        back_up(url, kept)
    else:
        _set_aside(target, kept)
    _put(backup, target)
    if os.name == "posix" and os.geteuid() == 0:
        # The bot is not root, as whoever puts it back is.
        os.chown(target, owner.st_uid, owner.st_gid)
    return kept


def verify(file: Path) -> str:
    """Make sure that a file is a sound database of ours; returns its revision.

    Raises:
        BackupError: It is not.
    """
    if not file.is_file():
        raise BackupError(f"There is no file {file}.")
    try:
        with _opened(file, readable=True) as connection:
            answer = connection.execute("PRAGMA integrity_check").fetchone()[0]
            loose = connection.execute("PRAGMA foreign_key_check").fetchone()
            revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError as error:
        raise BackupError(f"{file} is not a sound database of ours: {error}.") from error
    if answer != "ok" or loose is not None or revision is None:
        raise BackupError(f"{file} is damaged. Take another backup.")
    return str(revision[0])


def _put(backup: Path, target: Path) -> None:
    """Write the database; where that fails, what was there stays, and where nothing was there is nothing."""
    was_there = target.exists()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _copy(backup, target)
    except (OSError, sqlite3.DatabaseError) as error:
        if not was_there:
            with suppress(OSError):
                target.unlink()
        raise BackupError(
            f"{target} cannot be written: {error}. See that there is room and that the folder is yours to"
            " write, and restore again."
        ) from error


def _is_sound(database: Path) -> bool:
    try:
        verify(database)
    except BackupError:
        return False
    return True


def _set_aside(damaged: Path, kept: Path) -> None:
    """Keep what cannot be copied page by page, and its journal with it: some of it may be mended."""
    for suffix in BESIDE:
        part = damaged.with_name(f"{damaged.name}{suffix}")
        if part.exists():
            part.replace(kept.with_name(f"{kept.name}{suffix}"))


def _file_of(url: str) -> Path:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        raise BackupError("This is for SQLite. Back up PostgreSQL with `pg_dump`, restore with `pg_restore`.")
    return Path(parsed.database)


def _copy(source: Path, target: Path) -> None:
    # Made before SQLite makes it, so that it is the owner's alone from the first byte on.
    os.close(os.open(target, os.O_CREAT | os.O_WRONLY, OWNER_ONLY))
    with _opened(source, readable=True) as read, _opened(target) as written:
        read.backup(written, pages=PAGES_A_STEP)


def _in_one_file(copy: Path) -> None:
    """Let a copy be read where nothing may be written beside it: on a backup server, say.

    In WAL mode, which it brought along, SQLite puts two helpers beside a file even to read it. Whoever opens
    the database switches it on again.
    """
    with _opened(copy) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")


def refuse_while_used(url: str) -> None:
    """Refuse where a bot runs: it would write on into a database that is not the one it knows.

    Raises:
        BackupError: Something has the database open.
    """
    target = _file_of(url)
    if not target.is_file():
        raise BackupError(f"{target} is no file. Check DATABASE_URL.")
    try:
        with _opened(target) as connection:
            # In WAL mode only a connection that is alone may leave it; nothing is changed by asking.
            connection.execute("PRAGMA journal_mode=DELETE")
            connection.execute("PRAGMA journal_mode=WAL")
    except sqlite3.OperationalError as error:
        raise BackupError(f"{target} is in use. Stop the bot first.") from error
    except sqlite3.DatabaseError:
        # Damaged, or no database at all: it cannot be asked who uses it, and is about to be replaced.
        return


def _free_name(target: Path) -> Path:
    number = 1
    while (name := target.with_name(f"{target.name}.before-restore-{number}")).exists():
        number += 1
    return name


@contextmanager
def _opened(file: Path, *, readable: bool = False) -> Iterator[sqlite3.Connection]:
    address = f"{file.absolute().as_uri()}?mode={'ro' if readable else 'rw'}"
    with closing(sqlite3.connect(address, uri=True, timeout=AT_ONCE_S)) as connection:
        yield connection
