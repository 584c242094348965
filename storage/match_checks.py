"""The quiet check before an announcement: who was asked, and what they said to the coordinator alone."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from mentoring.errors import NoLongerOpen
from mentoring.pairs import Pair
from storage.outbox import LetterState
from storage.tables import LetterRow, MatchCheckRow

OVER = "This is no longer open: you had until then to say so. A coordinator can still help."


@dataclass(frozen=True, slots=True)
class MatchCheck:
    """One person's answer, or none yet; instants in UTC."""

    pair_id: int
    person_id: int
    until: datetime
    fine: bool | None
    reason: str


def add_checks(session: Session, pair: Pair, now: datetime, until: datetime) -> None:
    """Everybody of a pair is asked."""
    for member in pair.members:
        session.add(
            MatchCheckRow(pair_id=pair.id, person_id=member.person_id, asked_at=now, until=until, reason="")
        )
    session.flush()


def checks_of_pair(session: Session, pair_id: int) -> list[MatchCheck]:
    """What everybody of a pair said so far."""
    query = select(MatchCheckRow).where(MatchCheckRow.pair_id == pair_id).order_by(MatchCheckRow.person_id)
    return [
        MatchCheck(row.pair_id, row.person_id, row.until, row.fine, row.reason)
        for row in session.scalars(query)
    ]


def answer_check(
    session: Session, pair_id: int, person_id: int, *, fine: bool, reason: str, now: datetime
) -> None:
    """Store what somebody said.

    Raises:
        NoLongerOpen: They were not asked, or too late.
    """
    row = session.get(MatchCheckRow, (pair_id, person_id))
    if row is None or now >= row.until:
        raise NoLongerOpen(OVER)
    row.fine, row.reason, row.answered_at = fine, reason, now
    session.flush()


def send_now(session: Session, workspace_id: int, key: str, now: datetime) -> None:
    """A letter that waited for its time may go out at once."""
    session.execute(
        update(LetterRow)
        .where(
            LetterRow.workspace_id == workspace_id,
            LetterRow.key == key,
            LetterRow.state == LetterState.QUEUED,
        )
        .values(not_before=now)
    )
