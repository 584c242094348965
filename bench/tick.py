"""What a tick costs: 100 due among 1,000 and among 100,000 pairs, and 10,000 due at once.

Run: python -m bench.tick
"""

import tempfile
import time
from pathlib import Path

from sqlalchemy import func, select

from bench.many_pairs import NOW, database_with
from bot.heartbeat import tick
from storage.database import Database
from storage.tables import LetterRow

SMALL, LARGE, DUE = 1_000, 100_000, 100
MANY = 10_000
WARM_UP = 5
"""Due pairs of a database of its own, looked at first: compiling the statements is paid once a process."""


def seconds(database: Database) -> tuple[float, int]:
    """Time one tick; and count the letters it wrote."""
    begun = time.perf_counter()
    tick(database, NOW)
    spent = time.perf_counter() - begun
    with database.read() as session:
        letters = session.scalar(select(func.count()).select_from(LetterRow)) or 0
    database.close()
    return spent, letters


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        seconds(database_with(here, WARM_UP, WARM_UP))
        small, said = seconds(database_with(here, SMALL, DUE))
        large, said_too = seconds(database_with(here, LARGE, DUE))
        many, said_many = seconds(database_with(here, MANY, MANY))
    print("Tick on SQLite: rules and letters included")
    print(f"  {DUE} due among {SMALL:>7,}: {small * 1000:7.1f} ms, {said} letters (the baseline)")
    print(f"  {DUE} due among {LARGE:>7,}: {large * 1000:7.1f} ms, {said_too} letters")
    print(f"  ratio to the baseline: {large / small:.2f} (at most 1.5 wanted; 100 ms wanted)")
    print(f"  {MANY:,} due at once: {many:.2f} s, {said_many} letters (5 s wanted)")


if __name__ == "__main__":
    main()
