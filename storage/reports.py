"""The facts of a whole program for its reports: a fixed number of queries, however many pairs there are."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, or_, select
from sqlalchemy.orm import Session

from mentoring.agreements import Terms, rhythm_of, suggested_terms
from mentoring.enrollment import EnrollmentState
from mentoring.kinds import Role
from mentoring.meetings import MeetingState
from mentoring.pairs import Ending, PastMember
from mentoring.programs import Program, suggestions
from mentoring.reports.facts import Facts, MeetingFacts, PairFacts, PersonFacts
from storage.agreements import IN_FORCE, terms_from_json
from storage.past_members import past_members_of_program
from storage.tables import (
    AgreementRow,
    AnswerRow,
    EnrollmentRow,
    MeetingRow,
    MemberRow,
    PairRow,
    PauseRow,
    RequestRow,
)

Pause = tuple[datetime, datetime]


PEOPLE = (
    EnrollmentRow.person_id, EnrollmentRow.state, EnrollmentRow.is_mentor, EnrollmentRow.is_mentee,
    EnrollmentRow.capacity, EnrollmentRow.hours_per_month, EnrollmentRow.joined_at,
)  # fmt: skip
PAIRS = (
    PairRow.id, PairRow.score, PairRow.match_run_id, PairRow.approved_at, PairRow.announced_at,
    PairRow.ended_at, PairRow.ending, PairRow.ends_on, PairRow.casual_since,
)  # fmt: skip
"""What is counted, and nothing beside it: texts of ten thousand rows take longer to read than to count."""


def report_facts(session: Session, program: Program, now: datetime, *, profiles: bool = False) -> Facts:
    """Everything a program's reports are counted from, as of now: seven queries.

    Offices, levels and skills are read only where `profiles` says so.
    """
    of_program = select(PairRow.id).where(PairRow.program_id == program.id)
    agreements = {
        row.pair_id: row
        for row in _rows(
            session, AgreementRow, AgreementRow.pair_id.in_(of_program), AgreementRow.state == IN_FORCE
        )
    }
    members: dict[int, list[tuple[int, Role | None]]] = {}
    for row in _rows(session, MemberRow, MemberRow.pair_id.in_(of_program)):
        members.setdefault(row.pair_id, []).append((row.person_id, Role(row.role) if row.role else None))
    past = past_members_of_program(session, program.id)
    of_pair, of_person = _pauses(session, program, of_program)
    suggested = suggested_terms(suggestions(program), program.time_zone)
    pairs = tuple(
        _pair(
            row,
            suggested,
            tuple(members.get(row.id, ())),
            agreements.get(row.id),
            (
                *of_pair.get(row.id, ()),
                *(one for person, _ in members.get(row.id, ()) for one in of_person.get(person, ())),
            ),
            tuple(past.get(row.id, ())),
        )
        for row in _of(session, select(*PAIRS).where(PairRow.program_id == program.id))
    )
    people = select(*PEOPLE, *((EnrollmentRow.profile,) if profiles else ())).where(
        EnrollmentRow.program_id == program.id
    )
    meetings = select(MeetingRow.pair_id, MeetingRow.state, MeetingRow.starts_at, MeetingRow.minutes).where(
        MeetingRow.pair_id.in_(of_program)
    )
    return Facts(
        program,
        now,
        tuple(_person(row, row.profile if profiles else {}) for row in session.execute(people)),
        pairs,
        tuple(
            MeetingFacts(pair_id, MeetingState(state), starts_at, minutes)
            for pair_id, state, starts_at, minutes in session.execute(meetings)
        ),
    )


def _of(session: Session, query: Any) -> list[Row[Any]]:
    return [*session.execute(query)]


def _rows(session: Session, table: Any, *where: Any) -> list[Row[Any]]:
    """Plain rows: ten thousand mapped objects would take longer than the counting."""
    return list(session.connection().execute(select(table.__table__).where(*where)))


def _pauses(
    session: Session, program: Program, of_program: Any
) -> tuple[dict[int, list[Pause]], dict[int, list[Pause]]]:
    people = select(EnrollmentRow.person_id).where(EnrollmentRow.program_id == program.id)
    of_pair: dict[int, list[Pause]] = {}
    of_person: dict[int, list[Pause]] = {}
    for row in _rows(
        session, PauseRow, or_(PauseRow.pair_id.in_(of_program), PauseRow.person_id.in_(people))
    ):
        into, key = (of_pair, row.pair_id) if row.pair_id is not None else (of_person, row.person_id)
        into.setdefault(key, []).append((row.begins_at, row.ends_at))
    return of_pair, of_person


def _person(row: Row[Any], told: dict[str, Any]) -> PersonFacts:
    return PersonFacts(
        id=row.person_id,
        state=EnrollmentState(row.state),
        is_mentor=row.is_mentor,
        is_mentee=row.is_mentee,
        capacity=row.capacity,
        hours_per_month=row.hours_per_month,
        joined_at=row.joined_at,
        office=told.get("office", ""),
        level=told.get("level", 0),
        department=told.get("department", ""),
        offers=tuple(told.get("offers", ())),
        wants=tuple(told.get("wants", ())),
    )


def _pair(
    row: Row[Any],
    suggested: Terms,
    members: tuple[tuple[int, Role | None], ...],
    agreement: Row[Any] | None,
    pauses: Iterable[Pause],
    past: tuple[PastMember, ...],
) -> PairFacts:
    told_at = row.announced_at or row.approved_at
    if agreement is not None:
        signed = max(datetime.fromisoformat(each["at"]) for each in agreement.signatures)
        rhythm = rhythm_of(terms_from_json(agreement.terms), signed)
    else:
        rhythm = rhythm_of(suggested, told_at)
    return PairFacts(
        id=row.id,
        members=members,
        score=row.score,
        from_matcher=row.match_run_id is not None,
        announced_at=row.announced_at,
        ended_at=row.ended_at,
        ending=Ending(row.ending) if row.ending else None,
        ends_on=row.ends_on,
        casual=row.casual_since is not None,
        agreed=agreement is not None,
        rhythm=rhythm,
        pauses=tuple(pauses),
        past=past,
    )


def answers_of_program(
    session: Session, program_id: int
) -> dict[tuple[str, int], list[tuple[dict[str, Any], int | None]]]:
    """What was answered, by instrument and version, each with the look it belongs to; no person is read.

    Ordered by the random id: the order of answering would tell who is behind an anonymous answer.
    """
    found: dict[tuple[str, int], list[tuple[dict[str, Any], int | None]]] = {}
    query = (
        select(AnswerRow.instrument, AnswerRow.version, AnswerRow.answers, AnswerRow.look)
        .where(AnswerRow.program_id == program_id)
        .order_by(AnswerRow.id)
    )
    for instrument, version, answers, look in session.execute(query):
        found.setdefault((instrument, version), []).append((answers, look))
    return found


def answers_by_person(
    session: Session, program_id: int, instruments: Collection[str]
) -> dict[int, dict[str, tuple[int, dict[str, Any]]]]:
    """What was answered to these, by person, each with its version: of named instruments only.

    For counting groups, and for what a reader may see.
    """
    found: dict[int, dict[str, tuple[int, dict[str, Any]]]] = {}
    query = (
        select(RequestRow.person_id, AnswerRow.instrument, AnswerRow.version, AnswerRow.answers)
        .join(RequestRow, RequestRow.id == AnswerRow.request_id)
        .where(AnswerRow.program_id == program_id, AnswerRow.instrument.in_([*instruments]))
        .order_by(AnswerRow.id)
    )
    for person_id, instrument, version, answers in session.execute(query):
        found.setdefault(person_id, {})[instrument] = (version, answers)
    return found
