"""Runs of the matcher: wanted, proposed, then approved or put aside; each can be replayed from its row."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mentoring.errors import NoLongerOpen
from mentoring.review import Review, review_from_json, review_to_json
from storage.living import wanted
from storage.tables import MatchRunRow

UNDECIDED = Review()
GONE = "This proposal is no longer open. Run `/mentoring match` again."


class MatchRunState(StrEnum):
    """Where a run stands; at most one of a program is `proposed`."""

    WANTED = "wanted"
    """A coordinator asked; the next tick computes it."""
    PROPOSED = "proposed"
    APPROVED = "approved"
    REPLACED = "replaced"
    REFUSED = "refused"
    """The input made no match possible; the coordinator was told why."""


NOTHING_PROPOSED = frozenset({MatchRunState.WANTED, MatchRunState.REFUSED})


@dataclass(frozen=True, slots=True)
class MatchRun:
    """One run; `version` grows with every change, so that two coordinators cannot approve over each other."""

    id: int
    workspace_id: int
    program_id: int
    state: MatchRunState
    seed: int
    inputs: dict[str, Any]
    result: dict[str, Any]
    version: int
    created_by: int
    review: Review


def want_match(
    session: Session,
    workspace_id: int,
    program_id: int,
    by: int,
    now: datetime,
    *,
    review: Review = UNDECIDED,
    seed: int | None = None,
) -> int:
    """Ask for a proposal; the next tick computes it. Asking twice is asking once, with the latest wishes.

    A run made from another starts from the coordinator's decisions about that one, and has its seed, so that
    chance changes nothing between the two.
    """
    waiting = session.scalar(
        select(MatchRunRow).where(
            MatchRunRow.program_id == program_id, MatchRunRow.state == MatchRunState.WANTED
        )
    )
    if waiting is not None:
        waiting.review = review_to_json(review)
        return waiting.id
    earlier = select(func.count()).where(MatchRunRow.program_id == program_id)
    # A program's first run has seed 1, its second 2: chance enough to break ties, and anybody can replay it.
    seed = seed or 1 + (session.scalar(earlier) or 0)
    row = MatchRunRow(
        workspace_id=workspace_id,
        program_id=program_id,
        state=MatchRunState.WANTED,
        seed=seed,
        inputs={},
        result={},
        review=review_to_json(review),
        version=1,
        created_by=by,
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row.id


def wanted_runs(session: Session) -> list[MatchRun]:
    """Runs somebody waits for, oldest first."""
    query = (
        select(MatchRunRow)
        .where(MatchRunRow.state == MatchRunState.WANTED, wanted(MatchRunRow.workspace_id))
        .order_by(MatchRunRow.id)
    )
    return [_run(row) for row in session.scalars(query)]


def keep_proposal(session: Session, run_id: int, inputs: dict[str, Any], result: dict[str, Any]) -> None:
    """Store what the matcher proposed; an earlier open proposal of the program is put aside.

    Of two processes that computed the same run the second changes nothing: the first proposal may have been
    worked on already.
    """
    row = session.get_one(MatchRunRow, run_id)
    if row.state != MatchRunState.WANTED:
        return
    for earlier in session.scalars(
        select(MatchRunRow).where(
            MatchRunRow.program_id == row.program_id, MatchRunRow.state == MatchRunState.PROPOSED
        )
    ):
        earlier.state = MatchRunState.REPLACED
    session.flush()
    row.state, row.inputs, row.result = MatchRunState.PROPOSED, inputs, result
    session.flush()


def refuse_run(session: Session, run_id: int, sentence: str) -> None:
    """The matcher could not work with what it was given."""
    row = session.get_one(MatchRunRow, run_id)
    row.state, row.result = MatchRunState.REFUSED, {"sentence": sentence}


def match_run(session: Session, workspace_id: int, run_id: int) -> MatchRun:
    """One run.

    Raises:
        NoLongerOpen: Where it does not exist, or belongs to another workspace.
    """
    row = session.get(MatchRunRow, run_id)
    if row is None or row.workspace_id != workspace_id:
        raise NoLongerOpen(GONE)
    return _run(row)


def run_of_program(session: Session, workspace_id: int, program_id: int, run_id: int) -> MatchRun:
    """One proposal of a program somebody may act for; the right to one program opens no other's.

    Raises:
        NoLongerOpen: It does not exist, is of another program or workspace, or proposes nothing (yet).
    """
    found = match_run(session, workspace_id, run_id)
    if found.program_id != program_id or found.state in NOTHING_PROPOSED:
        raise NoLongerOpen(GONE)
    return found


def open_proposal(session: Session, program_id: int) -> MatchRun | None:
    """The proposal of a program that waits for a decision, if any."""
    row = session.scalar(
        select(MatchRunRow).where(
            MatchRunRow.program_id == program_id, MatchRunRow.state == MatchRunState.PROPOSED
        )
    )
    return _run(row) if row else None


def change_review(session: Session, run_id: int, version: int, review: Review) -> MatchRun:
    """Store a coordinator's decisions about a proposal as it was seen.

    Raises:
        NoLongerOpen: It was approved, replaced or changed since it was shown.
    """
    row = _as_seen(session, run_id, version)
    row.review, row.version = review_to_json(review), row.version + 1
    session.flush()
    return _run(row)


def close_run(session: Session, run_id: int, by: int, now: datetime) -> None:
    """Nothing of a proposal is left to decide."""
    row = session.get_one(MatchRunRow, run_id)
    row.state, row.decided_by, row.decided_at = MatchRunState.APPROVED, by, now
    session.flush()


def _as_seen(session: Session, run_id: int, version: int) -> MatchRunRow:
    row = session.get_one(MatchRunRow, run_id)
    if row.state != MatchRunState.PROPOSED:
        raise NoLongerOpen("This proposal is no longer open: it was approved, or a newer one took its place.")
    if row.version != version:
        raise NoLongerOpen("Somebody changed this proposal meanwhile. Open it again to see it as it is now.")
    return row


def _run(row: MatchRunRow) -> MatchRun:
    return MatchRun(
        id=row.id,
        workspace_id=row.workspace_id,
        program_id=row.program_id,
        state=MatchRunState(row.state),
        seed=row.seed,
        inputs=row.inputs,
        result=row.result,
        version=row.version,
        created_by=row.created_by,
        review=review_from_json(row.review),
    )
