"""Notices: what should be said, to whom, once.

Storage keeps a notice as a letter; the courier finds the words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ToPerson:
    """Said in private, in the person's own conversation with the bot."""

    person_id: int


@dataclass(frozen=True, slots=True)
class ToPair:
    """Said in the pair's group DM, where either may answer for both."""

    pair_id: int


@dataclass(frozen=True, slots=True)
class ToChannel:
    """Said in a channel, for everybody in it."""

    channel: str


Recipient = ToPerson | ToPair | ToChannel


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that should be said.

    Args:
        kind: Names the template: `meeting_book`.
        to: Who hears it.
        key: Once-only name of this very notice: `meeting_book:pair 17:2026-03-04`.
        not_before: Earliest instant to say it (UTC).
        expires_at: From this instant on it is never said (UTC); None for what stays true.
        ids: What it is about, in ids and codes only; no words.
        why: A short machine reason for the transcript and the log.
    """

    kind: str
    to: Recipient
    key: str
    not_before: datetime
    why: str
    expires_at: datetime | None = None
    ids: Mapping[str, int | str] = field(default_factory=dict)
