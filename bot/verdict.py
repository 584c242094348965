"""What became of a call to Slack that brought no plain yes: the one place that judges errors."""

import http.client
import socket
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from urllib.error import URLError

from slack_sdk.errors import SlackApiError

TransportError = (OSError, http.client.HTTPException)
"""What slack_sdk lets through when no answer came at all; what urllib, sockets and TLS raise are OSErrors."""

NEVER_LEFT = (ConnectionRefusedError, socket.gaierror)
"""No connection came about, so that nothing can have been posted."""

AMBIGUOUS = frozenset(
    {"internal_error", "fatal_error", "request_timeout", "service_unavailable", "team_added_to_org"}
)
"""Errors after which Slack may or may not have posted (docs.slack.dev, chat.postMessage)."""

WORKSPACE_LOST = frozenset(
    {"account_inactive", "invalid_auth", "not_authed", "org_login_required", "token_expired", "token_revoked"}
)
"""Errors that say nothing about the letter: the workspace will not have us (the same source)."""

LONGEST_WAIT = timedelta(hours=1)
"""A Retry-After beyond this is taken for a slip; we ask again after an hour."""


class Fate(StrEnum):
    """What became of the call."""

    BUSY = "ratelimited"
    """Turned away at the door; nothing was said."""
    NOT_SENT = "not_sent"
    """It never reached Slack."""
    UNKNOWN = "no_answer"
    """It may have been said."""
    REFUSED = "refused"
    """Slack will never take it."""
    WORKSPACE_LOST = "workspace_lost"
    """Slack takes nothing from us in this workspace now."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A fate, with Slack's own word for it.

    Args:
        wait: How long Slack asks us to wait, where it does.
    """

    fate: Fate
    reason: str
    wait: timedelta = timedelta()

    @property
    def passes(self) -> bool:
        """Whether it may be otherwise a little later: for what is only asked, and can be asked again."""
        return self.fate in {Fate.BUSY, Fate.NOT_SENT, Fate.UNKNOWN}


def verdict(error: Exception) -> Verdict:
    """Judge what a call raised: a `SlackApiError` or a `TransportError`."""
    if not isinstance(error, SlackApiError):
        cause = error.reason if isinstance(error, URLError) else error
        fate = Fate.NOT_SENT if isinstance(cause, NEVER_LEFT) else Fate.UNKNOWN
        return Verdict(fate, type(cause).__name__)
    response = error.response
    said, status = str(response.get("error", "")), int(response.status_code)
    if said == "ratelimited" or status == http.HTTPStatus.TOO_MANY_REQUESTS:
        return Verdict(Fate.BUSY, "ratelimited", _retry_after(response.headers.get("Retry-After", "1")))
    if said in AMBIGUOUS or status >= http.HTTPStatus.INTERNAL_SERVER_ERROR:
        # The body of a failing proxy is a page, not a word: it is not kept.
        return Verdict(Fate.UNKNOWN, said if said in AMBIGUOUS else f"http_{status}")
    if said in WORKSPACE_LOST:
        return Verdict(Fate.WORKSPACE_LOST, said)
    return Verdict(Fate.REFUSED, said or f"http_{status}")


def _retry_after(seconds: object) -> timedelta:
    text = str(seconds)
    wait = timedelta(seconds=int(text)) if text.isdecimal() else timedelta(seconds=1)
    return min(max(wait, timedelta(seconds=1)), LONGEST_WAIT)
