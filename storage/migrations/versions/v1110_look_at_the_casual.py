"""Look at pairs that went on casually before their people were free for another match: the next look frees them.

Revision: 1110
"""

from alembic import op

revision = "1110"
down_revision = "1100"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "UPDATE pair SET next_look_at = announced_at WHERE state = 'announced' AND casual_since IS NOT NULL"
    )
