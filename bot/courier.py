"""The courier: turns letters into words and sends them; at least once, reconciled where we may read.

claim → commit "sending" → call Slack → commit "sent". A letter found "sending" later (the process died, or
the answer was lost) is looked up in Slack by its mark where we may read (our own DMs), and sent again only if
absent. In a pair's group DM and in channels we ask for no right to read; there the rule is per kind, see
`SAY_AGAIN`.
"""

import http.client
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.error import URLError

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from sqlalchemy.orm import Session

from bot.circumstances import Stale, circumstances
from handlers.visit import Clock
from mentoring.errors import MentoringError
from mentoring.notices import Notice, ToChannel, ToPair, ToPerson
from messages.letters.context import Message
from messages.letters.kinds import letter as words_of
from storage.database import Database
from storage.outbox import (
    Letter,
    LetterState,
    claim_letter,
    put_back,
    settle_sent,
    settle_unsent,
    stranded_letters,
    write_letter,
)
from storage.pairs import keep_channel, mark_announced, pair
from storage.people import people, person, staff

log = structlog.get_logger()

HTTP_TIMEOUT_S = 10
"""How long one call to Slack may take; slack_sdk's default of 30 would hold up everybody behind it."""
GRACE = timedelta(seconds=HTTP_TIMEOUT_S + 5)
"""A letter still "sending" after this was left behind: no call of ours can be under way any more."""
MOST_ATTEMPTS = 6
"""Tries before giving up loudly; with the waits below that is about an hour."""
FIRST_WAIT = timedelta(seconds=30)
"""Wait after the first failed try; it doubles with each."""
EVENT_TYPE = "letter"
"""Metadata is visible to others in the workspace: it carries an opaque mark, never a kind or a name."""

AMBIGUOUS = {"internal_error", "fatal_error", "request_timeout", "service_unavailable", "team_added_to_org"}
"""Errors after which Slack may or may not have posted (docs.slack.dev, chat.postMessage)."""

SAY_AGAIN = {"introduction", "agreement_signed", "announcement"}
"""Kinds said again when we cannot know whether they were: their loss would leave people in the dark. All
other letters to groups are reminders; after a crash one of these may stay unsaid, and none is said twice."""

TransportError = (URLError, http.client.HTTPException, ConnectionError, TimeoutError)


class CannotReconcileError(MentoringError):
    """We may not read where this letter went."""


@dataclass(slots=True)
class Delivered:
    """What one round of deliveries did."""

    sent: int = 0
    unsent: int = 0
    waiting: int = 0


@dataclass(slots=True)
class Courier:
    """Delivers letters of all workspaces.

    Args:
        client_of: Gives the Web API client of a workspace, by our number.
        hold: Workspaces that Slack told to wait, and until when.
    """

    database: Database
    clock: Clock
    client_of: Callable[[int], WebClient]
    hold: dict[int, datetime] = field(default_factory=dict)

    def deliver(self) -> Delivered:
        """Send everything that is due; returns when nothing is."""
        done = Delivered()
        self.reconcile()
        while (claimed := self._claim()) is not None:
            self._deliver_one(claimed, done)
        return done

    def reconcile(self) -> None:
        """Settle letters that a dead process or a lost answer left behind."""
        now = self.clock.now()
        with self.database.read() as session:
            stranded = stranded_letters(session, now, GRACE)
        for letter in stranded:
            try:
                found = self._look_up(letter)
            except CannotReconcileError:
                self._settle_unknown(letter, now)
                continue
            except (SlackApiError, *TransportError):
                # Slack is not answering; the letter waits for the next round.
                continue
            if found is not None:
                self._sent(letter, *found)
            else:
                self._try_again(letter, "not_found_after_crash", now)

    def _claim(self) -> Letter | None:
        now = self.clock.now()
        held = [workspace_id for workspace_id, until in self.hold.items() if until > now]
        with self.database.write() as session:
            return claim_letter(session, now, not_for=held)

    def _deliver_one(self, letter: Letter, done: Delivered) -> None:
        now = self.clock.now()
        if letter.expires_at is not None and now >= letter.expires_at:
            self._unsent(letter, LetterState.EXPIRED, "expired")
            done.unsent += 1
            return
        with self.database.read() as session:
            try:
                seen = circumstances(session, letter, now)
            except MentoringError:
                seen = Stale("gone")
        if isinstance(seen, Stale):
            self._unsent(letter, LetterState.CANCELLED, seen.reason)
            done.unsent += 1
            return
        try:
            channel = self._destination(letter)
            ts, channel = self._post(letter, channel, words_of(letter.kind, seen))
        except SlackApiError as error:
            self._refused(letter, error, now)
            done.waiting += 1
        except TransportError as error:
            # Ambiguous: it stays "sending" and is looked up once no call can be under way any more.
            log.warning("no answer", kind=letter.kind, letter=letter.mark, error=type(error).__name__)
            done.waiting += 1
        else:
            self._sent(letter, channel, ts)
            done.sent += 1

    def _destination(self, letter: Letter) -> str:
        match letter.to:
            case ToChannel(channel):
                return channel
            case ToPerson(person_id):
                return self._slack_id(letter.workspace_id, person_id)
            case ToPair(pair_id):
                return self._group(letter.workspace_id, pair_id)

    def _slack_id(self, workspace_id: int, person_id: int) -> str:
        with self.database.read() as session:
            found = person(session, workspace_id, person_id)
        if found is None:
            raise MentoringError("a letter names somebody who is not in its workspace")
        return found.slack_id

    def _group(self, workspace_id: int, pair_id: int) -> str:
        """The pair's group DM; opening it twice gives the same one."""
        with self.database.read() as session:
            about = pair(session, workspace_id, pair_id)
            everybody = people(session, workspace_id, [each.person_id for each in about.members])
        if about.channel_id:
            return about.channel_id
        users = ",".join(each.slack_id for each in everybody.values())
        opened = self.client_of(workspace_id).conversations_open(users=users)
        channel = str(opened["channel"]["id"])
        with self.database.write() as session:
            keep_channel(session, pair_id, channel)
        return channel

    def _post(self, letter: Letter, channel: str, message: Message) -> tuple[str, str]:
        posted = self.client_of(letter.workspace_id).chat_postMessage(
            channel=channel,
            text=message.text,
            blocks=message.blocks,
            metadata={"event_type": EVENT_TYPE, "event_payload": {"id": letter.mark}},
            unfurl_links=False,
            unfurl_media=False,
        )
        return str(posted["ts"]), str(posted["channel"])

    def _look_up(self, letter: Letter) -> tuple[str, str] | None:
        """Find a letter in Slack by its mark: channel and ts, or None if it is not there."""
        if not isinstance(letter.to, ToPerson):
            raise CannotReconcileError(letter.mark)
        client = self.client_of(letter.workspace_id)
        slack_id = self._slack_id(letter.workspace_id, letter.to.person_id)
        channel = str(client.conversations_open(users=slack_id)["channel"]["id"])
        oldest = (letter.claimed_at or self.clock.now()) - GRACE
        cursor = None
        while True:
            page = client.conversations_history(
                channel=channel,
                oldest=str(oldest.timestamp()),
                include_all_metadata=True,
                limit=200,
                cursor=cursor,
            )
            for message in page["messages"]:
                if _mark(message) == letter.mark:
                    return channel, str(message["ts"])
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return None

    def _settle_unknown(self, letter: Letter, now: datetime) -> None:
        if letter.kind in SAY_AGAIN:
            self._try_again(letter, "unknown_after_crash", now)
        else:
            self._unsent(letter, LetterState.CANCELLED, "unknown_after_crash")

    def _sent(self, letter: Letter, channel: str, ts: str) -> None:
        now = self.clock.now()
        with self.database.write() as session:
            settle_sent(session, letter.id, channel, ts, now)
            if letter.kind == "introduction" and isinstance(letter.to, ToPair):
                mark_announced(session, letter.to.pair_id, now)
        log.info("sent", kind=letter.kind, letter=letter.mark)

    def _unsent(self, letter: Letter, state: LetterState, reason: str) -> None:
        with self.database.write() as session:
            settle_unsent(session, letter.id, state, reason)
        log.info("not sent", kind=letter.kind, letter=letter.mark, reason=reason)

    def _refused(self, letter: Letter, error: SlackApiError, now: datetime) -> None:
        """Slack answered no: wait, look it up later, or give up, by what it said."""
        said = str(error.response.get("error", "")) if error.response else ""
        status = error.response.status_code if error.response else 0
        if said == "ratelimited" or status == http.HTTPStatus.TOO_MANY_REQUESTS:
            wait = timedelta(seconds=int(error.response.headers.get("Retry-After", "1")))
            self.hold[letter.workspace_id] = now + wait
            with self.database.write() as session:
                put_back(session, letter.id, now + wait, "ratelimited", counted=False)
            return
        if said in AMBIGUOUS or status >= http.HTTPStatus.INTERNAL_SERVER_ERROR:
            log.warning("no clear answer", kind=letter.kind, letter=letter.mark, status=status)
            return
        self._give_up(letter, said or str(status), now)

    def _try_again(self, letter: Letter, reason: str, now: datetime) -> None:
        if letter.attempts >= MOST_ATTEMPTS:
            self._give_up(letter, reason, now)
            return
        # The first try after a crash comes at once: it was this process that failed, not Slack.
        wait = timedelta() if letter.attempts <= 1 else FIRST_WAIT * 2 ** (letter.attempts - 2)
        with self.database.write() as session:
            put_back(session, letter.id, now + wait, reason, counted=True)

    def _give_up(self, letter: Letter, reason: str, now: datetime) -> None:
        """Stop trying, and tell whoever coordinates."""
        log.error("given up", kind=letter.kind, letter=letter.mark, reason=reason)
        with self.database.write() as session:
            settle_unsent(session, letter.id, LetterState.FAILED, reason)
            if letter.kind != "letter_given_up":
                _tell_coordinators(session, letter, reason, now)


def _tell_coordinators(session: Session, letter: Letter, reason: str, now: datetime) -> None:
    whom = {"person": letter.to.person_id} if isinstance(letter.to, ToPerson) else {}
    for each in staff(session, letter.workspace_id):
        notice = Notice(
            kind="letter_given_up",
            to=ToPerson(each.person.id),
            key=f"letter_given_up:{letter.mark}:person {each.person.id}",
            not_before=now,
            why="a letter could not be delivered",
            ids={"kind": letter.kind, "reason": reason, **whom},
        )
        write_letter(session, letter.workspace_id, notice, now, program_id=letter.program_id)


def _mark(message: dict[str, Any]) -> str | None:
    metadata = message.get("metadata") or {}
    return (metadata.get("event_payload") or {}).get("id")
