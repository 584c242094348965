"""Keep how far a letter's file came: a second try shows the same file instead of another one.

Revision: 1070
"""

import sqlalchemy as sa
from alembic import op

from storage.tables import base

revision = "1070"
down_revision = "1080"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("letter", sa.Column("file_id", sa.String(), nullable=True))
    op.add_column("letter", sa.Column("file_came_at", base.Instant(timezone=True), nullable=True))
