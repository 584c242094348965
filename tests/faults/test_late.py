"""Letters go out a moment after they were written: only rehearsals let the clock stand still meanwhile."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.process import Bot
from bot.rehearsal.behavior import Behavior
from bot.rehearsal.run import Wishes, rehearsal
from mentoring.kinds import ProgramKind
from playground import StillClock
from storage.outbox import LetterState
from tests.faults.killing import STARTS_ON, aftermath, check, ten_people

MOMENT = timedelta(seconds=3)


@dataclass(slots=True)
class TardyBot:
    """Looks, and sends a moment later what there is to send by then."""

    bot: Bot
    clock: StillClock

    def beat(self) -> None:
        """Look, let a moment pass, and send."""
        self.bot.look()
        self.clock.move_to(self.clock.now() + MOMENT)
        self.bot.deliver()

    def refresh_directory(self) -> None:
        """Read the workspace's people."""
        self.bot.refresh_directory()


def test_what_is_sent_a_moment_after_it_was_written_is_as_true(tmp_path: Path) -> None:
    wishes = Wishes(ten_people(), ProgramKind.TRADITIONAL, STARTS_ON, 4, 5, Behavior.DILIGENT)
    with rehearsal(wishes, tmp_path, lambda _share: None) as timeline:
        bot = timeline.stage.bot
        assert isinstance(bot, Bot)
        timeline.stage.bot = TardyBot(bot, timeline.stage.clock)
        timeline.play()
        left = aftermath(timeline, 0)
    check(left)
    letters = [*left.letters.values()]
    assert {each.state for each in letters} <= {"sent", "cancelled", "expired", "queued"}
    assert sum(each.state == LetterState.SENT for each in letters) > len(letters) * 0.9
