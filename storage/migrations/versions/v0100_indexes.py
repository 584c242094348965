"""Find letters that wait for an earlier one, and a pair's open surveys, without reading the whole table.

Revision: 0100
Follows: 0500
"""

from alembic import op

revision = "0100"
down_revision = "0500"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.create_index("ix_letter_kind_sent_at", ["kind", "sent_at"], unique=False)
        batch_op.create_index("ix_letter_pair_id_state", ["pair_id", "state"], unique=False)
        batch_op.create_index("ix_letter_person_id_state", ["person_id", "state"], unique=False)
    with op.batch_alter_table("survey_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_survey_request_pair_id"), ["pair_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("survey_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_survey_request_pair_id"))
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_index("ix_letter_person_id_state")
        batch_op.drop_index("ix_letter_pair_id_state")
        batch_op.drop_index("ix_letter_kind_sent_at")
