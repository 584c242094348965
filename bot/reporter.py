"""Reports that go out by themselves: written as letters when their time comes, and planned on."""

from datetime import datetime

from mentoring.notices import Notice, ToPerson
from mentoring.programs import ProgramState
from mentoring.reports.schedule import next_at
from storage.database import Database
from storage.outbox import write_letter
from storage.programs import programs_by_ids
from storage.report_plans import due_plans, move_plan, stop_plan


def send_planned_reports(database: Database, now: datetime) -> None:
    """Write what is due; a plan ends with its program, after one last report."""
    with database.write() as session:
        due = due_plans(session, now)
        programs = programs_by_ids(session, {each.program_id for each in due})
        for each in due:
            about = programs[each.program_id]
            notice = Notice(
                kind="report",
                to=ToPerson(each.person_id),
                key=f"report:plan {each.id}:{each.next_at:%Y-%m-%d}",
                not_before=now,
                ids={"report": each.report, "shape": each.shape, "by": each.made_by, "plan": each.id},
                why="it was planned",
            )
            write_letter(session, each.workspace_id, notice, now, program_id=about.id)
            if about.state is ProgramState.CLOSED:
                stop_plan(session, each.id)
            else:
                move_plan(session, each.id, next_at(each.every, now, about.time_zone))
