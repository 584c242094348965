"""Files that people drop into the forms of an app: only the app sees them there."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from playground.acts import CannotDo
from playground.api.files import file_body
from playground.records import File

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from playground.records import Json
    from playground.world import World


@contextmanager
def dropped(world: World, user: str, files: Iterable[tuple[str, bytes]]) -> Iterator[list[Json]]:
    """Takes files into the workspace, and out again where the form does not take them.

    Args:
        world: The state of the workspace.
        user: Whose files they are.
        files: Their names and contents.

    Yields:
        The files as a form holds them.
    """
    with world.lock:
        taken = [
            File(
                id=world.fresh_id("F"),
                name=name,
                title=name,
                length=len(content),
                made=world.seconds(),
                content=content,
                is_complete=True,
            )
            for name, content in files
        ]
        world.files.update({file.id: file for file in taken})
        bodies = [file_body(world, file) | {"user": user} for file in taken]
    try:
        yield bodies
    except CannotDo:
        with world.lock:
            for file in taken:
                del world.files[file.id]
        raise
