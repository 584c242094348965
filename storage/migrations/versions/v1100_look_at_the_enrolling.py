"""Look at programs that were enrolling before the clock looked at these: it closes them in the end.

Revision: 1100
"""

from alembic import op

revision = "1100"
down_revision = "1095"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "UPDATE program SET next_look_at = created_at WHERE state = 'enrolling' AND next_look_at IS NULL"
    )
