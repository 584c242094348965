"""A person at the screen: what they can do in the workspace."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from playground.acts import REQUIRED, CannotDo, Outcome
from playground.blocks import is_empty
from playground.dropping import dropped
from playground.hands import typed, unescaped_names
from playground.onlooker import Onlooker
from playground.payloads import closed_body, command_body, submission_body, user_body, view_body
from playground.places import OnMessage, OnView
from playground.records import Message
from playground.using import Using

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from playground.hands import What
    from playground.records import Channel, Json, Member, View
    from playground.tables.methods import Kind

MESSAGE_EVENTS: Final[Mapping[Kind, tuple[str, str]]] = {
    "channel": ("message.channels", "channel"),
    "private": ("message.groups", "group"),
    "im": ("message.im", "im"),
    "mpim": ("message.mpim", "mpim"),
}
"""The subscription for messages in each kind of conversation, and what the event calls that kind."""


class Person(Onlooker):
    """Somebody in the workspace. Every act blocks until the app acknowledged it or Slack's patience ended.

    Each act may raise `CannotDo` for what this person could not do on a real screen.
    """

    # What they do in conversations

    def command(self, name: str, text: str = "", channel: str | None = None) -> Outcome:
        """Types a slash command, in the conversation with the app unless a channel is named."""
        world = self._world
        with world.lock:
            member = self._awake()
            room = self._own_room(channel) if channel else world.direct(self.id)
            if name not in world.manifest.commands:
                return Outcome(acked=False, error=f"{name} is not a valid command.")
            said = unescaped_names(text, world.members) if world.manifest.commands[name] else text
            payload = command_body(world, member, room, name, said.strip())
        return self._desk.command(self.id, payload)

    def click(
        self, message: Message, what: What, *, option: str | Sequence[str] | None = None, stale: bool = False
    ) -> Outcome:
        """Uses a control on a message; a question asked first is answered with yes.

        Args:
            message: The message; it is used as it stands now.
            what: The control's visible label, its action_id where labels repeat, or block_id and action_id.
            option: What to choose, by text, value, id or name; of buttons called the same, the value.
            stale: Use the message as given, as a slow client still shows it.
        """
        with self._world.lock:
            member = self._awake()
            shown = message if stale else self._as_seen(message)
        return Using(self._desk, self.id, OnMessage(self._world, member, shown)).press(what, _listed(option))

    def say(self, channel: str, text: str) -> Outcome:
        """Writes a message; names after @ become mentions."""
        world = self._world
        with world.lock:
            self._awake()
            room = self._own_room(channel)
            if room.kind == "im" and (world.manifest.messages_read_only or not world.manifest.has_messages):
                raise CannotDo("nobody can write to this app")

        def change() -> None:
            message = world.post(room, self.id, text=unescaped_names(typed(text), world.members), blocks=[])
            if world.me.bot_user_id not in room.members:
                return
            subscription, kind = MESSAGE_EVENTS[room.kind]
            event: Json = {
                "type": "message",
                "user": self.id,
                "text": message.text,
                "ts": message.ts,
                "team": world.me.team_id,
                "channel": room.id,
                "event_ts": message.ts,
            }
            world.announce(event | {"channel_type": kind}, subscription)
            if f"<@{world.me.bot_user_id}>" in message.text:
                world.announce(event | {"type": "app_mention"})

        return self._desk.tell(self.id, change)

    def join(self, channel: str) -> Outcome:
        """Joins a public channel."""
        with self._world.lock:
            self._awake()
            room = self._channel(channel)
            if room.kind != "channel" or self.id in room.members:
                raise CannotDo(f"{self.name} cannot join {room.name}")
        return self._desk.tell(self.id, lambda: self._world.join(room, self.id))

    def leave(self, channel: str) -> Outcome:
        """Leaves a channel."""
        with self._world.lock:
            self._awake()
            room = self._own_room(channel)
            if room.kind not in {"channel", "private"}:
                raise CannotDo("nobody leaves a direct conversation")
        return self._desk.tell(self.id, lambda: self._world.leave(room, self.id))

    def invite(self, channel: str, *user_ids: str) -> Outcome:
        """Brings people, or the app, into a channel this person is in."""
        with self._world.lock:
            self._awake()
            room = self._own_room(channel)
            if room.kind not in {"channel", "private"} or any(user in room.members for user in user_ids):
                raise CannotDo(f"{self.name} cannot invite them into {room.name}")

        def change() -> None:
            for user in user_ids:
                self._world.join(room, user, inviter=self.id)

        return self._desk.tell(self.id, change)

    # What they do with their account

    def change(self, *, tz: str | None = None, locale: str | None = None, name: str | None = None) -> Outcome:
        """Changes the profile: IANA time zone, locale such as "en-US", or name.

        Raises:
            zoneinfo.ZoneInfoNotFoundError: There is no such time zone.
        """
        self._awake()
        ZoneInfo(tz or self.tz)
        given = {"tz": tz, "locale": locale, "name": name}
        return self._alter(**{key: value for key, value in given.items() if value is not None})

    def snooze(self, until: int) -> Outcome:
        """Takes no notifications until then, in seconds since 1970."""
        world = self._world
        self._awake()

        def change() -> None:
            world.add_member(replace(self.member, snoozed_until=until))
            snoozed = until > world.seconds()
            world.announce(
                {
                    "type": "dnd_updated_user",
                    "user": self.id,
                    "dnd_status": {
                        "dnd_enabled": snoozed,
                        "next_dnd_start_ts": world.seconds() if snoozed else 1,
                        "next_dnd_end_ts": until if snoozed else 1,
                    },
                    "event_ts": world.next_ts(),
                }
            )

        return self._desk.tell(self.id, change)

    def deactivate(self) -> Outcome:
        """Loses the account, as when an admin takes it away."""
        self._awake()
        with self._world.lock:
            if self._world.stacks.get(self.id):
                self._world.drop_views(self.id, len(self._world.stacks[self.id]))
        return self._alter(deleted=True)

    # What they do on the Home tab and in modals

    def open_home(self) -> Outcome:
        """Opens the app's Home tab."""
        world = self._world
        with world.lock:
            self._awake()
            if not world.manifest.has_home:
                raise CannotDo("this app has no Home tab")

        def change() -> None:
            event: Json = {
                "type": "app_home_opened",
                "user": self.id,
                "channel": world.direct(self.id).id,
                "tab": "home",
                "event_ts": world.next_ts(),
            }
            if self.home:
                event["view"] = view_body(world, self.home)
            world.announce(event)

        return self._desk.tell(self.id, change)

    def click_home(self, what: What, option: str | Sequence[str] | None = None) -> Outcome:
        """Uses a control on the Home tab."""
        member = self._awake()
        if self.home is None:
            raise CannotDo("this Home tab is empty")
        place = OnView(self._world, member, self.home.id)
        return Using(self._desk, self.id, place).press(what, _listed(option))

    def press(self, what: What, option: str | Sequence[str] | None = None) -> Outcome:
        """Uses a control in the open modal that tells the app at once."""
        return self._in_modal().press(what, _listed(option))

    def fill(self, what: What, value: str | int | Sequence[str]) -> Outcome | None:
        """Fills a field of the open modal, named by label, block_id or action_id.

        Days are written YYYY-MM-DD, times HH:MM, moments as seconds since 1970; options, people and channels
        are given by text, value, id or name; empty text or an empty list clears the field.

        Returns:
            What came of it where the field tells the app at once, else None.
        """
        return self._in_modal().fill(what, _listed(value))

    def attach(self, what: What, *files: tuple[str, bytes]) -> Outcome | None:
        """Drops files, each with its name, into a file field of the open modal, in place of what was there.

        Raises:
            CannotDo: There is no such field, or it does not take them.
        """
        with dropped(self._world, self.id, files) as bodies:
            return self._in_modal().fill(what, bodies)

    def detach(self, what: What, file_id: str) -> Outcome | None:
        """Takes a file out of a file field of the open modal again."""
        form = self._in_modal()
        return form.fill(what, [one for one in form.held(what) if one["id"] != file_id])

    def suggest(self, what: What, typed_text: str, *, on: Message | View | None = None) -> list[str]:
        """What a typeahead select offers for what was typed, in the open modal or where `on` says."""
        return [option.text for option in self._using(on).suggest(what, typed_text)]

    def submit(self) -> Outcome:
        """Sends the open modal off.

        Raises:
            CannotDo: Nothing is open, it cannot be sent, or a required field is empty (see its `fields`).
        """
        with self._world.lock:
            view = self._open_modal()
            if not view.source.get("submit") or view.source.get("submit_disabled"):
                raise CannotDo(f"“{view.title}” has no button to submit it")
            missing = {
                block["block_id"]: REQUIRED
                for block in view.blocks
                if block["type"] == "input"
                and not block.get("optional")
                and any(is_empty(entry) for entry in view.state[block["block_id"]].values())
            }
            if missing:
                self._world.show_errors(view.id, missing)
                raise CannotDo(f"“{view.title}” is not complete: {', '.join(missing)}", missing)
            payload = submission_body(self._world, self.member, view)
        return self._desk.submit(self.id, view, payload)

    def close(self, *, all: bool = False) -> Outcome:  # noqa: A002 - the name of the act: close, or close all
        """Closes the modal on top, or all of them."""
        with self._world.lock:
            top = self._open_modal()
            is_cleared = all or bool(top.source.get("clear_on_close"))
            closing = self.stack[::-1] if is_cleared else [top]
            payloads = [
                closed_body(self._world, self.member, view, is_cleared=is_cleared)
                for view in closing
                if view.source.get("notify_on_close")
            ]
            self._world.drop_views(self.id, len(closing))
        outcome = Outcome(acked=True, view=self.view)
        for payload in payloads:
            outcome = self._desk.act(self.id, payload)
        return outcome

    # How they do it

    def _awake(self) -> Member:
        if self.member.deleted:
            raise CannotDo(f"{self.name}'s account is deactivated")
        return self.member

    def _own_room(self, channel_id: str) -> Channel:
        room = self._channel(channel_id)
        if self.id not in room.members:
            raise CannotDo(f"{self.name} is not in {room.name}")
        return room

    def _open_modal(self) -> View:
        self._awake()
        if self.view is None:
            raise CannotDo("no modal is open")
        return self.view

    def _in_modal(self) -> Using:
        return Using(self._desk, self.id, OnView(self._world, self.member, self._open_modal().id))

    def _using(self, on: Message | View | None) -> Using:
        if on is None:
            return self._in_modal()
        with self._world.lock:
            member = self._awake()
            if isinstance(on, Message):
                return Using(self._desk, self.id, OnMessage(self._world, member, self._as_seen(on)))
            return Using(self._desk, self.id, OnView(self._world, member, on.id))

    def _alter(self, **changes: str | bool) -> Outcome:
        world = self._world

        def change() -> None:
            member = replace(self.member, updated=world.seconds(), **changes)  # type: ignore[arg-type]  # keys are fields
            world.add_member(member)
            world.announce(
                {
                    "type": "user_change",
                    "user": user_body(world, member, with_locale=True),
                    "cache_ts": world.seconds(),
                    "event_ts": world.next_ts(),
                }
            )

        return self._desk.tell(self.id, change)


def _listed(value: str | int | Sequence[str] | None) -> str | int | list[str] | None:
    return value if isinstance(value, str | int) or value is None else list(value)
