"""Tasks, judgments against the objectives, and portfolios."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, InWorkspace


class TaskRow(InWorkspace, Base):
    """Something a mentee took on in a pair."""

    __tablename__ = "task"
    __table_args__ = (
        Index("uq_task_library", "pair_id", "mentee_id", "library_id", unique=True),
        Index("ix_task_pair_id_state", "pair_id", "state"),
    )

    pair_id: Mapped[int] = mapped_column(ForeignKey("pair.id", ondelete="CASCADE"))
    mentee_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    library_id: Mapped[str | None]
    """Set for a suggestion that was taken up; nothing is kept of one that was not."""
    kind: Mapped[str]
    title: Mapped[str]
    description: Mapped[str]
    objective_id: Mapped[int]
    state: Mapped[str]
    note: Mapped[str]
    done_at: Mapped[datetime | None]
    right_answers: Mapped[int | None]
    """Of a quiz that was answered; what was picked is not kept."""
    quiz_questions: Mapped[int | None]
    keep_going: Mapped[str]
    try_next: Mapped[str]


class ObjectiveRatingRow(Base):
    """One judgment of a mentee on one objective; the latest counts."""

    __tablename__ = "objective_rating"

    pair_id: Mapped[int] = mapped_column(ForeignKey("pair.id", ondelete="CASCADE"), primary_key=True)
    mentee_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    objective_id: Mapped[int] = mapped_column(primary_key=True)
    rater: Mapped[str] = mapped_column(primary_key=True)
    score: Mapped[int]
    words: Mapped[str]
    rated_at: Mapped[datetime]


class PortfolioItemRow(InWorkspace, Base):
    """A piece a mentee picked, in the words as they stood then."""

    __tablename__ = "portfolio_item"

    program_id: Mapped[int] = mapped_column(ForeignKey("program.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    objective_id: Mapped[int]
    kind: Mapped[str]
    title: Mapped[str]
    text: Mapped[str]
    source_id: Mapped[int | None]
    readers: Mapped[list[str]]
    picked_at: Mapped[datetime]
