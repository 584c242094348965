"""Using what is on the screen: choosing, typing ahead, pressing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.acts import CannotDo, Desk, Outcome
from playground.blocks import option_of
from playground.hands import EXTERNAL, action_of, chosen_entry, find, keeps_state, offered, with_options
from playground.shape import placed_element

if TYPE_CHECKING:
    from playground.blocks import Control, Option
    from playground.hands import What
    from playground.places import Place
    from playground.records import Json


class Using:
    """One person's use of one place.

    Args:
        desk: Carries it to the app.
        user: Who uses it.
        place: What is used.
    """

    def __init__(self, desk: Desk, user: str, place: Place) -> None:
        self._desk = desk
        self._user = user
        self._place = place

    def press(self, what: What, option: object) -> Outcome:
        """Uses a control that tells the app at once.

        Raises:
            CannotDo: It is not there, is only filled in, or does not offer the option.
        """
        control = find(self._place.blocks, what, option)
        if not control.dispatches:
            raise CannotDo(f"“{control.label}” is filled in, and told with the form")
        if keeps_state(control):
            if option is None:
                raise CannotDo(f"say what to choose of “{control.label or what}”")
            self._put(control, option)
        return self._click(control, option)

    def fill(self, what: What, value: object) -> Outcome | None:
        """Fills a field; the app hears of it at once only if the field asks for that.

        Raises:
            CannotDo: It is not there or does not take the value.
        """
        control = find(self._place.blocks, what)
        if not keeps_state(control):
            raise CannotDo(f"“{control.label}” is pressed, not filled in")
        self._put(control, value)
        return self._click(control, value) if control.dispatches else None

    def held(self, what: What) -> list[Json]:
        """The files a file field holds.

        Raises:
            CannotDo: It is not there.
        """
        control = find(self._place.blocks, what)
        with self._desk.world.lock:
            return list(self._place.state[control.block_id][control.action_id].get("files", ()))

    def suggest(self, what: What, typed: str) -> list[Option]:
        """Types into a typeahead select and reads what it offers.

        Raises:
            CannotDo: It is no such select, or too little was typed to make it ask.
        """
        control = find(self._place.blocks, what)
        if control.kind not in EXTERNAL:
            raise CannotDo(f"“{control.label}” does not ask for its options")
        if len(typed) < control.min_query_length:
            raise CannotDo(f"“{control.label}” asks from {control.min_query_length} characters on")
        element = dict(placed_element(self._place.blocks, control.block_id, control.action_id).item)
        with self._desk.world.lock:
            payload = self._place.question(element, control.block_id, typed)
        answer = self._desk.ask(payload)
        if answer is None:
            return []
        try:
            return offered(answer)
        except (ValueError, KeyError, TypeError) as error:
            # Whatever shape the app answered in: the person sees an empty list, the record says why.
            self._desk.note_refused({"answer": answer}, f"{error} [json-pointer:/options]")
            return []

    def _put(self, control: Control, value: object) -> None:
        world = self._desk.world
        if control.kind in EXTERNAL and value:
            control = self._with_suggestions(control, value)
        entry = chosen_entry(world, control, value)
        with world.lock:
            self._place.put(control.block_id, control.action_id, entry)

    def _click(self, control: Control, option: object) -> Outcome:
        world = self._desk.world
        with world.lock:
            entry = None
            if keeps_state(control):
                entry = self._place.state[control.block_id][control.action_id]
            payload = self._place.click(action_of(world, self._place.blocks, control, option, entry))
        return self._desk.act(self._user, payload)

    def _with_suggestions(self, control: Control, value: object) -> Control:
        """The select with what it offers for what the person looks for, besides what is chosen already."""
        wanted = value if isinstance(value, list) else [value]
        held = self._place.state[control.block_id][control.action_id]
        known = held.get("selected_options") or [held.get("selected_option")]
        options = [option_of(one) for one in known if one]
        for one in wanted:
            if not any(one in {option.text, option.value} for option in options):
                options += self.suggest(control.action_id, str(one))
        return with_options(control, options)
