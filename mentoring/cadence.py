"""How often a pair meets: cadences, the periods they cut time into, and the meetings a fixed slot plans.

Everything is counted from the rhythm's anchor, never from the last run, so that nothing drifts.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, cached_property, lru_cache
from itertools import count

from mentoring.errors import Refusal
from mentoring.hours import MIDNIGHT, ONE_DAY, to_instant, zone_of

LAST = -1
"""The last such weekday of the month, whether it is the fourth or the fifth."""

WEEK_STEPS = (1, 2, 3, 4, 6)
"""The week cadences people may agree on."""

MONTHS_A_QUARTER = 3

MORNING = time(9)
"""When something that belongs to a day, not to a moment, becomes due on the rhythm's clock."""

SHORT_FIRST_MONTH = 14
"""With fewer days than this left in its first month, a pair without a fixed weekday starts to count with the
next month: nobody is asked for a monthly meeting in a few days."""

FRIDAY = 4

_ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", LAST: "last"}
_NUMBERS = {2: "two", 3: "three", 4: "four", 6: "six"}
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_RULE_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class Cadence:
    """Every so many weeks, or every so many months on the nth (or last) weekday.

    Args:
        weeks: Length in weeks; 0 for a cadence of months.
        months: 1 or 3; 0 for a cadence of weeks.
        nth: Which weekday of the (first) month: 1 to 4, or `LAST`.
    """

    weeks: int = 0
    months: int = 0
    nth: int = 1

    @property
    def code(self) -> str:
        """The stable word for storage: `weekly`, `weeks:2`, `monthly:2`, `monthly:last`, `quarterly`."""
        if self.weeks:
            return "weekly" if self.weeks == 1 else f"weeks:{self.weeks}"
        if self.months == MONTHS_A_QUARTER:
            return "quarterly"
        return "monthly:last" if self.nth == LAST else f"monthly:{self.nth}"

    @staticmethod
    def parse(code: str) -> "Cadence":
        """Read a stored code.

        Raises:
            Refusal: No cadence has that code.
        """
        found = _by_code().get(code)
        if found is None:
            raise Refusal("Pick how often you'd like to meet from the list.", "cadence")
        return found


WEEKLY = Cadence(weeks=1)
EVERY_TWO_WEEKS = Cadence(weeks=2)
QUARTERLY = Cadence(months=MONTHS_A_QUARTER)


def monthly(nth: int) -> Cadence:
    """Once a month on the nth weekday (1 to 4, or `LAST`)."""
    return Cadence(months=1, nth=nth)


@cache
def all_cadences() -> tuple[Cadence, ...]:
    """Every cadence a pair may agree on, from the closest to the widest."""
    weeks = tuple(Cadence(weeks=step) for step in WEEK_STEPS)
    return (*weeks, *(monthly(nth) for nth in _ORDINALS), QUARTERLY)


@cache
def _by_code() -> dict[str, Cadence]:
    return {each.code: each for each in all_cadences()}


def in_words(cadence: Cadence, weekday: int | None = None) -> str:
    """The cadence as a person would say it, e.g. “every two weeks on Tuesday”."""
    day = "" if weekday is None else f" on {_WEEKDAYS[weekday]}"
    if cadence.weeks:
        return f"every week{day}" if cadence.weeks == 1 else f"every {_NUMBERS[cadence.weeks]} weeks{day}"
    often = "once a quarter" if cadence.months == MONTHS_A_QUARTER else "once a month"
    if weekday is None:
        return often
    return f"{often} on the {_ORDINALS[cadence.nth]} {_WEEKDAYS[weekday]}"


@dataclass(frozen=True)
class Rhythm:
    """The plan of one pair.

    Args:
        cadence: How often.
        anchor: The first day of the first period; agreed terms count from the day after both signed.
        zone: Whose clock the weekday and time are on (IANA name).
        weekday: Monday is 0; None when the pair books each time.
        at: Local start; None when the pair books each time.
        minutes: Length of a meeting.
    """

    cadence: Cadence
    anchor: date
    zone: str
    weekday: int | None = None
    at: time | None = None
    minutes: int = 60

    @property
    def has_slot(self) -> bool:
        """Whether day and time are fixed, so that meetings can be planned by themselves."""
        return self.weekday is not None and self.at is not None

    def __hash__(self) -> int:
        """Computed once: what follows from a rhythm is remembered under it, and asked for all the time."""
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.cadence, self.anchor, self.zone, self.weekday, self.at, self.minutes))


@dataclass(frozen=True)
class Period:
    """One stretch of the plan in which the pair means to meet once; local days, both included.

    There is one value for each rhythm and number (`period`), however many pairs share them, and it keeps the
    instants at which it begins and ends: a look at a pair asks for them some twenty times.
    """

    index: int
    first: date
    last: date
    zone: str

    @cached_property
    def key(self) -> str:
        """Stable name within a pair: the first day, ISO 8601."""
        return self.first.isoformat()

    @cached_property
    def last_key(self) -> str:
        """Its last day, as the first stands in its key."""
        return self.last.isoformat()

    @cached_property
    def starts_at(self) -> datetime:
        """The instant (UTC) at which it begins: midnight on the rhythm's clock."""
        return to_instant(self.first, MIDNIGHT, self.zone)

    @cached_property
    def ends_at(self) -> datetime:
        """The instant (UTC) at which it is over: the midnight after its last day."""
        return to_instant(self.last + ONE_DAY, MIDNIGHT, self.zone)

    @cached_property
    def first_morning(self) -> datetime:
        """The morning (UTC) of its first day."""
        return to_instant(self.first, MORNING, self.zone)

    @cached_property
    def morning_after(self) -> datetime:
        """The morning (UTC) after its last day."""
        return to_instant(self.last + ONE_DAY, MORNING, self.zone)


@dataclass(frozen=True)
class Slot:
    """The meeting a fixed weekday and time put into one period (UTC)."""

    period: Period
    starts_at: datetime


@lru_cache(maxsize=4096)
def period(rhythm: Rhythm, index: int) -> Period:
    """The period with that number; the first is 0."""
    if rhythm.cadence.weeks:
        length = timedelta(weeks=rhythm.cadence.weeks)
        first = rhythm.anchor + index * length
        return Period(index, first, first + length - ONE_DAY, rhythm.zone)
    start = _first_month(rhythm)
    first = _month(start, index * rhythm.cadence.months)
    following = _month(start, (index + 1) * rhythm.cadence.months)
    return Period(index, rhythm.anchor if index == 0 else first, following - ONE_DAY, rhythm.zone)


@lru_cache(maxsize=4096)
def period_of(rhythm: Rhythm, instant: datetime) -> Period | None:
    """The period that holds an instant; None before the plan begins."""
    return period_on(rhythm, instant.astimezone(zone_of(rhythm.zone)).date())


def period_on(rhythm: Rhythm, day: date) -> Period | None:
    """The period that holds a local day; None before the plan begins."""
    if day < rhythm.anchor:
        return None
    if rhythm.cadence.weeks:
        return period(rhythm, (day - rhythm.anchor).days // (7 * rhythm.cadence.weeks))
    start = _first_month(rhythm)
    months = (day.year - start.year) * 12 + day.month - start.month
    return period(rhythm, max(months, 0) // rhythm.cadence.months)


def period_key(rhythm: Rhythm, instant: datetime) -> str:
    """The key a meeting at that instant belongs to; one before the plan begins stands under its own day."""
    found = period_of(rhythm, instant)
    return found.key if found else instant.astimezone(zone_of(rhythm.zone)).date().isoformat()


def periods(rhythm: Rhythm, from_: datetime) -> Iterator[Period]:
    """All periods without end, beginning with the one that holds the instant (or the first of the plan)."""
    current = period_of(rhythm, from_)
    return (period(rhythm, index) for index in count(current.index if current else 0))


def slot_day(rhythm: Rhythm, one: Period) -> date | None:
    """The day of a period the pair's weekday falls on; None without a fixed weekday."""
    if rhythm.weekday is None:
        return None
    if rhythm.cadence.weeks:
        return one.first + timedelta(days=(rhythm.weekday - one.first.weekday()) % 7)
    month = _month(_first_month(rhythm), one.index * rhythm.cadence.months)
    return nth_weekday(month.year, month.month, rhythm.weekday, rhythm.cadence.nth)


def planned_meetings(rhythm: Rhythm, after: datetime, until: datetime) -> Iterator[Slot]:
    """The meetings a fixed slot plans after one instant and not after another; exactly one in each period."""
    if rhythm.at is None:
        return
    for one in periods(rhythm, after):
        day = slot_day(rhythm, one)
        if day is None:
            return
        instant = to_instant(day, rhythm.at, rhythm.zone)
        if instant > until:
            return
        if instant > after:
            yield Slot(one, instant)


def recurrence_rule(rhythm: Rhythm) -> str | None:
    """The series as an RFC 5545 RRULE value, counted from its first meeting; None without a slot."""
    if rhythm.weekday is None:
        return None
    day = _RULE_DAYS[rhythm.weekday]
    if rhythm.cadence.weeks:
        return f"FREQ=WEEKLY;INTERVAL={rhythm.cadence.weeks};BYDAY={day}"
    return f"FREQ=MONTHLY;INTERVAL={rhythm.cadence.months};BYDAY={rhythm.cadence.nth}{day}"


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth (1 to 4, or `LAST`) weekday of a month."""
    if nth == LAST:
        end = date(year, month, monthrange(year, month)[1])
        return end - timedelta(days=(end.weekday() - weekday) % 7)
    start = date(year, month, 1)
    return start + timedelta(days=(weekday - start.weekday()) % 7, weeks=nth - 1)


def _first_month(rhythm: Rhythm) -> date:
    """The first of the month the plan counts from: the anchor's, or the next when it comes too late in it."""
    anchor = rhythm.anchor
    if rhythm.weekday is None:
        late = monthrange(anchor.year, anchor.month)[1] - anchor.day + 1 < SHORT_FIRST_MONTH
    else:
        late = nth_weekday(anchor.year, anchor.month, rhythm.weekday, rhythm.cadence.nth) < anchor
    return _month(anchor, 1 if late else 0)


def _month(day: date, later: int) -> date:
    """The first day of the month so many months after the day's own."""
    months = day.year * 12 + day.month - 1 + later
    return date(months // 12, months % 12 + 1, 1)


def next_around(rhythm: Rhythm, today: date, met_on: date | None) -> date | None:
    """A weekday around which a pair that books each time would meet next; None before the plan begins.

    It lies in the period after the one they met in, as far from that day as they mean to; where they did not
    meet, at the beginning of the next period.

    Args:
        rhythm: Their plan.
        today: The local day on its clock; what is said lies on it or later.
        met_on: The local day they have met on, if they have.
    """
    base = period_on(rhythm, met_on or today)
    if base is None:
        return None
    following = period(rhythm, base.index + 1)
    while following.last < today:
        base, following = following, period(rhythm, following.index + 1)
    wished = met_on + (following.first - base.first) if met_on else following.first
    day = min(max(wished, following.first, today), following.last)
    if day.weekday() <= FRIDAY:
        return day
    monday = day + timedelta(days=7 - day.weekday())
    return monday if monday <= following.last else day - timedelta(days=day.weekday() - FRIDAY)


def meet_by(last_day: date, ends_on: date, today: date) -> date | None:
    """By when to meet in a period, as people plan: a weekday, and no later than the pair's own last day.

    None once that day has come: what is late needs no date.
    """
    by = min(last_day, ends_on)
    if by < ends_on:
        by -= timedelta(days=max(0, by.weekday() - FRIDAY))
    return by if by > today else None
