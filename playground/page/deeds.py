"""What a visitor does in the browser, done as the person they are; what cannot be is said in words."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from playground.acts import CannotDo
from playground.blocks import controls

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from playground.acts import Outcome
    from playground.blocks import Control
    from playground.page.memory import Memory
    from playground.page.screen import Spot
    from playground.person import Person
    from playground.records import Json, Message, View
    from playground.world import World

MOMENT: Final = "%Y-%m-%dT%H:%M"
"""How a browser's field for date and time writes a moment."""

FILE_MAX: Final = 20_000_000
"""Bytes of one file dropped into a form. Slack takes a thousand times as much; a browser tab would not."""


@dataclass(frozen=True)
class Told:
    """What a deed has to say: sentences for the visitor, and where their eyes should go.

    Attributes:
        says: What went wrong, in words.
        room: Where messages only this person sees arrived, if any did.
    """

    says: tuple[str, ...] = ()
    room: str = ""


class Deeds:
    """Does what the browser asks for.

    Args:
        world: The state of the workspace.
        memory: What was put away.
    """

    def __init__(self, world: World, memory: Memory) -> None:
        self._world = world
        self._memory = memory

    def do(self, spot: Spot, room: str | None, deed: Json) -> Told:
        """Does one deed.

        Args:
            spot: Who does it, and where.
            room: The conversation on the screen, if any.
            deed: What: `{"does": ..., ...}`.

        Raises:
            CannotDo: It cannot be done, or is none we know.
        """
        ways = {
            "say": self._say,
            "press": self._press,
            "fill": self._fill,
            "attach": self._attach,
            "detach": self._detach,
            "submit": self._submit,
            "close": self._close,
            "home": self._open_home,
            "dismiss": self._dismiss,
            "read": self._read,
        }
        way = ways.get(str(deed.get("does")))
        if way is None:
            raise CannotDo(f"there is nothing called {deed.get('does')!r} to do")
        return way(spot.person, room, deed)

    def suggest(self, spot: Spot, room: str | None, deed: Json) -> list[str]:
        """What a typeahead select offers for what was typed.

        Raises:
            CannotDo: It is not there, or too little was typed.
        """
        on = self._place(spot.person, room, deed)
        return spot.person.suggest(_exactly(deed), str(deed.get("typed", "")), on=on)

    # The ways

    def _say(self, person: Person, room: str | None, deed: Json) -> Told:
        text = str(deed.get("text", "")).strip()
        if not text:
            raise CannotDo("there is nothing to send")
        if text.startswith("/"):
            name, _, rest = text.partition(" ")
            return _told(person.command(name, rest, room))
        if room is None:
            raise CannotDo("nobody reads here yet")
        return _told(person.say(room, text))

    def _press(self, person: Person, room: str | None, deed: Json) -> Told:
        what, on = _exactly(deed), self._place(person, room, deed)
        option = self._value(person, on.blocks, deed)
        if on is person.view:
            return _told(person.press(what, option))
        if on is person.home:
            return _told(person.click_home(what, option))
        return _told(person.click(self._message(person, room, deed), what, option=option))

    def _fill(self, person: Person, room: str | None, deed: Json) -> Told:
        on = self._place(person, room, deed)
        try:
            value = self._value(person, on.blocks, deed)
            person.fill(_exactly(deed), "" if value is None else value)
        except CannotDo:
            # Half a word may not be a value yet; the form says so when it is sent.
            return Told()
        return Told()

    def _attach(self, person: Person, room: str | None, deed: Json) -> Told:
        del room
        self._open_view(person, deed)
        files = [(str(one["name"]), _content(one)) for one in deed.get("files") or []]
        return _told_if(person.attach(_exactly(deed), *files))

    def _detach(self, person: Person, room: str | None, deed: Json) -> Told:
        del room
        self._open_view(person, deed)
        return _told_if(person.detach(_exactly(deed), str(deed.get("file", ""))))

    def _submit(self, person: Person, room: str | None, deed: Json) -> Told:
        del room
        view = self._open_view(person, deed)
        faults: dict[str, str] = {}
        for entry in deed.get("values") or []:
            try:
                self._keep(person, view, entry)
            except CannotDo as error:
                faults[str(entry["block"])] = str(error)
        if faults:
            with self._world.lock:
                self._world.show_errors(view.id, faults)
            return Told()
        try:
            return _told(person.submit())
        except CannotDo as error:
            if error.fields:
                # The fields say it themselves, each where it stands.
                return Told()
            raise

    def _close(self, person: Person, room: str | None, deed: Json) -> Told:
        del room
        if person.view is None:
            return Told()
        return _told(person.close(all=bool(deed.get("all"))))

    def _open_home(self, person: Person, room: str | None, deed: Json) -> Told:
        del room, deed
        return _told(person.open_home())

    def _dismiss(self, person: Person, room: str | None, deed: Json) -> Told:
        message = self._message(person, room, deed)
        if message.ephemeral_for != person.id:
            raise CannotDo("only what nobody else sees can be put away")
        self._memory.put_away(person.id, message.channel, message.ts)
        return Told()

    def _read(self, person: Person, room: str | None, deed: Json) -> Told:
        del deed
        if room is not None:
            self._memory.mark_read(person.id, room)
        return Told()

    # Where and what

    def _place(self, person: Person, room: str | None, deed: Json) -> Message | View:
        where = str(deed.get("on", ""))
        if where == "home":
            if person.home is None:
                raise CannotDo("this Home tab is empty")
            return person.home
        if where == "modal":
            return self._open_view(person, deed)
        return self._message(person, room, deed)

    def _open_view(self, person: Person, deed: Json) -> View:
        view = person.view
        if view is None or view.id != deed.get("view", view.id):
            raise CannotDo("this form is closed; another tab may have sent it")
        return view

    def _message(self, person: Person, room: str | None, deed: Json) -> Message:
        found = {one.ts: one for one in person.messages(room)} if room else {}
        message = found.get(str(deed.get("ts", "")))
        if message is None:
            raise CannotDo("this message is gone")
        return message

    def _keep(self, person: Person, view: View, entry: Mapping[str, Any]) -> None:
        """Fills one field as it was sent along, without telling the app: that comes with the form."""
        what = _exactly(entry)
        held = view.state.get(what[0], {}).get(what[1])
        control = _control(view.blocks, what)
        if held is None or control is None or control.dispatches:
            return
        value = self._value(person, view.blocks, entry)
        person.fill(what, "" if value is None else value)

    def _value(self, person: Person, blocks: Sequence[Mapping[str, Any]], entry: Mapping[str, Any]) -> Any:
        """What the browser's field holds, as a person's act takes it."""
        value = entry.get("value")
        control = _control(blocks, _exactly(entry))
        if control is None or not isinstance(value, str) or not value:
            return value
        if control.kind == "datetimepicker":
            try:
                moment = datetime.strptime(value, MOMENT).replace(tzinfo=ZoneInfo(person.tz))
            except ValueError:
                raise CannotDo(f"“{value}” is no day and time") from None
            return int(moment.timestamp())
        return value


def _content(file: Mapping[str, Any]) -> bytes:
    """The bytes of a file that came along in Base64.

    Raises:
        CannotDo: It is empty or too large, or did not arrive whole.
    """
    try:
        content = base64.b64decode(str(file["content"]), validate=True)
    except (binascii.Error, KeyError):
        raise CannotDo(f"“{file['name']}” did not arrive whole; choose it again") from None
    if not content:
        raise CannotDo(f"“{file['name']}” is empty; choose another file")
    if len(content) > FILE_MAX:
        raise CannotDo(f"“{file['name']}” is larger than {FILE_MAX // 1_000_000} MB, which is the most here")
    return content


def _exactly(deed: Mapping[str, Any]) -> tuple[str, str]:
    return str(deed.get("block", "")), str(deed.get("action", ""))


def _control(blocks: Sequence[Mapping[str, Any]], what: tuple[str, str]) -> Control | None:
    return next((one for one in controls(blocks) if (one.block_id, one.action_id) == what), None)


def _told_if(outcome: Outcome | None) -> Told:
    return Told() if outcome is None else _told(outcome)


def _told(outcome: Outcome) -> Told:
    says = (outcome.error,) if outcome.error else ()
    room = outcome.shown[-1].channel if outcome.shown else ""
    return Told(says, room)
