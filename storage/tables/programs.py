"""Programs, who takes part, and what the matcher proposed."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, InWorkspace


class ProgramRow(InWorkspace, Base):
    """One cycle of mentoring."""

    __tablename__ = "program"
    __table_args__ = (CheckConstraint("ends_on > starts_on", name="ends_after_start"),)

    name: Mapped[str]
    kind: Mapped[str]
    state: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    time_zone: Mapped[str]
    hours_per_month: Mapped[int]
    cadence: Mapped[str]
    sponsor_name: Mapped[str]
    sponsor_words: Mapped[str]
    channel: Mapped[str | None]
    settings: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    next_look_at: Mapped[datetime | None] = mapped_column(index=True)


class EnrollmentRow(InWorkspace, Base):
    """One person in one program."""

    __tablename__ = "enrollment"
    __table_args__ = (
        UniqueConstraint("program_id", "person_id"),
        Index("ix_enrollment_program_id_state", "program_id", "state"),
        CheckConstraint("capacity >= 0", name="capacity_not_negative"),
    )

    program_id: Mapped[int] = mapped_column(ForeignKey("program.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    state: Mapped[str]
    is_mentor: Mapped[bool]
    is_mentee: Mapped[bool]
    capacity: Mapped[int]
    hours_per_month: Mapped[int]
    profile: Mapped[dict[str, Any]]
    """Offers, wants, goal, background: what only forms and the matcher read, as JSON."""
    draft: Mapped[dict[str, Any] | None]
    """What they have typed and not sent yet, with the step they were at."""
    joined_at: Mapped[datetime | None]
    asked: Mapped[int] = mapped_column(default=0)
    """How often they were asked to take part."""
    asked_at: Mapped[datetime | None]
    nominated_by: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    note: Mapped[str] = mapped_column(default="")
    """The coordinator's note of the intake interview."""
    reason: Mapped[str] = mapped_column(default="")
    """What the coordinator wrote with a decision about the application; the person reads it."""
    next_look_at: Mapped[datetime | None] = mapped_column(index=True)


class MatchRunRow(InWorkspace, Base):
    """One run of the matcher: everything needed to replay and explain it."""

    __tablename__ = "match_run"
    __table_args__ = (
        Index(
            "uq_match_run_open",
            "program_id",
            unique=True,
            sqlite_where=text("state = 'proposed'"),
            postgresql_where=text("state = 'proposed'"),
        ),
    )

    program_id: Mapped[int] = mapped_column(ForeignKey("program.id", ondelete="CASCADE"))
    state: Mapped[str]
    seed: Mapped[int]
    inputs: Mapped[dict[str, Any]]
    result: Mapped[dict[str, Any]]
    review: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What the coordinator decided about it: locks, exclusions, held pairs, notes, approvals."""
    version: Mapped[int]
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]


class MatchCheckRow(Base):
    """One person asked in private, before the announcement, whether a match should not happen."""

    __tablename__ = "match_check"

    pair_id: Mapped[int] = mapped_column(ForeignKey("pair.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    asked_at: Mapped[datetime]
    until: Mapped[datetime]
    """When silence becomes consent."""
    fine: Mapped[bool | None]
    reason: Mapped[str] = mapped_column(default="")
    """Read by coordinators only."""
    answered_at: Mapped[datetime | None]


class SelfDescriptionRow(InWorkspace, Base):
    """How somebody describes themselves, if they want to: apart from everything else, for counts alone."""

    __tablename__ = "self_description"
    __table_args__ = (UniqueConstraint("program_id", "person_id"),)

    program_id: Mapped[int] = mapped_column(ForeignKey("program.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    answers: Mapped[dict[str, Any]]
    given_at: Mapped[datetime]
