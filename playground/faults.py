"""Trouble on request: what a network and a busy Slack do to an app."""

from __future__ import annotations

import random
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

FaultKind: TypeAlias = Literal["ratelimited", "500", "drop", "drop_after", "delay", "hang"]
"""What happens to a call.

- ratelimited: HTTP 429 with Retry-After, nothing took effect
- 500: HTTP 500, nothing took effect
- drop: the connection closes without an answer, nothing took effect
- drop_after: it takes effect, then the connection closes without an answer
- delay: it takes effect at once and is answered late
- hang: no answer and no effect, the connection closes at last
"""

SPARED: Final = frozenset({"apps.connections.open", "auth.test"})
"""What chance never hits: without these an app does not even start."""


@dataclass
class Fault:
    """One kind of trouble, waiting for its calls; `seconds` are real ones."""

    method: str
    kind: FaultKind
    times: int
    seconds: float
    retry_after: int


class Faults:
    """The trouble that was asked for."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[Fault] = []
        self._rate = 0.0
        self._kinds: Sequence[FaultKind] = ()
        self._chance = random.Random(0)  # noqa: S311 - chance to rehearse with, nothing secret

    def inject(
        self, method: str, kind: FaultKind, times: int = 1, seconds: float = 0, retry_after: int = 1
    ) -> None:
        """Lets the next calls of a method meet trouble.

        Args:
            method: A Web API method, "response_url", "upload", or "*" for whatever comes next.
            kind: What happens, see `FaultKind`.
            times: To how many calls.
            seconds: Real seconds of delay, or until a hanging call is closed (0: until the workspace stops).
            retry_after: Seconds the app is told to wait, where it is told.
        """
        with self._lock:
            self._waiting.append(Fault(method, kind, times, seconds, retry_after))

    def chance(self, rate: float, kinds: Sequence[FaultKind], seed: int) -> None:
        """Lets each call meet trouble with this probability (0 to 1), the same for a seed."""
        with self._lock:
            self._rate, self._kinds = rate, tuple(kinds)
            self._chance = random.Random(seed)  # noqa: S311 - chance to rehearse with, nothing secret

    def clear(self) -> None:
        """Ends all trouble."""
        with self._lock:
            self._waiting.clear()
            self._rate = 0.0

    def meet(self, method: str) -> Fault | None:
        """The trouble this call is to meet, if any; it counts as met."""
        with self._lock:
            for fault in self._waiting:
                if fault.method in {"*", method}:
                    fault.times -= 1
                    if not fault.times:
                        self._waiting.remove(fault)
                    return fault
            if self._rate and method not in SPARED and self._chance.random() < self._rate:
                return Fault(method, self._chance.choice(self._kinds), 1, 0, 1)
        return None
