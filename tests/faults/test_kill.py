"""The bot is killed at random points, again and again: nothing is lost, nothing is repeated.

Some kills are real (SIGKILL to a process of its own). Most are deaths at a commit or a call to Slack inside
this process, which leave behind the same and cost a hundredth.
"""

import os
import shutil
from pathlib import Path

import pytest

from tests.faults.crashing import play_crashing
from tests.faults.killing import check, play_killed, ten_people

SEEDS = int(os.environ.get("KILL_SEEDS", "2"))
"""Programs played with real kills, four at most in each. `make soak` plays many more."""
CRASH_SEEDS = int(os.environ.get("CRASH_SEEDS", "2"))
"""Programs played with deaths inside this process, a hundred and more in each."""
MOST = 8
"""Commits and calls one life survives, at most: two letters."""
DEATHS = 100
"""Lives that end in one program, at least."""


@pytest.mark.parametrize("seed", range(SEEDS))
def test_nothing_is_lost_or_repeated_whenever_the_bot_dies(seed: int, migrated: Path, tmp_path: Path) -> None:
    shutil.copy(migrated, tmp_path / "mentoring.db")
    left = play_killed(ten_people(), seed, tmp_path)
    assert left.troubles
    assert len(left.posted) > len(ten_people().rows)
    check(left)


@pytest.mark.parametrize("seed", range(CRASH_SEEDS))
def test_nothing_is_lost_or_repeated_in_hundreds_of_short_lives(
    seed: int, migrated: Path, tmp_path: Path
) -> None:
    shutil.copy(migrated, tmp_path / "mentoring.db")
    left = play_crashing(ten_people(), seed, tmp_path, most=MOST)
    assert left.troubles >= DEATHS
    assert len(left.posted) > len(ten_people().rows)
    check(left)
