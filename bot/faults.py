"""Faults of ours: kept where they are, logged without anybody's words, and counted for whoever watches."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.metrics import FAULTS
from handlers.trouble import note_undone
from storage.asking import out_of_reach


@contextmanager
def fault_kept_apart(what: str, **about: object) -> Iterator[None]:
    """Let whatever fails inside keep nobody else waiting.

    Args:
        what: The event to log.
        about: Which one, in ids and kinds.

    Raises:
        Exception: The database was out of reach, which is no fault and keeps everybody waiting anyway.
    """
    try:
        yield
    except Exception as error:
        if out_of_reach(error):
            raise
        note_fault(what, error, **about)


def note_fault(what: str, error: BaseException, **about: object) -> None:
    """Log and count one that somebody else has kept apart."""
    FAULTS.labels(what).inc()
    note_undone(what, error, **about)
