"""A program: what it is, when it runs, what it asks of people."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from mentoring.agreements import ProgramDefaults
from mentoring.cadence import Cadence
from mentoring.errors import Refusal
from mentoring.hours import MIDNIGHT, ONE_DAY, to_instant
from mentoring.kinds import ProgramKind


class ProgramState(StrEnum):
    """Where a program stands in its life."""

    DRAFT = "draft"
    ENROLLING = "enrolling"
    MATCHED = "matched"
    RUNNING = "running"
    CLOSED = "closed"


TWO_YEARS_DAYS = 730
"""The longest program we take, in days: a cycle longer than two years is a typing error."""


@dataclass(frozen=True, slots=True)
class Program:
    """One cycle of mentoring in a workspace.

    Args:
        starts_on: First day, in the program's own zone.
        ends_on: Last day, in the program's own zone.
        hours_per_month: The time commitment people are told before they say yes.
        cadence: The suggested rhythm, as a cadence code; a pair's agreement replaces it.
        channel: Slack id of the channel announcements go to, if any.
    """

    id: int
    workspace_id: int
    name: str
    kind: ProgramKind
    state: ProgramState
    starts_on: date
    ends_on: date
    time_zone: str
    hours_per_month: int
    cadence: str
    sponsor_name: str
    sponsor_words: str
    channel: str | None = None
    settings: dict[str, object] = field(default_factory=dict)

    @property
    def months(self) -> int:
        """Length in whole months, rounded, at least one."""
        return max(1, round((self.ends_on - self.starts_on).days / 30.4))


@dataclass(frozen=True, slots=True)
class ProgramTemplate:
    """What a kind of program starts from; everything can be changed."""

    kind: ProgramKind
    name: str
    weeks: int
    hours_per_month: int
    cadence: str


TEMPLATES: dict[ProgramKind, ProgramTemplate] = {
    ProgramKind.TRADITIONAL: ProgramTemplate(ProgramKind.TRADITIONAL, "Mentoring", 26, 2, "weeks:2"),
    ProgramKind.REVERSE: ProgramTemplate(ProgramKind.REVERSE, "Reverse mentoring", 26, 2, "weeks:3"),
    ProgramKind.PEER: ProgramTemplate(ProgramKind.PEER, "Peer mentoring", 26, 2, "weeks:2"),
    ProgramKind.BUDDY: ProgramTemplate(ProgramKind.BUDDY, "Onboarding buddies", 13, 2, "weekly"),
    ProgramKind.GROUP: ProgramTemplate(ProgramKind.GROUP, "Group mentoring", 26, 2, "monthly:1"),
}


def check_dates(starts_on: date, ends_on: date) -> None:
    """Refuse dates that make no program.

    Raises:
        Refusal: With the form field at fault.
    """
    if ends_on <= starts_on:
        raise Refusal("The program has to end after it starts. Pick a later end date.", "ends_on")
    if (ends_on - starts_on).days > TWO_YEARS_DAYS:
        raise Refusal("That is longer than two years. Pick an earlier end date.", "ends_on")


def suggestions(program: Program) -> ProgramDefaults:
    """What a program suggests to its pairs before they agree on anything."""
    return ProgramDefaults(cadence=Cadence.parse(program.cadence))


GRACE_TO_CLOSE = timedelta(days=21)
"""After the last day: a final survey is open for two weeks, and a week is left to look at it."""


def first_instant(program: Program) -> datetime:
    """When the first day begins on the program's clock, in UTC."""
    return to_instant(program.starts_on, time(0), program.time_zone)


def last_instant(program: Program) -> datetime:
    """When the last day is over on the program's clock, in UTC."""
    return midnight_after(program.ends_on, program.time_zone)


def midnight_after(day: date, time_zone: str) -> datetime:
    """When a last day is over (UTC), a program's or one of its pairs', on the program's clock."""
    return to_instant(day + ONE_DAY, MIDNIGHT, time_zone)


def has_ended(program: Program, now: datetime) -> bool:
    """Whether a program has had its last day; it closes three weeks later, and nobody new comes meanwhile."""
    return program.state is ProgramState.CLOSED or now >= last_instant(program)


def check_goes_on(program: Program, now: datetime) -> None:
    """Refuse to bring anybody new into a program that is over.

    Raises:
        Refusal: Its last day has passed.
    """
    if has_ended(program, now):
        raise Refusal(f"{program.name} has had its last day. `/mentoring program new` begins the next one.")


def earlier_cycles(this: Program, others: Iterable[Program]) -> list[Program]:
    """Programs of the same kind that began before this one and were opened, the latest first."""
    began = [
        each
        for each in others
        if each.id != this.id
        and each.kind is this.kind
        and each.state not in (ProgramState.DRAFT, ProgramState.ENROLLING)
        and (each.starts_on, each.id) < (this.starts_on, this.id)
    ]
    return sorted(began, key=lambda each: (each.starts_on, each.id), reverse=True)


OPENED = frozenset({ProgramState.ENROLLING, ProgramState.MATCHED, ProgramState.RUNNING})
"""States of a program that is neither being drawn up nor over."""


def state_at(program: Program, now: datetime) -> ProgramState:
    """Where a program stands by the clock.

    A matched one runs from its first day on, and every open one closes in the end. Enrollment is no matter of
    the clock: a coordinator ends it, by approving a proposal or saying so, and many a program pairs newcomers
    by hand all through its life.
    """
    if program.state not in OPENED:
        return program.state
    if now >= last_instant(program) + GRACE_TO_CLOSE:
        return ProgramState.CLOSED
    begun = program.state is ProgramState.MATCHED and now >= first_instant(program)
    return ProgramState.RUNNING if begun else program.state


def next_state_at(program: Program, now: datetime) -> datetime | None:
    """When the clock must look at the program again; None when it moves no more by itself."""
    if program.state not in OPENED:
        return None
    instants = (first_instant(program), last_instant(program) + GRACE_TO_CLOSE)
    return min((at for at in instants if at > now), default=None)
