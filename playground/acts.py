"""What every act of a person has in common: a payload goes out, an answer comes back, something shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from playground.hooks import say_in_ack
from playground.line import Parcel
from playground.payloads import event_body
from playground.screens import change_view, push_view, taken_view
from playground.strict import Refusal, invalid_arguments

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from playground.line import EnvelopeKind, Line, Receipt
    from playground.records import Json, Message, View
    from playground.world import World

FORM_TROUBLE: Final = "We had some trouble connecting. Try again?"
"""What a modal shows when the app does not answer, or answers what Slack does not take."""

BUTTON_TROUBLE: Final = "Sorry, that didn't work. Try again?"
"""What a message or Home tab shows when the app does not answer."""

NOT_INTERACTIVE: Final = "This app is not configured to handle interactive responses."
"""What Slack shows when the app's manifest has interactivity switched off."""

REQUIRED: Final = "Please complete this required field."
"""What a modal shows under an empty required field."""


class CannotDo(Exception):
    """A person could not do this: it is not there, not theirs, not allowed, or not filled in.

    Args:
        sentence: Why not.
        fields: For a form, what is wrong by block id.
    """

    def __init__(self, sentence: str, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.fields = dict(fields or {})


@dataclass(frozen=True)
class Outcome:
    """What came of an act, as far as the person can tell.

    Attributes:
        acked: Whether the app acknowledged in time; also true where there was nothing to tell it.
        ack: What the acknowledgement held.
        shown: Messages only this person sees that arrived meanwhile.
        view: The modal that is now on top, if any.
        error: What Slack shows if it went wrong.
        errors: What is wrong in the form, by block id.
    """

    acked: bool
    ack: Json | None = None
    shown: tuple[Message, ...] = ()
    view: View | None = None
    error: str | None = None
    errors: dict[str, str] = field(default_factory=dict)


class Desk:
    """Carries what people do to the app and what it says back to their screens.

    Args:
        world: The state.
        line: Gives the way to the app that is in use.
    """

    def __init__(self, world: World, line: Callable[[], Line]) -> None:
        self.world = world
        self._line = line

    def tell(self, user: str, change: Callable[[], object]) -> Outcome:
        """Makes a change and tells the app about it, if it subscribed to hear of it."""
        with self.world.lock:
            before = self._whispers(user)
            change()
            events = self.world.take_events()
        receipts = [
            self._line().deliver(Parcel("events_api", event_body(self.world, event), takes_answer=False))
            for event in events
        ]
        return self._outcome(user, before, acked=all(receipt.acked for receipt in receipts))

    def command(self, user: str, payload: Json) -> Outcome:
        """Sends a slash command and shows what its acknowledgement says."""
        before = self._whispers(user)
        receipt = self._send("slash_commands", payload, takes_answer=True)
        failed = f"{payload['command']} failed with the error "
        if not receipt.acked:
            return self._outcome(user, before, acked=False, error=f'{failed}"{receipt.error}"')
        answer = receipt.answer if isinstance(receipt.answer, dict) else None
        error: str | None = None
        if answer and (answer.get("text") or answer.get("blocks")):
            try:
                with self.world.lock:
                    say_in_ack(self.world, user, payload["channel_id"], answer)
            except Refusal as refusal:
                self._note_refused(answer, refusal)
                error = f'{failed}"{refusal}"'
        return self._outcome(user, before, acked=True, ack=answer, error=error)

    def act(self, user: str, payload: Json) -> Outcome:
        """Sends a click or a closed modal."""
        if not self.world.manifest.is_interactive:
            return self._outcome(user, self._whispers(user), acked=False, error=NOT_INTERACTIVE)
        before = self._whispers(user)
        receipt = self._send("interactive", payload, takes_answer=False)
        error = None if receipt.acked else BUTTON_TROUBLE
        return self._outcome(user, before, acked=receipt.acked, error=error)

    def ask(self, payload: Json) -> Any:
        """Asks the app for options; None if it does not answer."""
        if not self.world.manifest.is_interactive:
            return None
        return self._send("interactive", payload, takes_answer=True).answer

    def submit(self, user: str, view: View, payload: Json) -> Outcome:
        """Sends a form and does what the acknowledgement asks: errors, update, push, clear or close."""
        before = self._whispers(user)
        if not self.world.manifest.is_interactive:
            return self._outcome(user, before, acked=False, error=NOT_INTERACTIVE)
        receipt = self._send("interactive", payload, takes_answer=True)
        if not receipt.acked:
            return self._outcome(user, before, acked=False, error=FORM_TROUBLE)
        answer = receipt.answer if isinstance(receipt.answer, dict) else {}
        try:
            with self.world.lock:
                errors = _follow(self.world, user, view.id, answer)
        except Refusal as refusal:
            self._note_refused(answer, refusal)
            return self._outcome(user, before, acked=True, ack=answer, error=FORM_TROUBLE)
        return self._outcome(user, before, acked=True, ack=answer or None, errors=errors)

    def note_refused(self, answer: Json, *messages: str) -> None:
        """Writes down that the app answered what Slack does not take."""
        self._note_refused(answer, invalid_arguments(*messages))

    def _send(self, kind: EnvelopeKind, payload: Json, *, takes_answer: bool) -> Receipt:
        return self._line().deliver(Parcel(kind, payload, takes_answer))

    def _note_refused(self, answer: Json, refusal: Refusal) -> None:
        with self.world.lock:
            self.world.record("ack", answer, refusal.answer)

    def _whispers(self, user: str) -> int:
        return len(self.world.whispers.get(user, ()))

    def _outcome(
        self,
        user: str,
        before: int,
        *,
        acked: bool,
        ack: Json | None = None,
        error: str | None = None,
        errors: dict[str, str] | None = None,
    ) -> Outcome:
        with self.world.lock:
            arrived = self.world.whispers.get(user, [])[before:]
            shown = [self.world.messages[channel][ts] for channel, ts in arrived]
            return Outcome(
                acked=acked,
                ack=ack,
                shown=tuple(message for message in shown if not message.deleted),
                view=self.world.top_view(user),
                error=error,
                errors=errors or {},
            )


def _follow(world: World, user: str, view_id: str, answer: Json) -> dict[str, str]:
    """Does to the screen what a `response_action` says; gives the errors to show, if any."""
    action = answer.get("response_action")
    if view_id not in world.views:
        # The person closed it, or another view took its place, while the app was thinking.
        return {}
    view = world.views[view_id]
    if action is None:
        world.remove_view(user, view_id)
    elif action == "clear":
        world.drop_views(user, len(world.stacks[user]))
    elif action == "errors":
        return _show_errors(world, view, answer.get("errors"))
    elif action == "update":
        change_view(world, view, taken_view(world, answer.get("view"), kind="modal", except_id=view_id))
    elif action == "push":
        push_view(world, user, taken_view(world, answer.get("view"), kind="modal"))
    else:
        raise invalid_arguments("unknown response_action [json-pointer:/response_action]")
    return {}


def _show_errors(world: World, view: View, errors: Any) -> dict[str, str]:
    fields = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors:
        raise invalid_arguments("must provide an object [json-pointer:/errors]")
    strangers = sorted(set(errors) - fields)
    if strangers:
        raise invalid_arguments(
            *(f"no input block has this id [json-pointer:/errors/{one}]" for one in strangers)
        )
    shown = {block_id: str(sentence) for block_id, sentence in errors.items()}
    world.show_errors(view.id, shown)
    return shown
