"""Whether people meet: planned and held by the week, and how well the agreed rhythm is kept."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mentoring.cadence import period, period_on
from mentoring.enrollment import EnrollmentState
from mentoring.hours import zone_of
from mentoring.meetings import AHEAD, MeetingState
from mentoring.pairs import Ending
from mentoring.reports.facts import Facts, PairFacts
from mentoring.reports.share import Share

WEEK = timedelta(days=7)
NEVER_IN = frozenset(
    {
        EnrollmentState.INVITED,
        EnrollmentState.STARTED,
        EnrollmentState.DECLINED,
        EnrollmentState.TURNED_DOWN,
    }
)
"""Asked or on their way, and never part of it."""


@dataclass(frozen=True, slots=True)
class Week:
    """One week, or several joined; `first` is the Monday on the program's calendar.

    Args:
        planned: Meetings that were to take place in it; those called off beforehand are not counted.
        held: Those of them that did.
    """

    first: date
    planned: int
    held: int


@dataclass(frozen=True, slots=True)
class Funnel:
    """How many people came how far; some meet before they agree, so each step is counted by itself."""

    invited: int
    joined: int
    matched: int
    agreed: int
    met: int
    finished: int


@dataclass(frozen=True, slots=True)
class Activity:
    """A program's meetings.

    Args:
        pairs: Pairs that were introduced, and of them those that still go on.
        met: Pairs that have met at least once.
        kept: Periods of the pairs' rhythms in which they met, of those that are over; pauses do not count.
        minutes: Length of all meetings held, once for each meeting.
    """

    weeks: tuple[Week, ...]
    pairs: int
    live: int
    met: Share
    agreed: Share
    planned: int
    held: int
    kept: Share
    minutes: int


def activity(facts: Facts) -> Activity:
    """Count a program's meetings up to now."""
    told = facts.told
    met = {each.pair_id for each in facts.held}
    weeks = weeks_of(facts)
    return Activity(
        weeks=weeks,
        pairs=len(told),
        live=sum(each.ended_at is None for each in told),
        met=Share(sum(each.id in met for each in told), len(told)),
        agreed=Share(sum(each.agreed for each in told), len(told)),
        planned=sum(each.planned for each in weeks),
        held=sum(each.held for each in weeks),
        kept=rhythm_kept(facts),
        minutes=sum(each.minutes for each in facts.held),
    )


def weeks_of(facts: Facts) -> tuple[Week, ...]:
    """Every week from the first meeting (or the start) to this one, without a gap.

    What a pair had planned beyond its last day counts where somebody told of it: nobody is asked any more,
    and the report on a whole program would end with meetings that seem not to have been held.
    """
    last_days = {each.id: each.last_day(facts.program) for each in facts.pairs}
    planned, held, days, met = Counter[date](), Counter[date](), Counter[date](), Counter[date]()
    zone = zone_of(facts.program.time_zone)
    for each in facts.meetings:
        if each.state is MeetingState.SKIPPED or each.starts_at > facts.now:
            continue
        day = each.starts_at.astimezone(zone).date()
        if each.state in AHEAD and day > last_days.get(each.pair_id, day):
            continue
        days[day] += 1
        met[day] += each.state is MeetingState.HELD
    for day, count in days.items():
        monday = day - timedelta(days=day.weekday())
        planned[monday] += count
        held[monday] += met[day]
    start = min([facts.program.starts_on, *planned])
    last = min(facts.today, max([facts.program.ends_on, *planned]))
    first = start - timedelta(days=start.weekday())
    weeks = range(max(0, (last - first).days // 7 + 1))
    return tuple(Week(day, planned[day], held[day]) for day in (first + n * WEEK for n in weeks))


def weeks_over(weeks: Sequence[Week], today: date) -> tuple[Week, ...]:
    """Those that are over by this day, or the only one.

    Whether people met is asked the day after: with the week under way, every report would end with a fall.
    """
    whole = len(weeks) > 1 and weeks[-1].first + WEEK > today
    return tuple(weeks[:-1] if whole else weeks)


def joined_up(weeks: Sequence[Week], most: int) -> tuple[Week, ...]:
    """The same in at most so many stretches of equal length, for a chart that holds no more."""
    length = -(-len(weeks) // most) if weeks else 1
    return tuple(
        Week(
            weeks[start].first,
            sum(each.planned for each in weeks[start : start + length]),
            sum(each.held for each in weeks[start : start + length]),
        )
        for start in range(0, len(weeks), length)
    )


def rhythm_kept(facts: Facts) -> Share:
    """Of the periods that are over, in how many the pair met."""
    days: dict[int, list[date]] = {}
    zones = {each.id: zone_of(each.rhythm.zone) for each in facts.told}
    for meeting in facts.held:
        day = meeting.starts_at.astimezone(zones[meeting.pair_id]).date()
        days.setdefault(meeting.pair_id, []).append(day)
    kept = over = 0
    for pair in facts.told:
        share = periods_kept(facts, pair, days.get(pair.id, ()))
        kept, over = kept + share.hits, over + share.of
    return Share(kept, over)


def periods_kept(facts: Facts, pair: PairFacts, met_on: Sequence[date]) -> Share:
    """The same for one pair; `met_on` are the days it met, on its own clock."""
    today = facts.now.astimezone(zone_of(pair.rhythm.zone)).date()
    until = min(today, pair.last_day(facts.program) + timedelta(days=1))
    at_work = period_on(pair.rhythm, until)
    if at_work is None:
        return Share(0, 0)
    met = {found.index for day in met_on if (found := period_on(pair.rhythm, day)) is not None}
    counted = [index for index in range(at_work.index) if index in met or not _paused(pair, index)]
    return Share(sum(index in met for index in counted), len(counted))


def _paused(pair: PairFacts, index: int) -> bool:
    """Whether a pause touched a period: what was held up is not what was missed."""
    if not pair.pauses:
        return False
    one = period(pair.rhythm, index)
    first, last = one.starts_at, one.ends_at
    return any(begins < last and ends > first for begins, ends in pair.pauses)


def funnel(facts: Facts) -> Funnel:
    """Count how far people came."""
    lived = [(pair, bool(facts.held_of(pair))) for pair in facts.lived]
    matched = {person for pair, _ in lived for person, _ in pair.members}
    agreed = {person for pair, _ in lived if pair.agreed for person, _ in pair.members}
    met = {person for pair, has_met in lived if has_met for person, _ in pair.members}
    done = {person for pair, has_met in lived if has_met and is_complete(pair) for person, _ in pair.members}
    joined = {each.id for each in facts.people if each.state not in NEVER_IN} | matched
    return Funnel(len(facts.people), len(joined), len(matched), len(agreed), len(met), len(done))


def is_complete(pair: PairFacts) -> bool:
    """Whether a pair came to its agreed end."""
    return pair.casual or (pair.ended_at is not None and pair.ending not in {Ending.PARTED, Ending.LEFT})
