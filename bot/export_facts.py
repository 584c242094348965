"""What the letter with an export draws on, and the message that is kept true while the file is made."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from sqlalchemy.orm import Session

from bot.verdict import TransportError
from handlers.export_tables import export_tables
from handlers.rights import check_right
from mentoring.surveys.visible import AnswerReader
from messages.actions import Act
from messages.letters.context import Circumstances
from messages.letters.exports import exporting_message, tables_of
from messages.words import Reader
from storage.database import Database
from storage.outbox import Letter, where_said

log = structlog.get_logger()

EVERY_S = 1.0
"""Seconds between two changes of the message: Slack takes about one a second in a conversation."""


def export_facts(session: Session, seen: Circumstances, letter: Letter) -> Circumstances:
    """Gather the tables as the asker may see them, if they still run the program.

    Raises:
        NotAllowed: They do not any more.
    """
    check_right(session, seen.the_recipient, Act("export.send", {"program": seen.the_program.id}))
    wanted = tables_of(str(letter.ids["what"]))
    tables = export_tables(session, seen.the_program, wanted, seen.now, AnswerReader.COORDINATOR)
    return replace(seen, tables=tables)


@dataclass(slots=True)
class ExportProgress:
    """Hears how far a file is, and changes the message that went before it; a picture, it never fails."""

    client: WebClient
    place: tuple[str, str]
    program: str
    reader: Reader
    clock: Callable[[], float] = time.monotonic
    said_at: float = field(default=float("-inf"))

    def __call__(self, done: int, total: int) -> None:
        """Say it, but not more often than Slack likes; the end is always said."""
        if done < total and self.clock() - self.said_at < EVERY_S:
            return
        self.said_at = self.clock()
        channel, ts = self.place
        message = exporting_message(self.program, done, total, self.reader)
        try:
            self.client.chat_update(channel=channel, ts=ts, text=message.text, blocks=message.blocks)
        except (SlackApiError, *TransportError):
            log.warning("progress not shown", kind="export")


def with_progress(
    database: Database, client: WebClient, letter: Letter, seen: Circumstances
) -> Circumstances:
    """Let the message that announced this export follow it, where there is one."""
    with database.glance() as session:
        place = where_said(session, letter.workspace_id, f"exporting:{letter.ids['stamp']}")
    if place is None:
        return seen
    return replace(seen, told=ExportProgress(client, place, seen.the_program.name, seen.reader))
