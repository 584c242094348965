"""What the page shows beyond Slack: time, reasons, facts, behavior, a tour; whoever directs hands it in.

The page itself knows nothing of the app it shows. A direction answers in plain values; the page puts them on
the screen. `Plainly` directs any app that has no story of its own: it only moves the clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from playground.clock import StillClock
    from playground.records import Message


class CannotDirect(Exception):
    """What was asked of the direction cannot be; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several things a visitor can choose; `hint` says more about it."""

    id: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment on the time line: where it lies, from 0 to 1, and what begins there."""

    share: float
    label: str


@dataclass(frozen=True, slots=True)
class Times:
    """The time bar.

    Attributes:
        today: The present, in the zone days are counted in.
        place: Where that is in the program, in words.
        share: How much of it has passed, from 0 to 1.
        marks: What begins when.
        jumps: Where the clock can be moved to.
        speeds: How fast it can be made to run.
        moving: What is under way, in words; empty while time stands still.
        speed: The speed it runs at, or an empty string.
    """

    today: datetime
    place: str = ""
    share: float = 0.0
    marks: tuple[Mark, ...] = ()
    jumps: tuple[Choice, ...] = ()
    speeds: tuple[Choice, ...] = ()
    moving: str = ""
    speed: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """A few facts under a title, each with its name; `note` says what they are."""

    title: str
    rows: tuple[tuple[str, str], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the guided tour.

    Attributes:
        person: Who to be for it.
        place: Which conversation to look at: its id, "home" or "messages".
        help: What the button is called that does it for the visitor; empty where there is none.
        done: Whether it has happened.
    """

    id: str
    title: str
    text: str
    person: str
    place: str
    help: str = ""
    done: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """One thing a visitor should know before they start; `icon` names a drawing of the page."""

    icon: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Welcome:
    """The first thing a visitor sees: what this is, and what can be done with it."""

    title: str
    lead: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the app is up; if not, the sentence says what happened."""

    ok: bool
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """A field of the form for a rehearsal: its name, label, kind, what it starts with and offers."""

    name: str
    label: str
    kind: Literal["choice", "date", "number"]
    initial: str
    choices: tuple[Choice, ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a rehearsal is."""

    state: Literal["idle", "running", "done", "failed"]
    share: float = 0.0
    sentence: str = ""


class Rehearsal(Protocol):
    """A run from beginning to end with the visitor's own people, apart from the workspace on the screen."""

    @property
    def settings(self) -> tuple[Setting, ...]:
        """What can be chosen."""

    @property
    def sample(self) -> str:
        """A roster to start from, as CSV."""

    def settings_file(self, chosen: Mapping[str, str]) -> str:
        """The settings as CSV, to keep and pass on."""

    def read_settings(self, text: str) -> tuple[Mapping[str, str], tuple[str, ...]]:
        """Settings from such a file: values by name, and everything that is wrong, one sentence each."""

    def start(self, roster: str, chosen: Mapping[str, str]) -> tuple[str, ...]:
        """Starts; or gives everything that is wrong, one sentence each, and starts nothing.

        Args:
            roster: The text of a CSV file; empty for the sample.
            chosen: Values of the settings by name.
        """

    def progress(self) -> Progress:
        """How far it is."""

    def stop(self) -> None:
        """Gives up the one that is under way."""

    def digest(self) -> str:
        """What came of it: a whole HTML page that needs nothing else.

        Raises:
            CannotDirect: None has ended yet.
        """

    def transcript(self) -> str:
        """Everything said and done, one JSON object a line.

        Raises:
            CannotDirect: None has ended yet.
        """


class Direction(Protocol):
    """Whoever directs what the page shows; its methods are called from several threads and return quickly."""

    @property
    def host(self) -> str:
        """Who the visitor is at first, as a user id."""

    @property
    def rehearsal(self) -> Rehearsal | None:
        """Where the visitor can rehearse with their own people, if anywhere."""

    def revision(self) -> object:
        """Differs whenever anything this direction shows may have changed."""

    def times(self) -> Times:
        """The time bar."""

    def move(self, to: str) -> None:
        """Starts moving the clock to one of the jumps.

        Raises:
            CannotDirect: It is moving already, or there is no such place.
        """

    def play(self, speed: str) -> None:
        """Lets time run at one of the speeds.

        Raises:
            CannotDirect: It is moving already, or there is no such speed.
        """

    def stop(self) -> None:
        """Stops whatever moves."""

    def acted(self, person: str) -> None:
        """The visitor did something as this person; the app may have something to do now."""

    def played(self, people: frozenset[str]) -> None:
        """Who visitors are now: nobody else answers for them."""

    def about(self, person: str) -> str:
        """A few words on who somebody is."""

    def why(self, message: Message) -> tuple[Facts, ...]:
        """Why this message was sent, as far as anybody knows."""

    def facts(self, person: str) -> tuple[Facts, ...]:
        """What the app's database holds about somebody."""

    def behaviors(self, person: str) -> tuple[Choice, ...]:
        """How somebody can be made to answer by themselves."""

    def behavior(self, person: str) -> str:
        """How they do, as the id of a choice."""

    def set_behavior(self, person: str, behavior: str) -> None:
        """Makes them answer in another way from now on.

        Raises:
            CannotDirect: They cannot.
        """

    def completions(self) -> tuple[Choice, ...]:
        """Slash commands as they are typed, each with what it does."""

    def welcome(self) -> Welcome | None:
        """What greets a visitor at first; None where there is nothing to say, or no more."""

    def tour(self) -> tuple[Step, ...]:
        """The guided tour; empty for none."""

    def do_step(self, step: str) -> None:
        """Does a step for the visitor.

        Raises:
            CannotDirect: It cannot be done now.
        """

    def health(self) -> Health:
        """Whether the app is up."""

    def restart(self) -> None:
        """Starts the app again.

        Raises:
            CannotDirect: It cannot be.
        """


_JUMPS: Final = {"hour": ("+1 hour", timedelta(hours=1)), "day": ("+1 day", timedelta(days=1))}


class Plainly:
    """Directs any app: the clock can be moved, and nothing else is known.

    Args:
        clock: The workspace's.
        host: Who the visitor is at first.
    """

    def __init__(self, clock: StillClock, host: str) -> None:
        self._clock = clock
        self.host = host
        self.rehearsal: Rehearsal | None = None

    def revision(self) -> object:
        """Differs whenever anything this direction shows may have changed."""
        return self._clock.now()

    def times(self) -> Times:
        """The time bar."""
        return Times(self._clock.now(), jumps=tuple(Choice(id_, label) for id_, (label, _) in _JUMPS.items()))

    def move(self, to: str) -> None:
        """Moves the clock by an hour or a day."""
        if to not in _JUMPS:
            raise CannotDirect(f"The clock cannot be moved to “{to}”.")
        self._clock.advance(_JUMPS[to][1])

    def play(self, speed: str) -> None:
        """There are no speeds."""
        raise CannotDirect(f"Time does not run at “{speed}” here.")

    def stop(self) -> None:
        """Nothing moves."""

    def acted(self, person: str) -> None:
        """The app hears of it by itself."""

    def played(self, people: frozenset[str]) -> None:
        """Nobody answers by themselves."""

    def about(self, person: str) -> str:
        """Nothing is known."""
        del person
        return ""

    def why(self, message: Message) -> tuple[Facts, ...]:
        """Nothing is known."""
        del message
        return ()

    def facts(self, person: str) -> tuple[Facts, ...]:
        """Nothing is known."""
        del person
        return ()

    def behaviors(self, person: str) -> tuple[Choice, ...]:
        """Nobody answers by themselves."""
        del person
        return ()

    def behavior(self, person: str) -> str:
        """Nobody answers by themselves."""
        del person
        return ""

    def set_behavior(self, person: str, behavior: str) -> None:
        """Nobody answers by themselves."""
        raise CannotDirect(f"{person} cannot be made {behavior}: nobody answers by themselves here.")

    def completions(self) -> tuple[Choice, ...]:
        """None but what the manifest says."""
        return ()

    def welcome(self) -> Welcome | None:
        """Nobody is greeted."""

    def tour(self) -> tuple[Step, ...]:
        """There is none."""
        return ()

    def do_step(self, step: str) -> None:
        """There is none."""
        raise CannotDirect(f"There is no step “{step}”.")

    def health(self) -> Health:
        """Nobody looks after the app here."""
        return Health(ok=True)

    def restart(self) -> None:
        """Nobody looks after the app here."""
        raise CannotDirect("Start the app again where you started it.")
