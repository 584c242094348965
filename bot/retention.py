"""Programs whose time is over: what was kept of people for them goes, and only counts stay."""

from dataclasses import replace
from datetime import datetime

import structlog

from handlers.privacy import keeping
from mentoring.privacy import FORGOTTEN_SETTING, is_due_to_forget
from storage.database import Database
from storage.outbox import audit
from storage.people import workspaces
from storage.privacy import forget_program
from storage.programs import programs, save_program

log = structlog.get_logger()


def forget_old_programs(database: Database, now: datetime) -> int:
    """Forget what is past its retention, a transaction a program; returns how many programs that were."""
    with database.read() as session:
        due = [
            each
            for where in workspaces(session)
            for each in programs(session, where.id)
            if is_due_to_forget(each, now)
        ]
    for each in due:
        with database.of(each.workspace_id).write() as session:
            forget_program(session, each.id, keeping(session, "en-US"))
            settings = {**each.settings, FORGOTTEN_SETTING: now.date().isoformat()}
            save_program(session, replace(each, settings=settings))
            audit(session, each.workspace_id, None, "privacy.retention", {}, now, program_id=each.id)
        log.info("program forgotten", program=each.id)
    return len(due)
