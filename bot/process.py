"""The bot as one process: Bolt over Socket Mode, the courier and the heartbeat, over one database."""

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.courier import HTTP_TIMEOUT_S, Courier
from bot.directory import introduce, refresh
from bot.heartbeat import tick
from bot.pace import Pace
from bot.progress import Progress
from handlers.routing import register
from handlers.visit import Clock
from storage.database import Database
from storage.housekeeping import forget_events
from storage.outbox import anything_to_send

LISTENER_THREADS = 32
"""Bolt's own five let a burst of clicks wait behind each other's views.open."""
SHOW_TIMEOUT_S = 2
"""A form has to be opened within three seconds of the click; waiting longer shows nobody anything."""


@dataclass(frozen=True, slots=True)
class Connection:
    """How to reach Slack: tokens, and the one address that every client uses.

    Args:
        api_url: Slack's Web API, or a local workspace's.
    """

    bot_token: str
    app_token: str
    signing_secret: str
    api_url: str

    def __repr__(self) -> str:
        """Name the address alone: tokens never print."""
        return f"Connection({self.api_url})"


class Bot:
    """Listens, looks and delivers; the scheduler, or a rehearsal that moves the clock, calls `beat`.

    Args:
        pace: Keeps Slack's limits in real time; None where the clock is not real.
    """

    def __init__(
        self, database: Database, connection: Connection, clock: Clock, pace: Pace | None = None
    ) -> None:
        self.database = database
        self.clock = clock
        # The courier paces and retries by itself: slack_sdk's default retry on a dropped connection doubled
        # 55 of 56 messages.
        self.client = WebClient(
            token=connection.bot_token,
            base_url=connection.api_url,
            timeout=HTTP_TIMEOUT_S,
            retry_handlers=[],
            logger=_quiet("courier"),
        )
        showing = WebClient(
            token=connection.bot_token,
            base_url=connection.api_url,
            timeout=SHOW_TIMEOUT_S,
            retry_handlers=[],
            logger=_quiet("listener"),
        )
        self.workspace = introduce(database, self.client, clock.now())
        self.app = App(
            client=showing,
            signing_secret=connection.signing_secret,
            process_before_response=True,
            token_verification_enabled=False,
            listener_executor=ThreadPoolExecutor(LISTENER_THREADS, thread_name_prefix="listener"),
            logger=_quiet("bolt"),
        )
        register(self.app, database, clock)
        self.courier = Courier(database, clock, lambda _workspace_id: self.client, pace)
        self.progress = Progress(database, lambda _workspace_id: self.client)
        self._sending = threading.Lock()
        self._stopping = threading.Event()
        self._socket = SocketModeHandler(
            self.app,
            connection.app_token,
            web_client=WebClient(base_url=connection.api_url, logger=_quiet("socket")),
            logger=_quiet("socket"),
        )

    def __enter__(self) -> Self:
        """Connect to Slack."""
        self._socket.connect()  # type: ignore[no-untyped-call] # slack_bolt leaves it without types
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Disconnect; what was acked is stored, what was not is sent again by Slack."""
        self._socket.close()  # type: ignore[no-untyped-call] # the same
        self.app.listener_runner.listener_executor.shutdown(wait=True)

    def refresh_directory(self) -> None:
        """Keep the list of people true."""
        refresh(self.database, self.workspace, self.client, self.clock.now())

    def beat(self) -> None:
        """Look at everything that could be due, then send every letter that is."""
        self.look()
        self.deliver()

    def look(self) -> None:
        """Look at everything that could be due."""
        tick(self.database, self.clock.now())

    def deliver(self) -> None:
        """Send every letter that is due, and settle those that were left behind."""
        with self.database.read() as session:
            if not anything_to_send(session, self.clock.now()):
                return
        # Two rounds at once could both find the same letter left behind, and put back one just sent.
        with self._sending:
            self.courier.deliver(keep_going=self._go_on)
            self.progress.show(self.clock.now())

    def _go_on(self) -> bool:
        """Asked before every letter: whether to send it."""
        self.progress.after_a_letter(self.clock.now())
        return not self._stopping.is_set()

    def forget(self) -> None:
        """Forget what has served its purpose."""
        with self.database.write() as session:
            forget_events(session, self.clock.now())

    def stop_sending(self) -> None:
        """Send nothing after the letter at hand; what is due stays queued for the next start."""
        self._stopping.set()


def _quiet(name: str) -> logging.Logger:
    """A logger for slack_sdk and Bolt that passes warnings only: below that they log people's words."""
    logger = logging.getLogger(f"mentoring.{name}")
    logger.setLevel(logging.WARNING)
    return logger
