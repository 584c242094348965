"""A program's charter: why it is there, for whom, what success is, what carries it; and what is open.

The planning questions follow the Association of Legal Administrators' mentoring toolkit: funding, support,
logistics, and which need of the organization the program answers.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from mentoring.errors import Refusal
from mentoring.phases import phases_of
from mentoring.programs import Program, ProgramState
from mentoring.reports.targets import targets_of

SETTING = "charter"
"""The name in a program's settings."""
MAX_LENGTH = 1000
"""Letters in one answer: a charter is read by a sponsor, on a page."""
MOST_GOALS = 6
"""Goals of a program: more cannot all be the goal."""
STEPS = 4
PLANNING = ("need", "funding", "support", "logistics")
"""What stakeholders are asked, and what they say about it."""


class Point(StrEnum):
    """Something a charter does not say yet."""

    PURPOSE = "purpose"
    DATES = "dates"
    PHASES = "phases"
    AUDIENCE = "audience"
    NEED = "need"
    GOALS = "goals"
    TARGETS = "targets"
    SPONSOR = "sponsor"
    FUNDING = "funding"
    SUPPORT = "support"
    LOGISTICS = "logistics"
    ANSWERS = "answers"
    """Stakeholders who have been asked and have not answered."""
    CARRIED = "carried"
    """Actions of the last cycle's look back that are not done."""


BLOCKING: Mapping[Point, str] = {
    Point.PURPOSE: "People have to be told what it is for before they say yes.",
    Point.DATES: "Its first day has passed, and people have to be told when it is.",
    Point.PHASES: "It is too short for a start, a middle and an end of a week each.",
}
"""Points with which a program cannot open, and why."""


@dataclass(frozen=True, slots=True)
class Charter:
    """What a coordinator wrote down, beyond what the program itself holds.

    Args:
        capacity: How many people can take part; 0 where nothing is said.
        phases: How its time is cut, one of the phases' `PLANS`.
        carried: Actions taken over from the last cycle's look back.
    """

    purpose: str = ""
    need: str = ""
    goals: tuple[str, ...] = ()
    audience: str = ""
    capacity: int = 0
    phases: str = "usual"
    funding: str = ""
    support: str = ""
    logistics: str = ""
    carried: tuple[str, ...] = ()


def charter_of(program: Program) -> Charter:
    """What a program's charter says."""
    kept = program.settings.get(SETTING)
    if not isinstance(kept, Mapping):
        return Charter()
    known = {name: value for name, value in kept.items() if name in Charter.__dataclass_fields__}
    for several in ("goals", "carried"):
        known[several] = tuple(known.get(several, ()))
    return Charter(**known)


def with_charter(program: Program, charter: Charter) -> Program:
    """The program with this charter."""
    kept = asdict(charter) | {"goals": list(charter.goals), "carried": list(charter.carried)}
    return replace(program, settings={**program.settings, SETTING: kept})


def goals_from(text: str) -> tuple[str, ...]:
    """Goals as they are typed: one a line.

    Raises:
        Refusal: There are too many.
    """
    goals = tuple(line.strip(" •-*\t") for line in text.splitlines() if line.strip(" •-*\t"))
    if len(goals) > MOST_GOALS:
        raise Refusal(f"That is {len(goals)} goals; keep the {MOST_GOALS} that matter most.", "goals")
    return goals


def open_points(program: Program, today: date, unanswered: int = 0) -> tuple[Point, ...]:
    """What is not said yet, blocking points first.

    Args:
        program: Which, with its charter.
        today: On the program's clock.
        unanswered: Stakeholders who have not answered.
    """
    charter = charter_of(program)
    missing = {
        Point.PURPOSE: not charter.purpose,
        Point.DATES: program.state is ProgramState.DRAFT and program.starts_on < today,
        Point.PHASES: not _has_room(program),
        Point.AUDIENCE: not charter.audience,
        Point.NEED: not charter.need,
        Point.GOALS: not charter.goals,
        Point.TARGETS: not targets_of(program),
        Point.SPONSOR: not program.sponsor_name,
        Point.FUNDING: not charter.funding,
        Point.SUPPORT: not charter.support,
        Point.LOGISTICS: not charter.logistics,
        Point.ANSWERS: unanswered > 0,
        Point.CARRIED: bool(charter.carried),
    }
    return tuple(point for point in Point if missing[point])


def check_may_open(program: Program, today: date) -> None:
    """Refuse to open enrollment while something stands in the way.

    Raises:
        Refusal: Saying what, why, and where to mend it.
    """
    for point in open_points(program, today):
        if point in BLOCKING:
            raise Refusal(
                f"{program.name} can't open yet. {BLOCKING[point]} Change it with `/mentoring charter`."
            )


def next_cycle(program: Program, today: date) -> Program:
    """The same program once more: its next number, the Monday after this one, the same length."""
    after = max(program.ends_on, today) + timedelta(days=1)
    starts_on = after + timedelta(days=-after.weekday() % 7)
    length = program.ends_on - program.starts_on
    name = _next_name(program.name)
    return replace(program, id=0, name=name, starts_on=starts_on, ends_on=starts_on + length)


def _next_name(name: str) -> str:
    """`Mentoring 2026` becomes `Mentoring 2027`; a name without a number gets one."""
    numbers = list(re.finditer(r"\d+", name))
    if not numbers:
        return f"{name} 2"
    last = numbers[-1]
    return f"{name[: last.start()]}{int(last[0]) + 1}{name[last.end() :]}"


def _has_room(program: Program) -> bool:
    try:
        phases_of(program)
    except Refusal:
        return False
    return True
