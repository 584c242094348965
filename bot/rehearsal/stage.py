"""The stage: a local workspace with the roster's people in it, and the bot connected to it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from bot.process import Bot, Connection
from handlers.roster_import import import_roster
from mentoring.hours import Calendar, shared_hours
from mentoring.programs import Program
from mentoring.roster import Roster
from playground import Person, Playground, StillClock
from storage.database import Database

COORDINATOR = "U0COORD001"
COORDINATOR_NAME = "Robin Ellery"
CHANNEL = "mentoring"
UNHURRIED_S = 120
"""Real seconds anything may take in a rehearsal. Slack's three would only tell a busy laptop from an idle one
here, and the same seed would give another story on each."""


class Driver(Protocol):
    """The bot, in this process or in another."""

    def beat(self) -> None:
        """Look at what is due and send it."""

    def refresh_directory(self) -> None:
        """Read the workspace's people."""


@dataclass(slots=True)
class Stage:
    """Everything a rehearsal plays on."""

    playground: Playground
    clock: StillClock
    database: Database
    roster: Roster
    bot: Driver
    channel: str

    @property
    def coordinator(self) -> Person:
        """Who runs the program."""
        return self.playground.person(COORDINATOR)

    def invite(self, program: Program) -> None:
        """Put the roster on a program's list, as `mentoring import` does."""
        with self.database.write() as session:
            import_roster(session, program, self.roster, self.clock.now())


def people_of(playground: Playground, roster: Roster, starts_on: date) -> str:
    """Let everybody into the workspace; returns the channel for announcements."""
    zone = _zone_of_most(roster, starts_on)
    playground.add_person(
        COORDINATOR, COORDINATOR_NAME, email="coordinator@firm.example", tz=zone, is_admin=True
    )
    for row in roster.rows:
        playground.add_person(row.user_id, row.name, email=row.email, tz=row.time_zone)
    everybody = [COORDINATOR, *(row.user_id for row in roster.rows)]
    return playground.add_channel(CHANNEL, members=everybody)


def _zone_of_most(roster: Roster, starts_on: date) -> str:
    """The zone that shares most working hours with everybody's, for whoever coordinates them.

    What the coordinator does in their morning then reaches most people the same day, and not at night.
    """
    people = Counter(row.time_zone for row in roster.rows)

    def shared(zone: str) -> float:
        here = Calendar(zone)
        return sum(count * shared_hours(here, Calendar(there), starts_on) for there, count in people.items())

    return max(people, key=shared, default="America/New_York")


def connection_to(playground: Playground) -> Connection:
    """How a bot reaches the local workspace."""
    return Connection(
        playground.bot_token, playground.app_token, playground.signing_secret, playground.api_url
    )


def bot_for(playground: Playground, clock: StillClock, database: Database) -> Bot:
    """A bot in this process, as unhurried as the people it talks to."""
    bot = Bot(database, connection_to(playground), clock)
    for client in (bot.client, bot.app.client):
        client.timeout = UNHURRIED_S
    return bot


MANIFEST = Path(__file__).parents[2] / "manifest.yml"
