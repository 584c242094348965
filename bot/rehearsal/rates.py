"""How many of those asked have answered, and how far the pairs came through the phases."""

from collections import Counter

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mentoring.phases import PhaseName
from mentoring.surveys.results import ResponseRate
from storage.outbox import LetterState
from storage.tables import LetterRow, PairRow, RequestRow


def response_rates(session: Session) -> dict[str, str]:
    """By survey, as people say it: `14 of 20 (70%)`; last comes the whole. What was withdrawn is left out."""
    query = (
        select(RequestRow.instrument, func.count(), func.count(RequestRow.answered_at))
        .where(RequestRow.withdrawn_at.is_(None))
        .group_by(RequestRow.instrument)
        .order_by(RequestRow.instrument)
    )
    rates = {name: ResponseRate(asked, answered) for name, asked, answered in session.execute(query)}
    whole = ResponseRate(
        sum(each.asked for each in rates.values()), sum(each.answered for each in rates.values())
    )
    return {name: _said(rate) for name, rate in (rates | {"whole": whole}).items()}


def _said(rate: ResponseRate) -> str:
    share = "" if rate.share is None else f" ({rate.share:.0%})"
    return f"{rate.answered} of {rate.asked}{share}"


def phases_reached(session: Session) -> dict[str, int]:
    """How many guides opened each phase, and how many pairs went on casually."""
    sent = select(LetterRow.ids).where(
        LetterRow.kind == "phase_opens", LetterRow.state == LetterState.SENT.value
    )
    opened = Counter(str(ids["phase"]) for ids in session.scalars(sent))
    casual = session.scalar(select(func.count()).where(PairRow.casual_since.is_not(None))) or 0
    return {each.value: opened[each.value] for each in PhaseName} | {PhaseName.CASUAL.value: casual}
