"""How simulated people are: who answers, how soon, and what they are likely to say."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from random import Random


class Behavior(StrEnum):
    """The four behaviors a rehearsal can be asked for."""

    DILIGENT = "diligent"
    SLOW = "slow"
    SILENT = "silent"
    MIXED = "mixed"
    """Some of each, as in a real firm."""


@dataclass(frozen=True, slots=True)
class Temper:
    """One person's way of dealing with messages.

    Args:
        answers: How likely they react to a message at all.
        soonest: How long they take at least.
        latest: How long they take at most.
        meets: How likely a planned meeting of theirs takes place.
    """

    answers: float
    soonest: timedelta
    latest: timedelta
    meets: float


TEMPERS = {
    Behavior.DILIGENT: Temper(0.98, timedelta(minutes=5), timedelta(hours=5), 0.92),
    Behavior.SLOW: Temper(0.8, timedelta(hours=8), timedelta(days=3), 0.75),
    Behavior.SILENT: Temper(0.12, timedelta(days=1), timedelta(days=6), 0.3),
}

MIX = {Behavior.DILIGENT: 0.55, Behavior.SLOW: 0.3, Behavior.SILENT: 0.15}
"""Shares in a mixed crowd. An assumption for rehearsals, not a finding."""


def temper_of(behavior: Behavior, chance: Random) -> Temper:
    """Draw one person's temper."""
    if behavior is Behavior.MIXED:
        behavior = chance.choices(list(MIX), list(MIX.values()))[0]
    return TEMPERS[behavior]
