"""Ethical walls: who must not meet whom in a program."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, InWorkspace


class WallRow(InWorkspace, Base):
    """A wall between two sides of a program; only its coordinators know of it."""

    __tablename__ = "wall"

    program_id: Mapped[int] = mapped_column(ForeignKey("program.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]


class WallPersonRow(Base):
    """Somebody on one side of a wall."""

    __tablename__ = "wall_person"

    wall_id: Mapped[int] = mapped_column(ForeignKey("wall.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    side: Mapped[str]
