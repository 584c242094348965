"""How much faster two and four workers say what is due than one: processes of their own, over one PostgreSQL.

Run: python -m bench.workers [LETTERS]

Slack is a server in a process of its own that takes a tenth of a second for everything, as the real one does;
each worker serves two workspaces at a time. Nobody paces: what Slack allows a workspace is another measure
(`bench.courier`), and here workspaces are many.
"""

import asyncio
import json
import multiprocessing
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import ThreadingHTTPServer
from typing import Any

import psycopg
from cryptography.fernet import Fernet
from slack_sdk.oauth.installation_store import Installation
from sqlalchemy import text

from bench.listeners import Agreeing, wait_for
from bench.table import Row, show
from bot.clock import RealClock
from bot.fleet import SCHEMA, Fleet
from bot.log import set_up_logging
from bot.office import Office
from bot.tokens import OAuthApp
from mentoring.notices import Notice, ToPerson
from storage.database import Database
from storage.outbox import write_letter
from storage.people import SlackProfile, Workspace, ensure_workspace, meet_person, save_profiles
from storage.schema import upgrade
from storage.sealing import seal_with
from tests.support.ports import free_port
from tests.support.postgres import server

WORKERS = (1, 2, 4)
"""The first is the baseline."""
WORKSPACES = 8
LETTERS = 20
"""In each workspace, to as many people."""
COURIERS = 2
"""Workspaces a worker serves at the same time: four workers then serve all of them."""
SLACK_TAKES_S = 0.1
QUEUES = 3
"""Each worker registers once for each of its queues."""
WRITTEN_IN = timedelta(seconds=8)
"""Letters are due this long after their writing began, so that all of them are there by then."""
PATIENCE_S = 120


class Taking(Agreeing):
    """Takes its time, and every message."""

    def reply(self) -> bytes:
        """Yes, after a while; and nobody is in the workspace, for who asks."""
        time.sleep(SLACK_TAKES_S)
        said = {"ok": True, "ts": f"{time.time():.6f}", "channel": "D1", "members": []}
        return json.dumps(said).encode()


def be_slack(port: int) -> None:
    """Serve until ended."""
    ThreadingHTTPServer(("127.0.0.1", port), Taking).serve_forever()


def be_a_worker(url: str, app: OAuthApp, key: str) -> None:
    """What `mentoring work` does, without a pace."""
    set_up_logging("ERROR", "text")
    seal_with([key])
    fleet = Fleet(Office(Database(url), app, RealClock()), url, COURIERS)
    asyncio.run(fleet.run())


def somebody(slack_id: str) -> SlackProfile:
    """One of a workspace's people."""
    return SlackProfile(
        slack_id, "Priya", None, "America/Chicago", "en-US", is_admin=False, active=True, member=True
    )


def write(database: Database, app: OAuthApp, letters: int) -> datetime:
    """Workspaces with the app in them, and what is to be said there; tells from when on."""
    now = RealClock().now()
    due = now + WRITTEN_IN
    store = Office(database, app, RealClock()).tokens.store
    for firm in range(WORKSPACES):
        team = f"T{firm:08X}"
        store.save(
            Installation(app_id="A", team_id=team, bot_token="xoxb", bot_user_id="UBOT", user_id="U")  # noqa: S106 - none
        )
        with database.write() as session:
            known = ensure_workspace(session, Workspace(0, team, team, "UBOT", None), now)
            ids = [f"U{firm:04X}{number:04X}" for number in range(letters)]
            # Known already: nobody has to look them up meanwhile.
            save_profiles(session, known.id, [somebody(each) for each in ids], now)
            for number, slack_id in enumerate(ids):
                to = meet_person(session, known.id, slack_id, "Priya")
                notice = Notice(
                    "letter_given_up", ToPerson(to.id), f"bench:{number}", due, "a bench", None,
                    {"kind": "x", "reason": "y"},
                )  # fmt: skip
                write_letter(session, known.id, notice, now)
    if RealClock().now() >= due:
        raise TimeoutError("the letters were not written in time; give WRITTEN_IN more")
    return due


def drained_in(url: str, app: OAuthApp, workers: int, letters: int, key: str) -> float:
    """Seconds that so many workers take for all of it, from when the last of them is ready."""
    upgrade(url)
    database = Database(url)
    Fleet(Office(database, app, RealClock()), url, COURIERS).make_tables()
    spawn = multiprocessing.get_context("spawn")
    processes = [spawn.Process(target=be_a_worker, args=(url, app, key)) for _ in range(workers)]
    try:
        for each in processes:
            each.start()
        _until(lambda: _registered(url) >= workers * QUEUES)
        due = write(database, app, letters)
        _until(lambda: not _left(database))
        return (RealClock().now() - due).total_seconds()
    finally:
        for each in processes:
            each.kill()
            each.join()
        database.close()


def _registered(url: str) -> int:
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        found = connection.execute(f"SELECT count(*) FROM {SCHEMA}.procrastinate_workers").fetchone()
    return int(found[0]) if found else 0


def _left(database: Database) -> int:
    with database.read() as session:
        return int(session.scalar(text("SELECT count(*) FROM letter WHERE state <> 'sent'")) or 0)


def _until(so: Any) -> None:
    gives_up = time.monotonic() + PATIENCE_S
    while not so():
        if time.monotonic() > gives_up:
            raise TimeoutError(f"still not so after {PATIENCE_S} seconds")
        time.sleep(0.05)


def rows(letters: int = LETTERS) -> Iterator[Row]:
    """The same letters sent by one worker, by two and by four."""
    key = Fernet.generate_key().decode()
    seal_with([key])
    port = free_port()
    app = OAuthApp("client", "secret", "bench", f"http://127.0.0.1:{port}/", "https://bench.example")
    slack = multiprocessing.get_context("spawn").Process(target=be_slack, args=(port,))
    slack.start()
    try:
        wait_for(port)
        count = WORKSPACES * letters
        with server() as postgresql:
            baseline = None
            for workers in WORKERS:
                spent = drained_in(postgresql.make_database(f"bench_{workers}"), app, workers, letters, key)
                baseline = baseline or spent
                yield Row(
                    f"drain: {count} letters, {WORKSPACES} workspaces, Slack takes {SLACK_TAKES_S} s, "
                    f"workers: {workers}",
                    f"{spent:.1f} s, {count / spent:.1f} a second",
                    f"1 worker: {baseline:.1f} s",
                    baseline / spent,
                    "times as fast: 2 and 4 with as many free cores",
                )
    finally:
        slack.kill()
        slack.join()


if __name__ == "__main__":
    show(rows(*[int(each) for each in sys.argv[1:]]))
