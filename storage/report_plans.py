"""Who gets which report again and again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from mentoring.errors import NoLongerOpen
from mentoring.reports.schedule import Every
from storage.living import wanted
from storage.tables import ReportPlanRow

GONE = "This is no longer open: that report has been stopped already."


@dataclass(frozen=True, slots=True)
class ReportPlan:
    """One person's regular report."""

    id: int
    workspace_id: int
    program_id: int
    person_id: int
    report: str
    shape: str
    every: Every
    made_by: int
    next_at: datetime


def plan_reports(session: Session, new: Sequence[ReportPlan], now: datetime) -> None:
    """Let people get reports regularly (`id` is ignored); who gets one already gets it as planned now."""
    for each in new:
        session.execute(
            delete(ReportPlanRow).where(
                ReportPlanRow.program_id == each.program_id,
                ReportPlanRow.report == each.report,
                ReportPlanRow.person_id == each.person_id,
            )
        )
    session.add_all(
        ReportPlanRow(
            workspace_id=each.workspace_id,
            program_id=each.program_id,
            person_id=each.person_id,
            report=each.report,
            shape=each.shape,
            every=each.every.value,
            made_by=each.made_by,
            made_at=now,
            next_at=each.next_at,
        )
        for each in new
    )
    session.flush()


def report_plan(session: Session, workspace_id: int, plan_id: int) -> ReportPlan:
    """One plan.

    Raises:
        NoLongerOpen: Where it does not exist, or belongs to another workspace.
    """
    row = session.get(ReportPlanRow, plan_id)
    if row is None or row.workspace_id != workspace_id:
        raise NoLongerOpen(GONE)
    return _plan(row)


def plans_of_program(session: Session, program_id: int) -> list[ReportPlan]:
    """Everything that goes out regularly for a program."""
    query = select(ReportPlanRow).where(ReportPlanRow.program_id == program_id).order_by(ReportPlanRow.id)
    return [_plan(row) for row in session.scalars(query)]


def due_plans(session: Session, now: datetime) -> list[ReportPlan]:
    """What has to go out now, of workspaces that still want us."""
    query = (
        select(ReportPlanRow)
        .where(ReportPlanRow.next_at <= now, wanted(ReportPlanRow.workspace_id))
        .order_by(ReportPlanRow.next_at, ReportPlanRow.id)
    )
    return [_plan(row) for row in session.scalars(query)]


def move_plan(session: Session, plan_id: int, at: datetime) -> None:
    """Set when it goes out next."""
    session.get_one(ReportPlanRow, plan_id).next_at = at


def stop_plan(session: Session, plan_id: int) -> None:
    """It goes out no more."""
    session.execute(delete(ReportPlanRow).where(ReportPlanRow.id == plan_id))


def _plan(row: ReportPlanRow) -> ReportPlan:
    return ReportPlan(
        row.id,
        row.workspace_id,
        row.program_id,
        row.person_id,
        row.report,
        row.shape,
        Every(row.every),
        row.made_by,
        row.next_at,
    )
