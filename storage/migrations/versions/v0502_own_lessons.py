"""A program's own lessons.

Revision: 0502
Follows: 0302
"""

import sqlalchemy as sa
from alembic import op

from storage.tables import base

revision = "0502"
down_revision = "0302"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "program_lesson",
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("lesson_id", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", base.Instant(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by"], ["person.id"], name=op.f("fk_program_lesson_made_by_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["program_id"],
            ["program.id"],
            name=op.f("fk_program_lesson_program_id_program"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_program_lesson_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_program_lesson")),
        sa.UniqueConstraint(
            "program_id", "lesson_id", name=op.f("uq_program_lesson_program_id_lesson_id")
        ),
    )
    with op.batch_alter_table("program_lesson") as batch:
        batch.create_index(batch.f("ix_program_lesson_workspace_id"), ["workspace_id"])


def downgrade() -> None:
    op.drop_table("program_lesson")
