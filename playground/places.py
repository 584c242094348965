"""Where a person can use a control: on a message, in a modal, on a Home tab."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from playground.acts import CannotDo
from playground.blocks import initial_state
from playground.payloads import message_action_body, suggestion_body, view_action_body, view_body

if TYPE_CHECKING:
    from playground.records import Json, Member, Message, View
    from playground.world import World


class Place(Protocol):
    """Something on the screen with controls on it."""

    @property
    def blocks(self) -> list[Json]:
        """What is on it now."""

    @property
    def state(self) -> dict[str, dict[str, Json]]:
        """What is chosen on it now, by block id and action id."""

    def put(self, block_id: str, action_id: str, entry: Json) -> None:
        """Keeps what the person chose."""

    def click(self, action: Json) -> Json:
        """The payload for using a control."""

    def question(self, element: Json, block_id: str, text: str) -> Json:
        """The payload that asks for a typeahead's options."""


@dataclass(frozen=True)
class OnMessage:
    """A message in a conversation.

    Attributes:
        shown: The message as this person's client shows it, which may be older than what is kept.
    """

    world: World
    member: Member
    shown: Message

    @property
    def blocks(self) -> list[Json]:
        """What is on it now."""
        return self.shown.blocks

    @property
    def state(self) -> dict[str, dict[str, Json]]:
        """What this person chose on it so far; nobody else sees that."""
        key = (self.member.id, self.shown.channel, self.shown.ts)
        chosen = self.world.choices.get(key, {})
        state = initial_state({"blocks": self.shown.blocks})
        for block_id, values in state.items():
            values.update({name: entry for name, entry in chosen.get(block_id, {}).items() if name in values})
        return state

    def put(self, block_id: str, action_id: str, entry: Json) -> None:
        """Keeps what the person chose."""
        key = (self.member.id, self.shown.channel, self.shown.ts)
        self.world.choices.setdefault(key, {}).setdefault(block_id, {})[action_id] = entry

    def click(self, action: Json) -> Json:
        """The payload for using a control."""
        return message_action_body(self.world, self.member, self.shown, action, self.state)

    def question(self, element: Json, block_id: str, text: str) -> Json:
        """The payload that asks for a typeahead's options."""
        body = message_action_body(self.world, self.member, self.shown, {}, self.state)
        kept = {key: body[key] for key in ("container", "channel", "message") if key in body}
        return suggestion_body(self.world, self.member, element, block_id, text) | kept


@dataclass(frozen=True)
class OnView:
    """A modal or Home tab."""

    world: World
    member: Member
    view_id: str

    @property
    def view(self) -> View:
        """It as it stands now.

        Raises:
            CannotDo: It was closed meanwhile.
        """
        if self.view_id not in self.world.views:
            raise CannotDo("this view is closed")
        return self.world.views[self.view_id]

    @property
    def blocks(self) -> list[Json]:
        """What is on it now."""
        return self.view.blocks

    @property
    def state(self) -> dict[str, dict[str, Json]]:
        """What is filled in now."""
        return self.view.state

    def put(self, block_id: str, action_id: str, entry: Json) -> None:
        """Keeps what the person chose."""
        self.world.fill(self.view_id, block_id, action_id, entry)

    def click(self, action: Json) -> Json:
        """The payload for using a control."""
        return view_action_body(self.world, self.member, self.view, action)

    def question(self, element: Json, block_id: str, text: str) -> Json:
        """The payload that asks for a typeahead's options."""
        return suggestion_body(self.world, self.member, element, block_id, text) | {
            "container": {"type": "view", "view_id": self.view_id},
            "view": view_body(self.world, self.view),
        }
