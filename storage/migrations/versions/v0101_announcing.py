"""Find the messages about an announcement by an index of their own.

Revision: 0101
Follows: 0501
"""

import sqlalchemy as sa
from alembic import op

revision = "0101"
down_revision = "0501"
branch_labels = None
depends_on = None

ANNOUNCING = sa.text("kind = 'announcing'")


def upgrade() -> None:
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_index("ix_letter_kind_sent_at")
        batch_op.create_index(
            "ix_letter_announcing",
            ["sent_at"],
            unique=False,
            sqlite_where=ANNOUNCING,
            postgresql_where=ANNOUNCING,
        )


def downgrade() -> None:
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_index("ix_letter_announcing")
        batch_op.create_index("ix_letter_kind_sent_at", ["kind", "sent_at"], unique=False)
