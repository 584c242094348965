"""How long an answer takes, and an id for whatever is logged on the way."""

import functools
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import perf_counter
from typing import Any

from prometheus_client import Histogram
from structlog.contextvars import bound_contextvars

from storage.spans import span

ANSWER_SECONDS = Histogram(
    "mentoring_answer_seconds",
    "From a payload's arrival to its acknowledgement; Slack waits three seconds.",
    ["kind"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0),
)


_arrived_at: ContextVar[float | None] = ContextVar("arrived_at", default=None)
"""When the payload in hand arrived, in seconds of `perf_counter`."""


@contextmanager
def arriving() -> Iterator[None]:
    """A payload has arrived: what it waits before anybody works on it counts as part of its answer."""
    before = _arrived_at.set(perf_counter())
    try:
        yield
    finally:
        _arrived_at.reset(before)


@contextmanager
def _clocked(kind: str) -> Iterator[None]:
    arrived_at = _arrived_at.get()
    began = perf_counter() if arrived_at is None else arrived_at
    try:
        yield
    finally:
        ANSWER_SECONDS.labels(kind).observe(perf_counter() - began)


def measured(kind: str, listener: Callable[..., None]) -> Callable[..., None]:
    """The same listener, with a clock beside it that counts from the payload's arrival where that is told."""

    # Bolt reads the names of the arguments it hands in from the listener inside.
    @functools.wraps(listener)
    def timed(*args: Any, **kwargs: Any) -> None:
        with (
            bound_contextvars(request=secrets.token_hex(4)),
            _clocked(kind),
            span("listener", kind=kind),
        ):
            listener(*args, **kwargs)

    return timed
