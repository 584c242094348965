"""Keeping a workspace between two runs: everything in it as one JSON file, and back."""

from __future__ import annotations

import base64
import json
from dataclasses import asdict, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from playground.records import ApiCall, Channel, File, Member, Message, UserGroup, View

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from playground.records import Json
    from playground.world import World

FORMAT: Final = 1
"""Changes whenever an older file could not be read any more."""


class CannotRestore(Exception):
    """What was kept cannot be read; the sentence says why."""


def keep(world: World, path: Path) -> None:
    """Writes the workspace, whole or not at all. Open forms and response addresses are let go."""
    with world.lock:
        kept = {
            "format": FORMAT,
            "now": world.clock.now().isoformat(),
            "last_ts": world.next_ts(),
            "members": [asdict(one) for one in world.members.values()],
            "channels": [asdict(one) for one in world.channels.values()],
            "usergroups": [asdict(one) for one in world.usergroups.values()],
            "messages": [_plain(one) for room in world.messages.values() for one in room.values()],
            "posted": world.posted,
            "homes": [_plain(world.views[view_id]) for view_id in world.homes.values()],
            "choices": [[*key, value] for key, value in world.choices.items()],
            "files": [
                {**asdict(one), "content": base64.b64encode(one.content or b"").decode()}
                for one in world.files.values()
            ],
            "calls": [{**asdict(one), "at": one.at.isoformat()} for one in world.calls],
        }
    draft = path.with_suffix(".part")
    draft.write_text(json.dumps(kept, ensure_ascii=False), "utf-8")
    draft.replace(path)


def kept_until(path: Path) -> datetime:
    """The instant at which a workspace was kept.

    Raises:
        CannotRestore: The file is not what `keep` writes.
    """
    return datetime.fromisoformat(_read(path)["now"])


def restore(world: World, path: Path) -> None:
    """Fills a fresh workspace with what was kept; its clock has to stand where it stood.

    Raises:
        CannotRestore: The file is not what `keep` writes.
    """
    kept = _read(path)
    try:
        with world.lock:
            _fill(world, kept)
    except (KeyError, TypeError, ValueError) as error:
        raise CannotRestore(f"{path} is damaged ({error}). Remove it to begin anew.") from error


def _read(path: Path) -> Json:
    try:
        kept = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise CannotRestore(f"{path} cannot be read ({error}). Remove it to begin anew.") from error
    if not isinstance(kept, dict) or kept.get("format") != FORMAT:
        raise CannotRestore(f"{path} was kept by another version. Remove it to begin anew.")
    return kept


def _fill(world: World, kept: Json) -> None:
    for one in kept["members"]:
        world.add_member(Member(**one))
    for one in kept["channels"]:
        channel = Channel(**one)
        world.channels[channel.id] = channel
        world.messages[channel.id] = {}
        if channel.kind in {"channel", "private"}:
            world.names[channel.id] = channel.name
    for one in kept["usergroups"]:
        group = UserGroup(**{**one, "members": tuple(one["members"])})
        world.usergroups[group.id] = group
        world.names[group.id] = group.handle
    for one in kept["messages"]:
        posted_at, files = datetime.fromisoformat(one["posted_at"]), tuple(one["files"])
        message = Message(**{**one, "posted_at": posted_at, "files": files, "names": world.names})
        world.messages[message.channel][message.ts] = message
        if message.ephemeral_for:
            world.whispers.setdefault(message.ephemeral_for, []).append((message.channel, message.ts))
    world.posted = [(channel, ts) for channel, ts in kept["posted"]]
    for one in kept["homes"]:
        view = View(**{**one, "names": world.names})
        world.views[view.id] = view
        world.homes[view.user] = view.id
    world.choices = {(user, channel, ts): value for user, channel, ts, value in kept["choices"]}
    for one in kept["files"]:
        world.files[one["id"]] = File(**{**one, "content": base64.b64decode(one["content"])})
    world.calls = [ApiCall(**{**one, "at": datetime.fromisoformat(one["at"])}) for one in kept["calls"]]
    world.start_after(kept["last_ts"])


def _plain(record: Message | View) -> Mapping[str, Any]:
    """A record without the names it is read by, which are the world's; instants as text."""
    held = {one.name: getattr(record, one.name) for one in fields(record) if one.name != "names"}
    if isinstance(record, Message):
        held["posted_at"] = record.posted_at.isoformat()
    return held
