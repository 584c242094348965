"""Plays whole programs in many workspaces on a fleet that is killed, cut off and lied to, and watches.

All workspaces live by one clock, which goes on in steps of some hours. At each step people do what they meant
to do by then; then the fleet looks and delivers until nothing is due. Meanwhile trouble comes: a process is
killed, the database drops every connection, Slack refuses, drops or swallows calls, a day is slept through.
After every step what stands in the workspaces is compared with what the outbox says.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

import procrastinate
import psycopg
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from sqlalchemy import func, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from bot.courier import SAY_AGAIN
from bot.fleet import CLOCK, SCHEMA
from bot.rehearsal.driven import SharedClock
from bot.rehearsal.timeline import Timeline
from playground.faults import FaultKind
from storage.database import Database
from storage.due import due_by_chore, next_due_at
from storage.outbox import LEASE, LetterState
from storage.tables import LetterRow
from tests.endurance.crew import Hand
from tests.endurance.line import RoughLine
from tests.faults.killing import may_have_been_said
from tests.support.postgres import Server

STUCK_S = 240
"""Real seconds without an end of what is due at one instant: then something is lost."""
STRANDED_S = 1.5
"""Real seconds after which a letter under way is taken for left behind by a killed process."""
POLL_S = 0.02
TELL_EVERY = 20
"""Steps between two lines on how it goes."""
ENOUGH = 20
"""Findings after which there is no use in going on."""
CALLS = ("chat.postMessage", "conversations.open", "chat.update", "users.list")
KINDS: tuple[FaultKind, ...] = ("ratelimited", "500", "drop", "drop_after")
SLEEP = timedelta(hours=31)
"""A jump of the clock: a night, a day and a night in which nothing ran."""


@dataclass
class Trouble:
    """How much of it comes, in all.

    Args:
        kills: Processes killed.
        cuts: Times the database drops every connection.
        faults: Calls to Slack that meet trouble.
        sleeps: Jumps of the clock.
    """

    kills: int
    cuts: int
    faults: int
    sleeps: int


@dataclass
class Conductor:
    """One soak.

    Args:
        hours: Length of a step.
        steps: About how many there will be, over which the trouble is spread.
    """

    timelines: list[Timeline]
    lines: list[RoughLine]
    clock: SharedClock
    database: Database
    server: Server
    hands: list[Hand]
    trouble: Trouble
    chance: Random
    hours: int
    steps: int
    told: Callable[[str], None] = lambda _line: None
    met: Counter[str] = field(default_factory=Counter)
    findings: list[str] = field(default_factory=list)
    hindered: Counter[str] = field(default_factory=Counter)
    _looked_at: dict[str, int] = field(default_factory=dict)
    _posted: Counter[str] = field(default_factory=Counter)

    def play(self) -> None:
        """Play to the end."""
        for each in self.timelines:
            each.prepare()
        with self._engine() as engine:
            while (at := self._next_at()) is not None:
                self.clock.move_to(at)
                self.met["steps"] += 1
                if self.met["steps"] % TELL_EVERY == 0:
                    self.told(f"{at:%Y-%m-%d}: {dict(self.met)}, {self._posted.total()} posts")
                for each in self.timelines:
                    each.act()
                self._make_trouble()
                self._until_quiet(engine)
                for each in self.timelines:
                    each.listen()
                self._watch()
        self._settle_up()
        self._hear_people()

    def _next_at(self) -> datetime | None:
        """The next instant: not before a step's length has passed, and not before anything happens."""
        now = self.clock.now()
        with self.database.read() as session:
            instants = [next_due_at(session), *(each.acts_at() for each in self.timelines)]
        known = [each for each in instants if each is not None]
        end = self.timelines[0].closes_at
        if not known or min(known) > end:
            return None
        at = max(min(known), now + timedelta(hours=self.hours))
        if self._comes(self.trouble.sleeps) and at + SLEEP < end:
            self.met["sleeps"] += 1
            at += SLEEP
        return at

    def _comes(self, in_all: int) -> bool:
        """Whether it is time for one of so many over the whole soak."""
        return self.chance.random() < in_all / self.steps

    def _make_trouble(self) -> None:
        for _ in range(self.trouble.faults // self.steps + self._comes(self.trouble.faults % self.steps)):
            firm = self.chance.choice(self.timelines).stage.playground
            firm.faults.inject(self.chance.choice(CALLS), self.chance.choice(KINDS), retry_after=1)
            self.met["faults"] += 1

    def _until_quiet(self, engine: procrastinate.App) -> None:
        """Let the fleet work until nothing is due; processes die meanwhile."""
        kill_at = time.monotonic() + self.chance.uniform(0, 0.3) if self._comes(self.trouble.kills) else None
        cut_at = time.monotonic() + self.chance.uniform(0, 0.3) if self._comes(self.trouble.cuts) else None
        began = stranded_since = time.monotonic()
        poked = 0.0
        while True:
            now = time.monotonic()
            if kill_at is not None and now >= kill_at:
                hand = self.chance.choice(self.hands)
                hand.kill()
                hand.start()
                self.met[f"kills of {hand.name}"] += 1
                self.met["kills"] += 1
                kill_at = None
            if cut_at is not None and now >= cut_at:
                self.server.cut_connections()
                self.met["cuts"] += 1
                cut_at = None
            if now - poked > 1:
                self.met["ended by themselves, started again"] += sum(each.revive() for each in self.hands)
                _poke(engine)
                poked = now
            due, under_way = self._left()
            if not under_way:
                stranded_since = now
            if not due and not under_way and kill_at is None and cut_at is None:
                return
            if not due and under_way and now - stranded_since > STRANDED_S:
                # Whoever looks for it in Slack may have taken more time than one lease.
                self.clock.move_to(self.clock.now() + 4 * LEASE)
                self.met["left behind"] += under_way
                stranded_since = now
                poked = 0.0
            if now - began > STUCK_S:
                raise AssertionError(f"stuck at {self.clock.now()}: {self._state()}")
            time.sleep(POLL_S)

    def _left(self) -> tuple[bool, int]:
        """Whether anything is due now, and how many letters are under way."""
        sending = select(func.count()).select_from(LetterRow).where(LetterRow.state == LetterState.SENDING)
        for _ in range(100):
            try:
                with self.database.read() as session:
                    due = next_due_at(session)
                    under_way = session.scalar(sending) or 0
            except DBAPIError:
                # Our own connection was cut like any other.
                continue
            return due is not None and due <= self.clock.now(), under_way
        raise AssertionError("the database does not come back")

    def _state(self) -> str:
        """What waits, and what the engine thinks of it: for whoever has to find out why."""
        with self.database.read() as session:
            chores = {str(each): at.isoformat() for each, at in due_by_chore(session).items()}
            jobs = session.connection().exec_driver_sql(
                f"SELECT task_name, status, lock, worker_id FROM {SCHEMA}.procrastinate_jobs"
            )
            workers = session.connection().exec_driver_sql(
                f"SELECT id, now() - last_heartbeat FROM {SCHEMA}.procrastinate_workers"
            )
            return f"due {chores}; jobs {jobs.all()}; workers {workers.all()}"

    @contextmanager
    def _engine(self) -> Iterator[procrastinate.App]:
        conninfo = make_url(self.database.url).set(drivername="postgresql")
        connector = procrastinate.SyncPsycopgConnector(
            conninfo=conninfo.render_as_string(hide_password=False),
            kwargs={"options": f"-c search_path={SCHEMA}"},
        )
        with procrastinate.App(connector=connector).open() as engine:
            yield engine

    # What must be true

    def _watch(self) -> None:
        """Count what was posted since, and compare it with the outbox."""
        for each in self.timelines:
            firm = each.stage.playground
            seen = self._looked_at.get(firm.team_id, 0)
            posts = firm.posts[seen:]
            self._looked_at[firm.team_id] = seen + len(posts)
            for post in posts:
                mark = ((post.metadata or {}).get("event_payload") or {}).get("id")
                if mark:
                    self._posted[mark] += 1
                elif post.ephemeral_for is None and not post.files:
                    # A letter's file comes by itself, as Slack will have it.
                    self.findings.append(f"{firm.team_id}: a message that is no letter")
        if len(self.findings) > ENOUGH:
            raise AssertionError("\n".join(self.findings))

    def _settle_up(self) -> None:
        """Compare every letter of every workspace with what was posted."""
        with self.database.read() as session:
            letters = session.scalars(select(LetterRow)).all()
        for each in letters:
            self.met[f"letters {each.state}"] += 1
            wrong = self._wrong_with(each, self._posted[each.mark])
            if wrong:
                self.findings.append(f"{wrong}: {each.key} {each.reason or ''}")
        strangers = self._posted.keys() - {each.mark for each in letters}
        if strangers:
            self.findings.append(f"{len(strangers)} posts of letters that do not exist")
        self.met["posts"] = self._posted.total()

    def _wrong_with(self, letter: LetterRow, times: int) -> str | None:
        """What is wrong with a letter that was posted so many times; the rule of each kind is documented."""
        to_group = not letter.person_id
        if letter.state == LetterState.QUEUED and letter.not_before > self.clock.now():
            # Written on the last night, for the morning after.
            self.met["still to come"] += 1
            return "posted before its time" if times else None
        if letter.state in (LetterState.SENDING, LetterState.FAILED, LetterState.QUEUED):
            return f"left {letter.state}"
        if letter.state == LetterState.SENT:
            again = times > 1 and to_group and letter.kind in SAY_AGAIN
            self.met["said again, as documented"] += again
            return None if times == 1 or again else f"said {times} times"
        if letter.reason == "unknown_after_crash":
            self.met["given up as unknown, as documented"] += 1
            known = not to_group or letter.kind in SAY_AGAIN
            return "given up wrongly" if known or times > 1 else None
        self.met["said, and taken back not knowing so, as documented"] += min(times, 1)
        return "said and not known" if times > may_have_been_said(letter) else None

    def _hear_people(self) -> None:
        """Count what people did, and what they could not do."""
        for each in self.timelines:
            self.met["acts"] += len(each.diary.deeds)
            for deed in each.diary.deeds:
                if deed.error:
                    self.met["acts that failed"] += 1
                    self.hindered[f"{deed.does}: {deed.error}"[:150]] += 1
        for line in self.lines:
            self.met.update(line.met)


def _poke(engine: procrastinate.App) -> None:
    """The clock goes faster than the engine's: make its jobs now."""
    for name in ("free", "look", "dispatch"):
        lock = None if name == "free" else name
        with suppress(AlreadyEnqueued, ConnectorException, psycopg.Error):
            engine.configure_task(name, queue=CLOCK, lock=lock, queueing_lock=name).defer(timestamp=0)
