"""Where people stand with all of their pairs in a program: what a graduation goes by."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import and_, case, func, or_, select, update
from sqlalchemy.orm import Session

from mentoring.enrollment import IN_LINE, EnrollmentState
from mentoring.graduation import Standing
from mentoring.pairs import LIVE, Ending, Pair, PairState
from storage.pairs import pairs_by_ids
from storage.tables import EnrollmentRow, MemberRow, PairRow

MADE_IT = and_(
    PairRow.announced_at.is_not(None),
    or_(PairRow.state != PairState.ENDED, PairRow.ending == Ending.COMPLETED),
)
"""Pairs that came to their end, or may still."""


def standings(session: Session, person_ids: Iterable[int]) -> dict[int, dict[int, Standing]]:
    """By program and person, where these people stand; whoever left every pair of a program is left out."""
    people = [*person_ids]
    if not people:
        return {}
    goes_on = and_(PairRow.state.in_(sorted(LIVE)), PairRow.casual_since.is_(None))
    last_day = func.max(case((goes_on, PairRow.ends_on)))
    last_ended_at = func.max(case((PairRow.announced_at.is_not(None), PairRow.ended_at)))
    query = (
        select(PairRow.program_id, MemberRow.person_id, EnrollmentRow.state, last_day, last_ended_at)
        .join(MemberRow, MemberRow.pair_id == PairRow.id)
        .join(EnrollmentRow, EnrollmentRow.id == MemberRow.enrollment_id)
        .where(MemberRow.person_id.in_(people))
        .group_by(PairRow.program_id, MemberRow.person_id, EnrollmentRow.state)
    )
    found: dict[int, dict[int, Standing]] = {}
    for program, person, state, day, at in session.execute(query):
        found.setdefault(program, {})[person] = Standing(day, at, EnrollmentState(state) in IN_LINE)
    return found


def wake_for_graduation(session: Session, program_id: int, person_ids: Iterable[int], now: datetime) -> None:
    """Look anew at what these people came to the end of: a pair they were in beside it is no more."""
    session.flush()
    theirs = select(MemberRow.pair_id).where(MemberRow.person_id.in_([*person_ids]))
    session.execute(
        update(PairRow)
        .where(PairRow.program_id == program_id, PairRow.id.in_(theirs), MADE_IT)
        .values(next_look_at=now)
    )


def pairs_to_look_back_on(session: Session, program_id: int, person_id: int) -> list[Pair]:
    """Somebody's pairs in a program but those that were parted or never introduced."""
    query = (
        select(PairRow.id)
        .join(MemberRow, MemberRow.pair_id == PairRow.id)
        .where(PairRow.program_id == program_id, MemberRow.person_id == person_id, MADE_IT)
    )
    return pairs_by_ids(session, [*session.scalars(query)])
