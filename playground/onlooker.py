"""What a person sees of the workspace."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from playground.acts import CannotDo

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playground.acts import Desk
    from playground.records import Channel, Member, Message, View
    from playground.tables.methods import Kind


class Onlooker:
    """Somebody in the workspace, as they are and with what stands on their screen.

    Args:
        desk: Carries acts to the app.
        user_id: Who this is.
    """

    def __init__(self, desk: Desk, user_id: str) -> None:
        self._desk = desk
        self._world = desk.world
        self.id = user_id

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.id}, {self.name})"

    @property
    def member(self) -> Member:
        """What the workspace knows of this person now."""
        return self._world.members[self.id]

    @property
    def name(self) -> str:
        """The name others see."""
        return self.member.name

    @property
    def email(self) -> str:
        """The email address."""
        return self.member.email

    @property
    def tz(self) -> str:
        """The time zone, as an IANA name."""
        return self.member.tz

    # What they see

    def inbox(self) -> list[Message]:
        """The direct conversation with the app, oldest first."""
        room = self._world.direct_id(self.id)
        return self.messages(room) if room in self._world.channels else []

    def messages(self, channel_id: str) -> list[Message]:
        """What this person sees in a conversation, oldest first, with what only they see."""
        with self._world.lock:
            return [message for message in self._sent_to(channel_id).values() if self._may_see(message)]

    def message(self, channel_id: str, ts: str) -> Message | None:
        """A message as this person sees it now; None where they do not see it (any more)."""
        with self._world.lock:
            found = self._sent_to(channel_id).get(ts)
            return found if found is not None and self._may_see(found) else None

    def channels(self) -> list[Channel]:
        """The public and private channels this person is in."""
        return self._rooms("channel", "private")

    def group_dms(self) -> list[Channel]:
        """The group conversations this person is in."""
        return self._rooms("mpim")

    @property
    def home(self) -> View | None:
        """The app's Home tab as last published to this person."""
        return self._world.views.get(self._world.homes.get(self.id, ""))

    @property
    def view(self) -> View | None:
        """The modal on top."""
        return self._world.top_view(self.id)

    @property
    def stack(self) -> list[View]:
        """The open modals, the top one last."""
        with self._world.lock:
            return [self._world.views[view_id] for view_id in self._world.stacks.get(self.id, ())]

    def download(self, file_id: str) -> bytes:
        """A file somebody shared where this person can see it."""
        file = self._world.files.get(file_id)
        if (
            file is None
            or file.content is None
            or not any(self.id in self._world.channels[channel].members for channel in file.channels)
        ):
            raise CannotDo(f"{self.name} sees no file {file_id}")
        return file.content

    def _channel(self, channel_id: str) -> Channel:
        if channel_id not in self._world.channels:
            raise CannotDo(f"there is no conversation {channel_id}")
        return self._world.channels[channel_id]

    def _sent_to(self, channel_id: str) -> Mapping[str, Message]:
        """Everything in a conversation by its ts.

        Raises:
            CannotDo: There is no such conversation, or it is none of theirs.
        """
        channel = self._channel(channel_id)
        if channel.kind != "channel" and self.id not in channel.members:
            raise CannotDo(f"{self.name} is not in {channel.name}")
        return self._world.messages[channel.id]

    def _may_see(self, message: Message) -> bool:
        return not message.deleted and message.ephemeral_for in {None, self.id}

    def _rooms(self, *kinds: Kind) -> list[Channel]:
        with self._world.lock:
            return [
                replace(channel, members=list(channel.members))
                for channel in self._world.channels.values()
                if channel.kind in kinds and self.id in channel.members
            ]

    def _as_seen(self, message: Message) -> Message:
        seen = self.message(message.channel, message.ts)
        if seen is None:
            raise CannotDo(f"{self.name} does not see this message any more")
        return seen
