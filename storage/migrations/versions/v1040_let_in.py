"""Remember when a workspace was last known to have the app: what it says of an earlier time is over.

Revision: 1040
"""

import sqlalchemy as sa
from alembic import op

from storage.tables import base

revision = "1040"
down_revision = "0701"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("workspace", sa.Column("let_in_at", base.Instant(timezone=True), nullable=True))
