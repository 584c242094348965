"""The local workspace as a whole: start it, let people in, point an app at it, watch what the app does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Self
from zoneinfo import ZoneInfo

from playground.acts import Desk, Outcome
from playground.faults import Faults
from playground.http_line import HttpLine
from playground.manifest import read_manifest
from playground.payloads import user_body
from playground.person import Person
from playground.rate import Rates
from playground.records import Member, UserGroup
from playground.server import Server
from playground.shape import stable_id
from playground.socket_mode import SocketHub
from playground.web import Web
from playground.world import Organization, World

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from playground.clock import StillClock
    from playground.line import Line, Parcel
    from playground.records import ApiCall, Channel, Message

PATIENCE_SECONDS = 3.0
"""Real seconds an app has to acknowledge, and a trigger lives.

Source: docs.slack.dev/interactivity/handling-user-interaction, read 2026-08."""


class Playground:
    """A Slack workspace on this machine, with one app in it.

    Args:
        manifest: The app's manifest, as a YAML or JSON file or already parsed: what the app may do.
        clock: The workspace's time; messages get their ids from it.
        team_name: What the workspace is called.
        enforce_rate: Whether to answer 429 to an app that goes faster than Slack allows, in real time.
        patience: Real seconds an app has to acknowledge, and a trigger lives; tests may shorten them.
        organization: The Enterprise Grid organization it belongs to, if any.

    Raises:
        ValueError: The manifest is not a mapping.
        OSError: The manifest cannot be read.
    """

    def __init__(
        self,
        manifest: Path | Mapping[str, Any],
        *,
        clock: StillClock,
        team_name: str = "Harbor Law",
        enforce_rate: bool = False,
        patience: float = PATIENCE_SECONDS,
        organization: Organization | None = None,
    ) -> None:
        self.clock = clock
        self.faults = Faults()
        self.world = World(
            read_manifest(manifest), clock, team_name, patience=patience, organization=organization
        )
        self._hub = SocketHub(self.world.me.app_id, patience)
        self._line: Line = self._hub
        self._desk = Desk(self.world, lambda: self._line)
        self._people: dict[str, Person] = {}
        self.rates = Rates() if enforce_rate else None
        web = Web(self.world, self._hub, self.faults, self.rates, self._post)
        self.application = web.application
        self._server = Server(web.application)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Opens a free port on loopback; from now on the app can call."""
        self.world.base_url = self._server.start()

    def stop(self) -> None:
        """Closes the port; connections still open are cut."""
        self._server.stop()

    # What the app needs to know

    @property
    def api_url(self) -> str:
        """Where the Web API is, with a slash at the end, as `WebClient(base_url=...)` takes it."""
        return f"{self.world.base_url}/api/"

    @property
    def bot_token(self) -> str:
        """The bot token of the installation."""
        return self.world.me.bot_token

    @property
    def app_token(self) -> str:
        """The app-level token, for Socket Mode."""
        return self.world.me.app_token

    @property
    def signing_secret(self) -> str:
        """What requests by HTTP are signed with."""
        return self.world.me.signing_secret

    @property
    def team_id(self) -> str:
        """The workspace's id."""
        return self.world.me.team_id

    @property
    def app_id(self) -> str:
        """The app's id."""
        return self.world.me.app_id

    @property
    def bot_user_id(self) -> str:
        """The user id of the app's bot."""
        return self.world.me.bot_user_id

    # Who and what is there

    def add_person(
        self,
        user_id: str,
        name: str,
        *,
        email: str,
        tz: str = "America/New_York",
        locale: str = "en-US",
        is_admin: bool = False,
        is_owner: bool = False,
        is_restricted: bool = False,
        is_stranger: bool = False,
    ) -> Person:
        """Lets somebody into the workspace; an app that is connected hears of it if it subscribed to.

        Args:
            user_id: Their id, such as U0000PRIYA.
            name: The full name others see.
            email: Their address.
            tz: Their time zone, as an IANA name.
            locale: Their language and region.
            is_admin: Whether they administer the workspace.
            is_owner: Whether they own it.
            is_restricted: Whether they are a guest.
            is_stranger: Whether they belong to another workspace and share a channel.

        Raises:
            ValueError: The id is taken.
            zoneinfo.ZoneInfoNotFoundError: There is no such time zone.
        """
        world = self.world
        ZoneInfo(tz)
        if user_id in world.members:
            raise ValueError(f"there is somebody with the id {user_id} already")
        member = Member(
            id=user_id,
            name=name,
            handle=name.lower().replace(" ", "."),
            email=email,
            tz=tz,
            locale=locale,
            updated=world.seconds(),
            is_admin=is_admin,
            is_owner=is_owner,
            is_restricted=is_restricted,
            is_stranger=is_stranger,
        )

        def change() -> None:
            world.add_member(member)
            if self.connections:
                world.announce(
                    {
                        "type": "team_join",
                        "user": user_body(world, member, with_locale=True),
                        "event_ts": world.next_ts(),
                    }
                )

        self._desk.tell(user_id, change)
        return self.person(user_id)

    def person(self, user_id: str) -> Person:
        """Somebody in the workspace.

        Raises:
            KeyError: There is nobody with this id.
        """
        if user_id not in self.world.members:
            raise KeyError(user_id)
        return self._people.setdefault(user_id, Person(self._desk, user_id))

    @property
    def people(self) -> list[Person]:
        """Everybody but the app's bot, deactivated people too."""
        with self.world.lock:
            return [self.person(member.id) for member in self.world.members.values() if not member.is_bot]

    def add_channel(
        self, name: str, *, members: Iterable[str] = (), private: bool = False, channel_id: str | None = None
    ) -> str:
        """Starts a channel and gives its id; the app is in it only if `bot_user_id` is among the members.

        Raises:
            ValueError: There is a channel of this name or id.
        """
        with self.world.lock:
            people = list(members)
            creator = people[0] if people else self.bot_user_id
            kind: Literal["private", "channel"] = "private" if private else "channel"
            return self.world.add_channel(kind, name, people, creator=creator, channel_id=channel_id).id

    def add_usergroup(self, handle: str, name: str, members: Iterable[str]) -> str:
        """Makes a group of people and gives its id."""
        group = UserGroup(stable_id("S", handle), handle, name, tuple(members))
        with self.world.lock:
            self.world.usergroups[group.id] = group
            self.world.names[group.id] = handle
        return group.id

    def channel(self, channel_id: str) -> Channel:
        """A conversation of any kind.

        Raises:
            KeyError: There is none with this id.
        """
        return self.world.channels[channel_id]

    # What the app did

    @property
    def calls(self) -> list[ApiCall]:
        """Everything the app asked for, in order."""
        with self.world.lock:
            return list(self.world.calls)

    @property
    def call_count(self) -> int:
        """How often the app has asked for something."""
        return len(self.world.calls)

    @property
    def refused(self) -> list[ApiCall]:
        """What the workspace refused for a reason of its own, trouble that was asked for left out."""
        return [call for call in self.calls if not call.ok and not call.injected]

    @property
    def posts(self) -> list[Message]:
        """What the app posted, in order and as it stands now; what only one person saw is left out."""
        return self.posts_after(0)

    def posts_after(self, seen: int) -> list[Message]:
        """The same without the first so many, for whoever has seen them."""
        with self.world.lock:
            return [self.world.messages[channel][ts] for channel, ts in self.world.posted[seen:]]

    # How the app is reached

    @property
    def connections(self) -> int:
        """How many Socket Mode connections take payloads now."""
        return self._hub.count

    def wait_for_app(self, timeout: float = 10, connections: int = 1) -> None:
        """Waits until the app is connected.

        Args:
            timeout: Real seconds to wait at most.
            connections: How many connections to wait for.

        Raises:
            TimeoutError: It is not.
        """
        if not self._hub.wait_for(connections, timeout):
            raise TimeoutError(f"the app did not connect within {timeout} seconds")

    def disconnect(
        self, reason: Literal["warning", "refresh_requested", "link_disabled"] = "refresh_requested"
    ) -> None:
        """Ends every Socket Mode connection, as Slack does from time to time."""
        self._hub.disconnect(reason)

    def deliver_to_http(self, url: str) -> None:
        """Delivers by signed HTTP requests to this address from now on, instead of Socket Mode."""
        self._line = HttpLine(url, self.signing_secret, self.world.patience)

    def deliver_to(self, line: Line) -> None:
        """Delivers by a way of the caller's own from now on, such as straight into an app in this process."""
        self._line = line

    def uninstall(self) -> Outcome:
        """Takes the app out of the workspace: it hears of it, and its tokens are worth nothing any more."""
        world = self.world

        def change() -> None:
            world.announce({"type": "app_uninstalled", "event_ts": world.next_ts()})
            world.announce(
                {
                    "type": "tokens_revoked",
                    "tokens": {"oauth": [], "bot": [self.bot_user_id]},
                    "event_ts": world.next_ts(),
                }
            )
            world.is_installed = False

        return self._desk.tell(self.bot_user_id, change)

    def install(self) -> None:
        """Puts the app back in by hand, with the token it had."""
        with self.world.lock:
            self.world.is_installed = True
            self.world.bot_tokens = {self.world.me.bot_token: None}

    def _post(self, parcel: Parcel) -> None:
        self._line.post(parcel)
