"""The four phases of a pair's time together: when each opens, and how a program or a pair moves them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from mentoring.errors import NoLongerOpen, Refusal
from mentoring.hours import ONE_DAY, zone_of
from mentoring.programs import Program, midnight_after


class PhaseName(StrEnum):
    """The phases, in order (Association of Legal Administrators, mentoring toolkit)."""

    START = "start"
    """Build trust and set expectations."""
    MIDDLE = "middle"
    """Talk openly and take on challenges."""
    END = "end"
    """Look back, and decide how it goes on."""
    CASUAL = "casual"
    """Go on as equals, if both want to; open-ended."""


DEFAULT_FRACTIONS = (0.25, 0.5, 0.25)
"""Start, middle and end as parts of the program's length: half of it is for the work itself."""
PLANS: Mapping[str, tuple[float, float, float]] = {
    "usual": DEFAULT_FRACTIONS,
    "even": (1.0, 1.0, 1.0),
    "long_start": (0.4, 0.4, 0.2),
}
"""How a program's time can be cut into start, middle and end, by the name its charter keeps."""
SHORTEST_PHASE = timedelta(days=7)
"""A phase opens with a guide and closes with a check-in; under a week the two collide."""
LARGEST_SHIFT_DAYS = 90
"""How far a pair may run ahead of or behind its program; beyond this it is another program."""


class Phase(NamedTuple):
    """One phase; it lasts from `starts_at` until just before `ends_at`, which casual has none of.

    A tuple, because what follows from a plan is remembered under it, and every look at a pair asks for it.
    """

    name: PhaseName
    starts_at: datetime
    ends_at: datetime | None

    def holds(self, now: datetime) -> bool:
        """Say whether an instant lies in the phase."""
        return self.starts_at <= now and (self.ends_at is None or now < self.ends_at)


PhasePlan = tuple[Phase, ...]
"""Start, middle, end, casual: without gaps, in order."""


@lru_cache(maxsize=256)
def phase_plan(
    starts_on: date,
    ends_on: date,
    fractions: tuple[float, float, float] = DEFAULT_FRACTIONS,
    zone: tzinfo = UTC,
) -> PhasePlan:
    """Lay out a program's phases.

    Args:
        starts_on: First day.
        ends_on: Last day, still part of the program.
        fractions: Parts of the length for start, middle and end; they are scaled to add up to one.
        zone: The program's time zone; phases change at its midnight.

    Raises:
        Refusal: The program ends before it starts, or leaves a phase less than a week.
    """
    if ends_on <= starts_on:
        raise Refusal("The program would end before it starts. Pick a later last day.", field="ends_on")
    if min(fractions) <= 0:
        raise Refusal(
            "Each phase needs some time. Give start, middle and end a share above zero.", field="fractions"
        )
    days = (ends_on - starts_on).days + 1
    whole = sum(fractions)
    to_middle = round(days * fractions[0] / whole)
    to_end = round(days * (fractions[0] + fractions[1]) / whole)
    openings = [starts_on + timedelta(days=n) for n in (0, to_middle, to_end, days)]
    return _checked([datetime.combine(day, time(0), tzinfo=zone) for day in openings])


def _checked(openings: list[datetime]) -> PhasePlan:
    """Turn the four openings into a plan; lengths in days, so that a clock change costs nothing."""
    for name, (opens, closes) in zip(PhaseName, pairwise(openings), strict=False):
        if closes.date() - opens.date() < SHORTEST_PHASE:
            raise Refusal(
                f"The {name} phase needs at least {SHORTEST_PHASE.days} days. Give it more time.",
                field=name,
            )
    ends: list[datetime | None] = [*openings[1:], None]
    return tuple(Phase(*phase) for phase in zip(PhaseName, openings, ends, strict=True))


DATES_SETTING = "phase_dates"
"""Where a program keeps the days on which its middle and end open, if a coordinator picked them."""


def phases_of(program: Program) -> PhasePlan:
    """A program's phases, by its own clock: on the days its coordinator picked, else cut as its charter says.

    Raises:
        Refusal: It is too short for them.
    """
    picked = _picked(program)
    if picked is not None:
        try:
            return _on_days(program, *picked)
        except Refusal:
            # The program's own days were moved since, and left no room: its time is cut anew.
            pass
    charter = program.settings.get("charter")
    chosen = str(charter.get("phases", "")) if isinstance(charter, Mapping) else ""
    fractions = PLANS.get(chosen, DEFAULT_FRACTIONS)
    return phase_plan(program.starts_on, program.ends_on, fractions, zone_of(program.time_zone))


def _picked(program: Program) -> tuple[date, date] | None:
    stored = program.settings.get(DATES_SETTING)
    if not isinstance(stored, Mapping):
        return None
    return date.fromisoformat(str(stored["middle"])), date.fromisoformat(str(stored["end"]))


def _on_days(program: Program, middle: date, end: date) -> PhasePlan:
    days = (program.starts_on, middle, end, program.ends_on + ONE_DAY)
    zone = zone_of(program.time_zone)
    return _checked([datetime.combine(day, time(0), tzinfo=zone) for day in days])


def with_phase_dates(program: Program, dates: tuple[date, date] | None, now: datetime) -> Program:
    """The same program with other phases.

    Args:
        program: The program.
        dates: When middle and end open, at midnight on the program's clock; None for the usual cut.
        now: What has opened stays, and nothing opens in the past.

    Raises:
        Refusal: With the phase whose date is at fault as its field.
    """
    before = phases_of(program)
    kept = {key: value for key, value in program.settings.items() if key != DATES_SETTING}
    if dates is not None:
        kept[DATES_SETTING] = {"middle": dates[0].isoformat(), "end": dates[1].isoformat()}
    changed = replace(program, settings=kept)
    try:
        after = phases_of(changed) if dates is None else _on_days(program, *dates)
    except Refusal as refusal:
        # The date that ends a phase too short is the one to move; the last one ends with the program.
        field = PhaseName.MIDDLE if refusal.field == PhaseName.START else PhaseName.END
        raise Refusal(refusal.sentence, field) from None
    for name in (PhaseName.MIDDLE, PhaseName.END):
        was, is_now = phase_named(before, name).starts_at, phase_named(after, name).starts_at
        if was != is_now and was <= now:
            raise Refusal("This part has begun, so its date stays.", name)
        if was != is_now and is_now <= now:
            raise Refusal("That date has passed. Pick a later one.", name)
    return changed


def phase_at(plan: PhasePlan, now: datetime) -> Phase | None:
    """Find the phase an instant lies in; None before the first one."""
    return next((phase for phase in plan if phase.holds(now)), None)


def phase_named(plan: PhasePlan, name: PhaseName) -> Phase:
    """Find a phase by its name."""
    return next(phase for phase in plan if phase.name is name)


def plan_for_pair(plan: PhasePlan, shifts: Mapping[PhaseName, int]) -> PhasePlan:
    """Move a pair's phases, because it runs late or early.

    Args:
        plan: The program's plan.
        shifts: Days by which a phase opens later (or, below zero, earlier). Whatever comes after moves
            along, so every later phase keeps its length.

    Raises:
        Refusal: The start would move, the pair would drift too far, or a phase would fall under a week.
    """
    if shifts.get(PhaseName.START):
        raise Refusal("The first phase opens when the program does. Move a later one.", field=PhaseName.START)
    openings, drift = [], 0
    for phase in plan:
        drift += shifts.get(phase.name, 0)
        if abs(drift) > LARGEST_SHIFT_DAYS:
            raise Refusal(
                f"That is too far from the program's dates. Stay within {LARGEST_SHIFT_DAYS} days.",
                field=phase.name,
            )
        openings.append(phase.starts_at + drift * ONE_DAY)
    return _checked(openings)


@lru_cache(maxsize=4096)
def plan_until(plan: PhasePlan, ends_at: datetime) -> PhasePlan:
    """Let a pair's phases end with its own last day, which the two agreed or a coordinator gave them.

    More time, or a little less, is the last phase's. A pair that stops before that one has had a week goes
    through all of them faster, so that it too has a closing talk; where not even that leaves each phase a
    week, the plan stays as it is.

    Args:
        plan: The pair's plan by the program's dates and its own shifts.
        ends_at: When its last day is over.
    """
    *before, end, casual = plan
    if ends_at == casual.starts_at:
        return plan
    ends_at = ends_at.astimezone(casual.starts_at.tzinfo)
    if ends_at - end.starts_at >= SHORTEST_PHASE:
        return (*before, end._replace(ends_at=ends_at), casual._replace(starts_at=ends_at))
    begins = plan[0].starts_at
    part = (ends_at - begins) / (casual.starts_at - begins)
    inner = [begins + round((each.starts_at - begins) / ONE_DAY * part) * ONE_DAY for each in plan[1:-1]]
    try:
        return _checked([begins, *inner, ends_at])
    except Refusal:
        return plan


def plan_of_pair(program: Program, shifts: Mapping[PhaseName, int], ends_on: date) -> PhasePlan:
    """The phases of one pair: by its program, by how it moved them, until its own last day."""
    plan = phases_of(program)
    own = plan_for_pair(plan, shifts) if shifts else plan
    return plan_until(own, midnight_after(ends_on, program.time_zone))


class GoingOn(StrEnum):
    """What comes of asking both, each privately, whether to go on casually."""

    WAITING = "waiting"
    CONNECTED = "connected"
    ENDED = "ended"


def going_on(first: bool | None, second: bool | None, *, asking_closed: bool = False) -> GoingOn:  # noqa: FBT001 - an answer is yes, no or none
    """Join two private answers: connected only if both said yes.

    A "no" stays unseen until the other has answered too or the asking has closed, so nobody can tell
    from the timing alone who said it.
    """
    if first and second:
        return GoingOn.CONNECTED
    if asking_closed or (first is not None and second is not None):
        return GoingOn.ENDED
    return GoingOn.WAITING


GUIDE_KEEPS = timedelta(days=14)
"""A phase's opening guide is not sent later than this: then it is in the middle of things."""
GUIDE_SETTLES = timedelta(days=2)
"""The first guide leaves the introduction two days of its own."""


@dataclass(frozen=True)
class Opening:
    """A phase of one pair opens, and each of them gets its guide.

    Args:
        phase: Which.
        at: The earliest instant for the guide (UTC).
        until: From then on it is not sent any more (UTC).
    """

    phase: PhaseName
    at: datetime
    until: datetime


@lru_cache(maxsize=4096)
def openings(plan: PhasePlan, announced_at: datetime) -> tuple[Opening, ...]:
    """List the guides of a pair; phases that were over before the pair began have none.

    The casual phase opens without one: whoever goes on is told so when both have said yes.
    """
    found = []
    for phase in plan:
        if phase.ends_at is None or phase.ends_at <= announced_at:
            continue
        begins = max(phase.starts_at, announced_at + GUIDE_SETTLES)
        ends = min(begins + GUIDE_KEEPS, phase.ends_at)
        # In UTC, because every look compares them with its own instant: across two zones that takes longer.
        found.append(Opening(phase.name, begins.astimezone(UTC), ends.astimezone(UTC)))
    return tuple(found)


@lru_cache(maxsize=256)
def go_on_due_at(plan: PhasePlan) -> datetime:
    """Say when (UTC) each is asked privately whether to go on casually: halfway through the end phase."""
    end, casual = phase_named(plan, PhaseName.END), phase_named(plan, PhaseName.CASUAL)
    return (end.starts_at + (casual.starts_at - end.starts_at) / 2).astimezone(UTC)


SHIFTS_OFFERED = (-14, -7, 7, 14, 28)
"""Days by which a pair may open the next phase earlier or later in one step."""


def next_phase(plan: PhasePlan, now: datetime) -> PhaseName | None:
    """Name the phase that opens next, if it is one a pair can move; the program's end moves with the last."""
    return next((phase.name for phase in plan[1:] if phase.starts_at > now), None)


def shifted(
    plan: PhasePlan, shifts: Mapping[PhaseName, int], phase: PhaseName, days: int, now: datetime
) -> dict[PhaseName, int]:
    """Move a phase of a pair, on top of how it was moved before.

    Args:
        plan: The program's own plan.
        shifts: How the pair runs already.
        phase: Which phase opens at another time.
        days: By how much, from where it stands now.
        now: A phase cannot be moved into the past, nor once it has opened.

    Raises:
        NoLongerOpen: The phase has opened.
        Refusal: It would open in the past, or as `plan_for_pair`.
    """
    current = plan_for_pair(plan, shifts)
    opens = phase_named(current, phase).starts_at
    if opens <= now:
        raise NoLongerOpen("This is no longer open: that phase has begun.")
    if opens + days * ONE_DAY <= now:
        raise Refusal("That would be in the past. Pick fewer days.", field="days")
    moved = {**shifts, phase: shifts.get(phase, 0) + days}
    plan_for_pair(plan, moved)
    return moved


TEXT_LENGTH = 300
"""Characters of one action after a debrief: one thing, one sentence."""
FINDINGS_LENGTH = 3000
ACTIONS_AT_ONCE = 3
"""More than three promises are no promise."""


def check_action(text: str, due_on: date | None, today: date, fields: tuple[str, str]) -> str:
    """Tidy an action after a debrief.

    Args:
        text: What will be done.
        due_on: By when.
        today: On the coordinator's calendar.
        fields: The form's fields for text and date, for the refusal.

    Raises:
        Refusal: It is too long, or has no date, or one that has passed.
    """
    tidy = text.strip()
    if len(tidy) > TEXT_LENGTH:
        raise Refusal(f"Keep it to {TEXT_LENGTH} characters: one thing to do.", fields[0])
    if due_on is None:
        raise Refusal("Pick a day by which it is done.", fields[1])
    if due_on < today:
        raise Refusal("That date has passed. Pick today or later.", fields[1])
    return tidy
