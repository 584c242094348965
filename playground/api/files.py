"""Methods that upload and share files, in the three steps of `files_upload_v2`."""

from __future__ import annotations

import mimetypes
from typing import TYPE_CHECKING, Any, Final

from playground.records import File
from playground.strict import Refusal, checked_blocks, invalid_arguments

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from playground.records import Channel, Json
    from playground.strict import Call
    from playground.world import World

FILE_MAX: Final = 1_000_000_000
"""Bytes of one file: 1 GB (source: slack.com/help/articles/201330736, read 2026-08)."""

ALT_MAX: Final = 1_000
"""Characters of a file's alt text (source: docs.slack.dev/reference/methods/files.getUploadURLExternal)."""


def get_upload_url(call: Call) -> Json:
    """The address to send the bytes to."""
    length = call.number("length", default=0)
    if not 0 < length <= FILE_MAX:
        raise Refusal("file_upload_size_restricted" if length else "missing_argument")
    if len(call.text("alt_txt")) > ALT_MAX:
        raise Refusal("alt_txt_too_large")
    name = call.text("filename")
    file = File(
        id=call.world.fresh_id("F"),
        name=name,
        title=name,
        length=length,
        made=call.world.seconds(),
        alt_text=call.text("alt_txt"),
    )
    call.world.files[file.id] = file
    return {"upload_url": f"{call.world.base_url}/upload/v1/{file.id}", "file_id": file.id}


def complete_upload(call: Call) -> Json:
    """Shares what was uploaded in the conversations named, with a comment or blocks."""
    world = call.world
    given = call.structure("files")
    if not isinstance(given, list) or not given:
        raise invalid_arguments("must provide a list [json-pointer:/files]")
    entries = [(_uploaded(world, entry), entry) for entry in given]
    wanted = call.listed("channels") or call.listed("channel_id")
    channels = [_room(world, named) for named in wanted]
    blocks = checked_blocks(call.structure("blocks"), call.text("initial_comment") or None, world.lacks)
    for file, entry in entries:
        file.title = str(entry.get("title") or file.name)
        file.is_complete = True
        file.channels = wanted
    bodies = tuple(file_body(world, file) for file, _ in entries)
    for channel in channels:
        world.post(
            channel,
            world.me.bot_user_id,
            text=call.text("initial_comment"),
            blocks=blocks,
            thread_ts=call.text("thread_ts") or None,
            files=bodies,
        )
    return {"files": list(bodies)}


def info(call: Call) -> Json:
    """One file, with the address its bytes are at."""
    file = call.world.files.get(call.text("file"))
    if file is None or not file.is_complete:
        raise Refusal("file_not_found")
    return {"file": file_body(call.world, file)}


def file_body(world: World, file: File) -> Json:
    """A file as Slack shows it to apps."""
    mimetype = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    suffix = file.name.rpartition(".")[2] if "." in file.name else ""
    return {
        "id": file.id,
        "created": file.made,
        "timestamp": file.made,
        "name": file.name,
        "title": file.title,
        "mimetype": mimetype,
        "filetype": suffix,
        "pretty_type": suffix.upper(),
        "user": world.me.bot_user_id,
        "size": file.length,
        "mode": "hosted",
        "is_external": False,
        "is_public": any(world.channels[channel].kind == "channel" for channel in file.channels),
        "channels": [channel for channel in file.channels if world.channels[channel].kind == "channel"],
        "groups": [
            channel for channel in file.channels if world.channels[channel].kind in {"private", "mpim"}
        ],
        "ims": [channel for channel in file.channels if world.channels[channel].kind == "im"],
        "alt_txt": file.alt_text,
        "url_private": f"{world.base_url}/files/{file.id}/{file.name}",
        "url_private_download": f"{world.base_url}/files/{file.id}/download/{file.name}",
    }


def _uploaded(world: World, entry: Any) -> File:
    file = world.files.get(entry.get("id", "")) if isinstance(entry, dict) else None
    if file is None or file.content is None or file.is_complete:
        raise Refusal("file_not_found")
    return file


def _room(world: World, named: str) -> Channel:
    channel = world.channels.get(named)
    me = world.me.bot_user_id
    if channel is None or (channel.kind != "channel" and me not in channel.members):
        raise Refusal("channel_not_found")
    if me not in channel.members:
        raise Refusal("not_in_channel")
    return channel


ANSWERS: Final[Mapping[str, Callable[[Call], Json]]] = {
    "files.completeUploadExternal": complete_upload,
    "files.getUploadURLExternal": get_upload_url,
    "files.info": info,
}
