"""User groups to be invited: wanted, tried, settled."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.kinds import Role
from storage.living import wanted
from storage.tables import GroupInvitationRow


@dataclass(frozen=True, slots=True)
class Asked:
    """What asking people in came to.

    Args:
        invited: People who are being asked.
        before: People who were on the list before; they hear nothing new.
        unfit: Guests, people who have left, and whom we do not know.
    """

    invited: int
    before: int
    unfit: int


@dataclass(frozen=True, slots=True)
class GroupInvitation:
    """A user group a coordinator wants to invite."""

    id: int
    workspace_id: int
    program_id: int
    usergroup: str
    role: Role | None
    asked_by: int
    attempts: int
    refused: str | None
    done: Asked


def want_group(
    session: Session,
    workspace_id: int,
    program_id: int,
    usergroup: str,
    role: Role | None,
    by: int,
    now: datetime,
) -> None:
    """Ask for a user group's people to be invited; the next tick does it."""
    session.add(
        GroupInvitationRow(
            workspace_id=workspace_id,
            program_id=program_id,
            usergroup=usergroup,
            role=role,
            asked_by=by,
            asked_at=now,
            try_at=now,
        )
    )


def wanted_groups(session: Session, now: datetime) -> list[GroupInvitation]:
    """Groups to be asked Slack about now, oldest first."""
    query = (
        select(GroupInvitationRow)
        .where(GroupInvitationRow.try_at <= now, wanted(GroupInvitationRow.workspace_id))
        .order_by(GroupInvitationRow.try_at, GroupInvitationRow.id)
    )
    return [_invitation(row) for row in session.scalars(query)]


def group_invitation(session: Session, invitation_id: int) -> GroupInvitation:
    """One invitation of a group, however it stands."""
    return _invitation(session.get_one(GroupInvitationRow, invitation_id))


def try_group_later(session: Session, invitation_id: int, at: datetime) -> None:
    """Slack did not answer this time."""
    row = session.get_one(GroupInvitationRow, invitation_id)
    row.try_at, row.attempts = at, row.attempts + 1


def settle_group(session: Session, invitation_id: int, done: Asked, refused: str | None = None) -> None:
    """The group was invited, or Slack would not say who is in it."""
    row = session.get_one(GroupInvitationRow, invitation_id)
    row.try_at, row.refused = None, refused
    row.invited, row.before, row.unfit = done.invited, done.before, done.unfit


def _invitation(row: GroupInvitationRow) -> GroupInvitation:
    return GroupInvitation(
        id=row.id,
        workspace_id=row.workspace_id,
        program_id=row.program_id,
        usergroup=row.usergroup,
        role=Role(row.role) if row.role else None,
        asked_by=row.asked_by,
        attempts=row.attempts,
        refused=row.refused,
        done=Asked(row.invited, row.before, row.unfit),
    )
