"""How pairs run through the phases, how they go on, and the coordinators' debriefs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from mentoring.errors import NoLongerOpen
from mentoring.meetings import MeetingState
from mentoring.pairs import PairState
from mentoring.phases import PhaseName
from storage.fast import one_of_ids, rows
from storage.prepared import among
from storage.tables import (
    AgreementRow,
    DebriefRow,
    GoingOnRow,
    ImprovementRow,
    LetterRow,
    MeetingRow,
    PairRow,
    PhaseShiftRow,
    RequestRow,
)

SHIFTS = select(PhaseShiftRow.__table__).where(one_of_ids(PhaseShiftRow.pair_id))
GOING_ON = select(GoingOnRow.__table__).where(one_of_ids(GoingOnRow.pair_id))
KEYS_WRITTEN = select(LetterRow.key).where(
    among(LetterRow.workspace_id, "workspaces"), one_of_ids(LetterRow.key)
)


def shifts_of_pairs(session: Session, pair_ids: Iterable[int]) -> dict[int, dict[PhaseName, int]]:
    """By pair, the phases it opens at another time than its program, in days."""
    found: dict[int, dict[PhaseName, int]] = {}
    for row in rows(session, SHIFTS, pair_ids):
        found.setdefault(row.pair_id, {})[PhaseName(row.phase)] = row.days
    return found


def save_shifts(session: Session, pair_id: int, shifts: Mapping[PhaseName, int], ends_on: date) -> None:
    """Keep how a pair runs, and its last day, which moves along."""
    session.execute(delete(PhaseShiftRow).where(PhaseShiftRow.pair_id == pair_id))
    session.add_all(
        PhaseShiftRow(pair_id=pair_id, phase=phase.value, days=days) for phase, days in shifts.items() if days
    )
    session.get_one(PairRow, pair_id).ends_on = ends_on
    session.flush()


@dataclass(frozen=True, slots=True)
class GoingOnAnswer:
    """One person's private word."""

    person_id: int
    yes: bool
    hello: bool


def going_on_answers(session: Session, pair_id: int) -> dict[int, GoingOnAnswer]:
    """What a pair's people said to “go on casually?”, by person."""
    return going_on_of_pairs(session, [pair_id]).get(pair_id, {})


def going_on_of_pairs(session: Session, pair_ids: Iterable[int]) -> dict[int, dict[int, GoingOnAnswer]]:
    """What the people of several pairs said to “go on casually?”, by pair and person, in one query."""
    found: dict[int, dict[int, GoingOnAnswer]] = {}
    for row in rows(session, GOING_ON, pair_ids):
        found.setdefault(row.pair_id, {})[row.person_id] = GoingOnAnswer(row.person_id, row.yes, row.hello)
    return found


def save_going_on(session: Session, pair_id: int, answer: GoingOnAnswer, now: datetime) -> None:
    """Keep a person's word; a later one replaces it until both are told."""
    session.merge(
        GoingOnRow(
            pair_id=pair_id,
            person_id=answer.person_id,
            yes=answer.yes,
            hello=answer.hello,
            answered_at=now,
        )
    )
    session.flush()


def go_casual(session: Session, pair_id: int, since: date, *, hello: bool) -> None:
    """Both said yes: from this day on they are equals without a program."""
    row = session.get_one(PairRow, pair_id)
    row.casual_since, row.casual_opted_in = since, hello
    session.flush()


def letters_written(session: Session, workspaces: Iterable[int], keys: Iterable[str]) -> set[str]:
    """Which of these letters exist, whatever became of them; keys name their pair, so nothing is mixed up."""
    return {row.key for row in rows(session, KEYS_WRITTEN, keys, workspaces=[*workspaces])}


@dataclass(frozen=True, slots=True)
class Debrief:
    """A look back on one phase; `written_at` None until a coordinator has written it."""

    id: int
    program_id: int
    phase: PhaseName
    numbers: Mapping[str, int]
    findings: str
    written_at: datetime | None


@dataclass(frozen=True, slots=True)
class Improvement:
    """An action after a debrief."""

    id: int
    program_id: int
    text: str
    owner_id: int
    due_on: date
    done_at: datetime | None


def open_debrief(
    session: Session, workspace_id: int, program_id: int, phase: PhaseName, now: datetime
) -> Debrief:
    """Make the debrief of a phase with its numbers as they stand now; one made before stays as it is."""
    row = session.scalar(
        select(DebriefRow).where(DebriefRow.program_id == program_id, DebriefRow.phase == phase.value)
    )
    if row is None:
        row = DebriefRow(
            workspace_id=workspace_id,
            program_id=program_id,
            phase=phase.value,
            opened_at=now,
            numbers=phase_numbers(session, program_id, phase, now),
            findings="",
        )
        session.add(row)
        session.flush()
    return _debrief(row)


def debrief(session: Session, workspace_id: int, debrief_id: int) -> Debrief:
    """One debrief.

    Raises:
        NoLongerOpen: Where it does not exist, or belongs to another workspace.
    """
    row = session.get(DebriefRow, debrief_id)
    if row is None or row.workspace_id != workspace_id:
        raise NoLongerOpen("This is no longer open: that debrief is not there any more.")
    return _debrief(row)


def debriefs(session: Session, program_id: int) -> list[Debrief]:
    """A program's debriefs, in the order in which they were opened."""
    query = select(DebriefRow).where(DebriefRow.program_id == program_id).order_by(DebriefRow.id)
    return [_debrief(row) for row in session.scalars(query)]


def write_debrief(session: Session, debrief_id: int, findings: str, person_id: int, now: datetime) -> None:
    """Keep what the coordinators found."""
    row = session.get_one(DebriefRow, debrief_id)
    row.findings, row.written_at, row.written_by = findings, now, person_id


def add_improvement(
    session: Session, workspace_id: int, about: Debrief, text: str, owner_id: int, due_on: date
) -> Improvement:
    """Keep an action with its owner and date."""
    row = ImprovementRow(
        workspace_id=workspace_id,
        debrief_id=about.id,
        program_id=about.program_id,
        text=text,
        owner_id=owner_id,
        due_on=due_on,
    )
    session.add(row)
    session.flush()
    return _improvement(row)


def improvement(session: Session, workspace_id: int, improvement_id: int) -> Improvement:
    """One action.

    Raises:
        NoLongerOpen: Where it does not exist, or belongs to another workspace.
    """
    row = session.get(ImprovementRow, improvement_id)
    if row is None or row.workspace_id != workspace_id:
        raise NoLongerOpen("This is no longer open: that action is not there any more.")
    return _improvement(row)


def improvements(session: Session, program_id: int) -> list[Improvement]:
    """A program's actions, earliest first."""
    query = (
        select(ImprovementRow)
        .where(ImprovementRow.program_id == program_id)
        .order_by(ImprovementRow.due_on, ImprovementRow.id)
    )
    return [_improvement(row) for row in session.scalars(query)]


def finish_improvement(session: Session, improvement_id: int, now: datetime) -> None:
    """It is done."""
    session.get_one(ImprovementRow, improvement_id).done_at = now


def phase_numbers(session: Session, program_id: int, phase: PhaseName, now: datetime) -> dict[str, int]:
    """What a phase comes to: pairs, who agreed, who met, and how many check-ins were answered."""
    of_program = select(PairRow.id).where(
        PairRow.program_id == program_id, PairRow.announced_at.is_not(None), PairRow.announced_at <= now
    )
    ended = select(func.count()).where(
        PairRow.program_id == program_id, PairRow.state == PairState.ENDED.value
    )
    asked = select(func.count()).where(
        RequestRow.program_id == program_id, RequestRow.instrument.startswith(f"check_in_{phase}")
    )
    counted = {
        "pairs": select(func.count()).select_from(of_program.subquery()),
        "ended": ended,
        "agreed": select(func.count(AgreementRow.pair_id.distinct())).where(
            AgreementRow.pair_id.in_(of_program), AgreementRow.state == "in force"
        ),
        "met": select(func.count(MeetingRow.pair_id.distinct())).where(
            MeetingRow.pair_id.in_(of_program), MeetingRow.state == MeetingState.HELD.value
        ),
        "meetings": select(func.count()).where(
            MeetingRow.pair_id.in_(of_program), MeetingRow.state == MeetingState.HELD.value
        ),
        "asked": asked,
        "answered": asked.where(RequestRow.answered_at.is_not(None)),
    }
    return {name: session.scalar(query) or 0 for name, query in counted.items()}


def _debrief(row: DebriefRow) -> Debrief:
    numbers: dict[str, Any] = row.numbers
    return Debrief(row.id, row.program_id, PhaseName(row.phase), numbers, row.findings, row.written_at)


def _improvement(row: ImprovementRow) -> Improvement:
    return Improvement(row.id, row.program_id, row.text, row.owner_id, row.due_on, row.done_at)


def move_improvement(session: Session, improvement_id: int, due_on: date) -> None:
    """It takes longer."""
    session.get_one(ImprovementRow, improvement_id).due_on = due_on
