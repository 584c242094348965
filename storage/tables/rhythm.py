"""What pairs and mentees keep for themselves, and who wants a daily line."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, InWorkspace


class TopicRow(InWorkspace, Base):
    """Something a pair wants to talk about; theirs alone, read by no coordinator and no report."""

    __tablename__ = "topic"

    pair_id: Mapped[int] = mapped_column(ForeignKey("pair.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    text: Mapped[str]
    added_at: Mapped[datetime]


class GoalRow(InWorkspace, Base):
    """A goal of one person in one program, shared with those they are paired with."""

    __tablename__ = "goal"

    program_id: Mapped[int] = mapped_column(ForeignKey("program.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    objective: Mapped[str]
    measure: Mapped[str]
    target_on: Mapped[date]
    progress: Mapped[int]
    changed_at: Mapped[datetime]
    dropped: Mapped[bool]


class DailyLineRow(Base):
    """A coordinator wants a line a day about what was sent in a program."""

    __tablename__ = "daily_line"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    program_id: Mapped[int] = mapped_column(
        ForeignKey("program.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    told_at: Mapped[datetime]
    """Up to when they have been told; at first, when they asked for it."""
