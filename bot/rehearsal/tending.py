"""A simulated coordinator on a Monday: opens Home, looks at who needs a look, and does something about it."""

from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

from bot.rehearsal.diary import Diary
from playground import Outcome, Person
from playground.blocks import Control, controls

if TYPE_CHECKING:
    from collections.abc import Callable

AT_ONCE = 4
"""Pairs a coordinator deals with in one sitting."""
LONGEST_BREAK = 3
"""Weeks somebody on leave is away, at most."""
FLAGGED = "desk.snooze"
"""The button every pair on the list has: it tells how many there are, and which."""

WAYS = {
    "care.message": 10,
    "card": 6,
    "desk.snooze": 4,
    "care.offer_pause": 2,
    "care.extend": 1,
    "care.rematch": 1,
}
"""What a coordinator does about a pair, with how often; the card leads to a nudge, a pause or “dealt with”.
Assumptions for rehearsals, not findings."""
ON_THE_CARD = {"care.nudge": 3, "desk.seen": 3, "care.pause": 1}


@dataclass(slots=True)
class Tending:
    """One coordinator at their desk.

    Args:
        chance: Theirs alone, so that what they do changes nobody else's mind.
    """

    person: Person
    chance: Random
    diary: Diary

    def look(self) -> None:
        """Open Home, and do something about the first few pairs on the list."""
        self._note("opens Home", self.person.open_home())
        left = self._flagged()[:AT_ONCE]
        for pair in left:
            # What was done about one may have taken others off the list.
            if pair in self._flagged():
                self._do_something(pair)
        if self.person.stack:
            self.person.close(all=True)

    def _do_something(self, pair: str) -> None:
        what = self._one_of(WAYS)
        if what == "card":
            self._press_home("desk.pair", pair)
            self._use_card()
            return
        self._press_home(what, pair)
        if self.person.view is not None:
            self._fill_in(what)

    def _use_card(self) -> None:
        view = self.person.view
        offered = {each.action_id for each in controls(view.blocks)} if view else set()
        ways = {name: often for name, often in ON_THE_CARD.items() if name in offered}
        if ways:
            what = self._one_of(ways)
            self._note(f"presses {what}", self.person.press(what))
            if what == "care.pause":
                self._fill_in(what)
        if self.person.stack:
            self.person.close(all=True)

    def _fill_in(self, what: str) -> None:
        """Send the form an act opens; what opened instead is an answer to read."""
        fill: dict[str, Callable[[], object]] = {
            "care.rematch": lambda: self.person.fill("why", "quiet"),
            "care.pause": lambda: self.person.fill("until", self._back_on()),
        }
        view = self.person.view
        if view is not None and view.source.get("submit"):
            fill.get(what, lambda: None)()
            self._note(f"sends {what}", self.person.submit())
        if self.person.stack:
            self.person.close(all=True)

    def _back_on(self) -> str:
        weeks = timedelta(weeks=self.chance.randint(1, LONGEST_BREAK))
        return (self.diary.playground.clock.now() + weeks).date().isoformat()

    def _press_home(self, action_id: str, pair: str) -> None:
        found = next(
            (each for each in self._controls() if each.action_id == action_id and each.value == pair), None
        )
        if found is not None:
            outcome = self.person.click_home((found.block_id, action_id))
            self._note(f"presses {action_id}", outcome)

    def _flagged(self) -> list[str]:
        """What the buttons of each pair on the list carry, in the list's order."""
        return [each.value for each in self._controls() if each.action_id == FLAGGED]

    def _controls(self) -> list[Control]:
        return [*controls(self.person.home.blocks)] if self.person.home is not None else []

    def _one_of(self, ways: dict[str, int]) -> str:
        return self.chance.choices([*ways], [*ways.values()])[0]

    def _note(self, does: str, outcome: Outcome) -> None:
        self.diary.note(self.person.id, does, outcome)
