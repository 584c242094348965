"""The clock of a bot that runs as one process: a handful of fixed jobs, kept in memory.

Never a job for each pair, and never a job store shared by processes: what is due is computed from facts, so
a job that did not run in time has lost nothing, the next one finds the same.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import structlog
from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MISSED
from apscheduler.schedulers.background import BackgroundScheduler
from slack_sdk.errors import SlackApiError

from handlers.trouble import note_undone

log = structlog.get_logger()

LATE = 30
"""Seconds a job may begin late, after a sleeping laptop say; later than that its next turn does the same."""


class Works(Protocol):
    """What there is to do, again and again."""

    def look(self) -> None:
        """Look at everything that could be due."""

    def deliver(self) -> None:
        """Send every letter that is due."""

    def refresh_directory(self) -> None:
        """Keep the list of people true."""

    def forget(self) -> None:
        """Forget what has served its purpose."""

    def renew_tokens(self) -> None:
        """Renew what expires soon."""


@dataclass(frozen=True, slots=True)
class Job:
    """Something done every so often."""

    name: str
    every: timedelta
    work: Callable[[], None]


def jobs(bot: Works) -> list[Job]:
    """Everything that is done by the clock."""
    return [
        # A look that finds nothing due reads four indexed minima; a coordinator who asks for matches waits
        # for the next one.
        Job("heartbeat", timedelta(seconds=3), bot.look),
        # Letters to people who just pressed a button should be there when they look up.
        Job("deliveries", timedelta(seconds=1), bot.deliver),
        # Newcomers by their ids alone become names; the whole list is read once a day by the same job.
        Job("people", timedelta(minutes=1), bot.refresh_directory),
        Job("housekeeping", timedelta(hours=6), bot.forget),
        Job("tokens", timedelta(minutes=5), bot.renew_tokens),
    ]


def scheduler_for(bot: Works) -> BackgroundScheduler:
    """A scheduler with every job, not started; each runs at once, then on its own beat."""
    return scheduler_of(jobs(bot))


def scheduler_of(some: Iterable[Job]) -> BackgroundScheduler:
    """A scheduler with these jobs, not started."""
    scheduler = BackgroundScheduler(
        timezone=UTC,
        job_defaults={"max_instances": 1, "coalesce": True, "misfire_grace_time": LATE},
        logger=_silent("mentoring.scheduler"),
    )
    _silent("apscheduler.executors")
    now = datetime.now(UTC)
    for each in some:
        scheduler.add_job(
            each.work,
            "interval",
            seconds=each.every.total_seconds(),
            id=each.name,
            name=each.name,
            next_run_time=now,
        )
    scheduler.add_listener(_tell, EVENT_JOB_ERROR | EVENT_JOB_MISSED)
    return scheduler


def _silent(name: str) -> logging.Logger:
    """A logger of the scheduler's that says nothing; what an operator should know is told by `_tell`.

    It would print errors whole, and warn of each turn that falls away while letters are being sent.
    """
    logger = logging.getLogger(name)
    logger.setLevel(logging.CRITICAL)
    return logger


def _tell(event: Any) -> None:
    """Log what became of a job, without the error's message: that may hold personal words."""
    if event.code == EVENT_JOB_MISSED:
        log.warning("job missed", job=event.job_id, due=event.scheduled_run_time.isoformat())
        return
    error = event.exception
    said = str(error.response.get("error")) if isinstance(error, SlackApiError) else None
    note_undone("job failed", error, job=event.job_id, said=said)
