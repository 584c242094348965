"""What people are asked about the program, and what they answered."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, InWorkspace, UniqueInWorkspace


class RequestRow(UniqueInWorkspace, Base):
    """One person asked to answer one version of one instrument."""

    __tablename__ = "survey_request"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        Index("ix_survey_request_person_id_answered_at", "person_id", "answered_at"),
    )

    program_id: Mapped[int] = mapped_column(ForeignKey("program.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    pair_id: Mapped[int | None] = mapped_column(ForeignKey("pair.id", ondelete="CASCADE"), index=True)
    key: Mapped[str]
    instrument: Mapped[str]
    version: Mapped[int]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    reminded_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    minimum_group: Mapped[int]
    sending_id: Mapped[int | None] = mapped_column(ForeignKey("survey_sending.id", ondelete="CASCADE"))
    """The sending by hand it belongs to; None where the program asked by itself."""


class AnswerRow(Base):
    """One set of answers.

    Of an anonymous instrument it has no request, no person, no pair and no time: only the program and, where
    a coordinator sent it to a group by hand, that group's sending. Its id is random, so that the order of
    answering cannot be read off it.
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
    sending_id: Mapped[int | None] = mapped_column(ForeignKey("survey_sending.id", ondelete="CASCADE"))
    look: Mapped[int | None]
    """With which look at the results it was first counted, all that were there at once: two looks must never
    differ by fewer answers than the smallest group."""


class OwnSurveyRow(InWorkspace, Base):
    """One version of a survey as a program words it; a version somebody was asked never changes again."""

    __tablename__ = "program_survey"
    __table_args__ = (UniqueConstraint("program_id", "instrument", "version"),)

    program_id: Mapped[int] = mapped_column(ForeignKey("program.id", ondelete="CASCADE"))
    instrument: Mapped[str]
    version: Mapped[int]
    text: Mapped[str]
    """YAML, as `messages.instruments.loader` reads it."""
    made_by: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    made_at: Mapped[datetime]


class SendingRow(InWorkspace, Base):
    """A survey that a coordinator sent by hand to a part of the program's people."""

    __tablename__ = "survey_sending"

    program_id: Mapped[int] = mapped_column(ForeignKey("program.id", ondelete="CASCADE"), index=True)
    instrument: Mapped[str]
    version: Mapped[int]
    segment: Mapped[dict[str, Any]]
    """Whom it went to: role and departments, no names."""
    sent_by: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    sent_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
