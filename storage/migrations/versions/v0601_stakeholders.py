"""Stakeholders who are asked about a program's planning.

Revision: 0601
Follows: 0801
"""

import sqlalchemy as sa
from alembic import op

from storage.tables import base

revision = "0601"
down_revision = "0801"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stakeholder",
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", base.Instant(timezone=True), nullable=False),
        sa.Column("answered_at", base.Instant(timezone=True), nullable=True),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_stakeholder_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["program_id"], ["program.id"], name=op.f("fk_stakeholder_program_id_program"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("program_id", "person_id", name=op.f("pk_stakeholder")),
    )
    op.create_index(op.f("ix_stakeholder_person_id"), "stakeholder", ["person_id"])
