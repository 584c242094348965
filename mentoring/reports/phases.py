"""How each phase of a program went: meetings, pairs that met in it, and check-ins answered."""

from dataclasses import dataclass
from datetime import date

from mentoring.hours import zone_of
from mentoring.phases import PhaseName, phases_of
from mentoring.reports.book import Book
from mentoring.reports.share import Share


@dataclass(frozen=True, slots=True)
class PhaseCount:
    """One phase.

    Args:
        first: Its first day, on the program's calendar.
        opened: Whether it has begun.
        met: Of the pairs that were one in it, those that met in it.
        held: Meetings held in it.
        answered: Of the check-ins asked at its end, those answered.
    """

    name: PhaseName
    first: date
    opened: bool
    met: Share
    held: int
    answered: Share


def phases(book: Book) -> tuple[PhaseCount, ...]:
    """Count start, middle and end, as the program as a whole runs; single pairs may run earlier or later."""
    facts, program = book.facts, book.facts.program
    zone = zone_of(program.time_zone)
    found = []
    for phase in phases_of(program):
        if phase.ends_at is None:
            continue
        held = [each for each in facts.held if phase.starts_at <= each.starts_at < phase.ends_at]
        met = {each.pair_id for each in held}
        there = [
            each.id
            for each in facts.told
            if each.announced_at is not None
            and each.announced_at < phase.ends_at
            and (each.ended_at is None or each.ended_at > phase.starts_at)
        ]
        rates = [each.rate for each in book.askings if each.instrument.startswith(f"check_in_{phase.name}")]
        found.append(
            PhaseCount(
                phase.name,
                phase.starts_at.astimezone(zone).date(),
                opened=facts.now >= phase.starts_at,
                met=Share(sum(each in met for each in there), len(there)),
                held=len(held),
                answered=Share(sum(each.answered for each in rates), sum(each.asked for each in rates)),
            )
        )
    return tuple(found)
