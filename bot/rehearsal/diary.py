"""What simulated people did, in the order it happened."""

from dataclasses import dataclass, field
from datetime import datetime

from playground import CannotDo, Outcome, Playground


@dataclass(frozen=True, slots=True)
class Deed:
    """One act of one person; `after_call` places it among the bot's calls."""

    after_call: int
    at: datetime
    by: str
    does: str
    channel: str | None
    error: str | None


@dataclass(slots=True)
class Diary:
    """Collects deeds, and what went wrong with them."""

    playground: Playground
    deeds: list[Deed] = field(default_factory=list)

    def note(self, by: str, does: str, outcome: Outcome | None, channel: str | None = None) -> None:
        """Write an act down."""
        error = None
        if outcome is not None:
            error = (
                outcome.error or "; ".join(f"{name}: {said}" for name, said in outcome.errors.items()) or None
            )
        at = self.playground.clock.now()
        self.deeds.append(Deed(self.playground.call_count, at, by, does, channel, error))

    def note_impossible(self, by: str, does: str, error: CannotDo) -> None:
        """Write down what a person tried and could not do."""
        at = self.playground.clock.now()
        self.deeds.append(Deed(self.playground.call_count, at, by, does, None, f"could not: {error}"))
