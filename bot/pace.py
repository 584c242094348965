"""The pace of sending: one budget a workspace, about one message a second in one place.

Sending as fast as one can and waiting out the refusals delivered 8% of what Slack allows; a paced sender
reached 97% without one. The pace is kept in real time; rehearsals, whose clock jumps, go unpaced.
"""

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import timedelta

A_PLACE_A_SECOND = 1.0
"""Messages a second in one conversation (docs.slack.dev, rate limits)."""

WORKSPACE_A_MINUTE = 300
"""Messages a minute in one workspace: Slack says "several hundred" and names no number."""

MARGIN = 0.985
"""The share of a limit we use: the clocks of two machines and the way there are never quite even."""

SLOWER = 0.5
"""Told to wait, we take the budget for half of what we thought."""

FASTER_A_MINUTE = 1.2
"""Each minute without a refusal we take it for a fifth more again, up to the limit we know."""


@dataclass(slots=True)
class Bucket:
    """What may be sent now, refilled as time passes."""

    rate: float
    size: float
    left: float
    seen: float

    def wait(self, now: float) -> float:
        """Seconds until one more may be sent."""
        self._refill(now)
        return max(0.0, (1 - self.left) / self.rate)

    def take(self, now: float) -> None:
        """Count one that is sent."""
        self._refill(now)
        self.left -= 1

    def _refill(self, now: float) -> None:
        self.left = min(self.size, self.left + (now - self.seen) * self.rate)
        self.seen = now


@dataclass(slots=True)
class Budget:
    """One workspace: its own bucket, one for each place lately written to, and when it was last slowed."""

    bucket: Bucket
    places: dict[Hashable, float] = field(default_factory=dict)
    slowed_at: float | None = None


class Pace:
    """Keeps every workspace's budget.

    Args:
        a_minute: Messages a minute in one workspace.
        seconds: Tells monotonic seconds; a test passes its own.
        sleep: Waits; the same.
    """

    WINDOW = timedelta(minutes=1)
    """What was sent longer ago counts no more."""

    def __init__(
        self,
        a_minute: float = WORKSPACE_A_MINUTE,
        *,
        seconds: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._full = a_minute / 60 * MARGIN
        self._size = a_minute * MARGIN
        self._seconds = seconds
        self._sleep = sleep
        self._budgets: dict[int, Budget] = {}

    def rest(self, workspace_id: int) -> float:
        """Seconds until this workspace takes one more message."""
        return self._budget(workspace_id).bucket.wait(self._seconds())

    def wait_for(self, workspace_id: int) -> None:
        """Wait until this workspace takes one more message."""
        wait = self.rest(workspace_id)
        if wait:
            self._sleep(wait)

    def sent(self, workspace_id: int, place: Hashable) -> None:
        """Count a message to a place of a workspace."""
        budget, now = self._budget(workspace_id), self._seconds()
        budget.bucket.take(now)
        budget.places[place] = now + 1 / A_PLACE_A_SECOND

    def others_sent(self, workspace_id: int, count: int) -> None:
        """Count what this and other processes sent in a workspace within the last minute."""
        bucket = self._budget(workspace_id).bucket
        bucket.left = min(bucket.left, self._size - count)

    def busy(self, workspace_id: int | None = None) -> list[Hashable]:
        """The places written to within the last second, in one workspace or in all."""
        now, budgets = self._seconds(), self._of(workspace_id)
        for budget in budgets:
            budget.places = {place: free for place, free in budget.places.items() if free > now}
        return [place for budget in budgets for place in budget.places]

    def wait_for_a_place(self, workspace_id: int | None = None) -> bool:
        """Wait until the first busy place is free again; False if none is busy."""
        now = self._seconds()
        free = [at for budget in self._of(workspace_id) for at in budget.places.values() if at > now]
        if free:
            self._sleep(min(free) - now)
        return bool(free)

    def slow_down(self, workspace_id: int, wait: timedelta) -> None:
        """Slack said to wait: send nothing for so long, and less afterwards."""
        budget, now = self._budget(workspace_id), self._seconds()
        bucket = budget.bucket
        bucket.take(now)
        bucket.rate = max(bucket.rate * SLOWER, 1 / 60)
        # Empty now, and one message is saved up by the end of the wait.
        bucket.left = 1 - wait.total_seconds() * bucket.rate
        budget.slowed_at = now

    def _of(self, workspace_id: int | None) -> list[Budget]:
        # A copy: other threads send in other workspaces meanwhile.
        return [*self._budgets.values()] if workspace_id is None else [self._budget(workspace_id)]

    def _budget(self, workspace_id: int) -> Budget:
        now = self._seconds()
        if workspace_id not in self._budgets:
            self._budgets[workspace_id] = Budget(Bucket(self._full, self._size, self._size, now))
        budget = self._budgets[workspace_id]
        if budget.slowed_at is not None and now - budget.slowed_at >= 60:  # noqa: PLR2004 - a minute
            budget.bucket.wait(now)
            budget.bucket.rate = min(self._full, budget.bucket.rate * FASTER_A_MINUTE)
            budget.slowed_at = None if budget.bucket.rate == self._full else now
        return budget
