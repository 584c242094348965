"""Lay the anonymous answers that are there in no order, as new ones are.

Revision: 1090
"""

import sqlalchemy as sa
from alembic import op

revision = "1090"
down_revision = "1070"
branch_labels = None
depends_on = None


def upgrade() -> None:
    answers = sa.Table("survey_answer", sa.MetaData(), autoload_with=op.get_bind(), resolve_fks=False)
    anonymous = sa.delete(answers).where(answers.c.request_id.is_(None)).returning(*answers.columns)
    laid = op.get_bind().execute(anonymous).mappings().all()
    if laid:
        op.bulk_insert(answers, sorted(map(dict, laid), key=lambda row: row["id"]))
