"""User groups to be invited.

Revision: 0301
Follows: 0100
"""

import sqlalchemy as sa
from alembic import op

from storage.tables import base

revision = "0301"
down_revision = "0100"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "group_invitation",
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("usergroup", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", base.Instant(timezone=True), nullable=False),
        sa.Column("try_at", base.Instant(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("refused", sa.String(), nullable=True),
        sa.Column("invited", sa.Integer(), nullable=False),
        sa.Column("before", sa.Integer(), nullable=False),
        sa.Column("unfit", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["person.id"], name=op.f("fk_group_invitation_asked_by_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["program_id"],
            ["program.id"],
            name=op.f("fk_group_invitation_program_id_program"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_group_invitation_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_invitation")),
    )
    with op.batch_alter_table("group_invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_group_invitation_program_id"), ["program_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_group_invitation_try_at"), ["try_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_group_invitation_workspace_id"), ["workspace_id"], unique=False)
