"""What a tick costs: 100 due among 1,000 and among 100,000 pairs, and 10,000 due at once; on both databases.

Run: python -m bench.tick
"""

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from bench.many_pairs import NOW, database_with, filled
from bot.heartbeat import tick
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
        worked = f"{self.processor * 1000:9.1f} ms here"
        return f"{self.clock * 1000:9.1f} ms, of which {worked}; {self.letters} letters"


def spent(database: Database) -> Spent:
    """Measure one tick."""
    begun, working = time.perf_counter(), time.process_time()
    tick(database, NOW)
    clock, processor = time.perf_counter() - begun, time.process_time() - working
    with database.read() as session:
        letters = session.scalar(select(func.count()).select_from(LetterRow)) or 0
    database.close()
    return Spent(clock, processor, letters)


def measure(name: str, made: Maker) -> None:
    """Print one database's table."""
    spent(made(WARM_UP, WARM_UP))
    small, large, many = spent(made(SMALL, DUE)), spent(made(LARGE, DUE)), spent(made(MANY, MANY))
    print(f"Tick on {name}: rules and letters included")
    print(f"  {DUE:>6,} due among {SMALL:>7,}: {small} (the baseline)")
    print(f"  {DUE:>6,} due among {LARGE:>7,}: {large}")
    ratio, worked = large.clock / small.clock, large.processor / small.processor
    print(f"  ratio to the baseline: {ratio:.2f}, here {worked:.2f} (at most 1.5 wanted; 100 ms wanted)")
    print(f"  {MANY:>6,} due among {MANY:>7,}: {many} (5 s wanted)")


def main() -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory() as folder:
        measure("SQLite", lambda pairs, due: database_with(Path(folder), pairs, due))
    with server() as running:
        measure(
            "PostgreSQL",
            lambda pairs, due: filled(running.make_database(f"bench_{pairs}_{due}"), pairs, due),
        )


if __name__ == "__main__":
    main()
