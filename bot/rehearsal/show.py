"""Directs the page: moves time, lets simulated people act, knows why things were said, restarts the bot."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from threading import Event, Lock, Thread

import structlog

from bot.process import Bot
from bot.rehearsal import show_facts, show_times, show_tour
from bot.rehearsal.behavior import Behavior
from bot.rehearsal.show_rehearsal import OwnRehearsal
from bot.rehearsal.show_run import Show
from bot.rehearsal.stage import COORDINATOR, bot_for
from handlers.commands import command_lines
from handlers.routing import COMMAND
from mentoring.programs import ProgramState
from mentoring.roster import RosterRow
from messages.replies import ANYBODY
from playground import Message
from playground.page.direction import CannotDirect, Choice, Facts, Health, Step, Times, Welcome

log = structlog.get_logger()

TICK_SECONDS = 0.1
"""Real time between two looks at the clock while time runs."""

LOOK_SECONDS = 1.0
"""Real time between two looks at what is due while time stands still, as a bot that runs looks every second.
What it answered too late for whoever clicked has been done all the same, and is to be said."""

BEHAVIORS: Mapping[Behavior, Choice] = {
    Behavior.DILIGENT: Choice("diligent", "Answers within hours"),
    Behavior.SLOW: Choice("slow", "Takes days"),
    Behavior.SILENT: Choice("silent", "Hardly ever answers"),
}
COORDINATES = (
    Choice("by itself", "Acts when it is time, unless I am faster"),
    Choice("only me", "Only acts when I do"),
)

LEAPS = {"match": timedelta(days=7), "agree": timedelta(days=4), "nudge": timedelta(days=14)}
"""How much time a step of the tour lets pass."""


class Director:
    """Directs one show. Whatever moves the program runs in one thread of its own, one thing at a time.

    Args:
        show: The run.
        rehearsal: Where visitors rehearse with their own people.
        told: Told in a line what happened.
    """

    def __init__(self, show: Show, rehearsal: OwnRehearsal, told: Callable[[str], None]) -> None:
        self.host = COORDINATOR
        self.rehearsal = rehearsal
        self._show = show
        self._told = told
        self._rows = {row.user_id: row for row in show.stage.roster.rows}
        self._jobs = ThreadPoolExecutor(1, thread_name_prefix="director")
        self._lock = Lock()
        self._halt = Event()
        self._closing = Event()
        self._moving = ""
        self._speed = "day"
        self._settling = False
        self._fault = ""
        self._changes = 0
        self._completions = tuple(
            Choice(f"{COMMAND} {each.usage}", f"{COMMAND} {each.usage}", each.meaning)
            for each in command_lines(ANYBODY)
        )
        self._toured: tuple[object, tuple[Step, ...]] = (None, ())
        self._looks = Thread(target=self._keep_looking, name="director looks", daemon=True)
        self._looks.start()

    def close(self) -> None:
        """Stop moving, and wait for the step under way."""
        self._closing.set()
        self._halt.set()
        self._looks.join()
        self._jobs.shutdown(wait=True, cancel_futures=True)
        self.rehearsal.close()

    def revision(self) -> object:
        """Differs whenever anything here may have changed."""
        return self._changes, self._moving, self._fault

    # Time

    def times(self) -> Times:
        """The time bar."""
        return show_times.times(self._show, self._moving, self._speed)

    def move(self, to: str) -> None:
        """Start moving the clock."""
        show = self._show
        if to == "event":
            self._start("Going to the next event", lambda: show.run_to_next(self._halt.is_set))
            return
        try:
            until = show_times.target(show, to)
        except KeyError:
            raise CannotDirect(f"The clock cannot be moved to “{to}”.") from None
        day = until.astimezone(self.times().today.tzinfo)
        self._start(f"Going to {day:%B %-d}", lambda: show.run_until(until, self._halt.is_set))

    def play(self, speed: str) -> None:
        """Let time run."""
        if speed not in show_times.SPEEDS:
            raise CannotDirect(f"Time does not run at “{speed}” here.")
        self._speed = speed
        self._start(f"Playing, 1 {speed} a second", lambda: self._play(show_times.SPEEDS[speed]))

    def _play(self, a_second: timedelta) -> None:
        show = self._show
        while not self._halt.wait(TICK_SECONDS) and show.stage.clock.now() < show.closes_at:
            until = min(show.stage.clock.now() + a_second * TICK_SECONDS, show.closes_at)
            show.run_until(until, self._halt.is_set)

    def stop(self) -> None:
        """Stop whatever moves, after the step under way."""
        self._halt.set()

    def acted(self, person: str) -> None:
        """The bot may have something to send now."""
        del person
        self._look_for(self._look_at)

    def _keep_looking(self) -> None:
        while not self._closing.wait(LOOK_SECONDS):
            if not self._fault:
                self._look_for(self._look_at_what_came)

    def _look_for(self, then: Callable[[Future[bool]], None]) -> None:
        """Let the bot send what it has to say, unless it is about to."""
        with self._lock:
            if self._settling or self._moving:
                return
            self._settling = True
        self._jobs.submit(self._settle).add_done_callback(then)

    def _settle(self) -> bool:
        with self._lock:
            # What somebody does from here on needs another look.
            self._settling = False
        return self._show.settle(self._closing.is_set)

    def _look_at_what_came(self, job: Future[bool]) -> None:
        if job.cancelled() or job.exception() is not None or job.result():
            self._look_at(job)

    def _start(self, what: str, work: Callable[[], None]) -> None:
        with self._lock:
            if self._moving:
                raise CannotDirect("Time is moving already. Stop it first.")
            self._moving = what
            self._halt.clear()
        self._jobs.submit(self._reported, what, work).add_done_callback(self._arrived)

    def _reported(self, what: str, work: Callable[[], None]) -> None:
        """Do the work, and say in a line what came of it."""
        show = self._show
        posts, deeds = show.heard()
        work()
        said, done = show.heard()
        day = show.stage.clock.now().astimezone(self.times().today.tzinfo)
        self._told(f"{what}: {said - posts} messages, {done - deeds} answers. It is {day:%A, %B %-d}.")

    def _arrived(self, job: Future[None]) -> None:
        with self._lock:
            self._moving = ""
        self._look_at(job)

    def _look_at(self, job: Future[None] | Future[bool]) -> None:
        """Notice a bot that died of an error: the page says so, and offers to start it again."""
        error = None if job.cancelled() else job.exception()
        if error is not None:
            self._fault = f"The app stopped with an error ({type(error).__name__}); the terminal says more."
        self._changes += 1
        if error is not None:
            # Last, for it is long: the page tells at once.
            log.error("the bot stopped", exc_info=error)

    # People

    def played(self, people: frozenset[str]) -> None:
        """Who visitors are."""
        self._show.played = people

    def about(self, person: str) -> str:
        """Role, title and department."""
        if person == COORDINATOR:
            return "Coordinator"
        row = self._rows.get(person)
        return _described(row) if row else ""

    def behaviors(self, person: str) -> tuple[Choice, ...]:
        """How somebody can be made to answer."""
        if person == COORDINATOR:
            return COORDINATES
        return tuple(BEHAVIORS.values()) if person in self._rows else ()

    def behavior(self, person: str) -> str:
        """How they do."""
        if person == COORDINATOR:
            return "by itself" if self._show.coordinates_by_itself else "only me"
        return self._show.behavior_of(person) if person in self._rows else ""

    def set_behavior(self, person: str, behavior: str) -> None:
        """Make them answer in another way."""
        if behavior not in {each.id for each in self.behaviors(person)}:
            raise CannotDirect(f"Nobody here answers “{behavior}”.")
        if person == COORDINATOR:
            self._show.coordinates_by_itself = behavior == "by itself"
        else:
            self._show.set_behavior(person, Behavior(behavior))
        self._changes += 1

    # Reasons and facts

    def why(self, message: Message) -> tuple[Facts, ...]:
        """The letter behind a message."""
        return show_facts.why(self._show.stage.database, message)

    def facts(self, person: str) -> tuple[Facts, ...]:
        """What the database holds about somebody."""
        return show_facts.about(self._show.stage.database, person)

    def completions(self) -> tuple[Choice, ...]:
        """What can be typed."""
        return self._completions

    # The tour

    def welcome(self) -> Welcome | None:
        """What greets a visitor, until enrollment is open: from then on the program speaks for itself."""
        return show_tour.welcome(len(self._rows)) if self._show.state in {None, ProgramState.DRAFT} else None

    def tour(self) -> tuple[Step, ...]:
        """The six steps, as far as they are done."""
        if self._moving and self._toured[1]:
            # Nobody follows the tour while weeks fly by; where time stops, it is looked at again.
            return self._toured[1]
        seen = (self._show.stage.clock.now(), len(self._show.stage.playground.world.calls), self._changes)
        if self._toured[0] != seen:
            self._toured = (seen, show_tour.steps(show_tour.progress(self._show), self._show.stage.channel))
        return self._toured[1]

    def do_step(self, step: str) -> None:
        """Do a step for the visitor."""
        show, halted = self._show, self._halt.is_set

        def leap() -> None:
            show.run_until(show.stage.clock.now() + LEAPS[step], halted)

        def match() -> None:
            show.open_enrollment()
            show.settle(halted)
            leap()
            show.match(halted)

        def enroll() -> None:
            show.open_enrollment()
            show.settle(halted)

        ways: dict[str, tuple[str, Callable[[], None]]] = {
            "enroll": ("Opening enrollment", enroll),
            "match": ("Letting a week pass", match),
            "announce": ("Waiting for the morning", lambda: show.run_to_next(halted)),
            "agree": ("Letting a few days pass", leap),
            "nudge": ("Letting two weeks pass", leap),
            "look-back": ("Going to the end", lambda: show.run_until(show.closes_at, halted)),
        }
        if step not in ways:
            raise CannotDirect(f"There is no step “{step}”.")
        what, work = ways[step]

        def for_the_visitor() -> None:
            show.acts_for_visitors = True
            try:
                work()
            finally:
                show.acts_for_visitors = False

        self._start(what, for_the_visitor)

    # The bot

    def health(self) -> Health:
        """Whether the bot is up."""
        return Health(ok=not self._fault, sentence=self._fault)

    def restart(self) -> None:
        """Replace the bot by a new one, over the same database."""
        stage = self._show.stage

        def work() -> None:
            if isinstance(stage.bot, Bot):
                stage.bot.__exit__(None, None, None)
            bot = bot_for(stage.playground, stage.clock, stage.database)
            bot.__enter__()
            stage.bot = bot
            stage.playground.wait_for_app()
            self._fault = ""
            self._show.settle(self._halt.is_set)

        self._start("Starting the app again", work)


def _described(row: RosterRow) -> str:
    roles = " and ".join(sorted(row.roles)).capitalize()
    whole = (f"{roles} · {row.title}" if row.title else roles, row.department)
    return ", ".join(part for part in whole if part)
