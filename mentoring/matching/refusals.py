"""What the matcher refuses, so that no partial result ever looks like a whole one."""

from dataclasses import dataclass

from mentoring.errors import Refusal


@dataclass(eq=False)
class MatchRefusal(Refusal):
    """People or settings contradict each other; nothing was matched, and the sentence says what to change."""
