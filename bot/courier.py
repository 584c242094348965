"""The courier: turns letters into words and sends them; at least once, reconciled where we may read.

claim → commit "sending" → call Slack → commit "sent". A letter found "sending" once its lease is over (the
process died, or the answer was lost) is looked up in Slack by its mark where we may read (our own DMs), and
sent again only if absent. In a pair's group DM and in channels we ask for no right to read; there the rule is
per kind, see `SAY_AGAIN`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.arrival import earliest_arrival
from bot.circumstances import Stale, circumstances
from bot.export_facts import with_progress
from bot.faults import note_fault
from bot.giving_up import tell_coordinators
from bot.metrics import LETTERS
from bot.pace import Pace
from bot.uploads import put_at_slack, show_in
from bot.verdict import Fate, TransportError, Verdict, verdict
from handlers.showing import REFUSED_BLOCKS
from handlers.visit import Clock
from mentoring.errors import MentoringError
from mentoring.notices import Recipient, ToChannel, ToPair, ToPerson
from messages.blocks import Block
from messages.letters.context import Attachment, Circumstances, Message
from messages.letters.kinds import letter as words_of
from storage.asking import out_of_reach
from storage.database import Database
from storage.outbox import (
    LEASE,
    QUIET_HOURS,
    Letter,
    LetterState,
    claim_letter,
    file_came,
    hold_letters,
    keep_file,
    put_back,
    settle_sent,
    settle_unsent,
    stranded_letters,
    take_over,
)
from storage.pairs import keep_channel, mark_announced, pair
from storage.people import people, person
from storage.sealing import SealedError
from storage.spans import span

log = structlog.get_logger()

HTTP_TIMEOUT_S = 10
"""How long one call to Slack may take; slack_sdk's default of 30 would hold up everybody behind it. It ends
well within a letter's lease."""
MOST_ATTEMPTS = 12
"""Tries before giving up loudly; with the waits below that is about four hours: an outage of Slack's own may
take a morning, and where a third of all calls fail, six tries lost a letter in a thousand."""
FIRST_WAIT = timedelta(seconds=30)
"""Wait after the second failed try; it doubles with each, up to the longest. The first try again comes at
once: mostly it was this process that failed, not Slack."""
LONGEST_WAIT = timedelta(hours=1)
LOST_WAIT = timedelta(minutes=10)
"""Wait while a workspace takes nothing from us: somebody has to install the app again."""
KEYS_WAIT = timedelta(minutes=10)
"""Wait while a letter's words cannot be opened: the operator has to put a key back."""
LOOKING = timedelta(minutes=1)
"""How much longer than its lease a letter is ours while we look for it in Slack: several calls."""
LONGEST_REST_S = 1.0
"""Seconds a courier waits for a workspace's budget; at full pace it is a fifth of that for each letter."""
NO_WORDS = "no_words"
"""Why a letter is not sent whose words could not be found, which is a fault of ours and none of Slack's."""
EVENT_TYPE = "letter"
"""Metadata is visible to others in the workspace: it carries an opaque mark, never a kind or a name."""

SAY_AGAIN = frozenset({"introduction", "agreement_signed", "announcement"})
"""Kinds said again when we cannot know whether they were: their loss would leave people in the dark. All
other letters to groups are reminders; after a crash one of these may stay unsaid, and none is said twice."""


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
        pace: Keeps Slack's limits in real time; None where the clock is not real.
    """

    database: Database
    clock: Clock
    client_of: Callable[[int], WebClient]
    pace: Pace | None = None

    def deliver(
        self, keep_going: Callable[[], bool] = lambda: True, workspace_id: int | None = None
    ) -> Delivered:
        """Send everything that is due, in one workspace or in all.

        Args:
            keep_going: Asked before every letter; told no, the rest stays queued.
            workspace_id: Where; None for everywhere.
        """
        done = Delivered()
        self.reconcile(workspace_id)
        while keep_going():
            if self.pace and workspace_id is not None:
                # Before the claim: a letter that is held while its workspace rests would outlive its lease.
                # And who has to rest for long lets another workspace have this courier.
                if self.pace.rest(workspace_id) > LONGEST_REST_S:
                    break
                self.pace.wait_for(workspace_id)
            claimed = self._claim(workspace_id)
            if claimed is not None:
                with span("letter", kind=claimed.kind, mark=claimed.mark, workspace=claimed.workspace_id):
                    self._deliver_one(claimed, done)
            elif self.pace is None or not self.pace.wait_for_a_place(workspace_id):
                break
        return done

    def reconcile(self, workspace_id: int | None = None) -> None:
        """Settle letters that a dead process or a lost answer left behind."""
        now = self.clock.now()
        with self.database.asking() as asked:
            stranded = stranded_letters(asked, now, workspace_id)
        for letter in stranded:
            # Another process may have found it too, and may be about to say it again.
            with self.database.changing() as asked:
                if not take_over(asked, letter, now + LOOKING):
                    continue
            try:
                found = self._look_up(letter)
            except CannotReconcileError:
                self._settle_unknown(letter, now)
                continue
            except (SlackApiError, *TransportError) as error:
                # Slack is not answering; the letter waits for the next round.
                log.warning("not looked up", letter=letter.mark, reason=verdict(error).reason)
                continue
            if found is not None:
                self._sent(letter, *found)
            else:
                self._try_again(letter, "not_found_after_crash", now)

    def _claim(self, workspace_id: int | None) -> Letter | None:
        now = self.clock.now()
        busy = cast("list[Recipient]", self.pace.busy(workspace_id)) if self.pace else []
        with self.database.for_claims().changing() as asked:
            return claim_letter(asked, now, busy=busy, workspace_id=workspace_id)

    def _deliver_one(self, letter: Letter, done: Delivered) -> None:
        now = self.clock.now()
        found = self._words(letter, now)
        if found is None:
            done.unsent += 1
            return
        seen, message = found
        try:
            channel = self._destination(letter, seen)
        except (SlackApiError, *TransportError) as error:
            # Whatever went wrong, the letter itself was not on its way yet.
            self._unclear(letter, verdict(error), now, posted=False)
            done.waiting += 1
            return
        if self.pace:
            self.pace.wait_for(letter.workspace_id)
        if not self._is_still_ours(letter):
            return
        try:
            ts, channel = self._post(letter, channel, message)
        except (SlackApiError, *TransportError) as error:
            self._unclear(letter, verdict(error), now, posted=True)
            done.waiting += 1
        else:
            self._sent(letter, channel, ts)
            done.sent += 1
        if self.pace:
            self.pace.sent(letter.workspace_id, letter.to)

    def _is_still_ours(self, letter: Letter) -> bool:
        """Whether nobody took a letter for left behind while its words, place and turn were found."""
        now = self.clock.now()
        if letter.claimed_at is None or now - letter.claimed_at < LEASE / 5:
            return True
        with self.database.changing() as asked:
            return take_over(asked, letter, now)

    def _words(self, letter: Letter, now: datetime) -> tuple[Circumstances, Message] | None:
        """What the letter says, and to whom; None where it is not said, or not now."""
        try:
            seen = self._circumstances(letter, now)
            return None if seen is None else (seen, words_of(letter.kind, seen))
        except Exception as error:
            if out_of_reach(error):
                raise
            # A fault of ours in one letter must not hold up all those behind it.
            note_fault("no words found", error, kind=letter.kind, letter=letter.mark)
            self._try_again(letter, NO_WORDS, now)
            return None

    def _circumstances(self, letter: Letter, now: datetime) -> Circumstances | None:
        """Find what there is to say, or settle why there is nothing (now)."""
        if letter.expires_at is not None and now >= letter.expires_at:
            self._unsent(letter, LetterState.EXPIRED, "expired")
            return None
        with self.database.read() as session:
            try:
                seen = circumstances(session, letter, now)
                later = earliest_arrival(session, letter, now)
            except SealedError as error:
                # What it says is still there, and can be read when the key is back.
                log.error("keys missing", letter=letter.mark, advice=str(error))  # noqa: TRY400 - a traceback would tell no more
                self._put_back(letter, now + KEYS_WAIT, "keys_missing")
                return None
            except MentoringError:
                seen, later = Stale("gone"), now
        if isinstance(seen, Stale):
            self._unsent(letter, LetterState.CANCELLED, seen.reason)
            return None
        if later > now:
            self._put_back(letter, later, QUIET_HOURS)
            return None
        if letter.kind == "export":
            seen = with_progress(self.database, self.client_of(letter.workspace_id), letter, seen)
        return seen

    def _put_back(self, letter: Letter, until: datetime, reason: str) -> None:
        with self.database.changing() as asked:
            put_back(asked, letter.id, until, reason, counted=False)

    def _destination(self, letter: Letter, seen: Circumstances) -> str:
        match letter.to:
            case ToChannel(channel):
                return channel
            case ToPerson():
                return seen.the_recipient.slack_id
            case ToPair(pair_id):
                return seen.the_pair.channel_id or self._group(letter.workspace_id, pair_id)

    def _slack_id(self, workspace_id: int, person_id: int) -> str:
        with self.database.glance() as session:
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
        with self.database.of(workspace_id).write() as session:
            keep_channel(session, pair_id, channel)
        return channel

    def _post(self, letter: Letter, channel: str, message: Message) -> tuple[str, str]:
        client = self.client_of(letter.workspace_id)
        if message.file is not None and letter.file_came_at is None:
            self._send_file(client, letter, channel, message.file)
        try:
            return self._say(client, letter, channel, message.text, message.blocks)
        except SlackApiError as error:
            # Charts and tables of its own are newer than some workspaces: the same facts then come as text.
            if message.simple is None or error.response.get("error") != REFUSED_BLOCKS:
                raise
            return self._say(client, letter, channel, message.text, message.simple)

    def _send_file(self, client: WebClient, letter: Letter, channel: str, file: Attachment) -> None:
        file_id = letter.file_id or put_at_slack(client, file)
        # Each step is kept before the next: whoever tries again begins where this one stopped.
        if letter.file_id is None:
            with self.database.changing() as asked:
                keep_file(asked, letter.id, file_id)
        show_in(client, channel, file_id, file.title, again=letter.file_id is not None)
        with self.database.changing() as asked:
            file_came(asked, letter.id, self.clock.now())

    def _say(
        self, client: WebClient, letter: Letter, channel: str, text: str, blocks: list[Block]
    ) -> tuple[str, str]:
        posted = client.chat_postMessage(
            channel=channel,
            text=text,
            blocks=blocks,
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
        # Not since it was claimed: whoever looked for it before, and died over it, has claimed it anew.
        oldest = letter.written_at - LEASE
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
        with self.database.of(letter.workspace_id).changing() as asked:
            settle_sent(asked, letter.id, channel, ts, now)
            if letter.kind == "introduction" and isinstance(letter.to, ToPair):
                mark_announced(asked, letter.to.pair_id, now)
        LETTERS.labels("sent").inc()
        log.info("sent", kind=letter.kind, letter=letter.mark)

    def _unsent(self, letter: Letter, state: LetterState, reason: str) -> None:
        with self.database.of(letter.workspace_id).changing() as asked:
            settle_unsent(asked, letter.id, state, reason)
        LETTERS.labels(state.value).inc()
        log.info("not sent", kind=letter.kind, letter=letter.mark, reason=reason)

    def _unclear(self, letter: Letter, said: Verdict, now: datetime, *, posted: bool) -> None:
        """No plain yes: wait, try again, look it up later, or give up, by what became of it."""
        fate = Fate.NOT_SENT if said.fate is Fate.UNKNOWN and not posted else said.fate
        match fate:
            case Fate.BUSY:
                self._wait(letter, said, said.wait, now)
                if self.pace:
                    self.pace.slow_down(letter.workspace_id, said.wait)
            case Fate.WORKSPACE_LOST:
                log.error("workspace lost", workspace=letter.workspace_id, reason=said.reason)
                self._wait(letter, said, LOST_WAIT, now)
            case Fate.NOT_SENT:
                self._try_again(letter, said.reason, now)
            case Fate.UNKNOWN:
                # It stays "sending" and is looked up once its lease is over.
                log.warning("no clear answer", kind=letter.kind, letter=letter.mark, reason=said.reason)
            case Fate.REFUSED:
                self._give_up(letter, said.reason, now)

    def _wait(self, letter: Letter, said: Verdict, wait: timedelta, now: datetime) -> None:
        """Hold a whole workspace; the letter was turned away unread, so the try is not counted."""
        LETTERS.labels("delayed").inc()
        log.warning("put back", kind=letter.kind, letter=letter.mark, reason=said.reason)
        with self.database.of(letter.workspace_id).write() as session:
            hold_letters(session, letter.workspace_id, now + wait)
            put_back(session, letter.id, now + wait, said.reason, counted=False)

    def _try_again(self, letter: Letter, reason: str, now: datetime) -> None:
        if letter.attempts >= MOST_ATTEMPTS:
            self._give_up(letter, reason, now)
            return
        wait = timedelta()
        if letter.attempts > 1:
            wait = min(FIRST_WAIT * 2 ** (letter.attempts - 2), LONGEST_WAIT)
        log.warning("put back", kind=letter.kind, letter=letter.mark, reason=reason)
        with self.database.of(letter.workspace_id).changing() as asked:
            put_back(asked, letter.id, now + wait, reason, counted=True)

    def _give_up(self, letter: Letter, reason: str, now: datetime) -> None:
        """Stop trying, and tell whoever coordinates."""
        LETTERS.labels("failed").inc()
        log.error("given up", kind=letter.kind, letter=letter.mark, reason=reason)
        with self.database.of(letter.workspace_id).write() as session:
            settle_unsent(session, letter.id, LetterState.FAILED, reason)
            if letter.kind != "letter_given_up":
                tell_coordinators(session, letter, reason, now)


def _mark(message: dict[str, Any]) -> str | None:
    metadata = message.get("metadata") or {}
    return (metadata.get("event_payload") or {}).get("id")
