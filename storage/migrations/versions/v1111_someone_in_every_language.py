"""Mark the name of whoever is forgotten, so that readers see their own language's word for it.

Revision: 1111
"""

import sqlalchemy as sa
from alembic import op

revision = "1111"
down_revision = "1110"
branch_labels = None
depends_on = None


def upgrade() -> None:
    person = sa.table("person", sa.column("name", sa.String), sa.column("slack_id", sa.String))
    forgotten = person.c.slack_id.like("GONE%") & (person.c.name == "Someone")
    op.execute(sa.update(person).where(forgotten).values(name="Someone\N{WORD JOINER}"))
