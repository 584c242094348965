"""What the acknowledgement is measured of: the bot, a bare Bolt beside it, each behind gunicorn as it runs.

Slack is a server in a process of its own that agrees to everything at once: its work is not measured.
"""

import multiprocessing
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from gunicorn.app.base import BaseApplication
from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.oauth.installation_store import Installation
from sqlalchemy import text

from bench.many_pairs import TEAM
from bot.clock import RealClock
from bot.memory import only_new_garbage
from bot.pace import Pace
from bot.process import LISTENER_THREADS, showing_client
from bot.site import Site
from bot.tokens import OAuthApp
from messages.reading_ahead import read_ahead
from storage.database import Database
from storage.sealing import seal_with
from tests.support.ports import free_port

SECRET = "bench"  # noqa: S105 - of this machine's own
ECHO, BARE, OURS = "bare echo", "one read, one write", "ours"
"""The listeners; the second is the baseline that the goals name."""

Make = Callable[[str, str, str], Any]
"""Makes a WSGI application from the address of the database, Slack's, and the key."""


class Served(BaseApplication):  # type: ignore[misc] # gunicorn has no types
    """What gunicorn serves: a WSGI application made in the process that serves it."""

    def __init__(self, port: int, make: Callable[[], Any]) -> None:
        self._port, self._make = port, make
        super().__init__()

    def load_config(self) -> None:
        """The same as `mentoring run --http`."""
        chosen = {"bind": f"127.0.0.1:{self._port}", "workers": 1, "worker_class": "gthread"}
        for name, value in (
            chosen
            | {"threads": LISTENER_THREADS, "loglevel": "error", "keepalive": 75, "graceful_timeout": 1}
        ).items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Make it."""
        return self._make()


KEPT = ExitStack()
"""What lasts as long as the process that serves."""


def echo(_url: str, _api: str, _key: str) -> Any:
    """A bare Bolt that acknowledges everything."""
    return _bare(lambda: None)


def echo_with_transactions(url: str, _api: str, _key: str) -> Any:
    """A bare Bolt that reads and writes in a transaction each before it acknowledges."""
    database = Database(url)

    def work() -> None:
        with database.read() as session:
            session.execute(text("SELECT * FROM person WHERE slack_id = 'U00000001'")).all()
        with database.write() as session:
            session.execute(text("UPDATE person SET opened_home = true WHERE slack_id = 'U00000001'"))

    return _bare(work)


def ours(url: str, api: str, key: str) -> Any:
    """The bot, as `mentoring run --http` makes it."""
    seal_with([key])
    site = Site(Database(url), app_at(api), RealClock(), Pace())
    read_ahead()
    KEPT.enter_context(only_new_garbage())
    return site


LISTENERS: dict[str, Make] = {ECHO: echo, BARE: echo_with_transactions, OURS: ours}


def _bare(work: Callable[[], None]) -> Any:
    app = App(
        signing_secret=SECRET,
        process_before_response=True,
        authorize=lambda: AuthorizeResult(enterprise_id=None, team_id="T", bot_token="x", bot_user_id="U"),  # noqa: S106 - none
        client=showing_client("http://127.0.0.1:9/", None),
    )

    def answer(ack: Any) -> None:
        work()
        ack()

    app.command("/mentoring")(answer)
    app.view("self.submit")(answer)
    app.event("app_home_opened")(work)
    return SlackRequestHandler(app)


def install(database: Database, key: str) -> None:
    """Let the app into the made-up workspace, where everybody has opened the Home tab before."""
    seal_with([key])
    site = Site(database, app_at("http://127.0.0.1:9/"), RealClock())
    site.tokens.store.save(
        Installation(app_id="A", team_id=TEAM, bot_token="xoxb", bot_user_id="UBOT", user_id="U00000001")  # noqa: S106 - none
    )
    site.close()
    with database.write() as session:
        session.execute(text("UPDATE person SET opened_home = true"))


@contextmanager
def listening(url: str, key: str) -> Iterator[dict[str, int]]:
    """Every listener on a port of its own, and the Slack they call; ended at the end."""
    slack = free_port()
    ports = {name: free_port() for name in LISTENERS}
    spawn = multiprocessing.get_context("spawn")
    processes = [spawn.Process(target=agree, args=(slack,))]
    for name, port in ports.items():
        processes.append(
            spawn.Process(target=_serve, args=(port, LISTENERS[name], url, f"http://127.0.0.1:{slack}/", key))
        )
    try:
        for each in processes:
            each.start()
        for port in (slack, *ports.values()):
            wait_for(port)
        yield ports
    finally:
        for each in processes:
            each.terminate()
        for each in processes:
            each.join(20)


class Agreeing(BaseHTTPRequestHandler):
    """Answers every call with ok."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Agree."""
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        body = self.reply()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def reply(self) -> bytes:
        """What is said."""
        return b'{"ok":true}'

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name it has
        """Say nothing."""


def agree(port: int) -> None:
    """Be Slack."""
    ThreadingHTTPServer(("127.0.0.1", port), Agreeing).serve_forever()


def app_at(api: str) -> OAuthApp:
    """The app, with the secret that payloads are signed with."""
    return OAuthApp("client", "secret", SECRET, api, "https://bench.example")


def _serve(port: int, make: Make, url: str, api: str, key: str) -> None:
    Served(port, lambda: make(url, api, key)).run()


def wait_for(port: int) -> None:
    """Wait until somebody listens there."""
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"nothing listens on {port}")
