"""When a survey may be sent to somebody of a pair: in their hours and budget, not while paused."""

from datetime import datetime

from mentoring.hours import next_instant
from mentoring.nudges.facts import PairFacts, Participant
from mentoring.nudges.gates import within_budget
from mentoring.nudges.history import holding_pauses


def when_to_ask(facts: PairFacts, one: Participant, not_before: datetime) -> datetime:
    """The earliest instant (UTC) at which this person may be asked, on or after `not_before`."""
    at = not_before
    while True:
        moved = max([at, *(each.ends_at for each in holding_pauses(facts, at))])
        moved = within_budget(facts, one, moved)
        moved = next_instant(one.calendar, moved)
        if moved == at:
            return at
        at = moved
