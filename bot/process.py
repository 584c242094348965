"""The bot as one process: Bolt over Socket Mode, the courier and the heartbeat, over one database."""

import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from bot.courier import HTTP_TIMEOUT_S
from bot.directory import introduce, refresh
from bot.pace import Pace
from bot.work import Work, quiet, silent
from handlers.afterwards import Afterwards, AtOnce, Meanwhile
from handlers.routing import register
from handlers.visit import Clock
from storage.database import Database
from storage.spans import span

LISTENER_THREADS = 32
"""Bolt's own five let a burst of clicks wait behind each other's views.open."""
SHOW_TIMEOUT_S = 2
"""A form has to be opened within three seconds of the click; waiting longer shows nobody anything."""

SWITCH_S = 0.001
"""How long a thread may compute while another waits: with Python's own five milliseconds an answer waited
behind a Home tab at each of its queries."""


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


class Bot(Work):
    """Listens, looks and delivers in one workspace; the scheduler, or a rehearsal, calls `beat`.

    Args:
        pace: Keeps Slack's limits in real time; None where the clock is not real.
    """

    def __init__(
        self, database: Database, connection: Connection, clock: Clock, pace: Pace | None = None
    ) -> None:
        self.client = sending_client(connection.api_url, connection.bot_token)
        super().__init__(database, clock, lambda _workspace_id: self.client, pace)
        self.workspace = introduce(database, self.client, clock.now())
        self.app = App(
            name="mentoring",  # without one Bolt looks for the file that called it, through the whole stack
            client=showing_client(connection.api_url, connection.bot_token),
            signing_secret=connection.signing_secret,
            process_before_response=True,
            token_verification_enabled=False,
            listener_executor=ThreadPoolExecutor(LISTENER_THREADS, thread_name_prefix="listener"),
            logger=quiet("bolt"),
        )
        self._afterwards = afterwards_for(pace)
        register(self.app, database, clock, self._afterwards)
        self._connection = connection
        self._socket: SocketModeHandler | None = None

    def __enter__(self) -> Self:
        """Connect to Slack."""
        # Made no sooner: it starts threads that wake ten times a second until it is closed.
        self._socket = SocketModeHandler(
            self.app,
            self._connection.app_token,
            web_client=WebClient(base_url=self._connection.api_url, logger=quiet("socket")),
            logger=quiet("socket"),
        )
        self._socket.connect()  # type: ignore[no-untyped-call] # slack_bolt leaves it without types
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Disconnect; what was acked is stored, what was not is sent again by Slack."""
        if self._socket is not None:
            self._socket.close()  # type: ignore[no-untyped-call] # the same
        self.close()

    def close(self) -> None:
        """Let every listener finish, and show what was answered; nothing is taken in any more."""
        self.app.listener_runner.listener_executor.shutdown(wait=True)
        self._afterwards.close()

    def refresh_directory(self) -> None:
        """Keep the list of people true."""
        refresh(self.database, self.workspace, self.client, self.clock.now())


def afterwards_for(pace: Pace | None) -> Afterwards:
    """Who shows what needs a call to Slack: threads beside the listeners, or at once where no clock runs."""
    if pace is None:
        return AtOnce()
    sys.setswitchinterval(SWITCH_S)
    return Meanwhile()


class SpannedClient(WebClient):
    """A client whose calls can be seen among the spans, by their methods alone."""

    def api_call(self, api_method: str, **settings: Any) -> SlackResponse:
        """Call Slack."""
        with span("slack", method=api_method):
            return super().api_call(api_method, **settings)


def sending_client(api_url: str, token: str | None) -> WebClient:
    """A client for the courier, which paces and retries by itself.

    slack_sdk's default retry on a dropped connection doubled 55 of 56 messages.
    """
    return SpannedClient(
        token=token, base_url=api_url, timeout=HTTP_TIMEOUT_S, retry_handlers=[], logger=silent("courier")
    )


def showing_client(api_url: str, token: str | None) -> WebClient:
    """A client for listeners: what cannot be shown at once is not shown."""
    return WebClient(
        token=token, base_url=api_url, timeout=SHOW_TIMEOUT_S, retry_handlers=[], logger=silent("listener")
    )
