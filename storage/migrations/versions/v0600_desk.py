"""The coordinators' desk: what somebody looks at, a pair's health, and what is put aside for a while.

Revision: 0600
Follows: 0300
"""

import sqlalchemy as sa
from alembic import op

from storage.tables import base

revision = "0600"
down_revision = "0300"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "desk",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=True),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("own_page", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_desk_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["program_id"], ["program.id"], name=op.f("fk_desk_program_id_program"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_desk")),
    )
    op.create_table(
        "care_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_at", base.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["pair_id"], ["pair.id"], name=op.f("fk_care_note_pair_id_pair"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_care_note_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["person.id"], name=op.f("fk_care_note_written_by_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_note")),
    )
    op.create_index(op.f("ix_care_note_pair_id"), "care_note", ["pair_id"])
    op.create_index(op.f("ix_care_note_workspace_id"), "care_note", ["workspace_id"])
    op.add_column("pair", sa.Column("health", sa.Integer(), nullable=True))
    op.add_column("pair", sa.Column("health_was", sa.Integer(), nullable=True))
    op.add_column("pair", sa.Column("health_on", sa.Date(), nullable=True))
    op.add_column("ask", sa.Column("snoozed_until", base.Instant(timezone=True), nullable=True))
    op.create_index("ix_ask_kind_answered_at", "ask", ["kind", "answered_at"])
    op.create_index("ix_letter_program_id_sent_at", "letter", ["program_id", "sent_at"])
