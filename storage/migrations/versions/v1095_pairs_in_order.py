"""Find the pairs to look at in their order, also where thousands are due at one instant.

Revision: 1095
"""

from alembic import op

revision = "1095"
down_revision = "1090"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_pair_next_look_at_id", "pair", ["next_look_at", "id"])
    op.drop_index("ix_pair_next_look_at", "pair")
