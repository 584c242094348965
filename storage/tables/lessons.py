"""Who has done which lesson."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, InWorkspace


class LessonDoneRow(InWorkspace, Base):
    """A person has done a lesson; what they picked is not kept."""

    __tablename__ = "lesson_done"
    __table_args__ = (UniqueConstraint("person_id", "lesson_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    lesson_id: Mapped[str]
    completed_at: Mapped[datetime]


class OwnLessonRow(InWorkspace, Base):
    """A lesson as one program words it, or one it leaves out."""

    __tablename__ = "program_lesson"
    __table_args__ = (UniqueConstraint("program_id", "lesson_id"),)

    program_id: Mapped[int] = mapped_column(ForeignKey("program.id", ondelete="CASCADE"))
    lesson_id: Mapped[str]
    text: Mapped[str]
    """Markdown with front matter, as `messages.lessons.loader` reads it; empty where it is left out."""
    made_by: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    made_at: Mapped[datetime]
