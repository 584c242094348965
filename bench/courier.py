"""How near the courier comes to Slack's own limit, in a local workspace that enforces it in real time.

Run: python -m bench.courier
"""

import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from slack_sdk import WebClient

from bench.many_pairs import NOW, database_with
from bench.table import Row, show
from bot.courier import Courier
from bot.pace import Pace
from bot.rehearsal.stage import MANIFEST
from mentoring.notices import Notice, ToPerson
from playground import Playground, StillClock
from playground.rate import WORKSPACE_MESSAGES_A_MINUTE
from storage.database import Database
from storage.outbox import write_letter

PEOPLE = 100
LETTERS = 420
"""More than the workspace takes in its first minute's burst: the last ones are paced."""

MORE_LETTERS = 250
"""Sent after the limit was halved: enough to find the new one and to settle on it."""


def rows() -> Iterator[Row]:
    """The share of the limit, and how often Slack had to say no; then the same with half of it."""
    clock = StillClock(NOW)
    with (
        tempfile.TemporaryDirectory() as folder,
        Playground(MANIFEST, clock=clock, enforce_rate=True) as slack,
    ):
        for number in range(2 * PEOPLE):
            slack.add_person(f"U{number:08X}", f"Person {number}", email="", tz="America/New_York")
        database = database_with(Path(folder), PEOPLE, 0, slack.team_id)
        client = WebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[])
        courier = Courier(database, clock, lambda _workspace: client, Pace())
        full = WORKSPACE_MESSAGES_A_MINUTE
        _write(database, 0, LETTERS)
        yield _sent("at Slack's own limit", courier, clock, slack, LETTERS, burst=full, a_minute=full)
        if slack.rates is None:
            raise RuntimeError("a playground that enforces no rate has no limit to halve")
        slack.rates.workspace_a_minute = full / 2
        _write(database, LETTERS, MORE_LETTERS)
        yield _sent(
            "the limit halved, untold", courier, clock, slack, MORE_LETTERS, burst=0, a_minute=full / 2
        )
        database.close()


def _write(database: Database, first: int, count: int) -> None:
    with database.write() as session:
        for number in range(first, first + count):
            notice = Notice(
                "letter_given_up",
                ToPerson(number % PEOPLE + 1),
                f"bench:{number}",
                NOW,
                "a bench",
                None,
                {"kind": "x", "reason": "y"},
            )
            write_letter(session, 1, notice, NOW - timedelta(hours=1), program_id=1)


def _sent(
    how: str,
    courier: Courier,
    clock: StillClock,
    slack: Playground,
    letters: int,
    *,
    burst: float,
    a_minute: float,
) -> Row:
    """Send everything, however often it is told to wait; how near the limit that was."""
    refused = sum(call.error == "ratelimited" for call in slack.calls)
    sent, begun = 0, time.perf_counter()
    while sent < letters:
        sent += courier.deliver().sent
        # What Slack told to wait is due again by a clock that otherwise stands still.
        clock.move_to(clock.now() + timedelta(seconds=1))
    spent = time.perf_counter() - begun
    best = (letters - burst) / (a_minute / 60)
    refused = sum(call.error == "ratelimited" for call in slack.calls) - refused
    share = letters / (burst + a_minute / 60 * spent)
    return Row(
        f"drain: {sent} letters to one workspace, {how}",
        f"{spent:.1f} s, {share:.3f} of what is allowed, {refused} times 429",
        f"the fastest the limit allows: {best:.1f} s",
        spent / best,
        f"0.95 of what is allowed, {'no 429' if burst else 'one 429 that tells'}",
    )


if __name__ == "__main__":
    show(rows())
