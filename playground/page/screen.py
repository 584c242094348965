"""The screen of one browser tab, region by region; only regions that changed travel to the browser."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias
from zoneinfo import ZoneInfo

from playground.acts import CannotDo
from playground.page import faces
from playground.page.render import render_view_html
from playground.page.templates import filled

if TYPE_CHECKING:
    from playground.page.direction import Direction
    from playground.page.memory import Memory
    from playground.page.stream import Stream
    from playground.person import Person
    from playground.playground import Playground
    from playground.records import Channel, Json, Message, View

HOME: Final = "home"
"""The place that is the app's Home tab."""

MESSAGES: Final = "messages"
"""The place that is the direct conversation with the app, open or not."""

CALLS_SHOWN: Final = 60
"""API calls in the list; the transcript has them all."""

MEMBERS_SHOWN: Final = 50
"""Members listed by name; the switcher finds everybody."""

Tab: TypeAlias = Literal["", "why", "data", "payload", "calls"]
TABS: Final[tuple[tuple[Tab, str], ...]] = (
    ("why", "Why"),
    ("data", "Data"),
    ("payload", "Payload"),
    ("calls", "API calls"),
)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a browser tab is.

    Attributes:
        person: Who the visitor is in it.
        place: A conversation's id, or `HOME` or `MESSAGES`.
        tab: Which side panel is open; empty for none.
        about: The ts of the message the panel is about, if any.
    """

    person: Person
    place: str
    tab: Tab = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the screen: its HTML, and a key that changes when the browser has to take it anew."""

    key: str
    html: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A conversation in the list on the left."""

    id: str
    name: str
    unread: int
    is_here: bool
    is_private: bool = False
    count: int = 0


class Screen:
    """Renders what a visitor sees.

    Args:
        playground: The workspace.
        direction: Whoever directs the show.
        memory: What was read.
        stream: Renders conversations.
    """

    def __init__(self, playground: Playground, direction: Direction, memory: Memory, stream: Stream) -> None:
        self._playground = playground
        self._world = playground.world
        self._direction = direction
        self._memory = memory
        self._stream = stream

    def room_of(self, spot: Spot) -> str | None:
        """The id of the conversation a spot shows; None for Home and for one that is not open yet."""
        if spot.place == HOME:
            return None
        room = self._world.direct_id(spot.person.id) if spot.place == MESSAGES else spot.place
        return room if room in self._world.channels else None

    def regions(self, spot: Spot) -> dict[str, Region]:
        """Every region but the conversation, by the id of its place on the page."""
        return {
            "sidebar": _region(self._sidebar(spot)),
            "timebar": _region(self.timebar()),
            "head": _region(self._head(spot)),
            "composer": _region(self._composer(spot)),
            "health": _region(self._health()),
            "tour": _region(self._tour()),
            "aside": _region(self._aside(spot)),
            "home": self._home(spot),
            "modal": self._modal(spot),
        }

    def conversation(self, spot: Spot, oldest: str, since: int) -> Json:
        """The conversation as the browser takes it, or an empty object on Home."""
        room = self.room_of(spot)
        if room is None:
            return {"room": spot.place, "order": [], "items": {}, "change": 0, "older": False, "unread": None}
        stretch = self._stream.newest(spot.person, room, oldest, since)
        return {
            "room": spot.place,
            "order": stretch.order,
            "items": stretch.items,
            "change": stretch.change,
            "older": stretch.older,
            "unread": stretch.unread,
        }

    def earlier(self, spot: Spot, before: str) -> Json:
        """What comes before a message of the conversation on the screen."""
        room = self.room_of(spot)
        if room is None:
            return {"order": [], "items": {}, "older": False}
        stretch = self._stream.before(spot.person, room, before)
        return {"order": stretch.order, "items": stretch.items, "older": stretch.older}

    # The regions

    def _sidebar(self, spot: Spot) -> str:
        person, world = spot.person, self._world
        return filled(
            "page/sidebar.html",
            team=world.me.team_name,
            me=faces.face_of(person.member),
            about=self._direction.about(person.id),
            channels=[self._entry(spot, room) for room in person.channels()],
            groups=[self._entry(spot, room) for room in person.group_dms()],
            app=world.manifest.name,
            has_home=world.manifest.has_home,
            app_unread=self._memory.unread(person.id, world.direct_id(person.id)),
            at_home=spot.place == HOME,
            at_messages=self._is_direct(spot),
            rehearses=self._direction.rehearsal is not None,
        )

    def _entry(self, spot: Spot, room: Channel) -> Entry:
        return Entry(
            id=room.id,
            name=faces.room_name(self._world, room, spot.person.id),
            unread=self._memory.unread(spot.person.id, room.id),
            is_here=room.id == spot.place,
            is_private=room.kind == "private",
            count=len([user for user in room.members if user != self._world.me.bot_user_id]),
        )

    def _is_direct(self, spot: Spot) -> bool:
        return spot.place in {MESSAGES, self._world.direct_id(spot.person.id)}

    def timebar(self) -> str:
        """The bar on top: where we are in time."""
        times = self._direction.times()
        return filled(
            "page/timebar.html",
            times=times,
            today=f"{times.today:%A, %B %-d, %Y}",
            hour=f"{times.today:%-I:%M %p}",
        )

    def _head(self, spot: Spot) -> str:
        world = self._world
        room = world.channels.get(self.room_of(spot) or "")
        is_app = spot.place == HOME or self._is_direct(spot)
        inside = [world.members[user] for user in room.members] if room and not is_app else []
        people = [member for member in inside if not member.is_bot]
        return filled(
            "page/head.html",
            is_app=is_app,
            app=world.manifest.name,
            has_home=world.manifest.has_home,
            at_home=spot.place == HOME,
            kind=room.kind if room else "im",
            name=faces.room_name(world, room, spot.person.id) if room else world.manifest.name,
            members=[faces.face_of(member) for member in people[:MEMBERS_SHOWN]],
            count=len(people),
            has_app=len(inside) > len(people),
            tab=spot.tab,
        )

    def _composer(self, spot: Spot) -> str:
        world = self._world
        room = world.channels.get(self.room_of(spot) or "")
        direct = self._is_direct(spot)
        read_only = direct and (world.manifest.messages_read_only or not world.manifest.has_messages)
        name = faces.room_name(world, room, spot.person.id) if room else world.manifest.name
        return filled(
            "page/composer.html",
            is_hidden=spot.place == HOME or spot.person.member.deleted,
            read_only=read_only,
            name=f"#{name}" if room and room.kind in {"channel", "private"} else name,
            completions=[*self._direction.completions(), *self._bare_commands()],
        )

    def _bare_commands(self) -> list[Json]:
        told = {choice.id.split()[0] for choice in self._direction.completions()}
        return [
            {"id": name, "label": name, "hint": ""}
            for name in self._world.manifest.commands
            if name not in told
        ]

    def _health(self) -> str:
        health = self._direction.health()
        sentence = health.sentence
        if health.ok and not self._playground.connections:
            sentence = f"{self._world.manifest.name} is not connected, so buttons and commands lead nowhere."
        return filled("page/health.html", sentence=sentence)

    def _tour(self) -> str:
        steps = self._direction.tour()
        names = {step.person: self._world.names.get(step.person, "") for step in steps}
        return filled("page/tour.html", steps=steps, names=names) if steps else ""

    def _home(self, spot: Spot) -> Region:
        view = spot.person.home if spot.place == HOME else None
        if view is None:
            return Region("none", "")
        html = render_view_html(
            _whole(view),
            names=self._world.names,
            ids_prefix=f"h{view.id}",
            zone=ZoneInfo(spot.person.tz),
            state=view.state,
            errors=view.errors,
        )
        return Region(_view_key(view), html)

    def _modal(self, spot: Spot) -> Region:
        stack = spot.person.stack
        if not stack:
            return Region("none", "")
        view = stack[-1]
        html = render_view_html(
            _whole(view),
            names=self._world.names,
            ids_prefix=f"v{view.id}",
            zone=ZoneInfo(spot.person.tz),
            state=view.state,
            errors=view.errors,
            back=len(stack) > 1,
        )
        return Region(f"{_view_key(view)} {len(stack)}", html)

    # The side panel

    def _aside(self, spot: Spot) -> str:
        if not spot.tab:
            return ""
        message = self._selected(spot)
        view = spot.person.view or (spot.person.home if spot.place == HOME else None)
        return filled(
            "page/aside.html",
            tabs=TABS,
            tab=spot.tab,
            name=spot.person.name,
            message=message,
            sent=faces.instant(message.posted_at, spot.person.tz) if message else "",
            why=self._direction.why(message) if message and spot.tab == "why" else (),
            facts=self._direction.facts(spot.person.id) if spot.tab == "data" else (),
            payload=_payload(message, view) if spot.tab == "payload" else "",
            payload_of=_payload_name(message, view),
            calls=self._calls(ZoneInfo(spot.person.tz)) if spot.tab == "calls" else (),
            refused=len(self._playground.refused) if spot.tab == "calls" else 0,
        )

    def _selected(self, spot: Spot) -> Message | None:
        room = self.room_of(spot)
        if not spot.about or room is None:
            return None
        message = self._world.messages[room].get(spot.about)
        visible = message and not message.deleted and message.ephemeral_for in {None, spot.person.id}
        return message if visible else None

    def _calls(self, zone: ZoneInfo) -> list[Json]:
        with self._world.lock:
            latest = self._world.calls[-CALLS_SHOWN:]
        return [
            {
                "n": call.n,
                "method": call.method,
                "ok": call.ok,
                "error": call.error or "",
                "about": faces.addressee(self._world, call.arguments),
                "at": f"{call.at.astimezone(zone):%b %-d, %-I:%M %p}",
            }
            for call in reversed(latest)
        ]

    def call(self, number: int) -> str:
        """One API call in full, as HTML.

        Raises:
            CannotDo: There was none of this number.
        """
        with self._world.lock:
            if not 1 <= number <= len(self._world.calls):
                raise CannotDo(f"There was no call {number}.")
            call = self._world.calls[number - 1]
        return filled("page/call.html", asked=_pretty(call.arguments), got=_pretty(call.response))


def _region(html: str) -> Region:
    return Region(f"{zlib.crc32(html.encode()):08x}", html)


def _view_key(view: View) -> str:
    # What a person types is kept as they type; it must not take the field away under their hands. Files are
    # listed beside their field, so those are told.
    files = [
        one["id"] for held in view.state.values() for each in held.values() for one in each.get("files", ())
    ]
    told = zlib.crc32(json.dumps([view.errors, files], sort_keys=True).encode())
    return f"{view.id} {view.hash} {told:08x}"


def _whole(view: View) -> dict[str, Any]:
    return {**view.source, "id": view.id, "hash": view.hash}


def _payload(message: Message | None, view: View | None) -> str:
    if message is not None:
        return _pretty({"text": message.text, "blocks": message.blocks, "metadata": message.metadata})
    return _pretty(view.source) if view else ""


def _payload_name(message: Message | None, view: View | None) -> str:
    if message is not None:
        return "This message"
    return "" if view is None else "The open form" if view.type == "modal" else "The Home tab"


def _pretty(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)
