"""How far an announcement has come: introductions of a run, sent and to be sent."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select, text
from sqlalchemy.orm import Session

from storage.fast import every
from storage.outbox import LetterState
from storage.tables import LetterRow, PairRow
from storage.tables.base import Instant

KIND = "announcing"
SAID = select(LetterRow.__table__).where(
    text(f"letter.kind = '{KIND}'"),  # word for word, or the index of these letters is not used
    LetterRow.sent_at >= bindparam("since", type_=Instant()),
)
STILL_COMING = (LetterState.QUEUED, LetterState.SENDING, LetterState.SENT)


@dataclass(frozen=True, slots=True)
class Announcing:
    """A message about an announcement, where it stands in Slack, and whose it is."""

    workspace_id: int
    program_id: int
    run_id: int
    person_id: int
    channel: str
    ts: str


def announcements_said(session: Session, since: datetime) -> list[Announcing]:
    """Messages about announcements that were sent since then."""
    return [
        Announcing(
            row.workspace_id, row.program_id, int(row.ids["run"]), row.person_id, row.sent_channel, row.ts
        )
        for row in every(session, SAID, since=since)
        if row.program_id and row.person_id and row.sent_channel and row.ts
    ]


def introductions(session: Session, run_id: int) -> tuple[int, int]:
    """How many introductions of a run have been sent, and how many there are."""
    query = (
        select(LetterRow.state, func.count())
        .join(PairRow, PairRow.id == LetterRow.pair_id)
        .where(
            LetterRow.kind == "introduction",
            PairRow.match_run_id == run_id,
            LetterRow.state.in_([each.value for each in STILL_COMING]),
        )
        .group_by(LetterRow.state)
    )
    counts = [(state == LetterState.SENT, count) for state, count in session.execute(query)]
    return sum(count for is_sent, count in counts if is_sent), sum(count for _, count in counts)
