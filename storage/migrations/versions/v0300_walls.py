"""Ethical walls, kept per program.

Revision: 0300
Follows: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0300"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "wall",
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id"], ["program.id"], name=op.f("fk_wall_program_id_program"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_wall_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wall")),
    )
    with op.batch_alter_table("wall", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_wall_program_id"), ["program_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_wall_workspace_id"), ["workspace_id"], unique=False)
    op.create_table(
        "wall_person",
        sa.Column("wall_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_wall_person_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["wall_id"], ["wall.id"], name=op.f("fk_wall_person_wall_id_wall"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("wall_id", "person_id", name=op.f("pk_wall_person")),
    )
    with op.batch_alter_table("wall_person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_wall_person_person_id"), ["person_id"], unique=False)
