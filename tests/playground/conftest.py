"""A workspace with a real Bolt app in it, shared by the tests of this folder."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from playground import Playground, StillClock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playground import Person

EVENTS = [
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "member_joined_channel",
    "member_left_channel",
    "message.im",
    "team_join",
    "tokens_revoked",
    "user_change",
]
SCOPES = [
    "app_mentions:read",
    "channels:join",
    "channels:manage",
    "channels:read",
    "chat:write",
    "commands",
    "dnd:read",
    "files:read",
    "files:write",
    "groups:read",
    "groups:write",
    "im:history",
    "im:read",
    "im:write",
    "mpim:read",
    "mpim:write",
    "team:read",
    "usergroups:read",
    "users:read",
    "users:read.email",
]
ANYTHING = re.compile(".*", re.DOTALL)
Reply = dict[str, Any] | str | None


def manifest(*, without: tuple[str, ...] = (), **app_home: bool) -> dict[str, Any]:
    """A manifest with every right the tests use, less some."""
    return {
        "display_information": {"name": "Lantern"},
        "features": {
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True} | app_home,
            "bot_user": {"display_name": "Lantern"},
            "slash_commands": [
                {"command": "/lantern", "description": "Lights up", "should_escape": True},
                {"command": "/plain", "description": "Takes text as typed"},
            ],
        },
        "oauth_config": {"scopes": {"bot": [scope for scope in SCOPES if scope not in without]}},
        "settings": {
            "event_subscriptions": {"bot_events": EVENTS},
            "interactivity": {"is_enabled": "interactivity" not in without},
            "socket_mode_enabled": True,
        },
    }


def new_year() -> datetime:
    return datetime(2026, 1, 5, 9, tzinfo=UTC)


class Bot:
    """A Bolt app that does what a test scripts for an id, and remembers all it hears."""

    def __init__(self, pg: Playground) -> None:
        self.client = WebClient(token=pg.bot_token, base_url=pg.api_url)
        self.heard: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.scripts: dict[str, Callable[[dict[str, Any]], Reply]] = {}
        self.app = App(name="a test", client=self.client, process_before_response=True)
        self.app.command(ANYTHING)(self._handle("command"))
        self.app.action(ANYTHING)(self._handle("action"))
        self.app.view(ANYTHING)(self._handle("view"))
        self.app.view_closed(ANYTHING)(self._handle("closed"))
        self.app.options(ANYTHING)(self._handle("options"))
        self.app.event(ANYTHING)(self._handle("event"))
        self._app_token = pg.app_token
        self._handler = SocketModeHandler(self.app, pg.app_token)

    def connect(self) -> None:
        self._handler.connect()  # type: ignore[no-untyped-call]  # Bolt does not type it

    def close(self) -> None:
        self._handler.close()  # type: ignore[no-untyped-call]  # the same

    def reconnect(self) -> None:
        self._handler = SocketModeHandler(self.app, self._app_token)
        self.connect()

    def on(self, name: str, script: Callable[[dict[str, Any]], Reply]) -> None:
        """Does this for a command, action_id, callback_id or event type; what it returns is acknowledged."""
        self.scripts[name] = script

    def _handle(self, kind: str) -> Callable[..., None]:
        def handle(ack: Callable[..., None], body: dict[str, Any]) -> None:
            name = self._name(kind, body)
            self.heard[name].append(body)
            script = self.scripts.get(name)
            reply = script(body) if script else None
            if isinstance(reply, dict):
                ack(**reply)
            elif reply is not None:
                ack(reply)
            else:
                ack()

        return handle

    @staticmethod
    def _name(kind: str, body: dict[str, Any]) -> str:
        if kind == "command":
            return str(body["command"])
        if kind == "action":
            return str(body["actions"][0]["action_id"])
        if kind == "options":
            return f"options {body['action_id']}"
        if kind == "event":
            return str(body["event"]["type"])
        callback = str(body["view"]["callback_id"])
        return f"closed {callback}" if kind == "closed" else callback


@pytest.fixture(scope="session")
def pg() -> Iterator[Playground]:
    with Playground(manifest(), clock=StillClock(new_year()), patience=1.0) as workspace:
        yield workspace


@pytest.fixture(scope="session")
def bot(pg: Playground) -> Iterator[Bot]:
    app = Bot(pg)
    app.connect()
    pg.wait_for_app()
    yield app
    app.close()


@pytest.fixture(scope="session")
def client(pg: Playground) -> WebClient:
    return WebClient(token=pg.bot_token, base_url=pg.api_url)


@pytest.fixture(scope="session")
def poor() -> Iterator[WebClient]:
    """An app that was granted nothing but commands."""
    few = manifest(without=tuple(scope for scope in SCOPES if scope != "commands"))
    with Playground(few, clock=StillClock(new_year())) as workspace:
        workspace.add_person("UPOOR", "Pat Poor", email="pat@example.com")
        yield WebClient(token=workspace.bot_token, base_url=workspace.api_url)


@pytest.fixture(scope="session")
def numbers() -> Iterator[int]:
    return itertools.count(1)


@pytest.fixture
def newcomer(pg: Playground, numbers: Iterator[int]) -> Callable[..., Person]:
    """Lets somebody new into the shared workspace."""

    def come(name: str = "", **facts: Any) -> Person:
        number = next(numbers)
        facts.setdefault("email", f"person{number}@example.com")
        return pg.add_person(f"U{number:04}", name or f"Person Number{number}", **facts)

    return come


@pytest.fixture
def priya(newcomer: Callable[..., Person]) -> Person:
    return newcomer()


@pytest.fixture
def room(pg: Playground, priya: Person, numbers: Iterator[int]) -> str:
    """A channel with the app and one person in it."""
    return pg.add_channel(f"room-{next(numbers)}", members=[priya.id, pg.bot_user_id])
