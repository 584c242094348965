"""Counts for the coordinator's desk, each in one query over all programs at once."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mentoring.nudges.notices import FOR_COORDINATORS
from mentoring.pairs import PairState
from storage.tables import AskRow, PairRow


def pair_counts(session: Session, program_ids: Sequence[int]) -> dict[int, int]:
    """How many living pairs each program has."""
    query = (
        select(PairRow.program_id, func.count())
        .where(PairRow.program_id.in_(program_ids), PairRow.state != PairState.ENDED)
        .group_by(PairRow.program_id)
    )
    return dict(session.execute(query).all())


def attention_counts(session: Session, program_ids: Sequence[int]) -> dict[int, int]:
    """How many living pairs of each program need a coordinator's look."""
    query = (
        select(PairRow.program_id, func.count(PairRow.id.distinct()))
        .join(AskRow, AskRow.pair_id == PairRow.id)
        .where(
            PairRow.program_id.in_(program_ids),
            PairRow.state != PairState.ENDED,
            AskRow.kind.in_(FOR_COORDINATORS),
            AskRow.answered_at.is_(None),
        )
        .group_by(PairRow.program_id)
    )
    return dict(session.execute(query).all())
