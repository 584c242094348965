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
    joined_at: Mapped[datetime | None]
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
    version: Mapped[int]
    created_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
