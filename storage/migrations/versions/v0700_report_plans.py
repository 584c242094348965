"""Reports that go out by themselves.

Revision: 0700
Follows: 0601
"""

import sqlalchemy as sa
from alembic import op

from storage.tables import base

revision = "0700"
down_revision = "0601"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "report_plan",
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("report", sa.String(), nullable=False),
        sa.Column("shape", sa.String(), nullable=False),
        sa.Column("every", sa.String(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", base.Instant(timezone=True), nullable=False),
        sa.Column("next_at", base.Instant(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id"], ["program.id"], name=op.f("fk_report_plan_program_id_program"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_report_plan_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_report_plan_made_by_person")),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_report_plan_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_plan")),
        sa.UniqueConstraint(
            "program_id", "person_id", "report", name=op.f("uq_report_plan_program_id_person_id_report")
        ),
    )
    with op.batch_alter_table("report_plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_plan_next_at"), ["next_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_report_plan_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_report_plan_workspace_id"), ["workspace_id"], unique=False)


def downgrade() -> None:
    op.drop_table("report_plan")
