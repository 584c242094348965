"""What is shown after the answer: Slack waits for facts, not for pictures of them.

A payload is acknowledged as soon as its facts are stored. Opening the form that a click asks for, and drawing
the Home tab anew, come after that. Whatever is lost with the process in between is only a picture: the next
click, or the next opening of the tab, shows the facts.
"""

import threading
import time
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Protocol

Work = Callable[[], None]
"""Something to do that never raises: it says by itself what went wrong."""

SHOWS = 32
"""Forms that may be opened at the same time; each mostly waits for Slack."""
REST = 1.0
"""Seconds without drawing for each second of drawing: drawing is computing, and answers come first."""
PATIENCE_S = 0.5
"""Seconds a Home tab waits for a moment in which nobody waits for an answer; then it is drawn anyway."""

CALM_S = 0.02
"""Seconds after an answer before a Home tab is drawn: payloads come in bursts, and nobody sees so little."""


class Afterwards(Protocol):
    """Takes what is to be shown once the payload is answered."""

    def show(self, work: Work) -> None:
        """Show what somebody asked for; in time for their trigger, which lives three seconds."""

    def redraw(self, whose: Hashable, work: Work) -> None:
        """Draw somebody's Home tab; of several calls before it is drawn, the last one counts."""

    def give_way(self) -> None:
        """In the middle of drawing: let those go first who wait for an answer."""

    def answering(self) -> None:
        """A payload came in, and its answer is awaited."""

    def answered(self) -> None:
        """It is answered."""

    def close(self) -> None:
        """Finish what was taken, and take no more."""


class AtOnce:
    """Shows everything there and then, before the answer: where the clock is not real, nobody waits."""

    def show(self, work: Work) -> None:
        """Show it now."""
        work()

    def redraw(self, whose: Hashable, work: Work) -> None:  # noqa: ARG002 - nothing waits that it could replace
        """Draw it now."""
        work()

    def give_way(self) -> None:
        """Nobody waits."""

    def answering(self) -> None:
        """Nothing waits for it."""

    def answered(self) -> None:
        """Nothing waited for it."""

    def close(self) -> None:
        """Nothing is left."""


class Meanwhile:
    """Shows in threads of its own: forms at once, Home tabs when no answer is awaited.

    Args:
        patience: Seconds a Home tab gives way to answers.
    """

    def __init__(self, patience: float = PATIENCE_S) -> None:
        self._patience = patience
        self._shows = ThreadPoolExecutor(SHOWS, thread_name_prefix="show")
        self._changed = threading.Condition()
        self._awaited = 0
        self._homes: dict[Hashable, Work] = {}
        self._draw_by, self._answered_at = 0.0, 0.0
        self._idle, self._giving_way, self._closing = False, False, False
        # One: threads of one process compute one after the other anyway.
        self._painter = threading.Thread(target=self._paint, name="home", daemon=True)
        self._painter.start()

    def show(self, work: Work) -> None:
        """Show it as soon as a thread is free."""
        self._shows.submit(copy_context().run, work)

    def redraw(self, whose: Hashable, work: Work) -> None:
        """Draw it soon; once for any number of clicks that come before."""
        context = copy_context()
        with self._changed:
            self._homes[whose] = lambda: context.run(work)
            # Waking a thread hands it the turn to compute. It was a sixth of what a busy process computes,
            # when every click woke the painter, who then waited for calm as before.
            if self._idle:
                self._changed.notify()

    def give_way(self) -> None:
        """Between two queries of a Home tab, wait for a moment in which nobody waits; not for ever.

        A thread that computes takes turns with every thread that answers, a millisecond each time.
        """
        with self._changed:
            left = self._draw_by - time.monotonic()
            if self._awaited and left > 0:
                self._giving_way = True
                self._changed.wait_for(lambda: not self._awaited or self._closing, left)
                self._giving_way = False

    def answering(self) -> None:
        """Let no Home tab get in the way of this answer, if it can wait."""
        with self._changed:
            self._awaited += 1

    def answered(self) -> None:
        """There is time again, unless others wait."""
        with self._changed:
            self._awaited -= 1
            self._answered_at = time.monotonic()
            if self._giving_way and not self._awaited:
                self._changed.notify()

    def close(self) -> None:
        """Finish what was taken."""
        self._shows.shutdown(wait=True)
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._painter.join()

    def _paint(self) -> None:
        while (work := self._next()) is not None:
            begun = time.thread_time()
            work()
            drawn_for = time.thread_time() - begun
            with self._changed:
                self._changed.wait_for(lambda: self._closing, drawn_for * REST)

    def _next(self) -> Work | None:
        """The Home tab that waited longest; None when all are drawn and no more will come."""
        with self._changed:
            self._idle = True
            self._changed.wait_for(lambda: self._homes or self._closing)
            self._idle = False
            self._draw_by = time.monotonic() + self._patience
            self._wait_for_calm()
            return self._homes.pop(next(iter(self._homes))) if self._homes else None

    def _wait_for_calm(self) -> None:
        """Until a while after the last answer, in which no payload came; or until patience is over."""
        while not self._closing:
            now = time.monotonic()
            begin = self._draw_by if self._awaited else min(self._draw_by, self._answered_at + CALM_S)
            if now >= begin:
                return
            # Nobody wakes us when the last answer is given: there is calm a while after it at the soonest.
            self._changed.wait(min(begin - now, CALM_S))
