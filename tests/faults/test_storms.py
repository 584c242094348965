"""Slack answers badly: three calls in ten meet trouble, and the program goes on as if nothing had been."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.process import Bot
from bot.rehearsal.behavior import Behavior
from bot.rehearsal.diary import Diary
from bot.rehearsal.stage import MANIFEST, UNHURRIED_S, Stage, bot_for, people_of
from bot.rehearsal.timeline import Timeline, dawn
from mentoring.kinds import ProgramKind
from playground import Playground, StillClock
from playground.faults import FaultKind
from storage.database import Database
from tests.faults.killing import ENDS_ON, STARTS_ON, aftermath, check, ten_people

TROUBLED = 0.3
KINDS: tuple[FaultKind, ...] = ("ratelimited", "500", "drop", "drop_after")


@dataclass(slots=True)
class StormyBot:
    """The bot works in foul weather; what people do at their screens goes through."""

    bot: Bot
    playground: Playground
    seed: int
    beats: int = 0

    def beat(self) -> None:
        self.beats += 1
        self.playground.faults.chance(TROUBLED, KINDS, self.seed * 100_000 + self.beats)
        self.bot.beat()
        self.playground.faults.clear()

    def refresh_directory(self) -> None:
        self.bot.refresh_directory()


@pytest.mark.parametrize("seed", range(2))
def test_three_calls_in_ten_fail_and_nothing_is_lost_or_repeated(
    seed: int, migrated: Path, tmp_path: Path
) -> None:
    shutil.copy(migrated, tmp_path / "mentoring.db")
    database = Database(f"sqlite:///{tmp_path / 'mentoring.db'}")
    clock, roster = StillClock(dawn(STARTS_ON)), ten_people()
    with Playground(MANIFEST, clock=clock, patience=UNHURRIED_S) as playground:
        channel = people_of(playground, roster, STARTS_ON)
        with bot_for(playground, clock, database) as bot:
            playground.wait_for_app()
            driver = StormyBot(bot, playground, seed)
            stage = Stage(playground, clock, database, roster, driver, channel)
            kind, diary = ProgramKind.TRADITIONAL, Diary(playground)
            timeline = Timeline(stage, kind, STARTS_ON, ENDS_ON, Behavior.DILIGENT, seed, diary)
            timeline.play()
            met = [call for call in playground.calls if call.injected]
            left = aftermath(timeline, sum(call.method == "chat.postMessage" for call in met))
    database.close()
    assert len(met) > len(roster.rows)
    # A file whose showing was never answered is shown again, and Slack says that it is there.
    assert {(each.method, each.error) for each in playground.refused} <= {
        ("files.completeUploadExternal", "file_not_found")
    }
    check(left)
