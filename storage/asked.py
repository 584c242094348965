"""The questions about meetings that stand in people's messages, for their Home."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session

from mentoring.nudges.facts import Ask
from mentoring.nudges.notices import ABOUT_A_MEETING, Kind
from storage.fast import one_of_ids, rows
from storage.outbox import LetterState
from storage.tables import AskRow, LetterRow
from storage.tables.base import Instant

ASKED = (
    select(
        AskRow.pair_id,
        AskRow.kind,
        AskRow.subject,
        AskRow.key,
        AskRow.heard_by,
        AskRow.asked_at,
        AskRow.answered_at,
        AskRow.period_key,
        LetterRow.ids,
        LetterRow.state,
    )
    .join(LetterRow, and_(LetterRow.workspace_id == AskRow.workspace_id, LetterRow.key == AskRow.key))
    .where(
        one_of_ids(AskRow.pair_id),
        AskRow.asked_at > bindparam("since", type_=Instant()),
    )
    .order_by(AskRow.asked_at, AskRow.id)
)
"""All that these pairs were asked lately, a handful. With the kinds or the state among its conditions SQLite
begins with everything of that kind, or with every letter, that was ever sent."""


class Asked(NamedTuple):
    """A question as it was asked, with what its letter carries beside."""

    ask: Ask
    ids: Mapping[str, int | str]


def asked_last(session: Session, pair_ids: Iterable[int], since: datetime) -> dict[int, Asked]:
    """The newest question about a meeting that each pair was asked after an instant, answered or not."""
    found = {}
    for row in rows(session, ASKED, pair_ids, since=since):
        if row.kind not in ABOUT_A_MEETING or row.state != LetterState.SENT:
            continue
        ask = Ask(
            Kind(row.kind),
            row.subject,
            row.key,
            tuple(row.heard_by),
            row.asked_at,
            row.answered_at,
            row.period_key,
        )
        found[row.pair_id] = Asked(ask, row.ids)
    return found
