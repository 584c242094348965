"""The state of the workspace, guarded by one lock, and the few changes several doors share."""

from __future__ import annotations

import itertools
import secrets
import threading
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from playground.records import ApiCall, Channel, File, Hook, Member, Message, Trigger, UserGroup, View
from playground.shape import shaped, stable_id

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from playground.clock import StillClock
    from playground.manifest import Manifest
    from playground.records import Json
    from playground.tables.methods import Kind

MICROSECONDS: Final = 1_000_000


@dataclass(frozen=True)
class Organization:
    """An Enterprise Grid organization: several workspaces whose people have one id in all of them.

    Attributes:
        id: Slack's id of it, E….
        teams: Id and name of each of its workspaces; they grow as workspaces are added.
    """

    id: str
    name: str
    teams: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Identity:
    """Who the workspace and the app are to each other, the same in every run of the same names.

    The app's own secrets are the same in every workspace. In an organization so is its bot.
    """

    team_id: str
    team_name: str
    domain: str
    app_id: str
    bot_id: str
    bot_user_id: str
    bot_token: str
    app_token: str
    signing_secret: str
    verification_token: str
    client_id: str
    client_secret: str

    @classmethod
    def of(cls, team_name: str, app_name: str, organization: Organization | None = None) -> Identity:
        """The identity for a workspace and an app of these names."""
        home = organization.name if organization else team_name
        return cls(
            team_id=stable_id("T", team_name),
            team_name=team_name,
            domain="".join(letter if letter.isalnum() else "-" for letter in team_name.lower()),
            app_id=stable_id("A", app_name),
            bot_id=stable_id("B", home, app_name),
            bot_user_id=stable_id("U", home, app_name),
            bot_token=f"xoxb-{stable_id('', team_name, app_name, 'bot')}",
            app_token=f"xapp-1-{stable_id('', app_name, 'app')}",
            signing_secret=stable_id("", app_name, "signing").lower(),
            verification_token=stable_id("", app_name, "verification"),
            client_id=stable_id("", app_name, "client"),
            client_secret=stable_id("", app_name, "client secret").lower(),
        )


class World:
    """All the facts of one workspace.

    Hold `lock` to read or change several of them together; it may be taken again by its holder. Nothing slow
    happens under it.

    Args:
        manifest: What the app may do.
        clock: The workspace's time.
        team_name: What the workspace is called.
        patience: Real seconds an app has to acknowledge, and a trigger lives.
        organization: The Enterprise Grid organization it belongs to, if any.

    Attributes:
        bot_tokens: The bot tokens that are good, each with the instant at which it expires, if it does.
        is_installed_by_organization: Whether the app is here because the organization installed it for all.
    """

    def __init__(
        self,
        manifest: Manifest,
        clock: StillClock,
        team_name: str,
        *,
        patience: float,
        organization: Organization | None = None,
    ) -> None:
        self.lock = threading.RLock()
        self.manifest = manifest
        self.clock = clock
        self.patience = patience
        self.me = Identity.of(team_name, manifest.name, organization)
        self.organization = organization
        if organization:
            organization.teams[self.me.team_id] = team_name
        self.base_url = ""
        self.is_installed = True
        self.lacks: frozenset[str] = frozenset()
        self.is_installed_by_organization = False
        self.bot_tokens: dict[str, datetime | None] = {self.me.bot_token: None}
        self.members: dict[str, Member] = {}
        self.channels: dict[str, Channel] = {}
        self.usergroups: dict[str, UserGroup] = {}
        self.names: dict[str, str] = {}
        self.messages: dict[str, dict[str, Message]] = {}
        self.posted: list[tuple[str, str]] = []
        self.whispers: dict[str, list[tuple[str, str]]] = {}
        self.views: dict[str, View] = {}
        self.stacks: dict[str, list[str]] = {}
        self.homes: dict[str, str] = {}
        self.choices: dict[tuple[str, str, str], dict[str, dict[str, Json]]] = {}
        self.files: dict[str, File] = {}
        self.triggers: dict[str, Trigger] = {}
        self.hooks: dict[str, Hook] = {}
        self.tickets: set[str] = set()
        self.calls: list[ApiCall] = []
        self._events: list[Json] = []
        self._last_ts = 0
        self._numbers = itertools.count(1)
        self.add_member(
            Member(
                id=self.me.bot_user_id,
                name=manifest.name,
                handle=manifest.name.lower().replace(" ", ""),
                email="",
                tz="America/Los_Angeles",
                locale="en-US",
                updated=self.seconds(),
                is_bot=True,
            )
        )

    def announce(self, body: Json, name: str | None = None) -> None:
        """Notes an event for the app if it subscribed, by the name of the subscription where that differs."""
        if (name or body["type"]) in self.manifest.bot_events and self.is_installed:
            self._events.append(body)

    def take_events(self) -> list[Json]:
        """The events noted since the last time, for whoever noted them to send, under the same lock."""
        events, self._events = self._events, []
        return events

    def seconds(self) -> int:
        """The present in whole seconds since 1970."""
        return int(self.clock.now().timestamp())

    def next_ts(self) -> str:
        """A message id: the clock's time, one microsecond later than any before where it stands still."""
        present = round(self.clock.now().timestamp() * MICROSECONDS)
        self._last_ts = max(present, self._last_ts + 1)
        return f"{self._last_ts // MICROSECONDS}.{self._last_ts % MICROSECONDS:06d}"

    @property
    def latest_ts(self) -> int:
        """The latest message id given, in microseconds since 1970; it grows with everything that is said."""
        return self._last_ts

    def start_after(self, ts: str) -> None:
        """Lets every message id from now on be later than this one."""
        self._last_ts = int(ts.replace(".", ""))

    def fresh_id(self, prefix: str) -> str:
        """An id never given before, not even in an earlier run: apps remember ids of events and views."""
        return f"{prefix}{secrets.token_hex(5).upper()}"

    def new_hash(self) -> str:
        """What a view's hash becomes when the app changes it."""
        return f"{self.seconds()}.{secrets.token_urlsafe(6)}"

    def record(self, method: str, arguments: Json, response: Json, *, injected: str | None = None) -> None:
        """Writes down what the app asked for and what it got; `injected` names trouble that was asked for."""
        error = injected or response.get("error")
        ok = bool(response.get("ok", False))
        self.calls.append(
            ApiCall(
                n=len(self.calls) + 1,
                at=self.clock.now(),
                method=method,
                arguments=arguments,
                ok=ok,
                error=error,
                injected=injected is not None,
                response=response,
            )
        )

    def add_member(self, member: Member) -> None:
        """Adds a person or bot, or changes what is known of one."""
        self.members[member.id] = member
        self.names[member.id] = member.name

    def add_channel(
        self, kind: Kind, name: str, members: Iterable[str], *, creator: str, channel_id: str | None = None
    ) -> Channel:
        """Opens a conversation; ids follow from what it is, so that they survive a restart.

        Raises:
            ValueError: There is one of this name or id.
        """
        people = list(dict.fromkeys(members))
        key = name if kind in {"channel", "private"} else " ".join(sorted(people))
        channel = Channel(
            id=channel_id or stable_id("D" if kind == "im" else "C", kind, key),
            name=name,
            kind=kind,
            members=people,
            creator=creator,
            created=self.seconds(),
        )
        if channel.id in self.channels:
            raise ValueError(f"there is a conversation {name} already")
        self.channels[channel.id] = channel
        self.messages[channel.id] = {}
        if kind in {"channel", "private"}:
            self.names[channel.id] = name
        return channel

    def direct_id(self, user: str) -> str:
        """The id of the app's direct conversation with this person, open or not."""
        return stable_id("D", "im", " ".join(sorted((self.me.bot_user_id, user))))

    def direct(self, user: str) -> Channel:
        """The direct conversation of the app with this person, opened if it was not."""
        found = self.channels.get(self.direct_id(user))
        return found or self.add_channel("im", "directmessage", (self.me.bot_user_id, user), creator=user)

    def group(self, users: Iterable[str]) -> Channel:
        """The group conversation of the app with exactly these people, opened if it was not."""
        people = sorted({*users, self.me.bot_user_id})
        found = self.channels.get(stable_id("C", "mpim", " ".join(people)))
        if found:
            return found
        handles = "--".join(self.members[user].handle for user in people)
        return self.add_channel("mpim", f"mpdm-{handles}-1", people, creator=self.me.bot_user_id)

    def join(self, channel: Channel, user: str, *, inviter: str | None = None) -> None:
        """Lets somebody in and tells the app, if it is in there too."""
        channel.members.append(user)
        body = self._membership("member_joined_channel", channel, user)
        if inviter:
            body["inviter"] = inviter
        self._tell_if_present(channel, user, body)

    def leave(self, channel: Channel, user: str) -> None:
        """Lets somebody out and tells the app, if it is in there too."""
        channel.members.remove(user)
        self._tell_if_present(channel, user, self._membership("member_left_channel", channel, user))

    def post(
        self,
        channel: Channel,
        user: str,
        *,
        text: str,
        blocks: list[Json],
        ephemeral_for: str | None = None,
        **more: Any,
    ) -> Message:
        """Puts a message into a conversation."""
        message = Message(
            ts=self.next_ts(),
            channel=channel.id,
            user=user,
            text=text,
            blocks=shaped(blocks),
            posted_at=self.clock.now(),
            ephemeral_for=ephemeral_for,
            names=self.names,
            **more,
        )
        self.messages[channel.id][message.ts] = message
        if ephemeral_for:
            self.whispers.setdefault(ephemeral_for, []).append((channel.id, message.ts))
        elif user == self.me.bot_user_id:
            self.posted.append((channel.id, message.ts))
        return message

    def edit(self, message: Message, **changes: Any) -> Message:
        """Changes a message in place."""
        if "blocks" in changes:
            changes["blocks"] = shaped(changes["blocks"])
        edited = replace(message, edited=True, **changes)
        self.messages[message.channel][message.ts] = edited
        return edited

    def unsend(self, message: Message) -> None:
        """Takes a message out of everybody's sight."""
        self.messages[message.channel][message.ts] = replace(message, deleted=True)

    def new_trigger(self, user: str, from_view: str | None = None) -> str:
        """A trigger_id for one view, good for `patience` real seconds."""
        trigger_id = f"{next(self._numbers)}.{self.seconds()}.{secrets.token_hex(16)}"
        self.triggers[trigger_id] = Trigger(user, time.monotonic(), from_view)
        return trigger_id

    def new_hook(self, user: str, channel: str, message_ts: str | None = None) -> str:
        """A response_url for what this person just did."""
        key = secrets.token_urlsafe(18)
        self.hooks[key] = Hook(user, channel, self.clock.now(), message_ts)
        return f"{self.base_url}/hooks/{self.me.team_id}/{key}"

    def top_view(self, user: str) -> View | None:
        """The modal on top of this person's screen."""
        stack = self.stacks.get(user)
        return self.views[stack[-1]] if stack else None

    def drop_views(self, user: str, count: int) -> None:
        """Closes this many modals from the top of a person's screen."""
        stack = self.stacks[user]
        for view_id in stack[len(stack) - count :]:
            del self.views[view_id]
        del stack[len(stack) - count :]

    def remove_view(self, user: str, view_id: str) -> None:
        """Closes one modal, wherever in the stack it lies."""
        self.stacks[user].remove(view_id)
        del self.views[view_id]

    def show_errors(self, view_id: str, errors: dict[str, str]) -> None:
        """Shows sentences under the fields of a form; the app's next change of the form takes them away."""
        self.views[view_id] = replace(self.views[view_id], errors=errors)

    def fill(self, view_id: str, block_id: str, action_id: str, entry: Json) -> View:
        """Puts a person's choice into a form."""
        view = self.views[view_id]
        state = {block: dict(values) for block, values in view.state.items()}
        state.setdefault(block_id, {})[action_id] = entry
        errors = {block: sentence for block, sentence in view.errors.items() if block != block_id}
        self.views[view_id] = replace(view, state=state, errors=errors)
        return self.views[view_id]

    def kind_letter(self, channel: Channel) -> str:
        """The one-letter kind that membership events carry."""
        return {"channel": "C", "private": "G", "mpim": "G", "im": "D"}[channel.kind]

    def _membership(self, event: str, channel: Channel, user: str) -> Json:
        return {
            "type": event,
            "user": user,
            "channel": channel.id,
            "channel_type": self.kind_letter(channel),
            "team": self.me.team_id,
            "event_ts": self.next_ts(),
        }

    def _tell_if_present(self, channel: Channel, user: str, body: Json) -> None:
        if self.me.bot_user_id in {*channel.members, user}:
            self.announce(body)
