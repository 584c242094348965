"""One message that shows how far an announcement of many pairs has come, updated in place."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.verdict import TransportError, verdict
from messages.letters.matching import announcing_message
from messages.words import Reader
from storage.announcing import Announcing, announcements_said, introductions
from storage.database import Database
from storage.people import person
from storage.programs import program

log = structlog.get_logger()

EVERY = 25
"""Letters between two updates: at one letter a second that is two a minute, far below Slack's limit."""
FRESH = timedelta(days=14)
"""How long a message is kept up to date: the quiet check before an announcement takes days."""


@dataclass(slots=True)
class Progress:
    """Keeps these messages true while the courier is at work.

    Args:
        shown: What each says now, by its place in Slack; lost with the process, which costs one update each.
    """

    database: Database
    client_of: Callable[[int], WebClient]
    shown: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    letters: int = 0

    def after_a_letter(self, now: datetime, workspace_id: int | None = None) -> None:
        """Show it every now and then."""
        self.letters += 1
        if self.letters % EVERY == 0:
            self.show(now, workspace_id)

    def show(self, now: datetime, workspace_id: int | None = None) -> None:
        """Update every message whose numbers have changed, in one workspace or in all."""
        with self.database.asking() as asked:
            said = announcements_said(asked, now - FRESH)
            if workspace_id is not None:
                said = [each for each in said if each.workspace_id == workspace_id]
            counts = {each: introductions(asked, each.run_id) for each in said}
        for each, count in counts.items():
            place = (each.channel, each.ts)
            if self.shown.get(place) != count:
                self._update(each, *count)
                self.shown[place] = count

    def _update(self, each: Announcing, sent: int, total: int) -> None:
        with self.database.read() as session:
            reader = person(session, each.workspace_id, each.person_id)
            about = program(session, each.workspace_id, each.program_id)
        if reader is None:
            return
        message = announcing_message(about, sent, total, Reader.of(reader.time_zone, reader.locale))
        try:
            self.client_of(each.workspace_id).chat_update(
                channel=each.channel, ts=each.ts, text=message.text, blocks=message.blocks
            )
        except (SlackApiError, *TransportError) as error:
            # Only a picture of the facts: the announcement itself goes on.
            log.warning("progress not shown", reason=verdict(error).reason)
