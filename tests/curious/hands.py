"""Hands without a plan: any button of a message, of Home or of a form, any field filled in somehow."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from playground import CannotDo, Message, Outcome, Person
from playground.blocks import Control, Option, controls

WORDS = ("It helps to have somebody to ask.", "3", "2 hours", "The small library")
DAYS_FROM_NOW = (-20, -3, -1, 0, 1, 2, 5, 9, 30, 200)
TIMES = ("09:00", "10:30", "14:00", "16:45", "22:00")
STEPS = 6
"""Forms in a row that one visit goes through at most."""
FILLS_OPTIONAL, CHANGES_WHAT_IS_THERE = 0.7, 0.4
PRESSES_IN_A_FORM = 0.6
SENDS_AGAIN = 0.5
"""How often a form is sent anew after it was refused."""


@dataclass
class Hands:
    """One run's, whoever's they are.

    Args:
        chance: What they do.
        broken: What Slack showed as an error, by what was pressed.
    """

    chance: Random
    broken: list[str] = field(default_factory=list)

    def press_on(self, person: Person, message: Message, now: datetime) -> None:
        """Press something on a message as it stands now, and go through what opens."""
        seen = person.message(message.channel, message.ts)
        control = self._one_of(seen.controls if seen else ())
        if seen is not None and control is not None:
            with_it = _named(control)
            self._note(with_it[1], person.click(seen, with_it, option=self._option(control)))
            self._go_through(person, with_it[1], now)

    def press_on_home(self, person: Person, now: datetime) -> None:
        """Open Home and press something on it."""
        person.open_home()
        control = self._one_of(controls(person.home.blocks) if person.home else ())
        if control is not None:
            with_it = _named(control)
            self._note(with_it[1], person.click_home(with_it, self._option(control)))
            self._go_through(person, with_it[1], now)

    def type(self, person: Person, command: str, now: datetime) -> None:
        """Type a command, press something on the answer, and go through what opens."""
        outcome = person.command("/mentoring", command)
        self._note(command, outcome)
        for message in outcome.shown:
            if person.view is None:
                self.press_on(person, message, now)
        self._go_through(person, command, now)

    def _go_through(self, person: Person, begun_with: str, now: datetime) -> None:
        """Press and send whatever is open, form after form; then leave."""
        for _ in range(STEPS):
            view = person.view
            if view is None:
                return
            buttons = [each for each in controls(view.blocks) if not each.is_input]
            control = self._one_of(buttons) if self.chance.random() < PRESSES_IN_A_FORM else None
            try:
                if control is not None:
                    self._note(begun_with, person.press(_named(control), self._option(control)))
                elif view.source.get("submit"):
                    self._fill_in(person, now)
                    outcome = person.submit()
                    self._note(f"{begun_with}: {view.callback_id}", outcome)
                    if outcome.errors and self.chance.random() > SENDS_AGAIN:
                        break
                else:
                    break
            except CannotDo:
                # A required field was left empty, as Slack itself says.
                break
        if person.view is not None:
            person.close(all=True)

    def _fill_in(self, person: Person, now: datetime) -> None:
        for control in controls(person.view.blocks) if person.view else ():
            often = CHANGES_WHAT_IS_THERE if control.initial else FILLS_OPTIONAL if control.optional else 1
            if control.is_input and self.chance.random() < often:
                value = self._value(control, now)
                try:
                    if value is not None and person.view is not None:
                        person.fill(_named(control), value)
                except CannotDo:
                    # The field itself takes no such number or person.
                    continue

    def _value(self, control: Control, now: datetime) -> str | int | list[str] | None:
        """Something such a field takes; None where we have nothing, as for files."""
        if control.options:
            most = min(self.chance.randrange(1, 4), control.max_selected or 9, len(control.options))
            picked = [each.value for each in self.chance.sample([*control.options], most)]
            return picked if control.multi else picked[0]
        day = now + timedelta(days=self.chance.choice(DAYS_FROM_NOW))
        values: dict[str, str | int] = {
            "datepicker": day.date().isoformat(),
            "timepicker": self.chance.choice(TIMES),
            "datetimepicker": int(day.timestamp()),
            "number_input": str(self.chance.randrange(12)),
            "plain_text_input": self.chance.choice(WORDS),
            "url_text_input": "https://example.com/page",
        }
        return values.get(control.kind)

    def _one_of(self, offered: Sequence[Control]) -> Control | None:
        pressable = [each for each in offered if each.action_id and not each.url]
        return self.chance.choice(pressable) if pressable else None

    def _option(self, control: Control) -> str | None:
        picked: Sequence[Option] = control.options
        return self.chance.choice(picked).value if picked else control.value or None

    def _note(self, what: str, outcome: Outcome) -> None:
        if outcome.error is not None:
            self.broken.append(f"{what}: {outcome.error}")


def _named(control: Control) -> tuple[str, str]:
    return control.block_id, control.action_id
