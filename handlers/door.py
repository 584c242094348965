"""The door: every payload comes in here, and every answer goes out.

It finds out who acts in which workspace, checks the right, runs one conversation, and answers with what comes
of it. The conversation commits its own short transaction before that, and Bolt acks when the listener is done
(`process_before_response`), so that an acked payload is a stored fact. What needs a call to Slack, a form or
the Home tab, is shown afterwards: nobody's answer waits for it.
"""

import functools
from collections.abc import Callable, Mapping
from typing import Any

import structlog
from slack_sdk import WebClient
from sqlalchemy.orm import Session

from handlers.afterwards import Afterwards
from handlers.measured import measured
from handlers.payload import at_fields, chosen, ids_of, who_acted
from handlers.rights import check_right, is_only_asked
from handlers.showing import NOT_SHOWN, said, show_after_press, show_in_conversation
from handlers.trouble import note_failure
from handlers.visit import Clock, Conversation, EventConversation, Visit
from handlers.whence import slack_ids
from mentoring.errors import Refusal
from mentoring.people import Person
from mentoring.rights import check_member
from messages.actions import Act
from messages.answers import Answer, Done, Faults, Offer, Push, Replace, Show, Tell
from messages.refusals import in_language
from messages.replies import ANYBODY, broke, not_now, notice_view, refused
from messages.words import Reader
from storage.database import Database
from storage.outbox import note_event
from storage.people import Workspace, acting, mark_home_opened, meet_person, workspace_of
from storage.prepared import Asked
from storage.spans import span

log = structlog.get_logger()

NOT_SET_UP = "This workspace isn't set up yet. Ask whoever runs the app to restart it."
COMMAND = "command"
"""What is done by typing, or by opening the Home tab: who may is looked at by what was typed."""
HomeView = Callable[[Session, Visit], dict[str, Any]]


class Door:
    """Turns conversations into Bolt listeners.

    Args:
        home: Renders a person's Home tab; shown again after whatever they do from it.
        afterwards: Shows what needs a call to Slack.
    """

    def __init__(self, database: Database, clock: Clock, home: HomeView, afterwards: Afterwards) -> None:
        self.database = database
        self.clock = clock
        self._home = home
        self._afterwards = afterwards

    def command(self, conversation: Conversation) -> Callable[..., None]:
        """Listen to the slash command."""

        def listener(body: dict[str, Any], ack: Any, client: WebClient, respond: Any) -> None:
            def show(answer: Answer, reader: Reader) -> None:
                match answer:
                    case Show():
                        # What was typed has been heard, whether or not the form can be shown.
                        ack()
                        self._show_later(
                            COMMAND, lambda: show_after_press(answer, reader, body, client, respond)
                        )
                    case Tell(message) if message.simple is not None:
                        # Slack does not answer to an ack; only so do we hear that it refuses blocks.
                        ack()
                        self._show_later(
                            COMMAND,
                            lambda: show_in_conversation(respond, message, response_type="ephemeral"),
                        )
                    case Tell(message) | Replace(message):
                        ack(text=message.text, blocks=message.blocks)
                    case _:
                        ack()

            self._enter(body, Act(COMMAND), conversation, show, text=body.get("text") or "")

        return self._awaited(COMMAND, listener)

    def actions(self, table: Mapping[str, Conversation]) -> Callable[..., None]:
        """Listen to buttons, menus and pickers, by action_id."""

        def listener(body: dict[str, Any], ack: Any, client: WebClient, respond: Any) -> None:
            action = body["actions"][0]
            name = action["action_id"]
            view = body.get("view") or {}

            def show(answer: Answer, reader: Reader) -> None:
                ack()
                if isinstance(answer, Show | Replace | Tell):
                    self._show_later(name, lambda: show_after_press(answer, reader, body, client, respond))
                if view.get("type") == "home":
                    self._redraw_home(body, client)

            def act() -> Act:
                pressed = Act.decode(name, ids_of(action))
                if view.get("type") != "modal":
                    return pressed
                return pressed.within(Act.decode(view["callback_id"], view.get("private_metadata")))

            self._enter(
                body,
                act,
                table[name],
                show,
                picked=chosen(action),
                values=view.get("state", {}).get("values", {}),
            )

        return self._awaited("action", listener)

    def forms(self, table: Mapping[str, Conversation]) -> Callable[..., None]:
        """Listen to forms being sent, by callback_id."""

        def listener(body: dict[str, Any], ack: Any, client: WebClient) -> None:
            view = body["view"]
            name = view["callback_id"]

            def show(answer: Answer, reader: Reader) -> None:
                match answer:
                    case Faults(sentences):
                        ack(response_action="errors", errors=at_fields(sentences, view))
                        return
                    case Show(form):
                        ack(response_action="update", view=form)
                    case Push(form):
                        ack(response_action="push", view=form)
                    case Tell(message) | Replace(message):
                        ack(response_action="update", view=notice_view(message, reader))
                    case Done():
                        ack(response_action="clear")
                self._redraw_home(body, client)

            self._enter(
                body,
                lambda: Act.decode(name, view.get("private_metadata")),
                table[name],
                show,
                values=view["state"]["values"],
                in_form=True,
            )

        return self._awaited("form", listener)

    def closed(self, table: Mapping[str, tuple[str, Conversation]]) -> Callable[..., None]:
        """Listen to forms being closed without sending them, by callback_id."""

        def listener(body: dict[str, Any], ack: Any, client: WebClient) -> None:
            view = body["view"]
            name, conversation = table[view["callback_id"]]

            def show(_answer: Answer, _reader: Reader) -> None:
                ack()
                self._redraw_home(body, client)

            self._enter(
                body,
                lambda: Act.decode(name, view.get("private_metadata")),
                conversation,
                show,
                values=view.get("state", {}).get("values", {}),
            )

        return self._awaited("closed", listener)

    def options(self, table: Mapping[str, Conversation]) -> Callable[..., None]:
        """Listen to somebody typing into selects that ask us what to offer, by action_id."""

        def listener(body: dict[str, Any], ack: Any) -> None:
            name = body["action_id"]
            view = body.get("view") or {}

            def show(answer: Answer, _reader: Reader) -> None:
                ack(options=list(answer.options) if isinstance(answer, Offer) else [])

            self._enter(
                body,
                lambda: Act.decode(name, view.get("private_metadata")),
                table[name],
                show,
                text=body.get("value") or "",
            )

        return self._awaited("options", listener)

    def home(self) -> Callable[..., None]:
        """Listen to somebody opening the app's Home tab."""

        def listener(event: dict[str, Any], body: dict[str, Any], client: WebClient) -> None:
            if event.get("tab") != "home":
                return
            body = {**body, "user": {"id": event["user"]}}
            try:
                visit = self._visit(body, Act(COMMAND), "", None, {})
            except Refusal:
                return  # a guest has no Home of ours
            if not visit.person.opened_home:
                with self.database.write() as session:
                    mark_home_opened(session, visit.person.id)
            self._redraw_home(body, client)

        return self._awaited("home", listener)

    def event(self, conversation: EventConversation) -> Callable[..., None]:
        """Listen to an event; Slack sends events again, facts happen once (deduplicated on `event_id`)."""

        def listener(event: dict[str, Any], body: dict[str, Any]) -> None:
            now = self.clock.now()
            with self.database.glance() as session:
                workspace = _whence(session, body)
            if workspace is None:
                return
            with self.database.of(workspace.id).write() as session:
                if note_event(session, workspace.id, body["event_id"], now):
                    # When it happened stands beside the event, not in it.
                    told = {**event, "event_time": body.get("event_time")}
                    conversation(session, workspace, told, now)

        return self._awaited("event", listener)

    def broken(self) -> Callable[..., None]:
        """Listen to what broke outside a conversation, in an event or in showing an answer.

        Bolt's own handler would log the error with its message, which may hold personal words.
        """

        def listener(error: Exception) -> None:
            note_failure("?", error)

        return listener

    def _enter(
        self,
        body: dict[str, Any],
        act: Act | Callable[[], Act],
        conversation: Conversation,
        show: Callable[[Answer, Reader], None],
        *,
        text: str = "",
        picked: str | None = None,
        values: Mapping[str, Mapping[str, Any]] | None = None,
        in_form: bool = False,
    ) -> None:
        """Run one conversation; whatever goes wrong becomes a sentence, in this one place."""
        name, reader = "?", None
        try:
            act = act() if callable(act) else act
            name = act.name
            visit = self._visit(body, act, text, picked, values or {})
            reader = visit.reader
            with span("conversation", act=name, workspace=visit.workspace.id):
                answer = conversation(visit)
        except Refusal as refusal:
            log.info("refused", act=name, why=type(refusal).__name__)
            reader = reader or self._reader(body)
            answer = _refusal(refusal, reader, in_form=in_form)
        except Exception as error:  # noqa: BLE001 - the one place where the unknown becomes a reference number
            reader = reader or ANYBODY
            answer = _broken(note_failure(name, error), reader, body, in_form=in_form)
        show(answer, reader)

    def _awaited(self, kind: str, listener: Callable[..., None]) -> Callable[..., None]:
        """The same listener, measured, and with word given that somebody waits for its answer."""

        @functools.wraps(listener)
        def awaited(*args: Any, **kwargs: Any) -> None:
            self._afterwards.answering()
            try:
                listener(*args, **kwargs)
            finally:
                self._afterwards.answered()

        return measured(kind, awaited)

    def _show_later(self, name: str, show: Callable[[], None]) -> None:
        """Show something once the payload is answered; the fact is stored, whatever becomes of this."""

        def work() -> None:
            try:
                show()
            except NOT_SHOWN as error:
                # A trigger that expired, a view closed meanwhile.
                log.warning("not shown", act=name, error=said(error))
            except Exception as error:  # noqa: BLE001 - nobody waits for it; the log is told
                note_failure(name, error)

        self._afterwards.show(work)

    def _visit(
        self,
        body: dict[str, Any],
        act: Act,
        text: str,
        picked: str | None,
        values: Mapping[str, Mapping[str, Any]],
    ) -> Visit:
        now = self.clock.now()
        slack_id, name = who_acted(body)
        only_asked = act.name == COMMAND or is_only_asked(act)
        looking = self.database.asking() if only_asked else self.database.glance()
        with looking as asked:
            workspace, person = acting(asked, slack_ids(body), slack_id)
            if workspace is None:
                raise Refusal(NOT_SET_UP)
            if person is not None:
                _check(asked, person, act)
        if person is None:
            with self.database.of(workspace.id).write() as session:
                person = meet_person(session, workspace.id, slack_id, name)
                _check(session, person, act)
        return Visit(
            database=self.database.of(workspace.id),
            workspace=workspace,
            person=person,
            now=now,
            act=act,
            values=values,
            text=text,
            channel=body.get("channel_id") or (body.get("channel") or {}).get("id"),
            picked=picked,
        )

    def _reader(self, body: dict[str, Any]) -> Reader:
        """Who reads a refusal, if they were not let in."""
        with self.database.asking() as asked:
            _, person = acting(asked, slack_ids(body), who_acted(body)[0])
        return Reader.of(person.time_zone, person.locale) if person else ANYBODY

    def _redraw_home(self, body: dict[str, Any], client: WebClient) -> None:
        """Show the Home tab as it is by then, to somebody who has opened it before."""

        def work() -> None:
            try:
                visit = self._visit(body, Act(COMMAND), "", None, {})
                if visit.person.opened_home:
                    with self.database.read(between=self._afterwards.give_way) as session:
                        view = self._home(session, visit)
                    with span("slack", method="views.publish"):
                        client.views_publish(user_id=visit.person.slack_id, view=view)
            except Refusal:
                return  # a guest has no Home of ours
            except NOT_SHOWN as error:
                # The Home tab is only a view of the facts; the next opening shows them.
                log.warning("home not shown", error=said(error))
            except Exception as error:  # noqa: BLE001 - nobody waits for it; the log is told
                note_failure("home", error)

        whose = (*slack_ids(body), who_acted(body)[0])
        self._afterwards.redraw(whose, work)


def _whence(session: Session, body: dict[str, Any]) -> Workspace | None:
    """The workspace a payload comes from, if we know it."""
    found = (workspace_of(session, each) for each in slack_ids(body))
    return next((each for each in found if each is not None), None)


def _check(session: Asked, person: Person, act: Act) -> None:
    """Whether they may be here at all, and whether they may do this; commands check by themselves."""
    check_member(person)
    if act.name != COMMAND:
        check_right(session, person, act)


def _refusal(refusal: Refusal, reader: Reader, *, in_form: bool) -> Answer:
    """The rule's sentence in its reader's language: at the field at fault, if there is one."""
    sentence = in_language(refusal.sentence, reader)
    return Faults({refusal.field: sentence}) if in_form and refusal.field else Tell(refused(sentence))


def _broken(reference: str | None, reader: Reader, body: dict[str, Any], *, in_form: bool) -> Answer:
    """The sentence with its number; a form stays open, so that what was typed is not lost."""
    said = broke(reference, reader) if reference else not_now(reader)
    fields = in_form and any(block["type"] == "input" for block in body["view"]["blocks"])
    return Faults({"": said.text}) if fields else Tell(said)
