"""How single pairs run through the phases, how they go on, and what coordinators learned from each phase."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, InWorkspace


class PhaseShiftRow(Base):
    """A pair opens a phase so many days later (below zero: earlier) than its program."""

    __tablename__ = "phase_shift"

    pair_id: Mapped[int] = mapped_column(ForeignKey("pair.id", ondelete="CASCADE"), primary_key=True)
    phase: Mapped[str] = mapped_column(primary_key=True)
    days: Mapped[int]


class GoingOnRow(Base):
    """What one person privately said to “go on casually?”; the latest word counts."""

    __tablename__ = "going_on"

    pair_id: Mapped[int] = mapped_column(ForeignKey("pair.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    yes: Mapped[bool]
    hello: Mapped[bool]
    """Whether they would like the quarterly hello."""
    answered_at: Mapped[datetime]


class DebriefRow(InWorkspace, Base):
    """A look back on one phase of a program."""

    __tablename__ = "debrief"
    __table_args__ = (UniqueConstraint("program_id", "phase"),)

    program_id: Mapped[int] = mapped_column(ForeignKey("program.id", ondelete="CASCADE"))
    phase: Mapped[str]
    opened_at: Mapped[datetime]
    numbers: Mapped[dict[str, Any]]
    """The phase's numbers as they stood when it closed."""
    findings: Mapped[str]
    written_at: Mapped[datetime | None]
    written_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class ImprovementRow(InWorkspace, Base):
    """Something to do after a debrief: by whom, until when."""

    __tablename__ = "improvement"

    debrief_id: Mapped[int] = mapped_column(ForeignKey("debrief.id", ondelete="CASCADE"), index=True)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id", ondelete="CASCADE"), index=True)
    text: Mapped[str]
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    due_on: Mapped[date]
    done_at: Mapped[datetime | None]
