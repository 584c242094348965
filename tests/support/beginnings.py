"""Beginnings that many stories share: played once in each test process, and taken over from there on.

Half of what many stories cost was the same two people joining, being matched and agreeing, each time anew.
What a beginning leaves behind is kept (the workspace, the database, the time) and given to the next story
that begins so: as after a restart of the bot, which keeps nothing in memory that a story depends on.
"""

from __future__ import annotations

import pickle
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from sqlalchemy import make_url

from messages import words
from storage import spans
from storage.database import Database, is_sqlite
from storage.sealing import is_sealing

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from playground.world import World
    from tests.support.town import Town

Play = TypeVar("Play", bound="Callable[..., Town | None]")

OF_ONE_RUN = {"lock", "manifest", "clock", "patience", "me", "organization", "base_url", "_numbers"}
"""What of a workspace is no fact of a story: how it runs, and who it is."""


@dataclass(frozen=True, slots=True)
class Moment:
    """How things stand in a town.

    Args:
        bot: Which one is at work.
        now: The time there.
        world: The facts of the workspace.
        written: Bytes of the database's files, which grow with every change.
    """

    bot: int
    now: datetime
    world: bytes
    written: int


@dataclass(frozen=True, slots=True)
class Left:
    """What a beginning left behind: the time, the facts of the workspace, and the database."""

    now: datetime
    world: bytes
    database: Path


@dataclass(slots=True)
class Beginnings:
    """What is kept, for the stories of one test process.

    Args:
        folder: Where the databases are.
    """

    folder: Path
    kept: dict[tuple[str, ...], Left] = field(default_factory=dict)


def beginning(play: Play) -> Play:
    """Play a story's beginning once for all that begin like this; a beginning can go on from another.

    Args:
        play: Plays it in a town, its first argument, and gives nothing back but that.

    It is played as ever in a town where anything else has happened before, on PostgreSQL, and where a test
    has made circumstances of its own.
    """

    @wraps(play)
    def begin(town: Town, *args: Any, **more: Any) -> Town:
        if town.beginnings is None or town.begun is None or moment_of(town) != town.begun:
            play(town, *args, **more)
            return town
        kept, what = town.beginnings.kept, f"{play.__module__}.{play.__qualname__} {args} {more}"
        so_far = (*town.so_far, what)
        if so_far in kept:
            _take_over(town, kept[so_far])
        else:
            play(town, *args, **more)
            kept[so_far] = _keep(town, town.beginnings.folder / f"{len(kept)}.db")
        town.begun, town.so_far = moment_of(town), so_far
        return town

    return cast("Play", begin)


def moment_of(town: Town) -> Moment | None:
    """How things stand now, where that can be taken over."""
    trouble = town.playground.faults
    if is_sealing() or words._own or spans._listening or trouble._waiting or trouble._rate:
        # A test's own circumstances: they are to be heard, and nobody else's story is to begin with them.
        return None
    if not is_sqlite(town.database.url):
        return None
    path = _path(town.database)
    files = (path, path.with_name(f"{path.name}-wal"))
    written = sum(each.stat().st_size for each in files if each.exists())
    return Moment(id(town.bot), town.clock.now(), _facts(town.playground.world), written)


def _keep(town: Town, database: Path) -> Left:
    _copy(_path(town.database), database)
    return Left(town.clock.now(), _facts(town.playground.world), database)


def _take_over(town: Town, left: Left) -> None:
    world = town.playground.world
    with world.lock:
        vars(world).update(pickle.loads(left.world))  # noqa: S301 - written by this process
    _copy(left.database, _path(town.database))
    town.clock.move_to(left.now)


def _facts(world: World) -> bytes:
    with world.lock:
        return pickle.dumps({name: fact for name, fact in vars(world).items() if name not in OF_ONE_RUN})


def _copy(source: Path, target: Path) -> None:
    """Copy a database that may be open, on either side."""
    with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(target)) as there:
        there.execute("PRAGMA synchronous=OFF")
        here.backup(there)


def _path(database: Database) -> Path:
    return Path(make_url(database.url).database or "")
