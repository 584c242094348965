"""Who was in a group that went on without them: what they did in it stays theirs."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, select
from sqlalchemy.orm import Session

from mentoring.kinds import Role
from mentoring.pairs import Ending, Member, Pair, PastMember, as_left
from storage.fast import every, one_of_ids, rows
from storage.pairs import pairs_by_ids
from storage.tables import MemberRow, PairRow, PastMemberRow

PAST_MEMBERS = select(
    PastMemberRow.pair_id,
    PastMemberRow.person_id,
    PastMemberRow.enrollment_id,
    PastMemberRow.role,
    PastMemberRow.left_at,
    PastMemberRow.ending,
).order_by(PastMemberRow.left_at, PastMemberRow.person_id)
OF_PAIRS = PAST_MEMBERS.where(one_of_ids(PastMemberRow.pair_id))
OF_PROGRAM = PAST_MEMBERS.join(PairRow, PairRow.id == PastMemberRow.pair_id).where(
    PairRow.program_id == bindparam("program")
)


def move_to_past(session: Session, pair_id: int, member: Member, ending: Ending, left_at: datetime) -> None:
    """A member becomes a past one; what a group is to those who are in it now is another matter."""
    session.add(
        PastMemberRow(
            pair_id=pair_id,
            person_id=member.person_id,
            enrollment_id=member.enrollment_id,
            role=member.role,
            left_at=left_at,
            ending=ending,
        )
    )
    session.execute(
        delete(MemberRow).where(MemberRow.pair_id == pair_id, MemberRow.person_id == member.person_id)
    )


def past_members(session: Session, pair_ids: Iterable[int]) -> dict[int, list[PastMember]]:
    """Who left these groups, by group, the first to leave first; in one query."""
    return _by_group(rows(session, OF_PAIRS, pair_ids))


def past_members_of_program(session: Session, program_id: int) -> dict[int, list[PastMember]]:
    """The same for all groups of a program."""
    return _by_group(every(session, OF_PROGRAM, program=program_id))


def _by_group(left: Iterable[Row[Any]]) -> dict[int, list[PastMember]]:
    found: dict[int, list[PastMember]] = {}
    for row in left:
        role = Role(row.role) if row.role else None
        one = PastMember(row.person_id, row.enrollment_id, role, row.left_at, Ending(row.ending))
        found.setdefault(row.pair_id, []).append(one)
    return found


def left_at(session: Session, pair_ids: Iterable[int], person_id: int) -> dict[int, datetime]:
    """When somebody left those of these groups that they left, by group."""
    query = select(PastMemberRow.pair_id, PastMemberRow.left_at).where(
        PastMemberRow.pair_id.in_([*pair_ids]), PastMemberRow.person_id == person_id
    )
    return {row.pair_id: row.left_at for row in session.execute(query)}


def was_in(session: Session, pair_id: int, person_id: int) -> bool:
    """Whether somebody left this group."""
    return session.get(PastMemberRow, (pair_id, person_id)) is not None


def pairs_ever_of(session: Session, program_id: int, person_id: int) -> list[Pair]:
    """Somebody's pairs of a program that were introduced, oldest first; a group they left as they left it."""
    theirs = (
        select(MemberRow.pair_id)
        .where(MemberRow.person_id == person_id)
        .union(select(PastMemberRow.pair_id).where(PastMemberRow.person_id == person_id))
    )
    query = select(PairRow.id).where(
        PairRow.program_id == program_id, PairRow.announced_at.is_not(None), PairRow.id.in_(theirs)
    )
    found = pairs_by_ids(session, [*session.scalars(query)])
    left = past_members(session, [each.id for each in found if not each.has(person_id)])
    return [as_left(each, left.get(each.id, ()), person_id) for each in found]
