"""The processes of a fleet, as on several machines: some listen by HTTP, some work; any may be killed.

Each is a process group of its own, forked from a server that has imported everything: gunicorn's master and
its worker die together, as they do when a machine loses its power.
"""

import asyncio
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from ctypes import c_longlong
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import Any

from bench.listeners import Served
from bot.fleet import Fleet
from bot.log import set_up_logging
from bot.office import Office
from bot.rehearsal.driven import SeenClock
from bot.site import Site
from bot.tokens import OAuthApp
from storage.database import Database
from storage.sealing import seal_with

DEAD_AFTER_S = 3
"""Real seconds until a killed worker's jobs are free again: the clock of the soak runs a thousand times as
fast as a real one, and half a minute would be a week."""
COURIERS = 4


@dataclass(frozen=True)
class Orders:
    """What every process needs to know.

    Args:
        key: The key that tokens are sealed with.
        log: Where processes write their logs.
    """

    url: str
    app: OAuthApp
    key: str
    micros: c_longlong
    log: Path


@dataclass
class Hand:
    """One process, started again whenever it is gone."""

    name: str
    target: Callable[..., None]
    arguments: tuple[Any, ...]
    starts: int = 0
    _process: ForkServerProcess | None = field(default=None)

    def start(self) -> None:
        """Start it; what it was before is over."""
        self.starts += 1
        self._process = _context().Process(target=self.target, args=self.arguments)
        self._process.start()

    def revive(self) -> bool:
        """Start it where it has ended by itself, as whoever supervises it does; tells whether it had."""
        ended = self._process is not None and not self._process.is_alive()
        if ended:
            self._end(signal.SIGKILL)
            self.start()
        return ended

    def kill(self) -> None:
        """End it and its children with SIGKILL: no goodbye, no clean-up."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask it to end, as a rolling restart does, and wait until it has."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self._process is None or self._process.pid is None:
            return
        try:
            os.killpg(self._process.pid, how)
        except ProcessLookupError:
            # It has not made its group yet and is alone, or it has ended.
            with suppress(ProcessLookupError):
                os.kill(self._process.pid, how)
        self._process.join(30)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._process = None


def listen(orders: Orders, port: int) -> None:
    """Be one `mentoring run --http`, by the clock of the soak."""
    _become(orders)
    Served(port, lambda: Site(Database(orders.url), orders.app, SeenClock(orders.micros))).run()


def work(orders: Orders) -> None:
    """Be one `mentoring work`, by the clock of the soak."""
    _become(orders)
    office = Office(Database(orders.url), orders.app, SeenClock(orders.micros))
    fleet = Fleet(office, orders.url, COURIERS, DEAD_AFTER_S)
    fleet.make_tables()
    asyncio.run(_until_told(fleet))


async def _until_told(fleet: Fleet) -> None:
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, fleet.stop)
    await fleet.run()
    fleet.office.stop_sending()


def _become(orders: Orders) -> None:
    os.setsid()
    # Each process appends to the one file, a line at a time.
    out = os.open(orders.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(out, sys.stderr.fileno())
    os.dup2(out, sys.stdout.fileno())
    set_up_logging("WARNING", "json")
    seal_with([orders.key])


def _context() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context
