"""Setting the stage for a show: workspace, database and bot in this process, new or as they were kept."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from bot.process import Bot
from bot.rehearsal.show_run import Show
from bot.rehearsal.stage import CHANNEL, MANIFEST, Stage, bot_for, people_of
from bot.rehearsal.timeline import ENROLLMENT_WEEKS, dawn
from handlers.roster_import import read_or_refuse
from mentoring.errors import MentoringError
from mentoring.kinds import ProgramKind
from playground import Playground, StillClock
from playground.keeping import CannotRestore, keep, kept_until, restore
from storage.database import Database
from storage.schema import upgrade

WORKSPACE_FILE = "workspace.json"
PLAN_FILE = "plan.json"


class CannotContinueError(MentoringError):
    """What was kept of an earlier run cannot be taken up again."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is shown: whose people, what kind of program, when, and which chance."""

    roster: str
    kind: ProgramKind
    starts_on: date
    weeks: int
    seed: int

    @property
    def ends_on(self) -> date:
        """The program's last day."""
        return self.starts_on + timedelta(weeks=self.weeks, days=-1)

    def write(self, path: Path) -> None:
        """Keep it for the next run."""
        kept = {
            "roster": self.roster,
            "kind": self.kind.value,
            "starts_on": self.starts_on.isoformat(),
            "weeks": self.weeks,
            "seed": self.seed,
        }
        path.write_text(json.dumps(kept), encoding="utf-8")

    @staticmethod
    def read(path: Path) -> "Plan":
        """Take up what was kept.

        Raises:
            CannotContinueError: The file is damaged.
        """
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
            return Plan(
                roster=kept["roster"],
                kind=ProgramKind(kept["kind"]),
                starts_on=date.fromisoformat(kept["starts_on"]),
                weeks=int(kept["weeks"]),
                seed=int(kept["seed"]),
            )
        except (ValueError, KeyError, TypeError) as error:
            raise CannotContinueError(f"{path} is damaged. Remove its folder to begin anew.") from error


def next_start(today: date) -> date:
    """A first day such that enrollment opens about today: the Monday after four weeks."""
    day = today + timedelta(weeks=ENROLLMENT_WEEKS)
    return day + timedelta(days=-day.weekday() % 7)


@contextmanager
def showing(
    plan: Plan, folder: Path, told: Callable[[str], None], *, lasting: bool = False
) -> Iterator[Show]:
    """Set the stage, and clear it at the end; what is in the folder is taken up and left there.

    Args:
        plan: What is shown.
        folder: Where the database and the kept workspace lie.
        told: Told in a sentence what happens.
        lasting: Whether what lies in the folder is to survive a power cut.

    Raises:
        CannotContinueError: What lies in the folder cannot be taken up.
        RosterError: The roster has faults.
    """
    kept = folder / WORKSPACE_FILE
    goes_on = kept.exists()
    roster = read_or_refuse(plan.roster, "roster", "started")
    try:
        clock = StillClock(kept_until(kept) if goes_on else dawn(plan.starts_on))
    except CannotRestore as error:
        raise CannotContinueError(str(error)) from error
    url = f"sqlite:///{folder / 'playground.db'}"
    upgrade(url)
    database = Database(url, lasting=lasting)
    try:
        with Playground(MANIFEST, clock=clock) as playground:
            told(f"A workspace with {len(roster.rows)} people and their coordinator.")
            channel = _back(playground, kept) if goes_on else people_of(playground, roster, plan.starts_on)
            bot = bot_for(playground, clock, database)
            stage = Stage(playground, clock, database, roster, bot, channel)
            try:
                bot.__enter__()
                playground.wait_for_app()
                told("The bot is connected to it.")
                show = Show(stage, plan.kind, plan.starts_on, plan.ends_on, plan.seed)
                show.prepare()
                if goes_on:
                    show.remember()
                else:
                    show.step()
                yield show
                keep(playground.world, kept)
            finally:
                if isinstance(stage.bot, Bot):
                    stage.bot.__exit__(None, None, None)
    finally:
        database.close()


def _back(playground: Playground, kept: Path) -> str:
    try:
        restore(playground.world, kept)
    except CannotRestore as error:
        raise CannotContinueError(str(error)) from error
    rooms = playground.world.channels.values()
    return next(room.id for room in rooms if room.name == CHANNEL)
