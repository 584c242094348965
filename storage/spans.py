"""Where time goes: a place for spans, which cost nothing until somebody listens (`bot.telemetry`).

A span is a stretch of work with a name, inside the one that was open when it began: a request, in it a
conversation, in that a transaction. What is told about it is ids and kinds, never anybody's words.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any

About = Mapping[str, str | int]
Opener = Callable[[str, About], AbstractContextManager[Any]]
"""Opens a span of a name, about something."""

NOTHING: AbstractContextManager[None] = nullcontext()
_listening: list[Opener] = []


def span(name: str, **about: str | int) -> AbstractContextManager[Any]:
    """Open a span until the end of the block."""
    return _listening[0](name, about) if _listening else NOTHING


def listen(opener: Opener | None) -> None:
    """Let spans be heard from now on; None for silence."""
    _listening[:] = [opener] if opener else []
