"""The bot in a process of its own, driven from outside: so that a rehearsal can kill it, and start it again.

The process is forked from a server that has imported everything already; a restart takes some ten
milliseconds instead of seconds.
"""

import logging
import multiprocessing
from ctypes import c_longlong
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection as Pipe
from multiprocessing.context import ForkServerContext, ForkServerProcess

import structlog

from bot.process import Bot, Connection
from playground import StillClock
from storage.database import Database

START_S = 60.0
"""Real seconds a process may take until it is connected."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class SharedClock(StillClock):
    """A clock that driven processes read as well; the rehearsal alone moves it."""

    def __init__(self, start: datetime) -> None:
        super().__init__(start)
        # Without a lock: a process killed while it reads would take the lock with it, and nobody could read
        # or move the clock again. One aligned word of a machine's own size is read and written whole.
        self.micros: c_longlong = _context().RawValue(c_longlong, (start - EPOCH) // MICROSECOND)

    def move_to(self, instant: datetime) -> datetime:
        """Move, and let the other processes see it."""
        moved = super().move_to(instant)
        self.micros.value = (moved - EPOCH) // MICROSECOND
        return moved


class SeenClock:
    """The same clock, as the driven process reads it."""

    def __init__(self, micros: c_longlong) -> None:
        self._micros = micros

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        return EPOCH + self._micros.value * MICROSECOND


class DrivenBot:
    """A bot that can be killed at any moment; whoever asks it for something starts it again.

    Args:
        url: Its database.
        connection: How it reaches the workspace.
        clock: What it takes for the time.
    """

    def __init__(self, url: str, connection: Connection, clock: SharedClock) -> None:
        self._url, self._connection, self._clock = url, connection, clock
        self._process: ForkServerProcess | None = None
        self._pipe: Pipe | None = None
        self.restarts = -1

    def beat(self) -> None:
        """Look at what is due and send it; killed meanwhile, it is started again and rests."""
        self._ask("beat")

    def refresh_directory(self) -> None:
        """Read the workspace's people."""
        self._ask("refresh")

    def kill(self) -> None:
        """End the process with SIGKILL: no goodbye, no clean-up."""
        # One that is only being started has nothing to end yet.
        if self._process is not None and self._process.is_alive():
            self._process.kill()

    def revive(self) -> None:
        """Start it again after a kill that came while nobody asked it for anything: people go on pressing."""
        if self._process is not None:
            # A kill takes its moment, and until then the process looks alive.
            self._process.join(START_S)
            if not self._process.is_alive():
                self.stop()
                self.start()

    def start(self) -> None:
        """Start the process, and wait until it is connected.

        Raises:
            TimeoutError: It is not.
        """
        context = _context()
        here, there = context.Pipe()
        arguments = (there, self._url, self._connection, self._clock.micros)
        self._process = context.Process(target=serve, args=arguments, daemon=True)
        self._process.start()
        there.close()
        self._pipe = here
        self.restarts += 1
        if not here.poll(START_S):
            raise TimeoutError("the driven bot did not start")
        try:
            here.recv()
        except EOFError:
            # It was killed while it was starting.
            self.stop()
            self.start()

    def stop(self) -> None:
        """End the process for good."""
        self.kill()
        if self._process is not None:
            self._process.join()
            self._process.close()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None

    def _ask(self, what: str) -> None:
        if self._pipe is None:
            self.start()
        pipe = self._pipe
        if pipe is None:
            return
        try:
            pipe.send(what)
            pipe.recv()
        except (EOFError, ConnectionError):
            # It was killed: that is what it is here for.
            self.stop()
            self.start()


def serve(pipe: Pipe, url: str, connection: Connection, micros: c_longlong) -> None:
    """Be the bot: connect, then do what comes through the pipe."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    database = Database(url)
    with Bot(database, connection, SeenClock(micros)) as bot:
        pipe.send("ready")
        while True:
            try:
                asked = pipe.recv()
            except EOFError:
                break
            if asked == "beat":
                bot.beat()
            else:
                bot.refresh_directory()
            pipe.send("done")
    database.close()


def _context() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context
