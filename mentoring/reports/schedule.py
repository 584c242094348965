"""When a report goes out again by itself, counted from the plan and not from the last run."""

from datetime import datetime, time, timedelta
from enum import StrEnum

from mentoring.cadence import nth_weekday
from mentoring.hours import to_instant, zone_of

AT = time(9, 0)
"""On the program's clock: the first thing somebody reads that day."""
MONDAY = 0


class Every(StrEnum):
    """How often a report comes."""

    WEEK = "week"
    """On Mondays."""
    MONTH = "month"
    """On the first Monday of the month."""


def next_at(every: Every, after: datetime, zone: str) -> datetime:
    """The first instant of a plan that lies after another, in UTC."""
    day = after.astimezone(zone_of(zone)).date()
    if every is Every.WEEK:
        day -= timedelta(days=day.weekday())
        found = to_instant(day, AT, zone)
        return found if found > after else to_instant(day + timedelta(days=7), AT, zone)
    found = to_instant(nth_weekday(day.year, day.month, MONDAY, 1), AT, zone)
    if found > after:
        return found
    following = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return to_instant(nth_weekday(following.year, following.month, MONDAY, 1), AT, zone)
