"""Reads rosters that were dropped into the form: asks Slack for each file, outside any transaction."""

from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.group_inviter import MOST_ATTEMPTS
from bot.verdict import TransportError, verdict
from mentoring.notices import Notice, ToPerson
from storage.database import Database
from storage.outbox import write_letter
from storage.rosters import RosterFile, keep_text, try_roster_later, wanted_rosters

log = structlog.get_logger()

TRY_AGAIN = timedelta(minutes=2)
LARGEST = 5_000_000
"""Bytes: a roster of ten thousand people is about two million."""
TIMEOUT_S = 10
TOO_LARGE, NOT_TEXT = "too_large", "not_text"


def read_rosters(database: Database, client_of: Callable[[int], WebClient], now: datetime) -> int:
    """Read every file that was dropped; returns how many were tried. Doing it twice changes nothing."""
    with database.glance() as session:
        wanted = wanted_rosters(session, now)
    for each in wanted:
        _read(database, client_of(each.workspace_id), each, now)
    return len(wanted)


def _read(database: Database, client: WebClient, this: RosterFile, now: datetime) -> None:
    try:
        text, refused = _download(client, this.file_id)
    except (SlackApiError, *TransportError) as error:
        said = verdict(error)
        log.warning("roster not read", workspace=this.workspace_id, reason=said.reason)
        if said.passes and this.attempts < MOST_ATTEMPTS:
            with database.of(this.workspace_id).write() as session:
                try_roster_later(session, this.id, now + TRY_AGAIN)
            return
        text, refused = None, said.reason
    with database.of(this.workspace_id).write() as session:
        keep_text(session, this.id, text, refused)
        write_letter(session, this.workspace_id, _letter(this, now), now, program_id=this.program_id)


def _download(client: WebClient, file_id: str) -> tuple[str | None, str | None]:
    """The text of a file, or why there is none; its address comes from Slack, never from a form."""
    found = client.files_info(file=file_id)["file"]
    if int(found.get("size") or 0) > LARGEST:
        return None, TOO_LARGE
    url = str(found["url_private_download"])
    if urlsplit(url).scheme not in {"https", urlsplit(client.base_url).scheme}:
        return None, "unknown"
    request = Request(url, headers={"Authorization": f"Bearer {client.token}"})  # noqa: S310 - see above
    with urlopen(request, timeout=TIMEOUT_S) as answer:  # noqa: S310 - the same
        content = answer.read(LARGEST + 1)
    if len(content) > LARGEST:
        return None, TOO_LARGE
    try:
        return content.decode("utf-8-sig"), None
    except UnicodeDecodeError:
        return None, NOT_TEXT


def _letter(this: RosterFile, now: datetime) -> Notice:
    return Notice(
        kind="roster_read",
        to=ToPerson(this.asked_by),
        key=f"roster_read:{this.id}:{this.file_id}",
        not_before=now,
        ids={"roster": this.id},
        why="they dropped a roster",
    )
