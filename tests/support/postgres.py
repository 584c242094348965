"""A PostgreSQL server of the tests' own, where its programs are installed."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

PROGRAMS = ("initdb", "pg_ctl")
ROLE = "mentoring"
PATIENCE_S = 120


@contextmanager
def server() -> Iterator[Path]:
    """Start a server that listens on a socket in its own folder, and give the folder.

    PostgreSQL refuses to run as root; where the tests do, it runs as nobody.
    """
    for program in PROGRAMS:
        if shutil.which(program) is None:
            pytest.skip(f"PostgreSQL is not installed here ({program}): nothing was tried on it.")
    folder = Path(tempfile.mkdtemp(prefix="mentoring-postgresql-"))
    owner = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
    if owner is not None:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    user = owner.pw_uid if owner else None
    data = str(folder / "data")
    try:
        _run("initdb", "-D", data, "-U", ROLE, "--auth=trust", "-E", "UTF8", "--no-sync", user=user)
        options = f"-k {folder} -c listen_addresses='' -F"
        log = str(folder / "log")
        _run("pg_ctl", "-D", data, "-l", log, "-o", options, "-w", "start", user=user)
        try:
            yield folder
        finally:
            _run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop", user=user)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def url_of(folder: Path, name: str) -> str:
    """The address of a database of this server."""
    return f"postgresql+psycopg://{ROLE}@/{name}?host={folder}"


def make_database(folder: Path, name: str, template: str = "template1") -> str:
    """Make a database as a copy of another, and give its address."""
    with psycopg.connect(host=str(folder), user=ROLE, dbname="postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())
    return url_of(folder, name)


def _run(program: str, *words: str, user: int | None) -> None:
    found = shutil.which(program)
    assert found is not None
    subprocess.run(  # noqa: S603 - PostgreSQL's own programs, with words of ours
        [found, *words], user=user, check=True, stdout=subprocess.DEVNULL, cwd="/", timeout=PATIENCE_S
    )
