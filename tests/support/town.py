"""A small law firm in a local workspace, with the real bot in it: what most stories are told in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.process import Bot
from mentoring.charter import STEPS
from mentoring.programs import Program
from playground import Message, Outcome, Person, Playground, StillClock
from playground.blocks import controls
from storage.database import Database
from storage.due import next_due_at
from storage.people import Workspace
from storage.programs import programs
from tests.support.beginnings import Beginnings, Moment, beginning

MONDAY = datetime(2026, 1, 5, 15, tzinfo=UTC)
"""Ten in the morning in New York, three in the afternoon in London."""

ROBIN, PRIYA, MARCUS, LEILA, JONAS = "U0ROBIN", "U0PRIYA", "U0MARCUS", "U0LEILA", "U0JONAS"
GUEST = "U0GUEST"


@dataclass(slots=True)
class Town:
    """Everything a story needs: people, the bot, the clock and the facts.

    Args:
        beginnings: What other stories began with.
        begun: How things stood where this story's beginning ended, as far as it is one of those.
        so_far: What happened until then.
    """

    playground: Playground
    clock: StillClock
    database: Database
    bot: Bot
    channel: str
    beginnings: Beginnings | None = None
    begun: Moment | None = None
    so_far: tuple[str, ...] = ()

    @property
    def workspace(self) -> Workspace:
        """The one workspace."""
        return self.bot.workspace

    def person(self, slack_id: str) -> Person:
        """Somebody, at their screen."""
        return self.playground.person(slack_id)

    def beat(self) -> None:
        """Let the bot look and send, as its heartbeat does every few seconds."""
        self.bot.beat()

    def until(self, instant: datetime) -> None:
        """Let time pass, with a heartbeat at every instant at which something is due.

        It passes month by month, so that stories that begin alike share their months too.
        """
        for month in months_between(self.clock.now(), instant):
            self._until(month)
        self._until(instant)

    @beginning
    def _until(self, instant: datetime) -> None:
        self.beat()
        while (due := self._due()) is not None and due <= instant:
            self.clock.move_to(max(due, self.clock.now()))
            self.beat()
        self.clock.move_to(instant)
        self.beat()

    def later(self, **span: float) -> None:
        """Let a while pass: `town.later(days=3)`."""
        self.until(self.clock.now() + timedelta(**span))

    def _due(self) -> datetime | None:
        with self.database.read() as session:
            return next_due_at(session)

    # What people see

    def newest(self, slack_id: str) -> Message:
        """The newest message in somebody's conversation with the bot."""
        return self.person(slack_id).inbox()[-1]

    def room(self, *slack_ids: str) -> list[Message]:
        """What was said in these people's group DM."""
        for room in self.person(slack_ids[0]).group_dms():
            if {*slack_ids} <= set(room.members):
                return self.person(slack_ids[0]).messages(room.id)
        return []

    def with_button(self, messages: list[Message], action_id: str) -> Message:
        """The newest message that offers this button."""
        return next(
            each
            for each in reversed(messages)
            if action_id in {control.action_id for control in controls(each.blocks)}
        )

    def press(self, slack_id: str, action_id: str, *, in_room: tuple[str, ...] = ()) -> Outcome:
        """Press a button on the newest message that has it."""
        person = self.person(slack_id)
        messages = self.room(*in_room) if in_room else person.inbox()
        return person.click(self.with_button(messages, action_id), action_id)

    # Common beginnings

    @beginning
    def claim(self) -> None:
        """Robin, an admin, becomes the first coordinator."""
        robin = self.person(ROBIN)
        robin.click(robin.command("/mentoring", "coordinators").shown[0], "staff.claim")

    def draft(self, **fields: Any) -> Program:
        """Robin makes a program from February 2 to July 31."""
        self._draft(**fields)
        return self.program()

    @beginning
    def _draft(self, **fields: Any) -> None:
        robin = self.person(ROBIN)
        robin.command("/mentoring", "program new")
        filled = {
            "name": "Mentoring at Harbor Law",
            "starts_on": "2026-02-02",
            "ends_on": "2026-07-31",
            "sponsor_name": "Dana Whitfield",
            "sponsor_words": "A good mentor changed my career.",
        }
        for _ in range(STEPS):
            fill_where_asked(robin, filled | fields)
            robin.submit()
        robin.close(all=True)

    def program(self) -> Program:
        """The newest program as stored."""
        with self.database.read() as session:
            return programs(session, self.workspace.id)[0]

    @beginning
    def open(self) -> None:
        """Robin opens enrollment from the channel."""
        robin = self.person(ROBIN)
        shown = robin.command("/mentoring", "program", channel=self.channel).shown
        robin.click(shown[0], "program.open")
        self.beat()

    def join(self, slack_id: str, role: str | list[str], **fields: Any) -> None:
        """Somebody joins by slash command and the three steps of the form, as anybody would."""
        person = self.person(slack_id)
        person.click(person.command("/mentoring", "join").shown[0], "join.open")
        fill_where_asked(person, {"roles": [role] if isinstance(role, str) else role} | fields)
        person.submit()
        fill_where_asked(person, {"level": "3"} | fields)
        person.submit()
        fill_where_asked(person, {"confirm": ["yes"]} | fields)
        person.submit()
        self.beat()


def months_between(after: datetime, before: datetime) -> Iterator[datetime]:
    """The beginnings of months between two instants."""
    month = after.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    while (month := (month + timedelta(days=32)).replace(day=1)) < before:
        yield month


def send(person: Person) -> Outcome:
    """Send the open form, one step after the other, as far as it goes."""
    outcome = person.submit()
    while outcome.view is not None and not outcome.errors and outcome.view.source.get("submit"):
        outcome = person.submit()
    if outcome.view is not None and outcome.view.source.get("clear_on_close"):
        person.close()
    return outcome


def fill_where_asked(person: Person, values: dict[str, Any]) -> None:
    """Fill in the fields that this step of a form has."""
    there = {control.block_id for control in controls(person.view.blocks)} if person.view else set()
    for name, value in values.items():
        if name in there:
            person.fill(name, value)


PEOPLE: dict[str, dict[str, Any]] = {
    ROBIN: {"name": "Robin Ellery", "tz": "America/New_York", "is_admin": True},
    PRIYA: {"name": "Priya Raman", "tz": "America/New_York"},
    MARCUS: {"name": "Marcus O'Neill", "tz": "Europe/London"},
    LEILA: {"name": "Leila Petrov", "tz": "America/New_York"},
    JONAS: {"name": "Jonas Ito", "tz": "Australia/Sydney"},
    GUEST: {"name": "Gus Guest", "tz": "America/New_York", "is_restricted": True},
}

STARTS_ON = date(2026, 2, 2)
