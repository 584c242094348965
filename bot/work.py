"""What there is to do again and again, whoever calls for it: look, deliver, read the people, forget."""

import logging
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.courier import Courier
from bot.directory import refresh
from bot.group_inviter import invite_groups
from bot.heartbeat import chores_due, do_chores
from bot.metrics import LOOK_SECONDS
from bot.pace import Pace
from bot.progress import Progress
from bot.retention import forget_old_programs
from bot.roster_reader import read_rosters
from bot.standstill import LONG, tell_after
from bot.verdict import TransportError, verdict
from handlers.trouble import note_undone
from handlers.visit import Clock
from storage.database import Database
from storage.due import Chore
from storage.heartbeats import note_look
from storage.housekeeping import forget_care_notes, forget_events
from storage.outbox import waiting_workspaces
from storage.people import Workspace, workspaces
from storage.rosters import put_away_old

log = structlog.get_logger()


COURIERS = 8
"""Workspaces served at the same time by one process; a courier mostly waits for Slack."""
NOTED_EVERY = timedelta(minutes=1)
"""How often it is remembered that the clock looks."""
TURN_S = 10.0
"""Seconds a workspace has before the next one that waits for a courier has its turn."""


class Work:
    """Looks and delivers for every workspace that wants us.

    Args:
        client_of: Gives the courier's Web API client of a workspace, by our number.
        pace: Keeps Slack's limits in real time; None where the clock is not real.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        client_of: Callable[[int], WebClient],
        pace: Pace | None = None,
    ) -> None:
        self.database = database
        self.clock = clock
        self.client_of = client_of
        self.courier = Courier(database, clock, client_of, pace)
        self.progress = Progress(database, client_of)
        self._noted_at: datetime | None = None
        self._is_paced = pace is not None
        # Two rounds at once in one workspace could both find the same letter left behind.
        self._sending: defaultdict[int, threading.Lock] = defaultdict(threading.Lock)
        self._couriers = ThreadPoolExecutor(COURIERS, thread_name_prefix="courier")
        self._under_way: set[int] = set()
        self._stopping = threading.Event()

    def beat(self) -> None:
        """Look at everything that could be due, then send every letter that is."""
        self.look()
        self.deliver()

    def look(self) -> None:
        """Look at everything that could be due."""
        self._tell_of_a_standstill()
        now = self.clock.now()
        due = chores_due(self.database, now)
        if Chore.GROUPS in due:
            invite_groups(self.database, self.client_of, now)
        if Chore.ROSTERS in due:
            read_rosters(self.database, self.client_of, now)
        if due & {Chore.GROUPS, Chore.ROSTERS}:
            # Whoever was invited, and whatever Slack said, may be due for more.
            now = self.clock.now()
            due = chores_due(self.database, now)
        with LOOK_SECONDS.time():
            do_chores(self.database.whole(), now, due)
        self._note_look()

    def _tell_of_a_standstill(self) -> None:
        """Where nobody looked for long, because nothing ran or this machine slept, its owners hear of it."""
        now = self.clock.now()
        if self._is_paced and (self._noted_at is None or now - self._noted_at >= LONG):
            tell_after(self.database, now)

    def _note_look(self) -> None:
        """Remember that somebody looks; not at every look, it is only for seeing a standstill."""
        now = self.clock.now()
        if self._is_paced and (self._noted_at is None or now - self._noted_at >= NOTED_EVERY):
            with self.database.write() as session:
                note_look(session, now)
            self._noted_at = now

    def deliver(self) -> None:
        """Send every letter that is due, and settle those that were left behind.

        In real time each workspace has a courier of its own, for a turn at a time: one that has much to say,
        or is told by Slack to wait, keeps no other waiting. This does not wait for them.
        """
        if self._stopping.is_set():
            return
        with self.database.asking() as asked:
            waiting = waiting_workspaces(asked, self.clock.now())
        for workspace_id in waiting:
            if not self._is_paced:
                self.deliver_to(workspace_id)
            elif workspace_id not in self._under_way:
                self._under_way.add(workspace_id)
                self._couriers.submit(self._take_turn, workspace_id)

    def deliver_to(self, workspace_id: int) -> None:
        """Send what is due in one workspace, for a turn at most."""
        until = time.monotonic() + TURN_S

        def go_on() -> bool:
            self.progress.after_a_letter(self.clock.now(), workspace_id)
            over = self._is_paced and time.monotonic() >= until
            return not (over or self._stopping.is_set())

        with self._sending[workspace_id]:
            self.courier.deliver(go_on, workspace_id)
            self.progress.show(self.clock.now(), workspace_id)

    def _take_turn(self, workspace_id: int) -> None:
        try:
            self.deliver_to(workspace_id)
        except Exception as error:  # noqa: BLE001 - the thread would end in silence; the next turn tries again
            note_undone("delivery failed", error, workspace=workspace_id)
        finally:
            self._under_way.discard(workspace_id)

    def refresh_directory(self) -> None:
        """Keep the lists of people true; a workspace that cannot be read keeps no other from it."""
        with self.database.glance() as session:
            living = workspaces(session)
        for each in living:
            self._refresh(each)

    def refresh_people_of(self, workspace_id: int) -> None:
        """Keep the list of people of one workspace true."""
        with self.database.glance() as session:
            living = [each for each in workspaces(session) if each.id == workspace_id]
        for each in living:
            self._refresh(each)

    def _refresh(self, this: Workspace) -> None:
        try:
            refresh(self.database, this, self.client_of(this.id), self.clock.now())
        except (SlackApiError, *TransportError) as error:
            log.warning("people not read", workspace=this.id, reason=verdict(error).reason)

    def forget(self) -> None:
        """Forget what has served its purpose."""
        with self.database.write() as session:
            forget_events(session, self.clock.now())
            forget_care_notes(session, self.clock.now())
            put_away_old(session, self.clock.now())
        forget_old_programs(self.database, self.clock.now())

    def renew_tokens(self) -> None:
        """Renew what expires soon; the token of a single workspace never does."""

    def stop_sending(self) -> None:
        """Send nothing after the letter at hand; what is due stays queued for the next start."""
        self._stopping.set()
        self._couriers.shutdown(wait=True, cancel_futures=True)


def quiet(name: str) -> logging.Logger:
    """A logger for slack_sdk and Bolt that passes warnings only: below that they log people's words."""
    logger = logging.getLogger(f"mentoring.{name}")
    logger.setLevel(logging.WARNING)
    return logger


def silent(name: str) -> logging.Logger:
    """A logger for a client of slack_sdk's whose every failure is raised, and told once by whoever called.

    slack_sdk would tell it as well, as an error, though it passes by itself and is tried again.
    """
    logger = logging.getLogger(f"mentoring.{name}")
    logger.setLevel(logging.CRITICAL)
    return logger
