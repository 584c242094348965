"""The daily line: what a program sent since yesterday, for the coordinator who wants it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from mentoring.hours import Calendar, next_instant, to_instant
from mentoring.nudges.notices import Reason

MOVED = frozenset({Reason.QUIET_HOURS, Reason.AWAY, Reason.BUDGET, Reason.OPEN_QUESTION})
"""Reasons for which something is said later; for all others it is not said at all."""


@dataclass(frozen=True, slots=True)
class Tally:
    """A stretch of a program's messages, in numbers.

    Args:
        due: Letters whose time came.
        sent: Letters that went out.
        failed: Letters given up.
        skips: What was held back, by reason.
    """

    due: int = 0
    sent: int = 0
    failed: int = 0
    skips: Mapping[Reason, int] = field(default_factory=dict)

    @property
    def moved(self) -> int:
        """How often something was said later than it was due."""
        return sum(count for reason, count in self.skips.items() if reason in MOVED)

    @property
    def is_silent(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.due or self.sent or self.failed)


NOTHING_YET = Tally()


def line_due_at(told_at: datetime, calendar: Calendar) -> datetime:
    """When the next line is due (UTC): on the first working morning after the day of the last."""
    tomorrow = calendar.local_day(told_at) + timedelta(days=1)
    return next_instant(calendar, to_instant(tomorrow, time(0), calendar.zone))
