"""One rehearsal from the command line's wishes to transcript, digest and summary."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import structlog

from bot.memory import only_new_garbage
from bot.rehearsal import digest, transcript, verify
from bot.rehearsal.behavior import Behavior
from bot.rehearsal.diary import Diary
from bot.rehearsal.stage import MANIFEST, UNHURRIED_S, Stage, bot_for, people_of
from bot.rehearsal.timeline import Timeline, dawn
from mentoring.kinds import ProgramKind
from mentoring.roster import Roster
from playground import Playground, StillClock
from storage.backup import back_up, refuse_taken
from storage.database import Database
from storage.schema import upgrade


@dataclass(frozen=True, slots=True)
class Wishes:
    """What to rehearse."""

    roster: Roster
    kind: ProgramKind
    starts_on: date
    weeks: int
    seed: int
    behavior: Behavior

    @property
    def ends_on(self) -> date:
        """The program's last day."""
        return self.starts_on + timedelta(weeks=self.weeks, days=-1)


@contextmanager
def rehearsal(wishes: Wishes, folder: Path, told: Callable[[float], None]) -> Iterator[Timeline]:
    """Set the stage: workspace, bot and database, all in this process and gone at the end."""
    clock = StillClock(dawn(wishes.starts_on))
    url = f"sqlite:///{folder / 'rehearsal.db'}"
    upgrade(url)
    database = Database(url, lasting=False)
    try:
        with Playground(MANIFEST, clock=clock, patience=UNHURRIED_S) as playground:
            channel = people_of(playground, wishes.roster, wishes.starts_on)
            with bot_for(playground, clock, database) as bot:
                playground.wait_for_app()
                stage = Stage(playground, clock, database, wishes.roster, bot, channel)
                yield Timeline(
                    stage,
                    wishes.kind,
                    wishes.starts_on,
                    wishes.ends_on,
                    wishes.behavior,
                    wishes.seed,
                    Diary(playground),
                    told,
                )
    finally:
        database.close()


def rehearse(
    wishes: Wishes, out: Path, told: Callable[[float], None], database: Path | None = None
) -> dict[str, Any]:
    """Play a whole program; write transcript and digest, and keep the database if asked; return the summary.

    Raises:
        BackupError: The database cannot go there, said before anything is played.
    """
    if database is not None:
        refuse_taken(database)
    with (
        tempfile.TemporaryDirectory() as folder,
        errors_logged() as raised,
        rehearsal(wishes, Path(folder), told) as timeline,
        only_new_garbage(),
    ):
        timeline.play()
        result = transcript.summary(timeline.stage, timeline.diary, wishes.behavior.value, wishes.seed)
        result["errors"] += raised
        said = list(transcript.lines(timeline.stage, timeline.diary))
        result["errors"] += verify.faults(said, timeline.stage.database)
        transcript.write(out, timeline.stage, timeline.diary, result)
        digest.write(out.with_suffix(".md"), timeline, result)
        if database is not None:
            back_up(timeline.stage.database.url, database)
    return result


@contextmanager
def errors_logged() -> Iterator[list[str]]:
    """Catch what the bot logs as an error: in a rehearsal it is a finding."""
    raised: list[str] = []

    def keep(_logger: object, method: str, event: Any) -> Any:
        if method == "error":
            raised.append(f"raised: {event}")
        raise structlog.DropEvent

    before = structlog.get_config()
    structlog.configure(processors=[keep])
    try:
        yield raised
    finally:
        structlog.configure(**before)
