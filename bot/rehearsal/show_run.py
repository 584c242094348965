"""A run that visitors take part in: it waits for them, and does what is due where nobody else does."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from bot.rehearsal.actor import Actor
from bot.rehearsal.behavior import TEMPERS, Behavior
from bot.rehearsal.diary import Diary
from bot.rehearsal.stage import Stage
from bot.rehearsal.timeline import Timeline
from mentoring.kinds import ProgramKind
from mentoring.programs import Program, ProgramState
from playground import Message
from storage.people import workspaces
from storage.programs import programs

OPENS_BY_ITSELF = timedelta(days=1)
"""How long the coordinator waits for a visitor to open enrollment before doing it."""

STEPS_AT_A_STANDSTILL = 200
"""Steps without moving the clock after which something is asking for the same again and again."""

MOST_RECENT = timedelta(days=7)
"""After a restart, people think again about what came in this time."""


class Show(Timeline):
    """One program whose people a visitor may be.

    Args:
        stage: Where it is played.
        kind: The kind of program.
        starts_on: First day.
        ends_on: Last day.
        seed: The same seed gives the same people.
    """

    def __init__(self, stage: Stage, kind: ProgramKind, starts_on: date, ends_on: date, seed: int) -> None:
        super().__init__(stage, kind, starts_on, ends_on, Behavior.MIXED, seed, Diary(stage.playground))
        self.played: frozenset[str] = frozenset()
        self.coordinates_by_itself = True
        self.acts_for_visitors = False

    def program(self) -> Program | None:
        """The program, once it is chartered."""
        with self.stage.database.read() as session:
            found = [each for one in workspaces(session) for each in programs(session, one.id)]
        return found[0] if found else None

    @property
    def state(self) -> ProgramState | None:
        """Where the program stands."""
        found = self.program()
        return found.state if found else None

    def set_behavior(self, slack_id: str, behavior: Behavior) -> None:
        """Change how somebody answers what comes from now on.

        Raises:
            KeyError: Nobody on the roster has this id.
        """
        self._actors[slack_id].temper = TEMPERS[behavior]

    def behavior_of(self, slack_id: str) -> Behavior:
        """How somebody answers.

        Raises:
            KeyError: Nobody on the roster has this id.
        """
        temper = self._actors[slack_id].temper
        return next(name for name, one in TEMPERS.items() if one == temper)

    def run_until(self, until: datetime, halted: Callable[[], bool]) -> None:
        """Let everything happen up to an instant, and stop there; or where it is told to halt."""
        while not halted():
            if not self.step(until):
                self.stage.clock.move_to(max(until, self.stage.clock.now()))
                return

    def settle(self, halted: Callable[[], bool]) -> bool:
        """Let everything happen that is due at this very instant; tells whether anything was."""
        for steps in range(STEPS_AT_A_STANDSTILL):
            if halted() or not self.step(self.stage.clock.now()):
                return steps > 0
        return True

    def run_to_next(self, halted: Callable[[], bool]) -> None:
        """Go on until somebody says or does something."""
        before = self.heard()
        while not halted() and self.heard() == before and self.step():
            pass

    def remember(self) -> None:
        """After a restart: everybody thinks again about what came in the last days."""
        since = self.stage.clock.now() - MOST_RECENT
        posts = self.stage.playground.posts
        self._seen = next((at for at, post in enumerate(posts) if post.posted_at >= since), len(posts))
        self.listen()

    def heard(self) -> tuple[int, int]:
        """How many messages were sent and how often somebody acted, so far."""
        return len(self.stage.playground.world.posted), len(self.diary.deeds)

    # Where a visitor may have been faster

    def _charter(self) -> None:
        self._draft()
        self._at(self.stage.clock.now() + OPENS_BY_ITSELF, self._open_if_nobody_did)

    def _open_if_nobody_did(self) -> None:
        if self.coordinates_by_itself and self.state is ProgramState.DRAFT:
            self._open_enrollment()

    def open_enrollment(self) -> None:
        """Open it for the visitor, if it is not open."""
        if self.state is ProgramState.DRAFT:
            self._open_enrollment()

    def _ask_for_matches(self) -> None:
        if self.coordinates_by_itself and self.state is ProgramState.ENROLLING:
            super()._ask_for_matches()

    def match(self, halted: Callable[[], bool]) -> None:
        """Propose and approve pairs for the visitor, if there are none."""
        if self.state is not ProgramState.ENROLLING:
            return
        if self._proposal() is None:
            super()._ask_for_matches()
            self.settle(halted)
        proposal = self._proposal()
        if proposal is not None:
            super()._approve(proposal)
            self.settle(halted)

    def _proposal(self) -> Message | None:
        offered = [each for each in self.stage.coordinator.inbox() if _offers(each, "match.review")]
        return offered[-1] if offered else None

    def _let_coordinate(self, message: Message, now: datetime) -> None:
        if self.coordinates_by_itself:
            super()._let_coordinate(message, now)

    def _approve(self, message: Message) -> None:
        if self.state is ProgramState.ENROLLING and self.coordinates_by_itself:
            super()._approve(message)

    def _tend(self) -> None:
        """The list of pairs that need a look is the visitor's to look at."""

    def _let_react(self, actor: Actor, message: Message, now: datetime) -> None:
        at = actor.reacts_at(message, now)
        if at is not None:
            self._at(at, lambda: self._react_unless_played(actor, message))

    def _react_unless_played(self, actor: Actor, message: Message) -> None:
        if actor.person.id not in self.played or self.acts_for_visitors:
            actor.react(message, self.stage.clock.now())


def _offers(message: Message, action_id: str) -> bool:
    return any(each.action_id == action_id for each in message.controls)
