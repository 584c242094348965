"""Managers of people who take part: told the time it takes, asked once at the end, and shown nothing else."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, InWorkspace


class SupervisorRow(InWorkspace, Base):
    """Who supervises one person of a program."""

    __tablename__ = "supervisor"
    __table_args__ = (UniqueConstraint("program_id", "person_id"),)

    program_id: Mapped[int] = mapped_column(ForeignKey("program.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    supervisor_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    told_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]
    """They said that this is not for them: they hear no more of it."""
