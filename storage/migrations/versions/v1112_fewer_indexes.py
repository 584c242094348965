"""Enter each letter in six indexes instead of twelve: what is asked is found by those.

Revision: 1112
"""

import sqlalchemy as sa
from alembic import op

revision = "1112"
down_revision = "1111"
branch_labels = None
depends_on = None

BESIDE_A_UNIQUE_ONE = ("letter", "skip", "ask", "survey_request", "person", "resource")
"""Here a unique constraint begins with the workspace as well."""
BESIDE_ANOTHER = (("letter", "pair_id", "kind"), ("letter", "person_id", "sent_at"))
"""Here the index of the place and the state finds the few letters of one place."""
ONLY_WHERE_SET = (
    ("pair_id", "letter", "pair_id", "state"),
    ("person_id", "letter", "person_id", "state"),
    ("sent_at", "letter", "workspace_id", "sent_at"),
)
"""What must be set, the table, the columns."""


def upgrade() -> None:
    for table in BESIDE_A_UNIQUE_ONE:
        op.drop_index(f"ix_{table}_workspace_id", table)
    for table, *columns in BESIDE_ANOTHER:
        op.drop_index("_".join(("ix", table, *columns)), table)
    for which, table, *columns in ONLY_WHERE_SET:
        name, only = "_".join(("ix", table, *columns)), sa.text(f"{which} IS NOT NULL")
        op.drop_index(name, table)
        op.create_index(name, table, columns, sqlite_where=only, postgresql_where=only)
    # What people heard of their pauses was found by its kind, and so among everybody's.
    of_one = sa.text("person_id IS NOT NULL")
    op.drop_index("ix_ask_person_id", "ask")
    op.create_index(
        "ix_ask_person_id_kind", "ask", ["person_id", "kind"], sqlite_where=of_one, postgresql_where=of_one
    )
