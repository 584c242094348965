"""The library of resources, and who used what."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, UniqueInWorkspace


class ResourceRow(UniqueInWorkspace, Base):
    """Something to read, watch or try; the workspace owns the library, so that each cycle inherits it."""

    __tablename__ = "resource"
    __table_args__ = (UniqueConstraint("workspace_id", "url"),)

    title: Mapped[str]
    about: Mapped[str]
    url: Mapped[str]
    tags: Mapped[list[str]]
    phases: Mapped[list[str]]
    audience: Mapped[str]
    added_by: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    kept_at: Mapped[datetime]
    """When it was added, or last kept by a coordinator who looked at it: use counts from here."""
    retired_at: Mapped[datetime | None]


class ResourceUseRow(Base):
    """One person's use of one resource: shown in counts alone."""

    __tablename__ = "resource_use"

    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    opened_at: Mapped[datetime | None]
    verdict: Mapped[str | None]
    rated_at: Mapped[datetime | None]
