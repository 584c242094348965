"""The way from Slack to a fleet whose processes die: people press again, and events come twice."""

import threading
from collections import Counter
from dataclasses import dataclass, field
from random import Random

from playground.http_line import HttpLine
from playground.line import NOT_REACHED, Parcel, Receipt

TRIES = 200
"""How often one presses again, or Slack sends again, before it is a finding."""
PAUSE_S = 0.1
"""Real seconds in between."""
TWICE = 0.05
"""How many payloads arrive twice: Slack sends again what it took for lost, and people double-click."""
HELD_BACK = 0.3
"""How many events are overtaken by the next one."""


@dataclass
class RoughLine:
    """Delivers to whichever process answers; again where none did.

    Args:
        lines: A way to each process that listens.
        chance: Decides who is asked first, what comes twice and what is overtaken.
    """

    lines: list[HttpLine]
    chance: Random
    met: Counter[str] = field(default_factory=Counter)
    _held: list[Parcel] = field(default_factory=list)

    def deliver(self, parcel: Parcel) -> Receipt:
        """Deliver until it is acknowledged."""
        if parcel.kind != "events_api":
            return self._press(parcel)
        if not self._held and self.chance.random() < HELD_BACK:
            self.met["overtaken"] += 1
            self._held.append(parcel)
            return Receipt(acked=True)
        receipt = self._press(parcel)
        self.let_go()
        return receipt

    def post(self, parcel: Parcel) -> None:
        """Deliver without anybody waiting; here that makes no difference."""
        self.deliver(parcel)

    def let_go(self) -> None:
        """Deliver what was overtaken."""
        while self._held:
            self._press(self._held.pop())

    def _press(self, parcel: Parcel) -> Receipt:
        if self.chance.random() < TWICE:
            self.met["twice"] += 1
            self._try(parcel)
        receipt = Receipt(acked=False, error=NOT_REACHED)
        for _ in range(TRIES):
            receipt = self._try(parcel)
            if receipt.acked:
                return receipt
            self.met["again"] += 1
            threading.Event().wait(PAUSE_S)
        self.met["never"] += 1
        return receipt

    def _try(self, parcel: Parcel) -> Receipt:
        receipt = Receipt(acked=False, error=NOT_REACHED)
        for line in self.chance.sample(self.lines, len(self.lines)):
            receipt = line.deliver(parcel)
            if receipt.acked:
                break
        return receipt
