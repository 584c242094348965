"""Hours promised and hours given, by month and in all."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from mentoring.hours import zone_of
from mentoring.reports.facts import Facts
from mentoring.reports.share import Share

MINUTES_AN_HOUR = 60
DAYS_A_MONTH = 365.25 / 12


@dataclass(frozen=True, slots=True)
class Month:
    """One calendar month; hours of all people together.

    Args:
        promised: What people in pairs had said they can give, for the days they were a pair.
        given: What they spent in meetings, each person counted.
    """

    first: date
    promised: float
    given: float


@dataclass(frozen=True, slots=True)
class Hours:
    """What the program cost people in time; preparation is not counted, nobody tells us of it.

    Args:
        people: How many are or were in a pair.
        within: Those of them who gave no more than they promised.
    """

    months: tuple[Month, ...]
    promised: float
    given: float
    people: int
    within: Share


def hours(facts: Facts) -> Hours:
    """Count up to now; promises run from the first day of the program to the end of the pair.

    Whoever is introduced later promises from then on, and whoever meets before the first day from that
    meeting: hours given that nobody had promised would make the whole look better than it is.
    """
    promised, given = Counter[date](), Counter[date]()
    by_person, promised_by = Counter[int](), Counter[int]()
    rates = {each.id: each.hours_per_month for each in facts.people}
    spans = _spans(facts)
    for person, (first, last) in spans.items():
        for month, days in _by_month(first, last):
            hours_ = rates.get(person, 0) * days / DAYS_A_MONTH
            promised[month] += hours_  # type: ignore[assignment] # counters hold any number
            promised_by[person] += hours_  # type: ignore[assignment] # the same
    zone = zone_of(facts.program.time_zone)
    for pair in facts.lived:
        for meeting in facts.held_of(pair):
            month = meeting.starts_at.astimezone(zone).date().replace(day=1)
            spent = meeting.minutes / MINUTES_AN_HOUR
            for person, _ in pair.members:
                given[month] += spent  # type: ignore[assignment] # the same
                by_person[person] += spent  # type: ignore[assignment] # the same
    months = tuple(Month(each, promised[each], given[each]) for each in sorted({*promised, *given}))
    within = sum(by_person[person] <= promised_by[person] for person in spans)
    return Hours(
        months,
        sum(each.promised for each in months),
        sum(each.given for each in months),
        len(spans),
        Share(within, len(spans)),
    )


def _spans(facts: Facts) -> dict[int, tuple[date, date]]:
    """From when to when each person was in a pair: promised once, however many pairs one is in."""
    spans: dict[int, tuple[date, date]] = {}
    began: dict[int, date] = {}
    for meeting in facts.held:
        day = facts.day_of(meeting.starts_at)
        began[meeting.pair_id] = min(day, began.get(meeting.pair_id, day))
    for pair in facts.lived:
        if pair.announced_at is None:
            continue
        first = max(facts.day_of(pair.announced_at), facts.program.starts_on)
        first = min(first, began.get(pair.id, first))
        last = min(pair.last_day(facts.program), facts.today)
        for person, _ in pair.members:
            known = spans.get(person, (first, last))
            spans[person] = (min(first, known[0]), max(last, known[1]))
    return {person: span for person, span in spans.items() if span[0] <= span[1]}


@lru_cache(maxsize=4096)
def _by_month(first: date, last: date) -> list[tuple[date, int]]:
    """The months of a stretch with the days of each that lie in it."""
    found, day = [], first
    while day <= last:
        month = day.replace(day=1)
        end = min(last, (month + timedelta(days=32)).replace(day=1) - timedelta(days=1))
        found.append((month, (end - day).days + 1))
        day = end + timedelta(days=1)
    return found
