"""What people are asked about the program, and what they answered."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, InWorkspace


class RequestRow(InWorkspace, Base):
    """One person asked to answer one version of one instrument."""

    __tablename__ = "survey_request"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        Index("ix_survey_request_person_id_answered_at", "person_id", "answered_at"),
    )

    program_id: Mapped[int] = mapped_column(ForeignKey("program.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    pair_id: Mapped[int | None] = mapped_column(ForeignKey("pair.id", ondelete="CASCADE"))
    key: Mapped[str]
    instrument: Mapped[str]
    version: Mapped[int]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    reminded_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    minimum_group: Mapped[int]


class AnswerRow(Base):
    """One set of answers.

    Of an anonymous instrument it has no request, no person, no pair and no time: only the program. Its id is
    random, so that the order of answering cannot be read off it.
    """

    __tablename__ = "survey_answer"

    id: Mapped[str] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspace.id", ondelete="CASCADE"), index=True)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id", ondelete="CASCADE"), index=True)
    request_id: Mapped[int | None] = mapped_column(
        ForeignKey("survey_request.id", ondelete="CASCADE"), unique=True
    )
    instrument: Mapped[str]
    version: Mapped[int]
    answers: Mapped[dict[str, Any]]
    shared: Mapped[list[str]]
    """Questions whose free words the person ticked for the program team to read."""
