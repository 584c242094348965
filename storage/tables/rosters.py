"""Rosters dropped into Slack: wanted, read, decided on, and then gone."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, InWorkspace


class RosterFileRow(InWorkspace, Base):
    """One file a coordinator dropped into the form; its text stays only until it is decided on."""

    __tablename__ = "roster_file"

    program_id: Mapped[int] = mapped_column(ForeignKey("program.id", ondelete="CASCADE"), index=True)
    asked_by: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    asked_at: Mapped[datetime]
    file_id: Mapped[str]
    """Slack's id of the file."""
    try_at: Mapped[datetime | None] = mapped_column(index=True)
    """When it is (next) read from Slack; None once it was, or could not be."""
    attempts: Mapped[int]
    text: Mapped[str | None]
    refused: Mapped[str | None]
    """Why it could not be read, in Slack's word or ours."""
