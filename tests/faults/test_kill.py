"""The bot is killed at random points, again and again: nothing is lost, nothing is repeated."""

import os
import shutil
from pathlib import Path

import pytest

from tests.faults.killing import check, play_killed, ten_people

SEEDS = int(os.environ.get("KILL_SEEDS", "8"))
"""Programs played; each has several kills. `make soak` plays many more."""


@pytest.mark.parametrize("seed", range(SEEDS))
def test_nothing_is_lost_or_repeated_whenever_the_bot_dies(seed: int, migrated: Path, tmp_path: Path) -> None:
    shutil.copy(migrated, tmp_path / "mentoring.db")
    left = play_killed(ten_people(), seed, tmp_path)
    assert left.troubles
    assert len(left.posted) > len(ten_people().rows)
    check(left)
