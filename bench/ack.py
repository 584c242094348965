"""How fast payloads are acknowledged by HTTP, against a bare Bolt on the same server in the same run.

Run: python -m bench.ack [REQUESTS]

Each listener runs behind gunicorn with 32 threads in a process of its own, over SQLite; clients keep their
connections and sign every request. The baseline named in the goal is a bare listener that does one read and
one write transaction.
"""

import hashlib
import hmac
import http.client
import json
import multiprocessing
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from cryptography.fernet import Fernet
from gunicorn.app.base import BaseApplication
from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.oauth.installation_store import Installation
from sqlalchemy import text

from bench.many_pairs import database_with
from bot.clock import RealClock
from bot.process import LISTENER_THREADS, showing_client
from bot.rehearsal.stage import MANIFEST
from bot.site import Site
from bot.tokens import OAuthApp
from playground import Playground, StillClock
from storage.database import Database
from storage.sealing import seal_with

SECRET = "bench"  # noqa: S105 - of this machine's own
CLIENTS = (1, 16, 64)
REQUESTS = 600
PAIRS = 200
FORM = "application/x-www-form-urlencoded"


class Served(BaseApplication):  # type: ignore[misc] # gunicorn has no types
    """What gunicorn serves: a WSGI application made in the process that serves it."""

    def __init__(self, port: int, make: Callable[[], Any]) -> None:
        self._port, self._make = port, make
        super().__init__()

    def load_config(self) -> None:
        """The same as `mentoring run --http`."""
        chosen = {"bind": f"127.0.0.1:{self._port}", "workers": 1, "worker_class": "gthread"}
        for name, value in (
            chosen | {"threads": LISTENER_THREADS, "loglevel": "error", "keepalive": 75}
        ).items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Make it."""
        return self._make()


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
    """The bot."""
    seal_with([key])
    app = OAuthApp("client", "secret", SECRET, api, "https://bench.example")
    return Site(Database(url), app, RealClock())


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


def payloads(team_id: str) -> dict[str, tuple[str, bytes]]:
    """What is sent: kind, content type and body."""
    user = {"id": "U00000001", "name": "bench", "team_id": team_id}
    command = {"team_id": team_id, "user_id": user["id"], "command": "/mentoring", "text": "help"}
    words = {"about": {"about": {"type": "plain_text_input", "value": "I like to learn"}}}
    view = {"type": "modal", "callback_id": "self.submit", "private_metadata": '{"program":1}', "id": "V1",
            "hash": "1", "blocks": [], "state": {"values": words}}  # fmt: skip
    form = {"type": "view_submission", "team": {"id": team_id}, "user": user, "view": view}
    home = {"type": "event_callback", "team_id": team_id, "event_id": "Ev1",
            "event": {"type": "app_home_opened", "tab": "home", "user": user["id"]}}  # fmt: skip
    return {
        "slash command": (FORM, urlencode(command | {"trigger_id": "1", "channel_id": "C1"}).encode()),
        "modal, one write": (FORM, urlencode({"payload": json.dumps(form)}).encode()),
        "Home": ("application/json", json.dumps(home).encode()),
    }


def measure(port: int, kind: str, body: bytes, clients: int, requests: int) -> list[float]:
    """Seconds of each request, from so many clients at once."""
    spent: list[float] = []
    each = max(1, requests // clients)

    def one() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        for _ in range(each):
            moment = str(int(time.time()))
            signed = hmac.new(SECRET.encode(), b"v0:" + moment.encode() + b":" + body, hashlib.sha256)
            headers = {"Content-Type": kind, "X-Slack-Request-Timestamp": moment,
                       "X-Slack-Signature": f"v0={signed.hexdigest()}"}  # fmt: skip
            begun = time.perf_counter()
            connection.request("POST", "/slack/events", body, headers)
            answer = connection.getresponse()
            answer.read()
            spent.append(time.perf_counter() - begun)
            if answer.status != http.client.OK:
                raise RuntimeError(f"answered {answer.status}")
        connection.close()

    threads = [threading.Thread(target=one) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(spent)


def share(spent: list[float], of: float) -> float:
    """A percentile, in milliseconds."""
    return spent[min(len(spent) - 1, int(len(spent) * of))] * 1_000


def main() -> None:
    """Print the table."""
    requests = int(sys.argv[1]) if len(sys.argv) > 1 else REQUESTS
    key = Fernet.generate_key().decode()
    seal_with([key])
    listeners = {"bare echo": echo, "bare, one read, one write": echo_with_transactions, "ours": ours}
    with (
        tempfile.TemporaryDirectory() as folder,
        Playground(MANIFEST, clock=StillClock(RealClock().now())) as slack,
    ):
        slack.add_person("U00000001", "Person 1", email="")
        database = database_with(Path(folder), PAIRS, 0, slack.team_id)
        _install(slack, database)
        found: dict[tuple[str, str, int], list[float]] = {}
        for name, make in listeners.items():
            port = _free_port()
            process = multiprocessing.get_context("spawn").Process(
                target=_serve, args=(port, make, database.url, slack.api_url, key), daemon=False
            )
            process.start()
            try:
                _wait_for(port)
                for what, (kind, body) in payloads(slack.team_id).items():
                    measure(port, kind, body, 4, 40)
                    for clients in CLIENTS:
                        found[name, what, clients] = measure(port, kind, body, clients, requests)
            finally:
                process.terminate()
                process.join(20)
        database.close()
    _print(found, listeners)


def _print(found: dict[tuple[str, str, int], list[float]], listeners: dict[str, Any]) -> None:
    print("Acknowledgement by HTTP, SQLite, gunicorn with 32 threads: p50 / p99 in ms")
    baseline = "bare, one read, one write"
    for what, clients in {(what, clients): None for _, what, clients in found}:
        spent = {name: found[name, what, clients] for name in listeners}
        line = "  ".join(f"{name} {share(s, 0.5):6.1f} /{share(s, 0.99):7.1f}" for name, s in spent.items())
        ratio = share(found["ours", what, clients], 0.99) / share(found[baseline, what, clients], 0.99)
        print(f"  {what:17} {clients:3} clients: {line}; p99 {ratio:.2f} times the baseline (2 wanted)")


def _install(slack: Playground, database: Database) -> None:
    site = Site(
        database, OAuthApp("client", "secret", SECRET, slack.api_url, "https://bench.example"), RealClock()
    )
    site.tokens.store.save(
        Installation(
            app_id=slack.app_id,
            team_id=slack.team_id,
            bot_token=slack.bot_token,
            bot_user_id=slack.bot_user_id,
            user_id="U00000001",
        )
    )
    site.close()


def _serve(port: int, make: Callable[[str, str, str], Any], url: str, api: str, key: str) -> None:
    Served(port, lambda: make(url, api, key)).run()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"nothing listens on {port}")


if __name__ == "__main__":
    main()
