"""When a guide or a survey may be sent to somebody: in their hours and budget, not while paused."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from mentoring.hours import ONE_DAY, next_instant
from mentoring.nudges.facts import PairFacts, Participant, Pause
from mentoring.nudges.gates import beside_questions, within_budget, within_numbers
from mentoring.nudges.history import holding_pauses, pauses_of
from mentoring.nudges.notices import Reason
from mentoring.nudges.numbers import GIVES_WAY_FOR

MOST_MOVES = 100
"""After so many moves what is seldom said waits there: where something is in the way day after day there is
no place for months, and a search without an end would hold up everybody."""


class Place(NamedTuple):
    """The instant (UTC) at which something may be said, and what moved it farthest, if anything did."""

    at: datetime
    moved_by: Reason | None


def place_for(facts: PairFacts, one: Participant, due_at: datetime, now: datetime) -> Place:
    """The earliest place of something seldom that this person may be told or asked since `due_at`.

    It gives way to "did you meet?" at first, and not for ever.
    """
    polite = _place(facts, one, now, insists=False)
    insists_at = max(now, due_at + GIVES_WAY_FOR)
    if polite.at <= insists_at:
        return polite
    insisting = _place(facts, one, insists_at, insists=True)
    return Place(min(polite.at, insisting.at), polite.moved_by)


def when_to_ask(facts: PairFacts, one: Participant, not_before: datetime) -> datetime:
    """The earliest instant (UTC) at which this person may be asked, on or after `not_before`."""
    return _place(facts, one, not_before, insists=False).at


def _place(facts: PairFacts, one: Participant, not_before: datetime, *, insists: bool) -> Place:
    at, moved_by, farthest = not_before, None, timedelta()
    for _ in range(MOST_MOVES):
        paused = max([at, *(each.ends_at for each in holding_pauses(facts, at))])
        # The day somebody comes back has the welcome.
        returning = [each.ends_at + ONE_DAY for each in pauses_of(facts) if each.ends_at <= paused]
        paused = max([paused, *(each for each in returning if each > paused)])
        free = (
            within_budget(facts, one, paused) if insists else beside_questions(facts, one, paused, not_before)
        )
        at_work = next_instant(one.calendar, free)
        if at_work == at:
            return Place(at, moved_by)
        for moved, reason in (
            (paused - at, Reason.PAUSED),
            (free - paused, Reason.BUDGET),
            (at_work - free, Reason.QUIET_HOURS),
        ):
            if moved > farthest:
                farthest, moved_by = moved, reason
        at = at_work
    return Place(at, moved_by)


def when_to_ask_alone(one: Participant, pauses: Sequence[Pause], not_before: datetime) -> datetime:
    """The same for somebody who is asked outside of any pair; `pauses` are their own."""
    at = not_before
    while True:
        holding = [each.ends_at for each in pauses if each.begins_at <= at < each.ends_at]
        moved = next_instant(one.calendar, within_numbers(one, max([at, *holding])))
        if moved == at:
            return at
        at = moved
