"""Supervisors: told the time commitment, asked once at the end.

Revision: 0501
Follows: 0400
"""

import sqlalchemy as sa
from alembic import op

from storage.tables import base

revision = "0501"
down_revision = "0400"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "supervisor",
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("supervisor_id", sa.Integer(), nullable=False),
        sa.Column("told_at", base.Instant(), nullable=True),
        sa.Column("declined_at", base.Instant(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_supervisor_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["program_id"], ["program.id"], name=op.f("fk_supervisor_program_id_program"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["supervisor_id"],
            ["person.id"],
            name=op.f("fk_supervisor_supervisor_id_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_supervisor_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervisor")),
        sa.UniqueConstraint("program_id", "person_id", name=op.f("uq_supervisor_program_id_person_id")),
    )
    with op.batch_alter_table("supervisor") as batch:
        batch.create_index(batch.f("ix_supervisor_person_id"), ["person_id"])
        batch.create_index(batch.f("ix_supervisor_supervisor_id"), ["supervisor_id"])
        batch.create_index(batch.f("ix_supervisor_workspace_id"), ["workspace_id"])


def downgrade() -> None:
    op.drop_table("supervisor")
