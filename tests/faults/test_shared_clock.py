"""The clock that processes of a rehearsal share, when one of them is killed."""

import multiprocessing
from ctypes import c_longlong
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from threading import Thread

from bot.rehearsal.driven import SeenClock, SharedClock

NINE = datetime(2026, 1, 5, 9, tzinfo=UTC)
DEATHS = 10
"""With a lock around the clock, one of the first deaths kept it locked for good."""
READS = 10_000
"""Reads beside those of the process that is going to be killed: it is in the middle of its own by then."""
SOON_S = 10.0


def read_for_ever(pipe: Connection, micros: c_longlong) -> None:
    """Read the clock until killed, and say once that it has begun."""
    clock = SeenClock(micros)
    pipe.send(clock.now())
    while True:
        clock.now()


def test_a_clock_goes_on_whoever_was_killed_while_reading_it() -> None:
    context = multiprocessing.get_context("forkserver")
    clock = SharedClock(NINE)
    for death in range(1, DEATHS + 1):
        here, there = context.Pipe()
        reader = context.Process(target=read_for_ever, args=(there, clock.micros), daemon=True)
        reader.start()
        assert here.poll(SOON_S)
        assert here.recv() == NINE + timedelta(hours=death - 1)
        ours = SeenClock(clock.micros)
        for _ in range(READS):
            ours.now()
        reader.kill()
        reader.join()
        # A clock that stands still for good would hold up the tests with it.
        mover = Thread(target=clock.move_to, args=(NINE + timedelta(hours=death),), daemon=True)
        mover.start()
        mover.join(SOON_S)
        assert not mover.is_alive()
    assert SeenClock(clock.micros).now() == NINE + timedelta(hours=DEATHS)
