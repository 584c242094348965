"""Python's collector of circles, and what it need not look at."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

YOUNG = 10_000
"""New objects after which the collector looks at the newest; Python's 700 are the rows of one page."""


@contextmanager
def only_new_garbage() -> Iterator[None]:
    """Let the collector pass over everything there is now, which lives as long as the process.

    That is some half a million objects of code, tables and templates. Walking over them again and again was
    one part in thirty of what a rehearsal took, and stops every thread meanwhile.
    """
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
