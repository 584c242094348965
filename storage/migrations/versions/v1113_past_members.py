"""Keep who was in a group that went on without them; those who left before are found in the log.

Revision: 1113
"""

from collections.abc import Mapping
from datetime import UTC
from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.tables import base

revision = "1113"
down_revision = "1112"
branch_labels = None
depends_on = None


def upgrade() -> None:
    past = op.create_table(
        "past_member",
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("enrollment_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("left_at", base.Instant(timezone=True), nullable=False),
        sa.Column("ending", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrollment_id"],
            ["enrollment.id"],
            name=op.f("fk_past_member_enrollment_id_enrollment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["pair_id"], ["pair.id"], name=op.f("fk_past_member_pair_id_pair"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_past_member_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("pair_id", "person_id", name=op.f("pk_past_member")),
    )
    with op.batch_alter_table("past_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_past_member_enrollment_id"), ["enrollment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_past_member_person_id"), ["person_id"], unique=False)
    found = {(row["pair_id"], row["person_id"]): row for row in _left_before(op.get_bind())}
    if found:
        op.bulk_insert(past, [*found.values()])


def _left_before(connection: sa.Connection) -> list[dict[str, Any]]:
    """Who left a group, as the log tells it: when, and why, if they said. In a group with a mentor it was a mentee."""
    audit, pair = _table("audit", "actor_id", "action", "id"), _table("pair", "id", "program_id", "casual_since")
    audit.append_column(sa.Column("subject", sa.JSON))
    audit.append_column(sa.Column("at", base.Instant(timezone=True)))
    pair.append_column(sa.Column("ends_on", sa.Date))
    member, enrollment = _table("member", "pair_id", "role"), _table("enrollment", "id", "program_id", "person_id")
    entries = connection.execute(
        sa.select(audit).where(audit.c.action == "pair.left_group").order_by(audit.c.id)
    ).all()
    found = []
    for entry in entries:
        known = connection.execute(
            sa.select(pair, enrollment.c.id.label("enrollment_id"))
            .join(enrollment, enrollment.c.program_id == pair.c.program_id)
            .where(pair.c.id == entry.subject.get("pair"), enrollment.c.person_id == entry.actor_id)
        ).first()
        if known is None:
            continue
        roles = connection.scalars(sa.select(member.c.role).where(member.c.pair_id == known.id)).all()
        over = known.casual_since is not None or entry.at.astimezone(UTC).date() > known.ends_on
        found.append(
            {
                "pair_id": known.id,
                "person_id": entry.actor_id,
                "enrollment_id": known.enrollment_id,
                "role": "mentee" if "mentor" in roles else None,
                "left_at": entry.at,
                "ending": _ending(entry.subject, over=over),
            }
        )
    return found


def _ending(subject: Mapping[str, Any], *, over: bool) -> str:
    if over or subject.get("reason") == "reached":
        return "completed"
    return "parted" if "reason" in subject else "left"


def _table(name: str, *columns: str) -> sa.Table:
    return sa.Table(name, sa.MetaData(), *(sa.Column(each) for each in columns))
