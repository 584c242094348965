"""A program's own versions of surveys, and surveys that are sent by hand.

Revision: 0500
Follows: 0900
"""

import sqlalchemy as sa
from alembic import op

from storage.tables import base

revision = "0500"
down_revision = "0900"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "program_survey",
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("instrument", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", base.Instant(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by"], ["person.id"], name=op.f("fk_program_survey_made_by_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["program_id"],
            ["program.id"],
            name=op.f("fk_program_survey_program_id_program"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_program_survey_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_program_survey")),
        sa.UniqueConstraint(
            "program_id",
            "instrument",
            "version",
            name=op.f("uq_program_survey_program_id_instrument_version"),
        ),
    )
    with op.batch_alter_table("program_survey") as batch:
        batch.create_index(batch.f("ix_program_survey_workspace_id"), ["workspace_id"])
    op.create_table(
        "survey_sending",
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("instrument", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("segment", sa.JSON(), nullable=False),
        sa.Column("sent_by", sa.Integer(), nullable=True),
        sa.Column("sent_at", base.Instant(), nullable=False),
        sa.Column("closes_at", base.Instant(), nullable=False),
        sa.Column("withdrawn_at", base.Instant(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id"],
            ["program.id"],
            name=op.f("fk_survey_sending_program_id_program"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["sent_by"], ["person.id"], name=op.f("fk_survey_sending_sent_by_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_survey_sending_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_sending")),
    )
    with op.batch_alter_table("survey_sending") as batch:
        batch.create_index(batch.f("ix_survey_sending_program_id"), ["program_id"])
        batch.create_index(batch.f("ix_survey_sending_workspace_id"), ["workspace_id"])
    for table in ("survey_request", "survey_answer"):
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("sending_id", sa.Integer(), nullable=True))
            batch.create_foreign_key(
                batch.f(f"fk_{table}_sending_id_survey_sending"),
                "survey_sending",
                ["sending_id"],
                ["id"],
                ondelete="CASCADE",
            )
    with op.batch_alter_table("survey_answer") as batch:
        batch.add_column(sa.Column("look", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("survey_answer") as batch:
        batch.drop_column("look")
    for table in ("survey_answer", "survey_request"):
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(batch.f(f"fk_{table}_sending_id_survey_sending"), type_="foreignkey")
            batch.drop_column("sending_id")
    op.drop_table("survey_sending")
    op.drop_table("program_survey")
