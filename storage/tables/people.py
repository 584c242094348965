"""Workspaces, people, and who may do what."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, InWorkspace, UniqueInWorkspace


class WorkspaceRow(Base):
    """A Slack workspace that installed the app."""

    __tablename__ = "workspace"

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    bot_user_id: Mapped[str]
    installer_slack_id: Mapped[str | None]
    created_at: Mapped[datetime]
    directory_read_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]
    """When the app was removed; nothing is sent from then on, and the time for keeping things runs."""
    let_in_at: Mapped[datetime | None]
    """When the app was last known to be in: installed, or started with a token that Slack takes."""
    renewing_until: Mapped[datetime | None]
    """Until when some process renews the workspace's token."""


class PersonRow(UniqueInWorkspace, Base):
    """Somebody in a workspace."""

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("workspace_id", "slack_id"),)

    slack_id: Mapped[str]
    name: Mapped[str]
    email: Mapped[str | None]
    time_zone: Mapped[str]
    locale: Mapped[str]
    country: Mapped[str | None]
    hours: Mapped[dict[str, Any] | None]
    is_admin: Mapped[bool]
    active: Mapped[bool]
    member: Mapped[bool]
    opened_home: Mapped[bool]
    """Whether they ever opened the Home tab: only then it is worth keeping fresh."""
    dnd_from: Mapped[datetime | None]
    """Slack's do-not-disturb, as it last told us: from when,"""
    dnd_until: Mapped[datetime | None]
    """and until when; it is for once, never a rule."""
    seen_at: Mapped[datetime | None]
    """When Slack last told us who this is; None means we only know the id."""


class StaffRow(InWorkspace, Base):
    """An owner of the workspace's programs, or a coordinator or viewer of one program or of all."""

    __tablename__ = "staff"
    __table_args__ = (
        Index(
            "uq_staff_person_program",
            "person_id",
            "program_id",
            unique=True,
            sqlite_where=text("program_id IS NOT NULL"),
            postgresql_where=text("program_id IS NOT NULL"),
        ),
        Index(
            "uq_staff_person_everywhere",
            "person_id",
            unique=True,
            sqlite_where=text("program_id IS NULL"),
            postgresql_where=text("program_id IS NULL"),
        ),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    program_id: Mapped[int | None] = mapped_column(ForeignKey("program.id", ondelete="CASCADE"))
    role: Mapped[str]
    since: Mapped[datetime]
