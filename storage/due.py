"""When anything is due next: one indexed minimum a table."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, func, literal_column, select, union_all

from storage.fast import ONE, every, word
from storage.living import wanted
from storage.match_runs import MatchRunState
from storage.outbox import LEASE, QUEUED, SENDING, WAITS_FOR_AN_EARLIER, WANTED
from storage.prepared import Asked
from storage.tables import (
    EnrollmentRow,
    GroupInvitationRow,
    LetterRow,
    MatchRunRow,
    PairRow,
    ProgramRow,
    ReportPlanRow,
    RosterFileRow,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import InstrumentedAttribute


class Chore(StrEnum):
    """What the clock looks after."""

    PAIRS = "pairs"
    PROGRAMS = "programs"
    UNDECIDED = "undecided"
    GROUPS = "groups"
    MATCHES = "matches"
    LETTERS = "letters"
    REPORTS = "reports"
    ROSTERS = "rosters"
    LEFT_BEHIND = "left behind"


def _earliest(chore: Chore, instant: ColumnElement[Any]) -> Select[Any]:
    return select(literal_column(f"'{chore}'").label("chore"), instant.label("at"))


def _next_look(table: type[PairRow | ProgramRow | EnrollmentRow]) -> ColumnElement[Any]:
    """The earliest look of a table, where the workspace still wants us."""
    at: InstrumentedAttribute[datetime | None] = table.next_look_at
    return (
        select(at)
        .where(at.is_not(None), wanted(table.workspace_id))
        .order_by(at)
        .limit(ONE)
        .scalar_subquery()
    )


EARLIEST: CompoundSelect[Any] = union_all(
    _earliest(Chore.PAIRS, _next_look(PairRow)),
    _earliest(Chore.PROGRAMS, _next_look(ProgramRow)),
    _earliest(Chore.UNDECIDED, _next_look(EnrollmentRow)),
    _earliest(
        Chore.LETTERS,
        select(LetterRow.not_before)
        .where(LetterRow.state == QUEUED, WANTED, ~WAITS_FOR_AN_EARLIER)
        .order_by(LetterRow.not_before)
        .limit(ONE)
        .scalar_subquery(),
    ),
    _earliest(
        Chore.GROUPS,
        select(func.min(GroupInvitationRow.try_at))
        .where(GroupInvitationRow.try_at.is_not(None), wanted(GroupInvitationRow.workspace_id))
        .scalar_subquery(),
    ),
    _earliest(
        Chore.MATCHES,
        select(func.min(MatchRunRow.created_at))
        .where(MatchRunRow.state == word(MatchRunState.WANTED), wanted(MatchRunRow.workspace_id))
        .scalar_subquery(),
    ),
    _earliest(
        Chore.REPORTS,
        select(func.min(ReportPlanRow.next_at)).where(wanted(ReportPlanRow.workspace_id)).scalar_subquery(),
    ),
    _earliest(
        Chore.ROSTERS,
        select(func.min(RosterFileRow.try_at))
        .where(RosterFileRow.try_at.is_not(None), wanted(RosterFileRow.workspace_id))
        .scalar_subquery(),
    ),
    _earliest(
        Chore.LEFT_BEHIND,
        select(func.min(LetterRow.claimed_at)).where(LetterRow.state == SENDING, WANTED).scalar_subquery(),
    ),
)


def due_by_chore(asked: Asked) -> Mapping[Chore, datetime]:
    """The earliest instant at which each chore has something to do; those with nothing to do are left out."""
    found = {Chore(row.chore): row.at for row in every(asked, EARLIEST) if row.at is not None}
    return {chore: at + _after(chore) for chore, at in found.items()}


def next_due_at(asked: Asked) -> datetime | None:
    """The earliest instant at which the clock has something to do; None when nothing is waiting."""
    return min(due_by_chore(asked).values(), default=None)


def _after(chore: Chore) -> timedelta:
    """A letter under way is looked up once its lease is over."""
    return LEASE if chore is Chore.LEFT_BEHIND else timedelta()
