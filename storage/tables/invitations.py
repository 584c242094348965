"""User groups a coordinator wants to invite."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, InWorkspace


class GroupInvitationRow(InWorkspace, Base):
    """A user group to be invited: the next tick asks Slack who is in it, never while somebody waits."""

    __tablename__ = "group_invitation"

    program_id: Mapped[int] = mapped_column(ForeignKey("program.id", ondelete="CASCADE"), index=True)
    usergroup: Mapped[str]
    """Slack's id of the group."""
    role: Mapped[str | None]
    asked_by: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    asked_at: Mapped[datetime]
    try_at: Mapped[datetime | None] = mapped_column(index=True)
    """When to ask Slack (again); None once it is settled."""
    attempts: Mapped[int] = mapped_column(default=0)
    refused: Mapped[str | None]
    """Slack's error, where it would not say."""
    invited: Mapped[int] = mapped_column(default=0)
    before: Mapped[int] = mapped_column(default=0)
    unfit: Mapped[int] = mapped_column(default=0)
