"""What a tick costs: 100 due among 1,000 and among 100,000 pairs, and 10,000 due at once; on both databases.

Run: python -m bench.tick
"""

import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from bench.many_pairs import NOW, database_with, filled
from bench.table import Row, show
from bot.heartbeat import tick
from bot.memory import only_new_garbage
from storage.database import Database
from storage.tables import LetterRow
from tests.support.postgres import server

SMALL, LARGE, DUE = 1_000, 100_000, 100
MANY = 10_000
WARM_UP = 5
"""Due pairs of a database of its own, looked at first: compiling the statements is paid once a process."""

Maker = Callable[[int, int], Database]


@dataclass(frozen=True, slots=True)
class Spent:
    """What one tick took: seconds on the clock, seconds of this process's processor, letters written."""

    clock: float
    processor: float
    letters: int

    def __str__(self) -> str:
        return f"{self.clock * 1000:.0f} ms, {self.processor * 1000:.0f} of processor"


def spent(database: Database) -> Spent:
    """Measure one tick."""
    # As every process that looks runs: what it was started with is walked over by no collector.
    with only_new_garbage():
        begun, working = time.perf_counter(), time.process_time()
        tick(database, NOW)
        clock, processor = time.perf_counter() - begun, time.process_time() - working
    with database.read() as session:
        letters = session.scalar(select(func.count()).select_from(LetterRow)) or 0
    database.close()
    return Spent(clock, processor, letters)


def measure(name: str, made: Maker) -> Iterator[Row]:
    """One database's rows."""
    spent(made(WARM_UP, WARM_UP))
    small, large, many = spent(made(SMALL, DUE)), spent(made(LARGE, DUE)), spent(made(MANY, MANY))
    baseline = f"{DUE} due among {SMALL:,}: {small}"
    yield Row(f"tick: {DUE} due among {SMALL:,} pairs, {name}", str(small), wanted="100 ms")
    worked = large.processor / small.processor
    yield Row(
        f"tick: {DUE} due among {LARGE:,} pairs, {name}",
        str(large),
        f"{baseline} (by processor: {worked:.2f})",
        large.clock / small.clock,
        "at most 1.5 times",
    )
    each = (many.clock / MANY) / (small.clock / DUE)
    yield Row(f"tick: {MANY:,} due at once, {name}", str(many), f"{baseline}, for each", each, "5 s")


def rows() -> Iterator[Row]:
    """Both databases'."""
    with tempfile.TemporaryDirectory() as folder:
        yield from measure("SQLite", lambda pairs, due: database_with(Path(folder), pairs, due))
    with server() as running:
        yield from measure(
            "PostgreSQL",
            lambda pairs, due: filled(running.make_database(f"bench_{pairs}_{due}"), pairs, due),
        )


if __name__ == "__main__":
    show(rows())
