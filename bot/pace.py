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
"""Told to wait for the first time, we take the budget for half of what we thought."""

SLOWEST = 1 / 60
"""Messages a second we never fall below: one a minute finds out whether Slack takes any again."""

FASTER = 1.2
"""After a while without a refusal we take it for a fifth more again, up to the limit we know."""

UNSURE_S = 60.0
"""That while, in seconds, as long as the limit is only guessed."""

SURE_S = 600.0
"""The same once it was measured: every attempt to go faster costs a refusal while the limit holds."""

MEASURED = 20
"""Messages taken between two refusals, from which on they measure the limit: at a refusal nothing is left of
the allowance, so that what was taken from one to the next is all that the limit allowed in that time."""


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
    """One workspace: its bucket, when each place lately written to is free, and what refusals have taught.

    Args:
        refused_at: When Slack last said to wait.
        taken: Messages taken since.
        faster_at: When to try to go faster; None at full speed.
        every: Seconds between such attempts.
    """

    bucket: Bucket
    places: dict[Hashable, float] = field(default_factory=dict)
    refused_at: float | None = None
    taken: int = 0
    faster_at: float | None = None
    every: float = UNSURE_S


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
        """Count a try to say something in a place of a workspace, taken or not."""
        budget, now = self._budget(workspace_id), self._seconds()
        budget.bucket.take(now)
        budget.taken += 1
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
        """Slack said to wait: send nothing for so long, and less afterwards.

        The second refusal measures the limit; see `MEASURED`.
        """
        budget, now = self._budget(workspace_id), self._seconds()
        bucket = budget.bucket
        bucket.take(now)
        sure = budget.refused_at is not None and budget.taken >= MEASURED
        if sure and budget.refused_at is not None:
            allowed = budget.taken / (now - budget.refused_at) * MARGIN
            bucket.rate = min(max(allowed, SLOWEST), self._full)
        else:
            bucket.rate = max(bucket.rate * SLOWER, SLOWEST)
        # Empty now, and one message is saved up by the end of the wait.
        bucket.left = 1 - wait.total_seconds() * bucket.rate
        # The try that was refused is counted by `sent` like every other, and is none that was taken.
        budget.refused_at, budget.taken = now, -1
        budget.every = SURE_S if sure else UNSURE_S
        budget.faster_at = now + budget.every

    def _of(self, workspace_id: int | None) -> list[Budget]:
        # A copy: other threads send in other workspaces meanwhile.
        return [*self._budgets.values()] if workspace_id is None else [self._budget(workspace_id)]

    def _budget(self, workspace_id: int) -> Budget:
        now = self._seconds()
        if workspace_id not in self._budgets:
            self._budgets[workspace_id] = Budget(Bucket(self._full, self._size, self._size, now))
        budget = self._budgets[workspace_id]
        if budget.faster_at is not None and now >= budget.faster_at:
            budget.bucket.wait(now)
            budget.bucket.rate = min(self._full, budget.bucket.rate * FASTER)
            # One attempt leads to the next within a minute: either the limit is back, or it is measured anew.
            budget.faster_at = None if budget.bucket.rate == self._full else now + UNSURE_S
        return budget
