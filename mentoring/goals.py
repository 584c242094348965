"""Goals of whoever learns in a pair: what, how one will know, by when, and how far it has come."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import IntEnum

from mentoring.agreements import check_end
from mentoring.errors import NoLongerOpen, Refusal
from mentoring.kinds import ProgramKind, Role
from mentoring.pairs import Pair
from mentoring.programs import Program

MOST_GOALS = 5
"""Under way at once: with more, none gets the time."""

LONGEST_GOAL = 200
"""Characters of the objective and of the measure: each is one line."""


class Progress(IntEnum):
    """How far a goal has come, as people say it; no percentages, which nobody could defend."""

    NOT_BEGUN = 0
    UNDER_WAY = 1
    HALFWAY = 2
    NEARLY = 3
    REACHED = 4


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal of one person in one program.

    Args:
        objective: What they want to get to.
        measure: How they will know that they are there.
        target_on: By when, a day.
        changed_at: When progress last moved, or when it was set (UTC).
        dropped: Let go of; kept, not shown.
    """

    id: int
    program_id: int
    person_id: int
    objective: str
    measure: str
    target_on: date
    progress: Progress
    changed_at: datetime
    dropped: bool = False

    @property
    def is_open(self) -> bool:
        """Whether there is still something to do for it."""
        return not self.dropped and self.progress is not Progress.REACHED


def has_goals(role: Role | None, kind: ProgramKind) -> bool:
    """Whether somebody in this role keeps goals: mentees, and both where both learn."""
    return role is not Role.MENTOR or kind is ProgramKind.REVERSE


def keeps_goals(person_id: int, program: Program, pairs: Iterable[Pair]) -> bool:
    """Whether somebody keeps goals of their own in a program, being in these pairs."""
    return any(
        member.person_id == person_id and has_goals(member.role, program.kind)
        for each in pairs
        if each.program_id == program.id
        for member in each.members
    )


def check_goal(objective: str, measure: str, target_on: date, today: date) -> None:
    """See that a goal has all it needs.

    Raises:
        Refusal: With the field at fault.
    """
    for name, text in (("objective", objective), ("measure", measure)):
        if not text.strip():
            raise Refusal("A few words are enough, but it can't be empty.", name)
        if len(text) > LONGEST_GOAL:
            raise Refusal(f"That's more than {LONGEST_GOAL} characters. Say it shorter.", name)
    check_end(target_on, today, "target_on")


def check_one_more(mine: list[Goal]) -> None:
    """See that there is room for one more.

    Raises:
        Refusal: There is not.
    """
    if sum(each.is_open for each in mine) >= MOST_GOALS:
        raise Refusal(f"You have {MOST_GOALS} goals under way. Reach one or let one go first.", "objective")


def step_on(goal: Goal, now: datetime) -> Goal:
    """One tap: one step further.

    Raises:
        NoLongerOpen: It was let go of, or is reached.
    """
    if not goal.is_open:
        raise NoLongerOpen("This goal is reached, or you've let it go. `/mentoring goals` shows them all.")
    return replace(goal, progress=Progress(goal.progress + 1), changed_at=now)


def set_progress(goal: Goal, progress: Progress, now: datetime) -> Goal:
    """Put a goal where it is, forward or back.

    Raises:
        NoLongerOpen: It was let go of.
    """
    if goal.dropped:
        raise NoLongerOpen("You've let this goal go. `/mentoring goals` shows the others.")
    return replace(goal, progress=progress, changed_at=now)
