"""A turnstile: so many at a time, and who came first goes first."""

import threading
from collections import deque


class Turnstile:
    """Lets a number of threads through at a time, in the order in which they came.

    Python's own locks and semaphores let whoever runs just then go before those who wait.

    Args:
        places: How many may be inside.
    """

    def __init__(self, places: int) -> None:
        self._counting = threading.Lock()
        self._free = places
        self._waiting: deque[threading.Lock] = deque()

    def __enter__(self) -> None:
        """Go in, or wait until it is one's turn."""
        with self._counting:
            if self._free:
                self._free -= 1
                return
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
        turn.acquire()

    def __exit__(self, *_: object) -> None:
        """Go out; one's place is the first one's who waits."""
        with self._counting:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._free += 1
