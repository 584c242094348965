"""When people may be disturbed: working hours, holidays, absences, and the moments several people share.

Instants are aware and returned in UTC; days and clock times are local to a person's own zone.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo, available_timezones

import holidays

from mentoring.errors import Refusal

ONE_DAY = timedelta(days=1)
MIDNIGHT = time(0)

SHARED_SEARCH = timedelta(days=14)
"""How long we look for a shared working instant once everybody is back: two of every weekday, so that
two half-weeks that share a single day are still found."""


@dataclass(frozen=True)
class WorkingHours:
    """The hours and weekdays (Monday is 0) a person works, on their own clock.

    Raises:
        Refusal: The day ends before it begins, or no weekday is left.
    """

    start: time = time(9)
    end: time = time(17, 30)
    days: frozenset[int] = frozenset(range(5))

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise Refusal("Your day ends before it begins. Pick an end later than the start.", "end")
        if not self.days:
            raise Refusal("Pick at least one day you work.", "days")


@dataclass(frozen=True)
class DateSpan:
    """Days from `first` to `last`, both included.

    Raises:
        Refusal: The last day lies before the first.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise Refusal("That ends before it starts. Pick a later end.", "last")

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Calendar:
    """When one person may be written to.

    Args:
        zone: IANA name of the person's time zone.
        hours: Working hours on that zone's clock.
        country: ISO 3166 code for public holidays; None means that we do not know them.
        subdivision: State or region within the country.
        away: Whole days off.
        do_not_disturb: Half-open spans of instants.
    """

    zone: str
    hours: WorkingHours = WorkingHours()
    country: str | None = None
    subdivision: str | None = None
    away: tuple[DateSpan, ...] = ()
    do_not_disturb: tuple[tuple[datetime, datetime], ...] = ()

    def __hash__(self) -> int:
        """Computed once: what follows from calendars is remembered under them, and asked for all the time."""
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.zone, self.hours, self.country, self.subdivision, self.away, self.do_not_disturb))

    def local_day(self, instant: datetime) -> date:
        """The person's date at that instant."""
        return local_day(self.zone, instant)

    def is_away(self, day: date) -> bool:
        """Whether the person is off for this whole local day."""
        return any(day in span for span in self.away)

    def is_away_at(self, instant: datetime) -> bool:
        """Whether the person is off for the whole local day of an instant."""
        return bool(self.away) and self.is_away(self.local_day(instant))

    def is_workday(self, day: date) -> bool:
        """Whether the day is one of theirs and no public holiday; absences are another question."""
        return day.weekday() in self.hours.days and not self.is_public_holiday(day)

    def is_public_holiday(self, day: date) -> bool:
        """Whether their country, as far as we know it, has the day off."""
        return day in public_holidays(self.country, self.subdivision, day.year)


@dataclass(frozen=True)
class Window:
    """A half-open span of instants, in UTC."""

    start: datetime
    end: datetime


@lru_cache(maxsize=1024)
def zone_of(name: str) -> ZoneInfo:
    """The zone of that IANA name.

    Raises:
        Refusal: There is no such zone.
    """
    if name not in _zone_names():
        raise Refusal(f"“{name}” is no time zone we know. Pick one from the list.", "zone")
    return ZoneInfo(name)


@lru_cache(maxsize=1)
def _zone_names() -> frozenset[str]:
    return frozenset(available_timezones())


@lru_cache(maxsize=4096)
def public_holidays(country: str | None, subdivision: str | None, year: int) -> frozenset[date]:
    """Public holidays of a country (and region) in one year, from the `holidays` package.

    A country or region the package does not know has no holidays: a message on one is a lesser harm than
    a rhythm that stops.
    """
    if country is None:
        return frozenset()
    regions = holidays.list_supported_countries().get(country)
    if regions is None:
        return frozenset()
    known = subdivision if subdivision in regions else None
    return frozenset(holidays.country_holidays(country, subdiv=known, years=year))


@lru_cache(maxsize=65536)
def local_day(zone: str, instant: datetime) -> date:
    """The date at an instant in a zone (IANA name).

    Kept, because a look asks for the same few days some twenty times, and so does the next pair's.
    """
    return instant.astimezone(zone_of(zone)).date()


def to_instant(day: date, at: time, zone: str) -> datetime:
    """The instant (UTC) at which a clock in `zone` shows `at` on `day`.

    A time the clock jumps over in spring moves forward by the jump; one it shows twice in autumn is the
    first of the two (PEP 495, fold=0).
    """
    return _first_instant(day, at.replace(fold=0) if at.fold else at, zone)


@lru_cache(maxsize=65536)
def _first_instant(day: date, at: time, zone: str) -> datetime:
    return datetime.combine(day, at, tzinfo=zone_of(zone)).astimezone(UTC)


def day_windows(calendar: Calendar, day: date) -> tuple[Window, ...]:
    """The spans of one local day in which a person may be disturbed."""
    if not calendar.is_workday(day) or calendar.is_away(day):
        return ()
    free = [_hours_of(calendar, day)]
    for start, end in calendar.do_not_disturb:
        free = [piece for window in free for piece in _without(window, start, end)]
    return tuple(window for window in free if window.start < window.end)


def _hours_of(calendar: Calendar, day: date) -> Window:
    hours = calendar.hours
    return Window(to_instant(day, hours.start, calendar.zone), to_instant(day, hours.end, calendar.zone))


def _without(window: Window, start: datetime, end: datetime) -> tuple[Window, ...]:
    if end <= window.start or start >= window.end:
        return (window,)
    return (
        Window(window.start, start.astimezone(UTC)),
        Window(max(window.start, end.astimezone(UTC)), window.end),
    )


@lru_cache(maxsize=16384)
def next_instant(calendar: Calendar, not_before: datetime) -> datetime:
    """The earliest instant (UTC), not before the given one, in the person's working hours."""
    day = calendar.local_day(not_before)
    while True:
        for window in day_windows(calendar, day):
            if not_before < window.end:
                return max(not_before.astimezone(UTC), window.start)
        day = _day_after(calendar, day)


def _day_after(calendar: Calendar, day: date) -> date:
    """The next day worth looking at: a long absence is left in one step."""
    following = day + ONE_DAY
    for span in calendar.away:
        if following in span:
            following = span.last + ONE_DAY
    return following


def next_shared_instant(
    calendars: Collection[Calendar], not_before: datetime, *, within: timedelta | None = None
) -> datetime | None:
    """The earliest instant (UTC), not before the given one, inside everybody's working hours.

    Args:
        calendars: One for each person.
        not_before: Where the search starts.
        within: Give up beyond this; by default `SHARED_SEARCH` after the last of them is back at work.

    Returns:
        None when these people share no working moment in that time.
    """
    return shared_instant(tuple(calendars), not_before, within)


@lru_cache(maxsize=16384)
def shared_instant(
    calendars: tuple[Calendar, ...], not_before: datetime, within: timedelta | None = None
) -> datetime | None:
    """The same for calendars that stand in a tuple already, as every gate of a look has them."""
    at = max(next_instant(calendar, not_before) for calendar in calendars)
    limit = not_before + within if within is not None else at + SHARED_SEARCH
    while at <= limit:
        latest = max(next_instant(calendar, at) for calendar in calendars)
        if latest == at:
            return at
        at = latest
    return None


def working_day_before(instant: datetime, calendars: Collection[Calendar]) -> datetime:
    """When the working day before an instant begins (UTC), for the one whose working day is the earliest.

    The earliest, because a message at somebody else's later day could find this person gone until after the
    instant. Absences are left out: a reminder two weeks early, before a vacation, helps nobody.
    """
    return min(_workday_start_before(instant, calendar) for calendar in calendars)


def _workday_start_before(instant: datetime, calendar: Calendar) -> datetime:
    day = calendar.local_day(instant) - ONE_DAY
    while not calendar.is_workday(day):
        day -= ONE_DAY
    return to_instant(day, calendar.hours.start, calendar.zone)


@lru_cache(maxsize=16384)
def add_working_days(instant: datetime, count: int, calendar: Calendar) -> datetime:
    """The instant (UTC) `count` working days later, at the same local time."""
    local = instant.astimezone(zone_of(calendar.zone))
    day, left = local.date(), count
    while left > 0:
        day = _day_after(calendar, day)
        if calendar.is_workday(day) and not calendar.is_away(day):
            left -= 1
    return to_instant(day, local.time(), calendar.zone)


def shared_hours(one: Calendar, other: Calendar, on: date) -> float:
    """How many working hours a day two people share, by the clocks of that date.

    Weekends, holidays and absences are left out: the answer is about an ordinary day.
    """
    mine = _hours_of(one, on)
    nearby = (_hours_of(other, on + timedelta(days=shift)) for shift in (-1, 0, 1))
    shared = sum(
        max((min(mine.end, theirs.end) - max(mine.start, theirs.start)).total_seconds(), 0.0)
        for theirs in nearby
    )
    return shared / 3600
