"""When a survey may be sent to somebody: in their hours and budget, not while paused."""

from collections.abc import Sequence
from datetime import datetime

from mentoring.hours import next_instant
from mentoring.nudges.facts import PairFacts, Participant, Pause
from mentoring.nudges.gates import beside_questions, within_numbers
from mentoring.nudges.history import holding_pauses


def when_to_ask(facts: PairFacts, one: Participant, not_before: datetime) -> datetime:
    """The earliest instant (UTC) at which this person may be asked, on or after `not_before`."""
    at = not_before
    while True:
        moved = max([at, *(each.ends_at for each in holding_pauses(facts, at))])
        moved = beside_questions(facts, one, moved, not_before)
        moved = next_instant(one.calendar, moved)
        if moved == at:
            return at
        at = moved


def when_to_ask_alone(one: Participant, pauses: Sequence[Pause], not_before: datetime) -> datetime:
    """The same for somebody who is asked outside of any pair; `pauses` are their own."""
    at = not_before
    while True:
        holding = [each.ends_at for each in pauses if each.begins_at <= at < each.ends_at]
        moved = next_instant(one.calendar, within_numbers(one, max([at, *holding])))
        if moved == at:
            return at
        at = moved
