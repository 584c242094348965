"""Rehearse my program: a run of its own beside the one on the screen, with the visitor's own people."""

import json
import tempfile
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Event

import structlog

from bot.rehearsal import show_digest, transcript
from bot.rehearsal.behavior import Behavior
from bot.rehearsal.run import Wishes, rehearsal
from bot.rehearsal.settings_file import FEWEST_WEEKS, MOST_WEEKS, faults_of, read_settings, settings_csv
from mentoring.kinds import ProgramKind
from mentoring.roster import read_roster
from playground.page.direction import CannotDirect, Choice, Progress, Setting

log = structlog.get_logger()

MOST_FAULTS = 25
"""Faults of a roster listed at once; a wrong file has hundreds."""

NOT_YET = "No rehearsal has ended yet. Start one, and come back when it is done."

BEHAVIORS = {
    Behavior.MIXED: "Some of each, as in a real firm",
    Behavior.DILIGENT: "Everybody answers within hours",
    Behavior.SLOW: "Everybody takes days",
    Behavior.SILENT: "Hardly anybody answers",
}


class StoppedError(Exception):
    """The visitor gave the rehearsal up."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rehearsal leaves behind."""

    digest: str
    transcript: str


class OwnRehearsal:
    """At most one rehearsal at a time.

    Args:
        sample: The roster used when the visitor brings none, as CSV.
        starts_on: The first day suggested.
        kind: The kind of program suggested.
    """

    def __init__(self, sample: str, starts_on: date, kind: ProgramKind) -> None:
        self.sample = sample
        self._starts_on = starts_on
        self._kind = kind
        self._jobs = ThreadPoolExecutor(1, thread_name_prefix="rehearsal")
        self._stop = Event()
        self._progress = Progress("idle")
        self._outcome: Outcome | None = None

    @property
    def settings(self) -> tuple[Setting, ...]:
        """What can be chosen."""
        kinds = tuple(Choice(each.value, each.value.capitalize()) for each in ProgramKind)
        behaviors = tuple(Choice(each.value, label) for each, label in BEHAVIORS.items())
        return (
            Setting("kind", "Kind of program", "choice", self._kind.value, kinds),
            Setting("starts_on", "First day", "date", self._starts_on.isoformat()),
            Setting("weeks", "Weeks", "number", "26", hint=f"{FEWEST_WEEKS} to {MOST_WEEKS}"),
            Setting("behavior", "How people answer", "choice", Behavior.MIXED.value, behaviors),
            Setting("seed", "Seed", "number", "1", hint="The same seed gives the same rehearsal"),
        )

    def settings_file(self, chosen: Mapping[str, str]) -> str:
        """The settings as CSV, to keep and pass on."""
        return settings_csv(chosen)

    def read_settings(self, text: str) -> tuple[Mapping[str, str], tuple[str, ...]]:
        """Settings from such a file, and everything that is wrong with it."""
        found, faults = read_settings(text)
        return found, tuple(faults)

    def start(self, roster: str, chosen: Mapping[str, str]) -> tuple[str, ...]:
        """Start one, or say everything that is wrong."""
        if self._progress.state == "running":
            return ("A rehearsal is under way. Stop it first, or wait for its end.",)
        people = read_roster(roster or self.sample)
        faults = [
            f"Line {each.line}, {each.column or 'the file'}: {each.sentence}" for each in people.problems
        ]
        faults += faults_of(chosen)
        if faults:
            more = len(faults) - MOST_FAULTS
            return (*faults[:MOST_FAULTS], *([f"and {more} more."] if more > 0 else []))
        wishes = Wishes(
            roster=people,
            kind=ProgramKind(chosen["kind"]),
            starts_on=date.fromisoformat(chosen["starts_on"]),
            weeks=int(chosen["weeks"]),
            seed=int(chosen["seed"]),
            behavior=Behavior(chosen["behavior"]),
        )
        self._stop.clear()
        self._tell(0.0, "Setting the stage")
        self._jobs.submit(self._run, wishes).add_done_callback(self._ended)
        return ()

    def progress(self) -> Progress:
        """How far it is."""
        return self._progress

    def stop(self) -> None:
        """Give up the one that is under way, after the step it is at."""
        self._stop.set()

    def close(self) -> None:
        """Give up whatever is under way, and wait until its people and its bot have gone."""
        self._stop.set()
        self._jobs.shutdown(wait=True, cancel_futures=True)

    def digest(self) -> str:
        """The last digest.

        Raises:
            CannotDirect: There is none.
        """
        if self._outcome is None:
            raise CannotDirect(NOT_YET)
        return self._outcome.digest

    def transcript(self) -> str:
        """The last transcript.

        Raises:
            CannotDirect: There is none.
        """
        if self._outcome is None:
            raise CannotDirect(NOT_YET)
        return self._outcome.transcript

    def _run(self, wishes: Wishes) -> Outcome:
        with (
            tempfile.TemporaryDirectory() as folder,
            rehearsal(wishes, Path(folder), self._told) as timeline,
        ):
            timeline.play()
            self._tell(1.0, "Writing the digest")
            stage, diary = timeline.stage, timeline.diary
            result = transcript.summary(stage, diary, wishes.behavior.value, wishes.seed)
            spoken = [json.dumps(each, ensure_ascii=False) for each in transcript.lines(stage, diary)]
            spoken.append(json.dumps({"summary": result}, ensure_ascii=False))
            return Outcome(show_digest.page(timeline, result), "\n".join(spoken) + "\n")

    def _told(self, share: float) -> None:
        if self._stop.is_set():
            raise StoppedError
        self._tell(share, f"{share:.0%} of the program has passed")

    def _tell(self, share: float, sentence: str) -> None:
        self._progress = Progress("running", share, sentence)

    def _ended(self, job: Future[Outcome]) -> None:
        error = job.exception()
        if error is None:
            self._outcome = job.result()
            self._progress = Progress("done", 1.0, "Done.")
        elif isinstance(error, StoppedError):
            self._progress = Progress("idle")
        else:
            name = type(error).__name__
            self._progress = Progress(
                "failed", 0.0, f"It stopped with an error ({name}); the terminal says more."
            )
            log.error("the rehearsal stopped", exc_info=error)
