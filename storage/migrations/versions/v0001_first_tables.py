"""The first tables.

Revision: 0001
Follows: nothing
"""

import sqlalchemy as sa
from alembic import op

from storage.tables import base

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "workspace",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("bot_user_id", sa.String(), nullable=False),
        sa.Column("installer_slack_id", sa.String(), nullable=True),
        sa.Column("created_at", base.Instant(timezone=True), nullable=False),
        sa.Column("directory_read_at", base.Instant(timezone=True), nullable=True),
        sa.Column("stopped_at", base.Instant(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workspace")),
        sa.UniqueConstraint("team_id", name=op.f("uq_workspace_team_id")),
    )
    op.create_table(
        "event_seen",
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("seen_at", base.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_event_seen_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "event_id", name=op.f("pk_event_seen")),
    )
    with op.batch_alter_table("event_seen", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_seen_seen_at"), ["seen_at"], unique=False)

    op.create_table(
        "person",
        sa.Column("slack_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("hours", sa.JSON(), nullable=True),
        sa.Column("is_admin", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("member", sa.Boolean(), nullable=False),
        sa.Column("opened_home", sa.Boolean(), nullable=False),
        sa.Column("seen_at", base.Instant(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_person_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("workspace_id", "slack_id", name=op.f("uq_person_workspace_id_slack_id")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "program",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("hours_per_month", sa.Integer(), nullable=False),
        sa.Column("cadence", sa.String(), nullable=False),
        sa.Column("sponsor_name", sa.String(), nullable=False),
        sa.Column("sponsor_words", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("created_at", base.Instant(timezone=True), nullable=False),
        sa.Column("next_look_at", base.Instant(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on > starts_on", name=op.f("ck_program_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_program_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_program")),
    )
    with op.batch_alter_table("program", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_program_next_look_at"), ["next_look_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_program_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "audit",
        sa.Column("program_id", sa.Integer(), nullable=True),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.JSON(), nullable=False),
        sa.Column("at", base.Instant(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["person.id"], name=op.f("fk_audit_actor_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["program_id"], ["program.id"], name=op.f("fk_audit_program_id_program"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_audit_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_program_id"), ["program_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "debrief",
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("opened_at", base.Instant(timezone=True), nullable=False),
        sa.Column("numbers", sa.JSON(), nullable=False),
        sa.Column("findings", sa.String(), nullable=False),
        sa.Column("written_at", base.Instant(timezone=True), nullable=True),
        sa.Column("written_by", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id"], ["program.id"], name=op.f("fk_debrief_program_id_program"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_debrief_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_debrief_written_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debrief")),
        sa.UniqueConstraint("program_id", "phase", name=op.f("uq_debrief_program_id_phase")),
    )
    with op.batch_alter_table("debrief", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_debrief_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "enrollment",
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("is_mentor", sa.Boolean(), nullable=False),
        sa.Column("is_mentee", sa.Boolean(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("hours_per_month", sa.Integer(), nullable=False),
        sa.Column("profile", sa.JSON(), nullable=False),
        sa.Column("draft", sa.JSON(), nullable=True),
        sa.Column("joined_at", base.Instant(timezone=True), nullable=True),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("asked_at", base.Instant(timezone=True), nullable=True),
        sa.Column("nominated_by", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("next_look_at", base.Instant(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("capacity >= 0", name=op.f("ck_enrollment_capacity_not_negative")),
        sa.ForeignKeyConstraint(
            ["nominated_by"],
            ["person.id"],
            name=op.f("fk_enrollment_nominated_by_person"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_enrollment_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["program_id"], ["program.id"], name=op.f("fk_enrollment_program_id_program"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_enrollment_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrollment")),
        sa.UniqueConstraint("program_id", "person_id", name=op.f("uq_enrollment_program_id_person_id")),
    )
    with op.batch_alter_table("enrollment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_enrollment_next_look_at"), ["next_look_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_enrollment_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_enrollment_program_id_state", ["program_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_enrollment_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "lesson_done",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("lesson_id", sa.String(), nullable=False),
        sa.Column("completed_at", base.Instant(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_lesson_done_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_lesson_done_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson_done")),
        sa.UniqueConstraint("person_id", "lesson_id", name=op.f("uq_lesson_done_person_id_lesson_id")),
    )
    with op.batch_alter_table("lesson_done", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lesson_done_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "match_run",
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("inputs", sa.JSON(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("review", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", base.Instant(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", base.Instant(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_match_run_created_by_person")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_match_run_decided_by_person")),
        sa.ForeignKeyConstraint(
            ["program_id"], ["program.id"], name=op.f("fk_match_run_program_id_program"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_match_run_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_run")),
    )
    with op.batch_alter_table("match_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_match_run_workspace_id"), ["workspace_id"], unique=False)
        batch_op.create_index(
            "uq_match_run_open",
            ["program_id"],
            unique=True,
            sqlite_where=sa.text("state = 'proposed'"),
            postgresql_where=sa.text("state = 'proposed'"),
        )

    op.create_table(
        "portfolio_item",
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("objective_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("readers", sa.JSON(), nullable=False),
        sa.Column("picked_at", base.Instant(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_portfolio_item_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["program_id"],
            ["program.id"],
            name=op.f("fk_portfolio_item_program_id_program"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_portfolio_item_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portfolio_item")),
    )
    with op.batch_alter_table("portfolio_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_portfolio_item_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_portfolio_item_program_id"), ["program_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_portfolio_item_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "self_description",
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("given_at", base.Instant(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_self_description_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["program_id"],
            ["program.id"],
            name=op.f("fk_self_description_program_id_program"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_self_description_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_self_description")),
        sa.UniqueConstraint("program_id", "person_id", name=op.f("uq_self_description_program_id_person_id")),
    )
    with op.batch_alter_table("self_description", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_self_description_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_self_description_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "staff",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("since", base.Instant(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_staff_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["program_id"], ["program.id"], name=op.f("fk_staff_program_id_program"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_staff_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
    )
    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_workspace_id"), ["workspace_id"], unique=False)
        batch_op.create_index(
            "uq_staff_person_everywhere",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("program_id IS NULL"),
            postgresql_where=sa.text("program_id IS NULL"),
        )
        batch_op.create_index(
            "uq_staff_person_program",
            ["person_id", "program_id"],
            unique=True,
            sqlite_where=sa.text("program_id IS NOT NULL"),
            postgresql_where=sa.text("program_id IS NOT NULL"),
        )

    op.create_table(
        "improvement",
        sa.Column("debrief_id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_at", base.Instant(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["debrief_id"], ["debrief.id"], name=op.f("fk_improvement_debrief_id_debrief"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_improvement_owner_id_person")),
        sa.ForeignKeyConstraint(
            ["program_id"], ["program.id"], name=op.f("fk_improvement_program_id_program"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_improvement_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvement")),
    )
    with op.batch_alter_table("improvement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_improvement_debrief_id"), ["debrief_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_improvement_program_id"), ["program_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_improvement_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "pair",
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("match_run_id", sa.Integer(), nullable=True),
        sa.Column("people_key", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("channel_id", sa.String(), nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("approved_at", base.Instant(timezone=True), nullable=False),
        sa.Column("announced_at", base.Instant(timezone=True), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("ended_at", base.Instant(timezone=True), nullable=True),
        sa.Column("ending", sa.String(), nullable=True),
        sa.Column("casual_since", sa.Date(), nullable=True),
        sa.Column("casual_opted_in", sa.Boolean(), nullable=False),
        sa.Column("next_look_at", base.Instant(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["match_run_id"], ["match_run.id"], name=op.f("fk_pair_match_run_id_match_run")
        ),
        sa.ForeignKeyConstraint(
            ["program_id"], ["program.id"], name=op.f("fk_pair_program_id_program"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_pair_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pair")),
    )
    with op.batch_alter_table("pair", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pair_next_look_at"), ["next_look_at"], unique=False)
        batch_op.create_index("ix_pair_program_id_state", ["program_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_pair_workspace_id"), ["workspace_id"], unique=False)
        batch_op.create_index(
            "uq_pair_live",
            ["program_id", "people_key"],
            unique=True,
            sqlite_where=sa.text("state != 'ended'"),
            postgresql_where=sa.text("state != 'ended'"),
        )

    op.create_table(
        "agreement",
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=False),
        sa.Column("proposed_at", base.Instant(timezone=True), nullable=False),
        sa.Column("signatures", sa.JSON(), nullable=False),
        sa.Column("superseded_at", base.Instant(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pair_id"], ["pair.id"], name=op.f("fk_agreement_pair_id_pair"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["proposed_by"], ["person.id"], name=op.f("fk_agreement_proposed_by_person")),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_agreement_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
        sa.UniqueConstraint("pair_id", "version", name=op.f("uq_agreement_pair_id_version")),
    )
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_workspace_id"), ["workspace_id"], unique=False)
        batch_op.create_index(
            "uq_agreement_in_force",
            ["pair_id"],
            unique=True,
            sqlite_where=sa.text("state = 'in force'"),
            postgresql_where=sa.text("state = 'in force'"),
        )
        batch_op.create_index(
            "uq_agreement_open",
            ["pair_id"],
            unique=True,
            sqlite_where=sa.text("state = 'proposed'"),
            postgresql_where=sa.text("state = 'proposed'"),
        )

    op.create_table(
        "ask",
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("heard_by", sa.JSON(), nullable=False),
        sa.Column("period_key", sa.String(), nullable=True),
        sa.Column("asked_at", base.Instant(timezone=True), nullable=False),
        sa.Column("answered_at", base.Instant(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["answered_by"], ["person.id"], name=op.f("fk_ask_answered_by_person")),
        sa.ForeignKeyConstraint(
            ["pair_id"], ["pair.id"], name=op.f("fk_ask_pair_id_pair"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_ask_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_ask_workspace_id_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ask")),
        sa.UniqueConstraint("workspace_id", "key", name=op.f("uq_ask_workspace_id_key")),
    )
    with op.batch_alter_table("ask", schema=None) as batch_op:
        batch_op.create_index("ix_ask_pair_id_asked_at", ["pair_id", "asked_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_ask_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ask_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "going_on",
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("yes", sa.Boolean(), nullable=False),
        sa.Column("hello", sa.Boolean(), nullable=False),
        sa.Column("answered_at", base.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["pair_id"], ["pair.id"], name=op.f("fk_going_on_pair_id_pair"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_going_on_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("pair_id", "person_id", name=op.f("pk_going_on")),
    )
    op.create_table(
        "letter",
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("pair_id", sa.Integer(), nullable=True),
        sa.Column("program_id", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("ids", sa.JSON(), nullable=False),
        sa.Column("written_at", base.Instant(timezone=True), nullable=False),
        sa.Column("not_before", base.Instant(timezone=True), nullable=False),
        sa.Column("expires_at", base.Instant(timezone=True), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_at", base.Instant(timezone=True), nullable=True),
        sa.Column("sent_at", base.Instant(timezone=True), nullable=True),
        sa.Column("sent_channel", sa.String(), nullable=True),
        sa.Column("ts", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pair_id"], ["pair.id"], name=op.f("fk_letter_pair_id_pair"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_letter_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["program_id"], ["program.id"], name=op.f("fk_letter_program_id_program"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_letter_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("mark", name=op.f("uq_letter_mark")),
        sa.UniqueConstraint("workspace_id", "key", name=op.f("uq_letter_workspace_id_key")),
    )
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.create_index("ix_letter_pair_id_kind", ["pair_id", "kind"], unique=False)
        batch_op.create_index("ix_letter_person_id_sent_at", ["person_id", "sent_at"], unique=False)
        batch_op.create_index("ix_letter_state_not_before", ["state", "not_before"], unique=False)
        batch_op.create_index(batch_op.f("ix_letter_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "match_check",
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", base.Instant(timezone=True), nullable=False),
        sa.Column("until", base.Instant(timezone=True), nullable=False),
        sa.Column("fine", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("answered_at", base.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["pair_id"], ["pair.id"], name=op.f("fk_match_check_pair_id_pair"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_match_check_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("pair_id", "person_id", name=op.f("pk_match_check")),
    )
    with op.batch_alter_table("match_check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_match_check_person_id"), ["person_id"], unique=False)

    op.create_table(
        "meeting",
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("period_key", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("starts_at", base.Instant(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("planned_by", sa.Integer(), nullable=True),
        sa.Column("planned_at", base.Instant(timezone=True), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pair_id"], ["pair.id"], name=op.f("fk_meeting_pair_id_pair"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["planned_by"], ["person.id"], name=op.f("fk_meeting_planned_by_person")),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_meeting_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("uid", name=op.f("uq_meeting_uid")),
    )
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.create_index("ix_meeting_pair_id_starts_at", ["pair_id", "starts_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "member",
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("enrollment_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["enrollment_id"],
            ["enrollment.id"],
            name=op.f("fk_member_enrollment_id_enrollment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["pair_id"], ["pair.id"], name=op.f("fk_member_pair_id_pair"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_member_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("pair_id", "person_id", name=op.f("pk_member")),
    )
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_member_enrollment_id"), ["enrollment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_member_person_id"), ["person_id"], unique=False)

    op.create_table(
        "objective_rating",
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("mentee_id", sa.Integer(), nullable=False),
        sa.Column("objective_id", sa.Integer(), nullable=False),
        sa.Column("rater", sa.String(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("rated_at", base.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["mentee_id"],
            ["person.id"],
            name=op.f("fk_objective_rating_mentee_id_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["pair_id"], ["pair.id"], name=op.f("fk_objective_rating_pair_id_pair"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint(
            "pair_id", "mentee_id", "objective_id", "rater", name=op.f("pk_objective_rating")
        ),
    )
    op.create_table(
        "pause",
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("pair_id", sa.Integer(), nullable=True),
        sa.Column("begins_at", base.Instant(timezone=True), nullable=False),
        sa.Column("ends_at", base.Instant(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pair_id"], ["pair.id"], name=op.f("fk_pause_pair_id_pair"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_pause_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_pause_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pause")),
    )
    with op.batch_alter_table("pause", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pause_pair_id"), ["pair_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pause_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pause_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "phase_shift",
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pair_id"], ["pair.id"], name=op.f("fk_phase_shift_pair_id_pair"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("pair_id", "phase", name=op.f("pk_phase_shift")),
    )
    op.create_table(
        "skip",
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=True),
        sa.Column("rung", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", base.Instant(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pair_id"], ["pair.id"], name=op.f("fk_skip_pair_id_pair"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["program_id"], ["program.id"], name=op.f("fk_skip_program_id_program"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_skip_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skip")),
        sa.UniqueConstraint("workspace_id", "key", "reason", name=op.f("uq_skip_workspace_id_key_reason")),
    )
    with op.batch_alter_table("skip", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_skip_pair_id"), ["pair_id"], unique=False)
        batch_op.create_index("ix_skip_program_id_reason", ["program_id", "reason"], unique=False)
        batch_op.create_index(batch_op.f("ix_skip_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "survey_request",
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("instrument", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("opens_at", base.Instant(timezone=True), nullable=False),
        sa.Column("closes_at", base.Instant(timezone=True), nullable=False),
        sa.Column("reminded_at", base.Instant(timezone=True), nullable=True),
        sa.Column("answered_at", base.Instant(timezone=True), nullable=True),
        sa.Column("withdrawn_at", base.Instant(timezone=True), nullable=True),
        sa.Column("minimum_group", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pair_id"], ["pair.id"], name=op.f("fk_survey_request_pair_id_pair"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_survey_request_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["program_id"],
            ["program.id"],
            name=op.f("fk_survey_request_program_id_program"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_survey_request_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_request")),
        sa.UniqueConstraint("workspace_id", "key", name=op.f("uq_survey_request_workspace_id_key")),
    )
    with op.batch_alter_table("survey_request", schema=None) as batch_op:
        batch_op.create_index(
            "ix_survey_request_person_id_answered_at", ["person_id", "answered_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_survey_request_program_id"), ["program_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_survey_request_workspace_id"), ["workspace_id"], unique=False)

    op.create_table(
        "task",
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("mentee_id", sa.Integer(), nullable=False),
        sa.Column("library_id", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("objective_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("done_at", base.Instant(timezone=True), nullable=True),
        sa.Column("keep_going", sa.String(), nullable=False),
        sa.Column("try_next", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mentee_id"], ["person.id"], name=op.f("fk_task_mentee_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["pair_id"], ["pair.id"], name=op.f("fk_task_pair_id_pair"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_task_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
    )
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.create_index("ix_task_pair_id_state", ["pair_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_task_workspace_id"), ["workspace_id"], unique=False)
        batch_op.create_index("uq_task_library", ["pair_id", "mentee_id", "library_id"], unique=True)

    op.create_table(
        "survey_answer",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("instrument", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("shared", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id"],
            ["program.id"],
            name=op.f("fk_survey_answer_program_id_program"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["survey_request.id"],
            name=op.f("fk_survey_answer_request_id_survey_request"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspace.id"],
            name=op.f("fk_survey_answer_workspace_id_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_answer")),
        sa.UniqueConstraint("request_id", name=op.f("uq_survey_answer_request_id")),
    )
    with op.batch_alter_table("survey_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_survey_answer_program_id"), ["program_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_survey_answer_workspace_id"), ["workspace_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("survey_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_survey_answer_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_survey_answer_program_id"))

    op.drop_table("survey_answer")
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_index("uq_task_library")
        batch_op.drop_index(batch_op.f("ix_task_workspace_id"))
        batch_op.drop_index("ix_task_pair_id_state")

    op.drop_table("task")
    with op.batch_alter_table("survey_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_survey_request_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_survey_request_program_id"))
        batch_op.drop_index("ix_survey_request_person_id_answered_at")

    op.drop_table("survey_request")
    with op.batch_alter_table("skip", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_skip_workspace_id"))
        batch_op.drop_index("ix_skip_program_id_reason")
        batch_op.drop_index(batch_op.f("ix_skip_pair_id"))

    op.drop_table("skip")
    op.drop_table("phase_shift")
    with op.batch_alter_table("pause", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pause_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_pause_person_id"))
        batch_op.drop_index(batch_op.f("ix_pause_pair_id"))

    op.drop_table("pause")
    op.drop_table("objective_rating")
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_member_person_id"))
        batch_op.drop_index(batch_op.f("ix_member_enrollment_id"))

    op.drop_table("member")
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_workspace_id"))
        batch_op.drop_index("ix_meeting_pair_id_starts_at")

    op.drop_table("meeting")
    with op.batch_alter_table("match_check", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_match_check_person_id"))

    op.drop_table("match_check")
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letter_workspace_id"))
        batch_op.drop_index("ix_letter_state_not_before")
        batch_op.drop_index("ix_letter_person_id_sent_at")
        batch_op.drop_index("ix_letter_pair_id_kind")

    op.drop_table("letter")
    op.drop_table("going_on")
    with op.batch_alter_table("ask", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ask_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_ask_person_id"))
        batch_op.drop_index("ix_ask_pair_id_asked_at")

    op.drop_table("ask")
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_agreement_open",
            sqlite_where=sa.text("state = 'proposed'"),
            postgresql_where=sa.text("state = 'proposed'"),
        )
        batch_op.drop_index(
            "uq_agreement_in_force",
            sqlite_where=sa.text("state = 'in force'"),
            postgresql_where=sa.text("state = 'in force'"),
        )
        batch_op.drop_index(batch_op.f("ix_agreement_workspace_id"))

    op.drop_table("agreement")
    with op.batch_alter_table("pair", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_pair_live",
            sqlite_where=sa.text("state != 'ended'"),
            postgresql_where=sa.text("state != 'ended'"),
        )
        batch_op.drop_index(batch_op.f("ix_pair_workspace_id"))
        batch_op.drop_index("ix_pair_program_id_state")
        batch_op.drop_index(batch_op.f("ix_pair_next_look_at"))

    op.drop_table("pair")
    with op.batch_alter_table("improvement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_improvement_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_improvement_program_id"))
        batch_op.drop_index(batch_op.f("ix_improvement_debrief_id"))

    op.drop_table("improvement")
    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_staff_person_program",
            sqlite_where=sa.text("program_id IS NOT NULL"),
            postgresql_where=sa.text("program_id IS NOT NULL"),
        )
        batch_op.drop_index(
            "uq_staff_person_everywhere",
            sqlite_where=sa.text("program_id IS NULL"),
            postgresql_where=sa.text("program_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_staff_workspace_id"))

    op.drop_table("staff")
    with op.batch_alter_table("self_description", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_self_description_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_self_description_person_id"))

    op.drop_table("self_description")
    with op.batch_alter_table("portfolio_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_portfolio_item_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_portfolio_item_program_id"))
        batch_op.drop_index(batch_op.f("ix_portfolio_item_person_id"))

    op.drop_table("portfolio_item")
    with op.batch_alter_table("match_run", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_match_run_open",
            sqlite_where=sa.text("state = 'proposed'"),
            postgresql_where=sa.text("state = 'proposed'"),
        )
        batch_op.drop_index(batch_op.f("ix_match_run_workspace_id"))

    op.drop_table("match_run")
    with op.batch_alter_table("lesson_done", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lesson_done_workspace_id"))

    op.drop_table("lesson_done")
    with op.batch_alter_table("enrollment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_enrollment_workspace_id"))
        batch_op.drop_index("ix_enrollment_program_id_state")
        batch_op.drop_index(batch_op.f("ix_enrollment_person_id"))
        batch_op.drop_index(batch_op.f("ix_enrollment_next_look_at"))

    op.drop_table("enrollment")
    with op.batch_alter_table("debrief", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_debrief_workspace_id"))

    op.drop_table("debrief")
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_audit_program_id"))
        batch_op.drop_index(batch_op.f("ix_audit_at"))

    op.drop_table("audit")
    with op.batch_alter_table("program", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_program_workspace_id"))
        batch_op.drop_index(batch_op.f("ix_program_next_look_at"))

    op.drop_table("program")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_workspace_id"))

    op.drop_table("person")
    with op.batch_alter_table("event_seen", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_seen_seen_at"))

    op.drop_table("event_seen")
    op.drop_table("workspace")
