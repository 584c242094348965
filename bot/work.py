"""What there is to do again and again, whoever calls for it: look, deliver, read the people, forget."""

import logging
import threading
from collections.abc import Callable

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.courier import Courier
from bot.directory import refresh
from bot.group_inviter import invite_groups
from bot.heartbeat import tick
from bot.pace import Pace
from bot.progress import Progress
from bot.verdict import TransportError, verdict
from handlers.visit import Clock
from storage.database import Database
from storage.housekeeping import forget_events
from storage.outbox import anything_to_send
from storage.people import workspaces

log = structlog.get_logger()


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
        self._sending = threading.Lock()
        self._stopping = threading.Event()

    def beat(self) -> None:
        """Look at everything that could be due, then send every letter that is."""
        self.look()
        self.deliver()

    def look(self) -> None:
        """Look at everything that could be due."""
        invite_groups(self.database, self.client_of, self.clock.now())
        tick(self.database.whole(), self.clock.now())

    def deliver(self) -> None:
        """Send every letter that is due, and settle those that were left behind."""
        with self.database.read() as session:
            if not anything_to_send(session, self.clock.now()):
                return
        # Two rounds at once could both find the same letter left behind, and put back one just sent.
        with self._sending:
            self.courier.deliver(keep_going=self._go_on)
            self.progress.show(self.clock.now())

    def refresh_directory(self) -> None:
        """Keep the lists of people true; a workspace that cannot be read keeps no other from it."""
        with self.database.read() as session:
            living = workspaces(session)
        for each in living:
            try:
                refresh(self.database, each, self.client_of(each.id), self.clock.now())
            except (SlackApiError, *TransportError) as error:
                log.warning("people not read", workspace=each.id, reason=verdict(error).reason)

    def forget(self) -> None:
        """Forget what has served its purpose."""
        with self.database.write() as session:
            forget_events(session, self.clock.now())

    def renew_tokens(self) -> None:
        """Renew what expires soon; the token of a single workspace never does."""

    def stop_sending(self) -> None:
        """Send nothing after the letter at hand; what is due stays queued for the next start."""
        self._stopping.set()

    def _go_on(self) -> bool:
        """Asked before every letter: whether to send it."""
        self.progress.after_a_letter(self.clock.now())
        return not self._stopping.is_set()


def quiet(name: str) -> logging.Logger:
    """A logger for slack_sdk and Bolt that passes warnings only: below that they log people's words."""
    logger = logging.getLogger(f"mentoring.{name}")
    logger.setLevel(logging.WARNING)
    return logger
