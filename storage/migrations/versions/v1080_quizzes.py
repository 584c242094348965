"""Keep how a quiz went: right answers, of how many questions.

Revision: 1080
"""

import sqlalchemy as sa
from alembic import op

revision = "1080"
down_revision = "1040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("task", sa.Column("right_answers", sa.Integer(), nullable=True))
    op.add_column("task", sa.Column("quiz_questions", sa.Integer(), nullable=True))
