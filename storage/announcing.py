"""How far an announcement has come: introductions of a run, sent and to be sent."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select, text

from storage.fast import every, word
from storage.outbox import LetterState
from storage.prepared import Asked
from storage.tables import LetterRow, PairRow
from storage.tables.base import Instant

KIND = "announcing"
SAID = select(LetterRow.__table__).where(
    text(f"letter.kind = '{KIND}'"),  # word for word, or the index of these letters is not used
    LetterRow.sent_at >= bindparam("since", type_=Instant()),
)
STILL_COMING = (LetterState.QUEUED, LetterState.SENDING, LetterState.SENT)
INTRODUCTIONS = (
    select(LetterRow.state, func.count().label("letters"))
    .join(PairRow, PairRow.id == LetterRow.pair_id)
    .where(
        LetterRow.kind == word("introduction"),
        PairRow.match_run_id == bindparam("run"),
        LetterRow.state.in_([word(each) for each in STILL_COMING]),
    )
    .group_by(LetterRow.state)
)


@dataclass(frozen=True, slots=True)
class Announcing:
    """A message about an announcement, where it stands in Slack, and whose it is."""

    workspace_id: int
    program_id: int
    run_id: int
    person_id: int
    channel: str
    ts: str


def announcements_said(asked: Asked, since: datetime) -> list[Announcing]:
    """Messages about announcements that were sent since then."""
    return [
        Announcing(
            row.workspace_id, row.program_id, int(row.ids["run"]), row.person_id, row.sent_channel, row.ts
        )
        for row in every(asked, SAID, since=since)
        if row.program_id and row.person_id and row.sent_channel and row.ts
    ]


def introductions(asked: Asked, run_id: int) -> tuple[int, int]:
    """How many introductions of a run have been sent, and how many there are."""
    letters = {row.state: row.letters for row in every(asked, INTRODUCTIONS, run=run_id)}
    return letters.get(LetterState.SENT, 0), sum(letters.values())
