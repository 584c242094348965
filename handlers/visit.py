"""One person doing one thing, as conversations see it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from sqlalchemy.orm import Session

from mentoring.errors import Refusal
from mentoring.people import Person
from messages.actions import Act
from messages.answers import Answer
from messages.words import Reader
from storage.database import Database
from storage.people import Workspace

Option = TypeVar("Option", bound=StrEnum)
PICK_ONE = "Pick from what this list offers now. If it looks different, close it and open it again."
"""What is said of a choice that nobody was offered."""


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


@dataclass(frozen=True, slots=True)
class Visit:
    """Who does what, where and when.

    Args:
        act: What they did, with the ids it named; the right to it has been checked.
        values: What a form came back with: block_id to its one element's state.
        text: What was typed after the slash command.
        channel: Where they are, if in a channel.
        picked: The value chosen where the act came from a menu or a picker.
    """

    database: Database
    workspace: Workspace
    person: Person
    now: datetime
    act: Act
    values: Mapping[str, Mapping[str, Any]]
    text: str = ""
    channel: str | None = None
    picked: str | None = None

    @property
    def in_private(self) -> bool:
        """Whether nobody else is where they are: in their own messages with the app, or on Home."""
        return self.channel is None or self.channel.startswith("D")

    @property
    def reader(self) -> Reader:
        """For whom words are made."""
        return Reader.of(self.person.time_zone, self.person.locale)

    def typed(self, block_id: str) -> str:
        """What was typed or picked in a field; empty where nothing was."""
        element = self._element(block_id)
        for key in ("value", "selected_date", "selected_time", "selected_user", "selected_conversation"):
            if element.get(key):
                return _kept(str(element[key]))
        option = element.get("selected_option")
        return str(option["value"]) if option else ""

    def pick(self, block_id: str, of: type[Option], unsaid: Option | None = None) -> Option:
        """The one of these that was picked.

        Args:
            block_id: The field.
            of: What was offered.
            unsaid: What it means when nothing was picked.

        Raises:
            Refusal: Something else came back, as from a form of an older version.
        """
        typed = self.typed(block_id)
        if unsaid is not None and not typed:
            return unsaid
        if typed not in set(of):
            raise Refusal(PICK_ONE, block_id)
        return of(typed)

    def picks(self, block_id: str, of: type[Option]) -> frozenset[Option]:
        """Those of these that were ticked.

        Raises:
            Refusal: Something else came back.
        """
        chosen = self.chosen(block_id)
        if not {*chosen} <= {*of}:
            raise Refusal(PICK_ONE, block_id)
        return frozenset(of(each) for each in chosen)

    def chosen(self, block_id: str) -> list[str]:
        """The values ticked or selected in a field."""
        return [str(each["value"]) for each in self._element(block_id).get("selected_options") or []]

    def files(self, block_id: str) -> list[str]:
        """The Slack ids of the files dropped into a field; nothing else of them is believed."""
        return [str(each["id"]) for each in self._element(block_id).get("files") or []]

    def people(self, block_id: str) -> list[str]:
        """The Slack ids of the people selected in a field."""
        return [str(each) for each in self._element(block_id).get("selected_users") or []]

    def channels(self, block_id: str) -> list[str]:
        """The Slack ids of the channels selected in a field."""
        return [str(each) for each in self._element(block_id).get("selected_channels") or []]

    def asked(self, block_id: str) -> bool:
        """Whether the form has this field at all."""
        return block_id in self.values

    def _element(self, block_id: str) -> Mapping[str, Any]:
        return next(iter(self.values.get(block_id, {}).values()), {})


def _kept(typed: str) -> str:
    """What was typed as it is kept: PostgreSQL takes no null character, and nobody types one."""
    return typed.replace("\x00", "").strip()


Conversation = Callable[[Visit], Answer]
"""Does one thing: checks, commits one short transaction, says what to show."""

EventConversation = Callable[[Session, Workspace, Mapping[str, Any], datetime], None]
"""Turns a Slack event into facts, inside the door's transaction."""
