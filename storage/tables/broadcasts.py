"""What coordinators say to many, who wants none of it, and the stories people tell."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, InWorkspace


class StoryRow(InWorkspace, Base):
    """What somebody told of their mentoring; passed on only with their yes."""

    __tablename__ = "story"

    program_id: Mapped[int] = mapped_column(ForeignKey("program.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    text: Mapped[str]
    named: Mapped[bool]
    places: Mapped[list[str]]
    state: Mapped[str]
    told_at: Mapped[datetime]


class BroadcastRow(InWorkspace, Base):
    """Something said to many at once."""

    __tablename__ = "broadcast"
    __table_args__ = (Index("ix_broadcast_program_id_state", "program_id", "state"),)

    program_id: Mapped[int] = mapped_column(ForeignKey("program.id", ondelete="CASCADE"))
    audience: Mapped[str]
    text: Mapped[str]
    story_id: Mapped[int | None] = mapped_column(ForeignKey("story.id", ondelete="SET NULL"))
    send_at: Mapped[datetime]
    state: Mapped[str]
    told: Mapped[int] = mapped_column(default=0)
    left_out: Mapped[int] = mapped_column(default=0)
    written_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime]


class MutedRow(Base):
    """Somebody who wants no updates of a program."""

    __tablename__ = "muted"

    program_id: Mapped[int] = mapped_column(ForeignKey("program.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    since: Mapped[datetime]
