"""A clock that stands still until somebody moves it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, timedelta


class StillClock:
    """The time of the local workspace, shared with the app under it.

    Args:
        start: The first instant, with a time zone.

    Raises:
        ValueError: `start` has no time zone.
    """

    def __init__(self, start: datetime) -> None:
        self._now = _aware(start)
        self._lock = threading.Lock()

    def now(self) -> datetime:
        """The present instant, in the zone it was last set in."""
        return self._now

    def move_to(self, instant: datetime) -> datetime:
        """Moves to a later instant (or stays, if it is the same) and gives it back.

        Raises:
            ValueError: The instant has no time zone or lies in the past.
        """
        with self._lock:
            if _aware(instant) < self._now:
                raise ValueError(f"a clock never runs backwards: {instant} is before {self._now}")
            self._now = instant
            return instant

    def advance(self, by: timedelta) -> datetime:
        """Moves forward by a span of time and gives the new instant back.

        Raises:
            ValueError: The span is negative.
        """
        with self._lock:
            later = self._now + by
            if later < self._now:
                raise ValueError(f"a clock never runs backwards: {by} is negative")
            self._now = later
            return later


def _aware(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError(f"{instant} has no time zone")
    return instant
