"""A small program played on a bot that is killed at random points, and what must be true afterwards."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random

from sqlalchemy import select

from bot.courier import SAY_AGAIN
from bot.rehearsal.behavior import Behavior
from bot.rehearsal.diary import Diary
from bot.rehearsal.driven import DrivenBot, SharedClock
from bot.rehearsal.stage import MANIFEST, UNHURRIED_S, Stage, connection_to, people_of
from bot.rehearsal.timeline import Timeline, dawn
from mentoring.kinds import ProgramKind
from mentoring.roster import Roster, read_roster
from playground import Playground
from storage.database import Database
from storage.outbox import LetterState
from storage.tables import LetterRow

STARTS_ON, ENDS_ON = date(2026, 1, 5), date(2026, 2, 1)
TEN_PEOPLE = """user_id,name,role,level,time_zone,offers,wants,mentee_capacity
U0000001,Ana Ruiz,mentor,5,America/New_York,negotiation;mediation,,2
U0000002,Ben Cole,mentor,5,America/Chicago,legal writing;tax,,1
U0000003,Cora Diaz,mentor,6,Europe/London,negotiation;pro bono,,1
U0000004,Dan Egan,mentor,6,America/New_York,leadership;tax,,1
U0000005,Eve Finn,mentee,2,America/New_York,,negotiation;tax,
U0000006,Flo Gray,mentee,2,America/Chicago,,legal writing;mediation,
U0000007,Gil Hart,mentee,1,Europe/London,,pro bono;negotiation,
U0000008,Hal Ives,mentee,3,America/New_York,,leadership;tax,
U0000009,Ida Jung,mentee,2,Asia/Singapore,,negotiation;leadership,
U0000010,Joe Kent,mentee,1,America/New_York,,tax;mediation,
"""
KILLS = 4
"""Kills a run, at most."""
NEXT_KILL = 30
"""Calls to Slack between two kills, at most."""
AFTER_CALL_S = 0.004
"""A kill comes up to so long after a call: between post and commit, in a transaction, or in between."""


@dataclass(slots=True)
class DoomedBot:
    """Drives a bot and kills it in the middle of its work, some calls after the last time."""

    bot: DrivenBot
    playground: Playground
    chance: Random
    kills: int = 0
    _next: int = 0
    _over: threading.Event = field(default_factory=threading.Event)

    def refresh_directory(self) -> None:
        """Read the workspace's people, undisturbed."""
        self.bot.refresh_directory()

    def beat(self) -> None:
        """Work, unless killed."""
        if self._next == 0:
            self._next = len(self.playground.calls) + self.chance.randrange(1, NEXT_KILL)
        before, kills, over = self.bot.restarts, self.kills, threading.Event()
        watch = threading.Thread(target=self._watch, args=(over,))
        watch.start()
        try:
            self.bot.beat()
        finally:
            over.set()
            watch.join()
        if self.kills > kills and self.bot.restarts == before:
            # It was through with its work when the kill came.
            self.bot.revive()
        if self.bot.restarts > before:
            self._next = len(self.playground.calls) + self.chance.randrange(1, NEXT_KILL)

    def _watch(self, over: threading.Event) -> None:
        if self.kills >= KILLS:
            return
        while not over.is_set():
            if len(self.playground.world.calls) >= self._next:
                time.sleep(self.chance.uniform(0, AFTER_CALL_S))
                if not over.is_set():
                    self.kills += 1
                    self.bot.kill()
                return
            time.sleep(0.0002)


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What a run left behind.

    Args:
        troubles: Kills, or calls that left open whether they took effect.
        letters: Every letter, by its mark.
        posted: How often each mark stands in the workspace.
        unmarked: Messages that are no letter's.
    """

    troubles: int
    letters: dict[str, LetterRow]
    posted: Counter[str]
    unmarked: int

    @property
    def doubled(self) -> list[LetterRow]:
        """Letters that were posted more than once."""
        return [self.letters[mark] for mark, times in self.posted.items() if times > 1]

    @property
    def unsaid(self) -> list[LetterRow]:
        """Letters left unsaid because nobody can say whether they were posted."""
        unknown = (each for each in self.letters.values() if each.reason == "unknown_after_crash")
        return [each for each in unknown if each.state != LetterState.SENT]


@contextmanager
def doomed_program(roster: Roster, seed: int, folder: Path) -> Iterator[tuple[Timeline, DoomedBot]]:
    """A stage for four weeks with ten people, on a bot that will be killed."""
    url = f"sqlite:///{folder / 'mentoring.db'}"
    database = Database(url)
    clock = SharedClock(dawn(STARTS_ON))
    with Playground(MANIFEST, clock=clock, patience=UNHURRIED_S) as playground:
        bot = DrivenBot(url, connection_to(playground), clock)
        channel = people_of(playground, roster, STARTS_ON)
        doomed = DoomedBot(bot, playground, Random(f"kill {seed}"))
        try:
            bot.start()
            stage = Stage(playground, clock, database, roster, doomed, channel)
            diary = Diary(playground)
            kind = ProgramKind.TRADITIONAL
            yield Timeline(stage, kind, STARTS_ON, ENDS_ON, Behavior.DILIGENT, seed, diary), doomed
        finally:
            bot.stop()
            database.close()


def ten_people() -> Roster:
    """A roster small enough to be played in seconds."""
    return read_roster(TEN_PEOPLE)


def play_killed(roster: Roster, seed: int, folder: Path) -> Aftermath:
    """Play the whole program on a bot that is killed, and look at what is left."""
    with doomed_program(roster, seed, folder) as (timeline, doomed):
        timeline.play()
        return aftermath(timeline, doomed.kills)


def aftermath(timeline: Timeline, troubles: int) -> Aftermath:
    """Compare what the outbox says with what stands in the workspace."""
    playground = timeline.stage.playground
    with timeline.stage.database.read() as session:
        letters = {each.mark: each for each in session.scalars(select(LetterRow))}
    marks = [
        ((each.metadata or {}).get("event_payload") or {}).get("id")
        for each in playground.posts
        # A letter's file comes by itself, as Slack will have it.
        if each.ephemeral_for is None and not each.files
    ]
    posted = Counter(each for each in marks if each)
    return Aftermath(troubles, letters, posted, sum(not each for each in marks))


def may_have_been_said(letter: LetterRow) -> int:
    """How often a letter that was taken back may stand in Slack: at most once a try, where it is said again.

    Nobody could know whether a try had arrived, and its matter was settled before the next one.
    """
    is_said_again = not letter.person_id and letter.kind in SAY_AGAIN
    return letter.attempts if is_said_again else 0


def check(left: Aftermath) -> None:
    """Nothing lost, nothing repeated; where Slack gives no way to know, the kind's rule, once a trouble."""
    assert left.unmarked == 0, "a message that is no letter"
    under_way = [each.key for each in left.letters.values() if each.state == LetterState.SENDING]
    assert not under_way, under_way
    given_up = [each for each in left.letters.values() if each.state == LetterState.FAILED]
    told = {each.key for each in left.letters.values() if each.kind == "letter_given_up"}
    assert len(given_up) <= len(told), [(each.key, each.attempts, each.reason) for each in given_up]
    for mark, letter in left.letters.items():
        times = left.posted[mark]
        if letter.state == LetterState.SENT:
            assert times >= 1, f"lost: {letter.key}"
            assert times == 1 or (not letter.person_id and letter.kind in SAY_AGAIN), (
                f"repeated: {letter.key}"
            )
        elif letter.state == LetterState.FAILED:
            # Tried as often as we try, and said so to who runs the program; it may have arrived in the end.
            assert times <= 1 or (not letter.person_id and letter.kind in SAY_AGAIN), letter.key
        elif letter.reason == "unknown_after_crash":
            assert not letter.person_id, letter.key
            assert letter.kind not in SAY_AGAIN, letter.key
            assert times <= 1, letter.key
        else:
            assert times <= may_have_been_said(letter), (
                f"said {times} times and not known: {letter.key} {letter.state} {letter.reason}"
            )
    assert len(left.doubled) + len(left.unsaid) <= left.troubles
