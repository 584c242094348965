"""The coordinators' desk: what somebody looks at, and words a coordinator sends to a pair."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, InWorkspace


class DeskRow(Base):
    """What one person's Home shows: Home is made anew after each act, and stays where they were."""

    __tablename__ = "desk"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    program_id: Mapped[int | None] = mapped_column(ForeignKey("program.id", ondelete="SET NULL"))
    page: Mapped[int] = mapped_column(default=0)
    own_page: Mapped[int] = mapped_column(default=0)


class CareNoteRow(InWorkspace, Base):
    """Words a coordinator wrote to the people of a pair; kept until they are said, with who wrote them."""

    __tablename__ = "care_note"

    pair_id: Mapped[int] = mapped_column(ForeignKey("pair.id", ondelete="CASCADE"), index=True)
    written_by: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    text: Mapped[str]
    written_at: Mapped[datetime]
