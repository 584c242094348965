"""How long matching takes and how much memory it needs, as ratios within one run where machines differ.

python -m bench.matching [--sizes 500 2000 5000] [--peer /path/to/python-with-mentor-match]
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment

from bench.rosters import made_up_roster
from bench.table import Row, show
from mentoring.kinds import ProgramKind
from mentoring.matching.assign import Assigner
from mentoring.matching.candidates import candidate_from_roster
from mentoring.matching.hall import Hall, open_hall
from mentoring.matching.round import make_round
from mentoring.matching.settings import MatchSettings, Objective
from mentoring.roster import read_roster

COMMAND = "import sys; from bot.cli import main; sys.argv[0] = 'mentoring'; main()"
PEER = Path(__file__).with_name("peer_mentor_match.py")
ROUNDS = 3
"""Times each step is timed; the fastest counts, being the least disturbed."""
PEER_MOST = 2000
"""Beyond, mentor-match takes a quarter of an hour and more."""
GOALS = {500: (1.5, 1024), 2000: (4.0, 1024), 5000: (15.0, 2048)}
"""Seconds and megabytes the whole process may take on two cores."""


@dataclass(frozen=True)
class Run:
    """What one process took."""

    seconds: float
    megabytes: float


def whole_process(roster: Path, folder: Path) -> Run:
    """Run `mentoring match` from start to exit: read, score, assign, explain, write."""
    words = ["match", "--roster", str(roster), "--out", str(folder / "proposal.json"), "--explain"]
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-c", COMMAND, *words], stderr=subprocess.DEVNULL)  # noqa: S603 - our own command
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if status:
        raise SystemExit(f"mentoring match ended with status {os.waitstatus_to_exitcode(status)}.")
    return Run(seconds, usage.ru_maxrss / 1024)


def market_of(text: str) -> Hall:
    """Score a roster the way `mentoring match` does."""
    people = [candidate_from_roster(row) for row in read_roster(text).rows]
    managers = {person.user_id: person.manager for person in people if person.manager}
    return open_hall(make_round(people, MatchSettings(ProgramKind.TRADITIONAL), (), managers))


def assignment(hall: Hall) -> tuple[float, float]:
    """Time the assignment step, and bare scipy on the same matrix of values."""
    values = hall.market.points.astype(np.float64)
    ours_took, bare_took = [], []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        ours = Assigner(hall.market).assign(Objective.BEST_TOTAL)
        middle = time.perf_counter()
        rows, columns = linear_sum_assignment(values, maximize=True)
        bare_took.append(time.perf_counter() - middle)
        ours_took.append(middle - start)
    extra = int(hall.market.place_points[0]) * len(rows)
    if ours.total < int(values[rows, columns].sum()) + extra:
        raise SystemExit("The assignment is not the best one.")
    return min(ours_took), min(bare_took)


def peer(python: Path, hall: Hall, folder: Path) -> tuple[Run, int]:
    """Run mentor-match on the same scores; tell what it took and the points its pairs have."""
    scores = folder / "scores.bin"
    points = hall.market.points
    scores.write_bytes(points.astype(np.int32).tobytes())
    # -P keeps this folder out of the way: its `matching` is not theirs.
    words = [str(python), "-P", str(PEER), str(scores), str(points.shape[0]), str(points.shape[1])]
    told = json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout)  # noqa: S603 - the Python given
    total = sum(int(points[row, column]) for row, column in told["pairs"])
    return Run(told["seconds"], told["megabytes"]), total


def rows(sizes: Iterable[int] = GOALS, other: Path | None = None) -> Iterator[Row]:
    """Each size: the whole process, the assignment alone, and the other package where its Python is given."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for size in sizes:
            text = made_up_roster(size, size)
            roster = folder / f"{size}.csv"
            roster.write_text(text, encoding="utf-8")
            run = whole_process(roster, folder)
            hall = market_of(text)
            ours, bare = assignment(hall)
            goal = "{} s, {} MB".format(*GOALS[size]) if size in GOALS else ""
            took = f"{run.seconds:.2f} s, {run.megabytes:.0f} MB"
            yield Row(f"match {size:,} and {size:,}, the whole process", took, wanted=goal)
            yield Row(
                f"match {size:,} and {size:,}, the assignment",
                f"{ours:.3f} s",
                f"bare scipy: {bare:.3f} s",
                ours / bare,
                "1.5 times" if size == min(GOALS) else "1 time",
            )
            if other and size <= PEER_MOST:
                theirs, total = peer(other, hall, folder)
                best = Assigner(hall.market).assign(Objective.BEST_TOTAL)
                points = int(hall.market.points[best.mentees, best.mentors].sum())
                yield Row(
                    f"match {size:,} and {size:,}, beside mentor-match",
                    f"{run.seconds:.2f} s, total {points / 1e6:.3f}",
                    f"mentor-match: {theirs.seconds:.1f} s, {theirs.megabytes:.0f} MB, {total / 1e6:.3f}",
                    run.seconds / theirs.seconds,
                )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[*GOALS])
    parser.add_argument("--peer", type=Path, help="a Python in which mentor-match 7.0.1 is installed")
    wishes = parser.parse_args()
    show(rows(wishes.sizes, wishes.peer))


if __name__ == "__main__":
    main()
