"""What was deliberately not said, each with its reason."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.nudges.notices import Skip
from mentoring.pairs import Pair
from mentoring.programs import Program
from storage.fast import change, insert_new
from storage.tables import SkipRow


def note_skips(session: Session, skips: Iterable[tuple[Pair, Skip]], now: datetime) -> None:
    """Count what was deliberately not said, each with its pair; the same for the same reason counts once."""
    _keep(session, [_row(pair.workspace_id, pair.program_id, pair.id, each, now) for pair, each in skips])


def note_skip_of_program(session: Session, about: Program, skip: Skip, now: datetime) -> None:
    """The same of something a program would have said outside of any pair."""
    _keep(session, [_row(about.workspace_id, about.id, None, skip, now)])


def was_skipped(session: Session, about: Program, key: str) -> bool:
    """Whether something of a program was deliberately not said."""
    query = select(SkipRow.id).where(SkipRow.workspace_id == about.workspace_id, SkipRow.key == key)
    return session.scalar(query.limit(1)) is not None


def skips_of_pairs(session: Session, pair_ids: Iterable[int]) -> list[str]:
    """The reasons for which something was not said to these pairs, one for each time."""
    return list(session.scalars(select(SkipRow.reason).where(SkipRow.pair_id.in_([*pair_ids]))))


def _row(
    workspace_id: int, program_id: int, pair_id: int | None, skip: Skip, now: datetime
) -> dict[str, Any]:
    return {
        "workspace_id": workspace_id,
        "program_id": program_id,
        "pair_id": pair_id,
        "rung": str(skip.rung),
        "key": skip.key,
        "reason": str(skip.reason),
        "at": now,
    }


def _keep(session: Session, skips: list[dict[str, Any]]) -> None:
    if skips:
        change(session, insert_new(session, SkipRow), skips)
