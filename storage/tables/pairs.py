"""Pairs and their life: members, agreement, meetings, and what was asked of them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, InWorkspace, UniqueInWorkspace, index_where_set


class PairRow(InWorkspace, Base):
    """A pair; at most one live one per two people and program."""

    __tablename__ = "pair"
    __table_args__ = (
        Index(
            "uq_pair_live",
            "program_id",
            "people_key",
            unique=True,
            sqlite_where=text("state != 'ended'"),
            postgresql_where=text("state != 'ended'"),
        ),
        Index("ix_pair_program_id_state", "program_id", "state"),
        # Thousands may be due at one instant: without the number each batch would sort them all anew.
        Index("ix_pair_next_look_at_id", "next_look_at", "id"),
    )

    program_id: Mapped[int] = mapped_column(ForeignKey("program.id", ondelete="CASCADE"))
    match_run_id: Mapped[int | None] = mapped_column(ForeignKey("match_run.id"))
    people_key: Mapped[str]
    state: Mapped[str]
    channel_id: Mapped[str | None]
    why: Mapped[str]
    score: Mapped[float]
    approved_at: Mapped[datetime]
    announced_at: Mapped[datetime | None]
    ends_on: Mapped[date]
    ended_at: Mapped[datetime | None]
    ending: Mapped[str | None]
    casual_since: Mapped[date | None]
    casual_opted_in: Mapped[bool]
    next_look_at: Mapped[datetime | None]
    health: Mapped[int | None]
    """Its health from 0 to 100 when it was last looked at; for coordinators alone."""
    health_was: Mapped[int | None]
    """Its health at the end of the last earlier week in which it was looked at."""
    health_on: Mapped[date | None]
    """The Monday of the week that `health` is of."""


class MemberRow(Base):
    """One person in one pair."""

    __tablename__ = "member"

    pair_id: Mapped[int] = mapped_column(ForeignKey("pair.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollment.id", ondelete="CASCADE"), index=True)
    role: Mapped[str | None]


class PastMemberRow(Base):
    """One person who left a group that goes on: a member no more, in a table of its own.

    A row that stayed among the members would count as one wherever it was forgotten to ask, and wherever an
    older version of this program still runs.
    """

    __tablename__ = "past_member"

    pair_id: Mapped[int] = mapped_column(ForeignKey("pair.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollment.id", ondelete="CASCADE"), index=True)
    role: Mapped[str | None]
    left_at: Mapped[datetime]
    ending: Mapped[str]


class AgreementRow(InWorkspace, Base):
    """One version of how a pair works together; at most one waits for signatures, at most one is in force."""

    __tablename__ = "agreement"
    __table_args__ = (
        UniqueConstraint("pair_id", "version"),
        Index(
            "uq_agreement_open",
            "pair_id",
            unique=True,
            sqlite_where=text("state = 'proposed'"),
            postgresql_where=text("state = 'proposed'"),
        ),
        Index(
            "uq_agreement_in_force",
            "pair_id",
            unique=True,
            sqlite_where=text("state = 'in force'"),
            postgresql_where=text("state = 'in force'"),
        ),
    )

    pair_id: Mapped[int] = mapped_column(ForeignKey("pair.id", ondelete="CASCADE"))
    version: Mapped[int]
    state: Mapped[str]
    terms: Mapped[dict[str, Any]]
    proposed_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[datetime]
    signatures: Mapped[list[dict[str, Any]]]
    """Who signed, and when."""
    superseded_at: Mapped[datetime | None]


class MeetingRow(InWorkspace, Base):
    """A meeting of a pair: planned, held, moved, missed or skipped."""

    __tablename__ = "meeting"
    __table_args__ = (Index("ix_meeting_pair_id_starts_at", "pair_id", "starts_at"), UniqueConstraint("uid"))

    pair_id: Mapped[int] = mapped_column(ForeignKey("pair.id", ondelete="CASCADE"))
    period_key: Mapped[str]
    state: Mapped[str]
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    uid: Mapped[str]
    sequence: Mapped[int]
    planned_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    planned_at: Mapped[datetime]
    answers: Mapped[list[dict[str, Any]]]
    """Each person's latest word about it: who, what they said, when."""


class AskRow(UniqueInWorkspace, Base):
    """A notice of the ladder that was written as a letter (or an attention item), and its answer."""

    __tablename__ = "ask"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        Index("ix_ask_pair_id_asked_at", "pair_id", "asked_at"),
        # Every look asks for what its people heard of their pauses: by the kind alone, that was everybody's.
        index_where_set("person_id", "ask", "person_id", "kind"),
        Index("ix_ask_kind_answered_at", "kind", "answered_at"),
    )

    pair_id: Mapped[int] = mapped_column(ForeignKey("pair.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    """Set where one person alone heard it."""
    kind: Mapped[str]
    subject: Mapped[str]
    key: Mapped[str]
    heard_by: Mapped[list[int]]
    """Person ids; empty for what only coordinators see."""
    period_key: Mapped[str | None]
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answer: Mapped[str | None]
    snoozed_until: Mapped[datetime | None]
    """Until when coordinators do not want to see it on their list."""


class PauseRow(InWorkspace, Base):
    """A stretch in which nothing is asked of a person, or of a pair; it always has an end."""

    __tablename__ = "pause"

    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    pair_id: Mapped[int | None] = mapped_column(ForeignKey("pair.id", ondelete="CASCADE"), index=True)
    begins_at: Mapped[datetime]
    ends_at: Mapped[datetime]
