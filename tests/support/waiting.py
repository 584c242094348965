"""Waiting for another process: until something is so, and never a fixed time."""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

PATIENCE_S = 90.0
LOOK_EVERY_S = 0.05


def until(look: Callable[[], T], patience: float = PATIENCE_S) -> T:
    """Look again and again until there is something to see, and give it."""
    gives_up = time.monotonic() + patience
    while not (seen := look()):
        if time.monotonic() > gives_up:
            raise AssertionError(f"still nothing after {patience} seconds")
        threading.Event().wait(LOOK_EVERY_S)
    return seen
