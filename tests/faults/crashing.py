"""A bot whose looking and sending dies hundreds of times in one program, at any commit and any call to Slack.

Killing a process for real takes most of a second each time. What a kill leaves behind is decided at few
places: before a commit (nothing of the transaction remains), before a call to Slack (claimed, not said), and
after one (said, not yet known). Here the work stops dead at such a place, its memory is thrown away, and
another life takes over; the real kills of `killing` show that a real process leaves behind the same.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, Self

from slack_sdk import WebClient
from sqlalchemy import event

from bot.process import Bot
from bot.rehearsal.behavior import Behavior
from bot.rehearsal.diary import Diary
from bot.rehearsal.stage import MANIFEST, UNHURRIED_S, Stage, connection_to, people_of
from bot.rehearsal.timeline import Timeline, dawn
from bot.work import Work
from mentoring.kinds import ProgramKind
from mentoring.roster import Roster
from playground import Playground, StillClock
from storage.database import Database
from tests.faults.killing import ENDS_ON, STARTS_ON, Aftermath, aftermath


class Crash(BaseException):
    """The process ends here; nothing may catch it on the way."""


@dataclass(slots=True)
class Fate:
    """Decides at which commit or call the work dies.

    Args:
        chance: Draws how many places it survives.
        most: Places survived between two deaths, at most.
    """

    chance: Random
    most: int
    deaths: int = 0
    _left: int = 0
    _doomed: int | None = None

    @classmethod
    def after(cls, places: int) -> Self:
        """One death, at this place."""
        return cls(Random(0), 1, _left=places)

    @contextmanager
    def over(self) -> Iterator[None]:
        """What this thread does meanwhile may die."""
        self._doomed = threading.get_ident()
        self._left = self._left or self.chance.randrange(1, self.most + 1)
        try:
            yield
        finally:
            self._doomed = None

    def at_a_place(self, *_: Any) -> None:
        """Die here, or go on."""
        if threading.get_ident() != self._doomed:
            return
        self._left -= 1
        if self._left == 0:
            self.deaths += 1
            raise Crash


class MortalClient(WebClient):
    """Calls Slack, unless its caller dies just before or just after."""

    def __init__(self, fate: Fate, **settings: Any) -> None:
        super().__init__(**settings)
        self._fate = fate

    def api_call(self, *arguments: Any, **settings: Any) -> Any:
        self._fate.at_a_place()
        answered = super().api_call(*arguments, **settings)
        self._fate.at_a_place()
        return answered


@dataclass(slots=True)
class MortalBot:
    """Listens like any bot; its looking and sending die, and are born again without a memory."""

    bot: Bot
    fate: Fate
    client: WebClient
    _work: Work | None = field(default=None)

    def beat(self) -> None:
        """Look and send, unless that is the end of this life."""
        if self._work is None:
            self._work = Work(self.bot.database, self.bot.clock, lambda _workspace_id: self.client)
        try:
            with self.fate.over():
                self._work.beat()
        except Crash:
            self._work = None

    def refresh_directory(self) -> None:
        """Read the workspace's people, undisturbed."""
        self.bot.refresh_directory()


def play_crashing(roster: Roster, seed: int, folder: Path, *, most: int) -> Aftermath:
    """Play four weeks with a bot that dies after `most` places at most; what is left behind."""
    database = Database(f"sqlite:///{folder / 'mentoring.db'}")
    clock = StillClock(dawn(STARTS_ON))
    fate = Fate(Random(f"crash {seed}"), most)
    event.listen(database.writer, "commit", fate.at_a_place)
    with Playground(MANIFEST, clock=clock, patience=UNHURRIED_S) as playground:
        channel = people_of(playground, roster, STARTS_ON)
        connection = connection_to(playground)
        client = MortalClient(
            fate,
            token=connection.bot_token,
            base_url=connection.api_url,
            retry_handlers=[],
            timeout=UNHURRIED_S,
        )
        try:
            with Bot(database, connection, clock) as bot:
                playground.wait_for_app()
                stage = Stage(playground, clock, database, roster, MortalBot(bot, fate, client), channel)
                kind, diary = ProgramKind.TRADITIONAL, Diary(playground)
                timeline = Timeline(stage, kind, STARTS_ON, ENDS_ON, Behavior.DILIGENT, seed, diary)
                timeline.play()
                return aftermath(timeline, fate.deaths)
        finally:
            database.close()
