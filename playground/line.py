"""What goes to the app and what comes back, whichever way it travels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol, TypeAlias

if TYPE_CHECKING:
    from playground.records import Json

EnvelopeKind: TypeAlias = Literal["slash_commands", "interactive", "events_api"]

TIMED_OUT: Final = "operation_timeout"
"""What Slack calls an app that was reached and did not acknowledge in time."""

NOT_REACHED: Final = "dispatch_failed"
"""What Slack calls an app that could not be reached, or that answered with an error."""

RETRIES: Final = 3
"""How often an event is sent again (source: docs.slack.dev/apis/events-api, "Retries", read 2026-08)."""


@dataclass(frozen=True)
class Parcel:
    """Something for the app: what an envelope holds, and whether its acknowledgement may hold an answer."""

    kind: EnvelopeKind
    payload: Json
    takes_answer: bool
    retry: int = 0
    retry_reason: str = ""


@dataclass(frozen=True)
class Receipt:
    """How it went: acknowledged or not, what the acknowledgement held, else Slack's error code."""

    acked: bool
    answer: Any = None
    error: str | None = None


class Line(Protocol):
    """A way to the app."""

    def deliver(self, parcel: Parcel) -> Receipt:
        """Sends a parcel and waits until it is acknowledged or Slack's patience ends."""

    def post(self, parcel: Parcel) -> None:
        """Sends a parcel without waiting."""
