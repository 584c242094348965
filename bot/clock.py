"""The clock as a value: only the process reads the real one."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time; rehearsals and tests pass one that stands still until moved."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


class RealClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        return datetime.now(UTC)
