"""What a tick costs: 100 due among 1,000 and among 100,000 pairs, and 10,000 due at once; on both databases.

Run: python -m bench.tick
"""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from bench.many_pairs import NOW, database_with, filled
from bench.table import Row, show
from bot.heartbeat import tick
from bot.memory import only_new_garbage
from storage.database import Database
from storage.tables import LetterRow
from tests.support.postgres import Server, server

SMALL, LARGE, DUE = 1_000, 100_000, 100
MANY = 10_000
TIMES = 5
"""Ticks of each, in turn, since the speed of a machine halves and doubles within a second. The median is
told, with the best and the worst beside it. Held against each other are the best, which the machine disturbed
least (so argues the documentation of Python's `timeit`)."""
WARM_UP = 5
"""Due pairs of a database of its own, looked at first: compiling the statements is paid once a process."""

Copies = Callable[[], Database]
"""Each call makes one more database with the same pairs, none of them looked at yet."""
Maker = Callable[[int, int], Copies]
"""For so many pairs, of which so many are due."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What one tick took: seconds on the clock, and seconds of this process's processor."""

    clock: float
    processor: float

    def __str__(self) -> str:
        return f"{self.clock * 1000:.0f} ms, {self.processor * 1000:.0f} of processor"


@dataclass(frozen=True, slots=True)
class Ticks:
    """The same tick, several times."""

    times: Sequence[Spent]

    @property
    def median(self) -> Spent:
        """The one in the middle, by the clock."""
        return sorted(self.times, key=lambda each: each.clock)[len(self.times) // 2]

    @property
    def best(self) -> Spent:
        """The shortest, by the clock."""
        return min(self.times, key=lambda each: each.clock)

    def __str__(self) -> str:
        worst = max(each.clock for each in self.times)
        return f"{self.median} ({self.best.clock * 1000:.0f} to {worst * 1000:.0f} ms)"


def spent(database: Database, due: int) -> Spent:
    """Measure one tick, which must write a letter to each pair that is due."""
    # As every process that looks runs: what it was started with is walked over by no collector.
    with only_new_garbage():
        begun, working = time.perf_counter(), time.process_time()
        tick(database, NOW)
        clock, processor = time.perf_counter() - begun, time.process_time() - working
    with database.read() as session:
        letters = session.scalar(select(func.count()).select_from(LetterRow))
    database.close()
    if letters != due:
        raise AssertionError(f"{letters} letters to {due} pairs")
    return Spent(clock, processor)


def measure(name: str, made: Maker) -> Iterator[Row]:
    """One database's rows."""
    spent(made(WARM_UP, WARM_UP)(), WARM_UP)
    sizes = ((SMALL, DUE), (LARGE, DUE), (MANY, MANY))
    copies = [(made(pairs, due), due) for pairs, due in sizes]
    rounds = [[spent(copy(), due) for copy, due in copies] for _ in range(TIMES)]
    small, large, many = (Ticks(times) for times in zip(*rounds, strict=True))
    baseline = f"{DUE} due among {SMALL:,}, best to best: {small.best}"
    yield Row(f"tick: {DUE} due among {SMALL:,} pairs, {name}", str(small), wanted="100 ms")
    worked = large.best.processor / small.best.processor
    yield Row(
        f"tick: {DUE} due among {LARGE:,} pairs, {name}",
        str(large),
        f"{baseline} (by processor: {worked:.2f})",
        large.best.clock / small.best.clock,
        "at most 1.5 times",
    )
    each = (many.best.clock / MANY) / (small.best.clock / DUE)
    yield Row(f"tick: {MANY:,} due at once, {name}", str(many), f"{baseline}, for each", each, "5 s")


def files(folder: Path) -> Maker:
    """Copies of a file."""

    def made(pairs: int, due: int) -> Copies:
        # Closing it writes everything into the one file.
        database_with(folder, pairs, due).close()
        (first,) = folder.glob(f"{pairs}-{due}.db")

        def copy() -> Database:
            another = folder / "copy.db"
            for left in folder.glob("copy.db*"):
                left.unlink()
            shutil.copyfile(first, another)
            return Database(f"sqlite:///{another}")

        return copy

    return made


def templates(running: Server) -> Maker:
    """Copies that PostgreSQL makes of a database."""

    def made(pairs: int, due: int) -> Copies:
        first, copied = f"bench_{pairs}_{due}", 0
        filled(running.make_database(first), pairs, due).close()

        def copy() -> Database:
            nonlocal copied
            copied += 1
            return Database(running.make_database(f"{first}_{copied}", first))

        return copy

    return made


def rows() -> Iterator[Row]:
    """Both databases'."""
    with tempfile.TemporaryDirectory() as folder:
        yield from measure("SQLite", files(Path(folder)))
    with server() as running:
        yield from measure("PostgreSQL", templates(running))


if __name__ == "__main__":
    show(rows())
