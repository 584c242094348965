"""What one tick has said so far: whoever is in several pairs must not hear twice."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import datetime

from mentoring.nudges.facts import PairFacts, Participant


@dataclass(slots=True)
class Tick:
    """One look of the clock, with the instants at which it wrote to each person."""

    now: datetime
    heard: defaultdict[int, list[datetime]] = field(default_factory=lambda: defaultdict(list))


def as_heard(one: Participant, this: Tick) -> Participant:
    """A person, with what this tick has already said to them counted in their budget."""
    return replace(one, heard_at=tuple(sorted({*one.heard_at, *this.heard[one.person_id]})))


def with_heard(facts: PairFacts, this: Tick) -> PairFacts:
    """The same facts, with what this tick has already said counted in everybody's budget."""
    return replace(facts, participants=tuple(as_heard(each, this) for each in facts.participants))
