"""Remember when the clock last looked; count what was sent lately by an index.

Revision: 0801
"""

import sqlalchemy as sa
from alembic import op

from storage.tables import base

revision = "0801"
down_revision = "0101"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "heartbeat",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("at", base.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_heartbeat")),
    )
    op.create_index("ix_letter_workspace_id_sent_at", "letter", ["workspace_id", "sent_at"])
