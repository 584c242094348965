"""Where somebody waited because nobody looked."""

from datetime import datetime

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from storage.living import wanted
from storage.outbox import LetterState
from storage.tables import LetterRow, PairRow


def waiting_since(session: Session, before: datetime) -> list[int]:
    """The workspaces in which a pair or a letter, never tried, has been due since before an instant."""
    pairs = select(PairRow.workspace_id).where(PairRow.next_look_at <= before, wanted(PairRow.workspace_id))
    letters = select(LetterRow.workspace_id).where(
        LetterRow.state == LetterState.QUEUED.value,
        LetterRow.reason.is_(None),
        LetterRow.not_before <= before,
        wanted(LetterRow.workspace_id),
    )
    return sorted(session.scalars(union(pairs, letters)))
