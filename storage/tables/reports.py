"""Reports that go out by themselves."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, InWorkspace


class ReportPlanRow(InWorkspace, Base):
    """A report that one person gets again and again, until somebody stops it or the program closes."""

    __tablename__ = "report_plan"
    __table_args__ = (UniqueConstraint("program_id", "person_id", "report"),)

    program_id: Mapped[int] = mapped_column(ForeignKey("program.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    report: Mapped[str]
    shape: Mapped[str]
    every: Mapped[str]
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    next_at: Mapped[datetime] = mapped_column(index=True)
