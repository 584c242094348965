"""How fast an app may go, measured in real time."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import Final

from playground.tables.methods import CALLS_A_MINUTE, METHODS

MESSAGES_A_SECOND: Final = 1.0
"""Messages a second in one channel (source: docs.slack.dev/apis/web-api/rate-limits, read 2026-08)."""

MESSAGE_BURST: Final = 3
"""Messages a channel takes at once before that counts: Slack allows "short bursts" and names no number."""

WORKSPACE_MESSAGES_A_MINUTE: Final = 300
"""Messages a minute in a workspace: Slack says "several hundred"."""


@dataclass
class Bucket:
    """What is left to spend, refilled with time."""

    left: float
    seen: float


class Rates:
    """Who called how often; `workspace_a_minute` may be changed while it runs."""

    def __init__(self) -> None:
        self.workspace_a_minute: float = WORKSPACE_MESSAGES_A_MINUTE
        self._buckets: dict[str, Bucket] = {}

    def wait(self, method: str, channel: str) -> int:
        """Whole seconds to wait before this call is welcome; 0 lets it through and counts it."""
        now = time.monotonic()
        limits: list[tuple[str, float, float]] = []
        if method == "chat.postMessage":
            limits = [
                (f"channel {channel}", MESSAGES_A_SECOND, MESSAGE_BURST),
                ("workspace", self.workspace_a_minute / 60, self.workspace_a_minute),
            ]
        elif method in METHODS and METHODS[method].tier in CALLS_A_MINUTE:
            a_minute = CALLS_A_MINUTE[METHODS[method].tier]
            limits = [(method, a_minute / 60, a_minute)]
        buckets = [(self._refilled(name, rate, burst, now), rate) for name, rate, burst in limits]
        if all(bucket.left >= 1 for bucket, _ in buckets):
            for bucket, _ in buckets:
                bucket.left -= 1
            return 0
        return max(math.ceil((1 - bucket.left) / rate) for bucket, rate in buckets)

    def _refilled(self, name: str, rate: float, burst: float, now: float) -> Bucket:
        bucket = self._buckets.setdefault(name, Bucket(burst, now))
        bucket.left = min(burst, bucket.left + (now - bucket.seen) * rate)
        bucket.seen = now
        return bucket
