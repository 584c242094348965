"""What it costs to start: an empty database and one with 100,000 pairs, each in a process of its own.

Run: python -m bench.startup
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from bench.many_pairs import NOW, database_with
from bench.table import Row, show
from bot.process import Bot, Connection
from bot.rehearsal.stage import MANIFEST, connection_to
from playground import Playground, StillClock
from storage.database import Database

PAIRS = 100_000
TIMES = 9
"""Starts of each, in turn, since the speed of a machine changes; the fastest counts."""


def start(url: str, connection: Connection) -> None:
    """Be the started process: connect, look once, say how long it took and how large it is."""
    begun = time.perf_counter()
    database = Database(url)
    with Bot(database, connection, StillClock(NOW)) as bot:
        bot.beat()
        spent = time.perf_counter() - begun
        print(json.dumps({"seconds": spent, "mb": largest_mb()}), flush=True)
    database.close()


def largest_mb() -> float:
    """The most memory this process has held.

    Not `ru_maxrss`: a started process inherits that of the one that started it, and ours has just filled a
    database.
    """
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    kilobytes = next(line.split()[1] for line in lines if line.startswith("VmHWM:"))
    return int(kilobytes) / 1024


def started(url: str, connection: Connection) -> tuple[float, float]:
    """Start once; the seconds it took, and its largest size in MB."""
    words = [sys.executable, "-m", "bench.startup", url, json.dumps(asdict(connection))]
    done = subprocess.run(words, check=True, capture_output=True, text=True)  # noqa: S603 - our own module
    found = json.loads(done.stdout.splitlines()[-1])
    return found["seconds"], found["mb"]


def rows() -> Iterator[Row]:
    """The empty database's row and the full one's."""
    with tempfile.TemporaryDirectory() as folder, Playground(MANIFEST, clock=StillClock(NOW)) as slack:
        connection = connection_to(slack)
        databases = [database_with(Path(folder), pairs, 0, slack.team_id) for pairs in (0, PAIRS)]
        starts = [[started(each.url, connection) for each in databases] for _ in range(TIMES)]
        (empty, small), (full, large) = (
            (min(seconds for seconds, _ in of_one), max(size for _, size in of_one))
            for of_one in zip(*starts, strict=True)
        )
        for each in databases:
            each.close()
    baseline = f"an empty database: {empty:.3f} s, {small:.0f} MB"
    yield Row(
        f"start-up to the first look, {PAIRS:,} pairs", f"{full:.3f} s", baseline, full / empty, "1.2 times"
    )
    yield Row(f"memory, {PAIRS:,} pairs", f"{large:.0f} MB", baseline, large / small, "200 MB")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        start(sys.argv[1], Connection(**json.loads(sys.argv[2])))
    else:
        show(rows())
