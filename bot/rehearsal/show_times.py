"""The time bar of the page: where in the program we are, and where the clock can go."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.rehearsal.show_run import Show
from bot.rehearsal.timeline import MATCH_DAYS_BEFORE
from mentoring.errors import Refusal
from mentoring.phases import phase_plan
from playground.page.direction import Choice, Mark, Times

NAMES = {"start": "Start", "middle": "Middle", "end": "End", "casual": "Wrap-up"}
"""Phases as the time bar calls them; what comes after the last day is the wrap-up of surveys."""

SHORT = {"Enrollment": "Enroll", "Matching": "Match"}
"""What stands close together on the time line is called by a shorter name there."""

JUMPS = (
    Choice("event", "Next event", "To the next message, or to the next thing somebody does"),
    Choice("day", "+1 day"),
    Choice("week", "+1 week"),
    Choice("phase", "Next phase"),
    Choice("end", "To the end", "Through the last survey"),
)

SPEEDS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(weeks=1)}
"""What passes in one real second."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """A moment at which the program changes."""

    at: datetime
    label: str


def milestones(show: Show) -> list[Milestone]:
    """The moments of a program's life, in order."""
    zone = ZoneInfo(show.stage.coordinator.tz)
    match_day = datetime.combine(show.starts_on - timedelta(days=MATCH_DAYS_BEFORE), time(10), tzinfo=zone)
    found = [Milestone(show.opens_at, "Enrollment"), Milestone(match_day, "Matching")]
    try:
        phases = phase_plan(show.starts_on, show.ends_on, zone=zone)
    except Refusal:
        # A program too short for phases still starts and ends.
        start = datetime.combine(show.starts_on, time(0), tzinfo=zone)
        end = datetime.combine(show.ends_on, time(0), tzinfo=zone)
        return [*found, Milestone(start, "Start"), Milestone(end, "End")]
    return [*found, *(Milestone(each.starts_at, NAMES[each.name]) for each in phases)]


def times(show: Show, moving: str, speed: str) -> Times:
    """The time bar as it is now."""
    now = show.stage.clock.now()
    today = now.astimezone(ZoneInfo(show.stage.coordinator.tz))
    whole = show.closes_at - show.opens_at
    marks = tuple(
        Mark(max(0.0, (each.at - show.opens_at) / whole), SHORT.get(each.label, each.label))
        for each in milestones(show)
    )
    following = next((each for each in milestones(show) if each.at > now), None)
    to_next = f"To {following.label}, {following.at:%B %-d}" if following else ""
    jumps = [Choice(each.id, each.label, to_next) if each.id == "phase" else each for each in JUMPS]
    is_over = now >= show.closes_at
    return Times(
        today=today,
        place=place(show, now),
        share=max(0.0, min(1.0, (now - show.opens_at) / whole)),
        marks=marks,
        jumps=() if is_over else tuple(each for each in jumps if each.id != "phase" or following),
        speeds=() if is_over else tuple(Choice(name, f"1 {name} a second") for name in SPEEDS),
        moving=moving,
        speed=speed,
    )


def place(show: Show, now: datetime) -> str:
    """Where in the program an instant lies, in words."""
    zone = ZoneInfo(show.stage.coordinator.tz)
    weeks = ((show.ends_on - show.starts_on).days + 7) // 7
    day = now.astimezone(zone).date()
    spans = list(pairwise([*milestones(show), Milestone(show.closes_at, "")]))
    phase = next((here.label for here, following in spans if here.at <= now < following.at), "")
    if day < show.starts_on:
        days = (show.starts_on - day).days
        return f"{phase or 'Before enrollment'}, {days} day{'s' * (days != 1)} to the start"
    if day > show.ends_on:
        return "The program is over" if now >= show.closes_at else f"{phase}: the last surveys"
    return f"Week {(day - show.starts_on).days // 7 + 1} of {weeks}, {phase} phase"


def target(show: Show, jump: str) -> datetime:
    """Where a jump leads.

    Raises:
        KeyError: There is no such jump.
    """
    now = show.stage.clock.now()
    ends = {
        "day": now + timedelta(days=1),
        "week": now + timedelta(weeks=1),
        "end": show.closes_at,
        "phase": next((each.at for each in milestones(show) if each.at > now), show.closes_at),
    }
    return min(ends[jump], max(now, show.closes_at))
