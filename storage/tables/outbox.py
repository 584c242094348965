"""Letters to be said, skips with their reasons, events seen, and the audit log."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, InWorkspace, UniqueInWorkspace, index_where_set


class LetterRow(UniqueInWorkspace, Base):
    """Something to be said, waiting in the outbox; the truth about what was sent.

    `mark` is the opaque id that the message carries in Slack, so that it can be found again after a crash.
    """

    __tablename__ = "letter"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        Index("ix_letter_state_not_before", "state", "not_before"),
        # Of a single kind: one over all kinds would lure the database away from the person's and the pair's.
        Index(
            "ix_letter_announcing",
            "sent_at",
            sqlite_where=text("kind = 'announcing'"),
            postgresql_where=text("kind = 'announcing'"),
        ),
        # Whether an earlier letter to the same place is still to be said is asked at every claim; each letter
        # goes to one place.
        index_where_set("pair_id", "letter", "pair_id", "state"),
        index_where_set("person_id", "letter", "person_id", "state"),
        Index("ix_letter_program_id_sent_at", "program_id", "sent_at"),
        # How many were said in the last minute is asked at every claim.
        index_where_set("sent_at", "letter", "workspace_id", "sent_at"),
    )

    mark: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    key: Mapped[str]
    why: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    pair_id: Mapped[int | None] = mapped_column(ForeignKey("pair.id", ondelete="CASCADE"))
    program_id: Mapped[int | None] = mapped_column(ForeignKey("program.id", ondelete="CASCADE"))
    channel: Mapped[str | None]
    """A channel to post in, where the letter is to neither a person nor a pair."""
    ids: Mapped[dict[str, Any]]
    written_at: Mapped[datetime]
    not_before: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    state: Mapped[str]
    attempts: Mapped[int]
    file_id: Mapped[str | None]
    """Slack's id of the file that goes ahead of the words, once it is there."""
    file_came_at: Mapped[datetime | None]
    """When the file was shown where the letter goes."""
    claimed_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    sent_channel: Mapped[str | None]
    ts: Mapped[str | None]
    reason: Mapped[str | None]
    """Why it was cancelled, delayed or given up."""


class SkipRow(UniqueInWorkspace, Base):
    """Something deliberately not said, with its reason; counted for the coordinator."""

    __tablename__ = "skip"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key", "reason"),
        Index("ix_skip_program_id_reason", "program_id", "reason"),
    )

    program_id: Mapped[int] = mapped_column(ForeignKey("program.id", ondelete="CASCADE"))
    pair_id: Mapped[int | None] = mapped_column(ForeignKey("pair.id", ondelete="CASCADE"), index=True)
    rung: Mapped[str]
    key: Mapped[str]
    reason: Mapped[str]
    at: Mapped[datetime]


class EventRow(Base):
    """A Slack event already turned into facts; Slack sends events again, facts happen once."""

    __tablename__ = "event_seen"

    workspace_id: Mapped[int] = mapped_column(
        ForeignKey("workspace.id", ondelete="CASCADE"), primary_key=True
    )
    event_id: Mapped[str] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(index=True)


class AuditRow(InWorkspace, Base):
    """Who did what to whom, in ids; no words."""

    __tablename__ = "audit"

    program_id: Mapped[int | None] = mapped_column(ForeignKey("program.id", ondelete="CASCADE"), index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    action: Mapped[str]
    subject: Mapped[dict[str, Any]]
    at: Mapped[datetime] = mapped_column(index=True)
