"""Goals: rows to values and back."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from mentoring.errors import NoLongerOpen
from mentoring.goals import Goal, Progress
from storage.fast import one_of_ids, rows
from storage.prepared import among
from storage.tables import GoalRow

GOALS = (
    select(GoalRow.__table__)
    .where(
        one_of_ids(GoalRow.person_id),
        among(GoalRow.program_id, "programs"),
        GoalRow.dropped.is_(False),
    )
    .order_by(GoalRow.target_on, GoalRow.id)
)
GONE = "This is no longer open: that goal is not there any more."


def goal(session: Session, workspace_id: int, goal_id: int) -> Goal:
    """One goal of a workspace.

    Raises:
        NoLongerOpen: There is none.
    """
    row = session.get(GoalRow, goal_id)
    if row is None or row.workspace_id != workspace_id:
        raise NoLongerOpen(GONE)
    return _goal(row)


def goals_of(session: Session, person_ids: Iterable[int], program_ids: Iterable[int]) -> list[Goal]:
    """The goals of these people in these programs that were not let go of, the nearest target first."""
    return [_goal(row) for row in rows(session, GOALS, person_ids, programs=[*program_ids])]


def save_goal(session: Session, workspace_id: int, changed: Goal) -> Goal:
    """Store a goal, new (id 0) or changed."""
    row = session.get_one(GoalRow, changed.id) if changed.id else GoalRow(workspace_id=workspace_id)
    row.program_id, row.person_id = changed.program_id, changed.person_id
    row.objective, row.measure, row.target_on = changed.objective, changed.measure, changed.target_on
    row.progress, row.changed_at, row.dropped = changed.progress, changed.changed_at, changed.dropped
    session.add(row)
    session.flush()
    return _goal(row)


def _goal(row: GoalRow | Row[Any]) -> Goal:
    return Goal(
        id=row.id,
        program_id=row.program_id,
        person_id=row.person_id,
        objective=row.objective,
        measure=row.measure,
        target_on=row.target_on,
        progress=Progress(row.progress),
        changed_at=row.changed_at,
        dropped=row.dropped,
    )
