"""What one tick has said so far: whoever is in several pairs must not hear twice."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import datetime

from mentoring.nudges.facts import PairFacts


@dataclass(slots=True)
class Tick:
    """One look of the clock, with the instants at which it wrote to each person."""

    now: datetime
    heard: defaultdict[int, list[datetime]] = field(default_factory=lambda: defaultdict(list))


def with_heard(facts: PairFacts, this: Tick) -> PairFacts:
    """The same facts, with what this tick has already said counted in everybody's budget."""
    people = tuple(
        replace(each, heard_at=tuple(sorted({*each.heard_at, *this.heard[each.person_id]})))
        for each in facts.participants
    )
    return replace(facts, participants=people)
