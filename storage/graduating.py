"""Where people stand with all of their pairs in a program: what a graduation goes by."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import and_, case, func, null, or_, select, union_all, update
from sqlalchemy.orm import Session

from mentoring.enrollment import IN_LINE, EnrollmentState
from mentoring.graduation import Standing
from mentoring.pairs import LIVE, Ending, Pair, PairState
from storage.past_members import pairs_ever_of
from storage.tables import EnrollmentRow, MemberRow, PairRow, PastMemberRow

MADE_IT = and_(
    PairRow.announced_at.is_not(None),
    or_(PairRow.state != PairState.ENDED, PairRow.ending == Ending.COMPLETED),
)
"""Pairs that came to their end, or may still."""


def standings(session: Session, person_ids: Iterable[int]) -> dict[int, dict[int, Standing]]:
    """By program and person, where these people stand; whoever never had a pair is left out."""
    people = [*person_ids]
    if not people:
        return {}
    goes_on = and_(PairRow.state.in_(sorted(LIVE)), PairRow.casual_since.is_(None))
    member, past = MemberRow, PastMemberRow
    parts = union_all(
        select(
            member.person_id,
            member.enrollment_id,
            case((goes_on, PairRow.ends_on)).label("last_day"),
            case((PairRow.announced_at.is_not(None), PairRow.ended_at)).label("ended_at"),
        )
        .join(PairRow, PairRow.id == member.pair_id)
        .where(member.person_id.in_(people)),
        select(
            past.person_id,
            past.enrollment_id,
            null(),
            case((PairRow.announced_at.is_not(None), past.left_at)),
        )
        .join(PairRow, PairRow.id == past.pair_id)
        .where(past.person_id.in_(people)),
    ).subquery()
    query = (
        select(
            EnrollmentRow.program_id,
            parts.c.person_id,
            EnrollmentRow.state,
            func.max(parts.c.last_day),
            func.max(parts.c.ended_at),
        )
        .join(EnrollmentRow, EnrollmentRow.id == parts.c.enrollment_id)
        .group_by(EnrollmentRow.program_id, parts.c.person_id, EnrollmentRow.state)
    )
    found: dict[int, dict[int, Standing]] = {}
    for program, person, state, day, at in session.execute(query):
        found.setdefault(program, {})[person] = Standing(day, at, EnrollmentState(state) in IN_LINE)
    return found


def wake_for_graduation(session: Session, program_id: int, person_ids: Iterable[int], now: datetime) -> None:
    """Look anew at what these people came to the end of: a pair they were in beside it is no more.

    So at a group that goes on without them, or has ended since, where they came to the end of it.
    """
    session.flush()
    people = [*person_ids]
    theirs = select(MemberRow.pair_id).where(MemberRow.person_id.in_(people))
    left = select(PastMemberRow.pair_id).where(
        PastMemberRow.person_id.in_(people), PastMemberRow.ending == Ending.COMPLETED
    )
    session.execute(
        update(PairRow)
        .where(
            PairRow.program_id == program_id,
            or_(and_(PairRow.id.in_(theirs), MADE_IT), PairRow.id.in_(left)),
        )
        .values(next_look_at=now)
    )


def pairs_to_look_back_on(session: Session, program_id: int, person_id: int) -> list[Pair]:
    """Somebody's pairs in a program but those parted or never introduced; groups as they left them."""
    found = pairs_ever_of(session, program_id, person_id)
    return [each for each in found if each.state is not PairState.ENDED or each.ending is Ending.COMPLETED]
