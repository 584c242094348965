"""Sending payloads straight into the bot of a small firm, and watching what becomes of each."""

import logging
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from slack_bolt import BoltRequest
from structlog.testing import capture_logs

from bot.process import Bot
from bot.rehearsal.stage import MANIFEST, UNHURRIED_S, connection_to
from playground import Playground, StillClock
from storage.database import Database
from storage.schema import upgrade
from tests.fuzz.payloads import Who, payload
from tests.support.direct import DirectLine
from tests.support.town import GUEST, LEILA, MARCUS, MONDAY, PEOPLE, PRIYA, ROBIN, Town

TOO_LONG_S = 3.0
"""Slack's patience."""

KEEPS_DRAFTS = frozenset({"join.first", "join.second"})
"""Steps of the form that keep what was typed even where it is refused, so that nobody types it again."""


@dataclass
class Found:
    """What came of a run."""

    sent: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    events: Counter[str] = field(default_factory=Counter)
    unhandled: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0

    @property
    def is_well(self) -> bool:
        """Whether nothing broke, nothing took too long, and no refusal changed anything."""
        return not self.unhandled and not self.changed and self.slowest < TOO_LONG_S

    def summary(self) -> str:
        """The run in a few lines."""
        lines = [
            f"{self.sent:,} payloads; slowest answer {self.slowest:.3f} s",
            f"  answered: {dict(self.statuses)}; logged: {dict(self.events.most_common(6))}",
            f"  unhandled: {sum(self.unhandled.values())} (0 wanted)",
            *(f"    {count} x {where}" for where, count in self.unhandled.most_common(20)),
            f"  refused, yet something changed: {sum(self.changed.values())} (0 wanted)",
            *(f"    {count} x {what}" for what, count in self.changed.most_common(10)),
        ]
        return "\n".join(lines)


def fuzz(count: int, seed: int) -> Found:
    """Send so many payloads of this seed."""
    found, chance = Found(), Random(seed)
    with _firm() as town:
        nowhere = f"{town.playground.world.base_url}/hooks/{town.workspace.team_id}/nowhere"
        people = (ROBIN, ROBIN, PRIYA, MARCUS, LEILA, GUEST, "UNOBODY")
        who = Who(town.workspace.team_id, people, nowhere)
        for _ in range(count):
            body, shaped = payload(chance, who)
            _send(town, body, found, shaped=shaped)
    return found


def _send(town: Town, body: dict[str, Any], found: Found, *, shaped: bool) -> None:
    """Send one. What has no shape may fail, with a reference number and without changing anything."""
    before = _changes(town)
    begun = time.perf_counter()
    with capture_logs() as logged:
        try:
            found.statuses[town.bot.app.dispatch(BoltRequest(mode="socket_mode", body=body)).status] += 1
        except Exception as error:  # noqa: BLE001 - Bolt's own stumbling over what has no shape; the site answers 400
            found.statuses[400] += 1
            found.events[f"bolt: {type(error).__name__}"] += 1
    found.slowest = max(found.slowest, time.perf_counter() - begun)
    found.sent += 1
    names = {str(each["event"]) for each in logged}
    found.events.update(names)
    for each in logged:
        if each["event"] == "failed" and shaped:
            found.unhandled[f"{each['act']}: {each['error']} at {each['where']}"] += 1
    act = next((str(each.get("act")) for each in logged), "?")
    if names & {"refused", "failed"} and act not in KEEPS_DRAFTS and _changes(town) != before:
        found.changed[act] += 1


def _changes(town: Town) -> tuple[Any, ...]:
    """A cheap sign of every table but those that are touched anyway."""
    with town.database.reader.connect() as connection:
        return tuple(connection.exec_driver_sql(SIGNS).one())


SIGNS = "SELECT " + ", ".join(
    f"(SELECT count(*) || ':' || coalesce(max(id), 0) FROM {table})"
    for table in ("letter", "enrollment", "pair", "program", "staff", "meeting", "agreement", "task", "audit")
)


@contextmanager
def _firm() -> Iterator[Town]:
    """A small firm with a program, a pair and things to press."""
    logging.disable(logging.CRITICAL)
    folder = Path(tempfile.mkdtemp(prefix="mentoring-fuzz-"))
    url = f"sqlite:///{folder / 'mentoring.db'}"
    upgrade(url)
    database, clock = Database(url), StillClock(MONDAY)
    try:
        with Playground(MANIFEST, clock=clock, patience=UNHURRIED_S) as playground, capture_logs():
            for slack_id, facts in PEOPLE.items():
                playground.add_person(slack_id, email=f"{slack_id.lower()}@harborlaw.example", **facts)
            channel = playground.add_channel("mentoring", members=list(PEOPLE))
            bot = Bot(database, connection_to(playground), clock)
            playground.deliver_to(DirectLine(bot.app))
            bot.refresh_directory()
            town = Town(playground, clock, database, bot, channel)
            town.claim()
            town.draft()
            town.open()
            town.join(PRIYA, "mentee", wants=["negotiation"])
            town.join(MARCUS, "mentor", offers=["negotiation"])
            yield town
    finally:
        database.close()
        shutil.rmtree(folder, ignore_errors=True)
        logging.disable(logging.NOTSET)
