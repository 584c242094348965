"""Rosters dropped into Slack.

Revision: 0701
Follows: 0502
"""

import sqlalchemy as sa
from alembic import op

from storage.tables import base

revision = "0701"
down_revision = "0502"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "roster_file",
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", base.Instant(timezone=True), nullable=False),
        sa.Column("file_id", sa.String(), nullable=False),
        sa.Column("try_at", base.Instant(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("refused", sa.String(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id"], ["program.id"], name=op.f("fk_roster_file_program_id_program"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["person.id"], name=op.f("fk_roster_file_asked_by_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_roster_file_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_file")),
    )
    with op.batch_alter_table("roster_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_roster_file_program_id"), ["program_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_roster_file_try_at"), ["try_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_roster_file_workspace_id"), ["workspace_id"], unique=False)


def downgrade() -> None:
    op.drop_table("roster_file")
