"""How fast payloads are acknowledged by HTTP, against a bare Bolt on the same server in the same run.

Run: python -m bench.ack [REQUESTS [SECONDS]]

Each listener runs behind gunicorn with 32 threads in a process of its own, over SQLite and over PostgreSQL;
clients keep their connections and sign every request, each for another of 400 people. The listeners take
turns, so that whatever else the machine does meets all of them. The baseline named in the goal is a bare
listener that does one read and one write transaction.

The closed loop sends as fast as answers come, which finds the most a process can do. The open loop sends a
hundred payloads a second, as events come, whatever the answers do: a late answer makes the next ones late,
and they are counted from when they were due.
"""

import hashlib
import hmac
import itertools
import json
import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from cryptography.fernet import Fernet

from bench.listeners import BARE, ECHO, OURS, SECRET, install, listening
from bench.many_pairs import TEAM, filled
from bench.sending import closed_loop, open_loop
from bench.table import Row, show
from storage.database import Database
from tests.support.postgres import server

CLIENTS = (1, 16, 64)
REQUESTS = 600
"""Sent of each kind by so many clients together."""
ROUNDS = 3
"""Turns among the listeners for each number."""
PAIRS = 200
RATE = 100
"""Payloads a second in the open loop; Slack sends a workspace eight at most."""
SECONDS = 20
"""How long the open loop goes on."""
SENDERS = 64
"""Connections of the open loop."""
FORM = "application/x-www-form-urlencoded"
GOALS_MS = {"SQLite": 50, "PostgreSQL": 150}
"""Milliseconds within which 99 of 100 payloads of the open loop are to be acknowledged."""


class Sent(NamedTuple):
    """What Slack sends: the kind's name, its content type and its body."""

    kind: str
    content: str
    body: bytes


def payloads(kind: str) -> Iterator[Sent]:
    """Payloads of a kind without end, each from another person."""
    number = 0
    while True:
        number = (number + 1) % (2 * PAIRS)
        yield payload(kind, f"U{number:08X}")


def payload(kind: str, user_id: str) -> Sent:
    """One payload."""
    user = {"id": user_id, "name": "bench", "team_id": TEAM}
    if kind == "slash command":
        command = {"team_id": TEAM, "user_id": user_id, "command": "/mentoring", "text": "help"}
        return Sent(kind, FORM, urlencode(command | {"trigger_id": "1", "channel_id": "C1"}).encode())
    if kind == "Home":
        event = {"type": "app_home_opened", "tab": "home", "user": user_id}
        told = {"type": "event_callback", "team_id": TEAM, "event_id": "Ev1", "event": event}
        return Sent(kind, "application/json", json.dumps(told).encode())
    chosen = {"caregiver": {"caregiver": {"type": "static_select", "selected_option": {"value": "no"}}}}
    view = {"type": "modal", "callback_id": "self.submit", "private_metadata": '{"program":1}', "id": "V1",
            "hash": "1", "blocks": [], "state": {"values": chosen}}  # fmt: skip
    form = {"type": "view_submission", "team": {"id": TEAM}, "user": user, "view": view}
    return Sent(kind, FORM, urlencode({"payload": json.dumps(form)}).encode())


KINDS = ("slash command", "modal, one write", "Home")


def headers(sent: Sent) -> dict[str, str]:
    """What Slack sends with it: when, and signed."""
    moment = str(int(time.time()))
    signed = hmac.new(SECRET.encode(), b"v0:" + moment.encode() + b":" + sent.body, hashlib.sha256)
    return {"Content-Type": sent.content, "X-Slack-Request-Timestamp": moment,
            "X-Slack-Signature": f"v0={signed.hexdigest()}"}  # fmt: skip


def written(sent: Sent) -> bytes:
    """The whole request, as it goes over the connection."""
    told = headers(sent) | {"Host": "127.0.0.1", "Content-Length": str(len(sent.body))}
    lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return f"POST /slack/events HTTP/1.1\r\n{lines}\r\n".encode() + sent.body


def closed(port: int, kind: str, clients: int, requests: int) -> list[float]:
    """Seconds of each request, from so many clients that wait for their answers."""
    return closed_loop(port, clients, [written(each) for each in itertools.islice(payloads(kind), requests)])


def opened(port: int, seconds: float) -> list[float]:
    """Seconds from when each payload was due to its acknowledgement; all kinds in turn, at chance times."""
    chance, sources = random.Random(1), [payloads(kind) for kind in KINDS]
    due, requests = 0.0, []
    while (due := due + chance.expovariate(RATE)) < seconds:
        requests.append((due, written(next(chance.choice(sources)))))
    return open_loop(port, SENDERS, requests)


def share(spent: list[float], of: float) -> float:
    """A percentile, in milliseconds."""
    return sorted(spent)[min(len(spent) - 1, int(len(spent) * of))] * 1_000


@contextmanager
def databases() -> Iterator[dict[str, Database]]:
    """A filled database of each kind."""
    with tempfile.TemporaryDirectory() as folder, server() as postgresql:
        found = {
            "SQLite": filled(f"sqlite:///{Path(folder) / 'bench.db'}", PAIRS, 0),
            "PostgreSQL": filled(postgresql.make_database("bench"), PAIRS, 0),
        }
        yield found
        for each in found.values():
            each.close()


def rows(requests: int = REQUESTS, seconds: float = SECONDS) -> Iterator[Row]:
    """Every kind at every number of clients, then the open loop; on both databases."""
    key = Fernet.generate_key().decode()
    with databases() as found:
        for name, database in found.items():
            install(database, key)
            with listening(database.url, key) as ports:
                for port in ports.values():
                    for kind in KINDS:
                        closed(port, kind, 4, 40)
                yield from _closed(name, ports, requests)
                yield _open(name, ports, seconds)


def _closed(name: str, ports: dict[str, int], requests: int) -> Iterator[Row]:
    for kind in KINDS:
        for clients in CLIENTS:
            spent: defaultdict[str, list[float]] = defaultdict(list)
            for _ in range(ROUNDS):
                for listener, port in ports.items():
                    spent[listener] += closed(port, kind, clients, requests // ROUNDS)
            what = f"acknowledge: {kind}, clients: {clients}, {name}"
            yield _row(what, spent, "p99 at most 2 times")


def _open(name: str, ports: dict[str, int], seconds: float) -> Row:
    spent = {listener: opened(port, seconds) for listener, port in ports.items()}
    what = f"acknowledge: {RATE} payloads of all kinds a second for {seconds:.0f} s, {name}"
    return _row(what, spent, f"p99 under {GOALS_MS[name]} ms, never over 3 s")


def _row(what: str, spent: Mapping[str, list[float]], wanted: str) -> Row:
    """Ours beside both baselines; the ratio is that of the 99th percentiles, to one read and one write."""
    ours, bare = spent[OURS], spent[BARE]
    return Row(
        what,
        f"p50 {share(ours, 0.5):.1f}, p99 {share(ours, 0.99):.1f}, most {max(ours) * 1_000:.0f} ms",
        f"{BARE}: {_said(bare)} ({ECHO}: {_said(spent[ECHO])})",
        share(ours, 0.99) / share(bare, 0.99),
        wanted,
    )


def _said(spent: list[float]) -> str:
    return f"{share(spent, 0.5):.1f} / {share(spent, 0.99):.1f} ms"


if __name__ == "__main__":
    words = [float(each) for each in sys.argv[1:]]
    show(rows(*[int(each) for each in words[:1]], *words[1:]))
