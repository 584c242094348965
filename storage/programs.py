"""Programs and enrollments: rows to values, and how they change."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from mentoring.enrollment import Enrollment, EnrollmentState, Profile
from mentoring.errors import NoLongerOpen
from mentoring.kinds import Format, ProgramKind, Role
from mentoring.people import Person
from mentoring.programs import Program, ProgramState
from storage.fast import IDS, rows
from storage.people import to_person
from storage.tables import EnrollmentRow, PersonRow, ProgramRow

PROGRAMS = select(ProgramRow.__table__).where(ProgramRow.id.in_(IDS))
GONE = "This is no longer open: the program it belongs to is not there any more."


def add_program(session: Session, program: Program, now: datetime) -> Program:
    """Store a new program; `program.id` is ignored."""
    row = ProgramRow(workspace_id=program.workspace_id, created_at=now)
    _write(row, program)
    session.add(row)
    session.flush()
    return to_program(row)


def save_program(session: Session, program: Program) -> None:
    """Store what changed about a program."""
    _write(_program_row(session, program.workspace_id, program.id), program)
    session.flush()


def program(session: Session, workspace_id: int, program_id: int) -> Program:
    """One program of a workspace.

    Raises:
        NoLongerOpen: Where it does not exist, or belongs to another workspace.
    """
    return to_program(_program_row(session, workspace_id, program_id))


def programs_by_ids(session: Session, program_ids: Iterable[int]) -> dict[int, Program]:
    """Several programs at once."""
    return {row.id: to_program(row) for row in rows(session, PROGRAMS, program_ids)}


def programs(session: Session, workspace_id: int) -> list[Program]:
    """Every program of a workspace, newest first."""
    query = select(ProgramRow).where(ProgramRow.workspace_id == workspace_id).order_by(ProgramRow.id.desc())
    return [to_program(row) for row in session.scalars(query)]


def open_programs(session: Session, workspace_id: int) -> list[Program]:
    """Programs people can join now."""
    return [each for each in programs(session, workspace_id) if each.state is ProgramState.ENROLLING]


def wake_program(session: Session, program_id: int, at: datetime | None) -> None:
    """Set when the clock must next look at this program."""
    session.get_one(ProgramRow, program_id).next_look_at = at


def programs_to_look_at(session: Session, now: datetime, limit: int) -> list[Program]:
    """Programs at which something could be due."""
    query = (
        select(ProgramRow)
        .where(ProgramRow.next_look_at <= now)
        .order_by(ProgramRow.next_look_at, ProgramRow.id)
    )
    return [to_program(row) for row in session.scalars(query.limit(limit))]


@dataclass(frozen=True, slots=True)
class Participant:
    """A person with their part in a program."""

    person: Person
    enrollment: Enrollment


def enrollment(session: Session, program_id: int, person_id: int) -> Enrollment | None:
    """One person's part in one program, if any."""
    row = _enrollment_row(session, program_id, person_id)
    return to_enrollment(row) if row else None


def enrollments_of(session: Session, workspace_id: int, person_id: int) -> list[Enrollment]:
    """Everything a person takes part in, newest first."""
    query = (
        select(EnrollmentRow)
        .where(EnrollmentRow.workspace_id == workspace_id, EnrollmentRow.person_id == person_id)
        .order_by(EnrollmentRow.program_id.desc())
    )
    return [to_enrollment(row) for row in session.scalars(query)]


def participants(
    session: Session, program_id: int, states: Iterable[EnrollmentState] = tuple(EnrollmentState)
) -> list[Participant]:
    """Who is in a program, in these states, by name of arrival."""
    query = (
        select(EnrollmentRow, PersonRow)
        .join(PersonRow, PersonRow.id == EnrollmentRow.person_id)
        .where(EnrollmentRow.program_id == program_id, EnrollmentRow.state.in_([*states]))
        .order_by(EnrollmentRow.id)
    )
    return [Participant(to_person(p), to_enrollment(e)) for e, p in session.execute(query)]


def profiles_of(session: Session, program_id: int, person_ids: Iterable[int]) -> dict[int, Profile]:
    """What these people told a program."""
    query = select(EnrollmentRow).where(
        EnrollmentRow.program_id == program_id, EnrollmentRow.person_id.in_([*person_ids])
    )
    return {row.person_id: _profile(row) for row in session.scalars(query)}


def counts_of_programs(
    session: Session, program_ids: Iterable[int]
) -> dict[tuple[int, EnrollmentState], int]:
    """How many people stand where, in several programs at once."""
    query = (
        select(EnrollmentRow.program_id, EnrollmentRow.state, func.count())
        .where(EnrollmentRow.program_id.in_([*program_ids]))
        .group_by(EnrollmentRow.program_id, EnrollmentRow.state)
    )
    return {
        (program_id, EnrollmentState(state)): n for program_id, state, n in session.execute(query)
    }


def save_enrollment(
    session: Session,
    program: Program,
    person_id: int,
    state: EnrollmentState,
    profile: Profile,
    now: datetime,
) -> Enrollment:
    """Store what somebody told us; joining twice corrects the first time."""
    row = _enrollment_row(session, program.id, person_id)
    if row is None:
        row = EnrollmentRow(workspace_id=program.workspace_id, program_id=program.id, person_id=person_id)
        session.add(row)
    row.state = state
    row.is_mentor, row.is_mentee = profile.is_mentor, profile.is_mentee
    row.capacity, row.hours_per_month = profile.capacity, profile.hours_per_month
    row.profile = _profile_json(profile)
    if state is EnrollmentState.JOINED and row.joined_at is None:
        row.joined_at = now
    session.flush()
    return to_enrollment(row)


def set_enrollment_state(session: Session, enrollment_id: int, state: EnrollmentState) -> None:
    """Move somebody to where they stand now."""
    session.get_one(EnrollmentRow, enrollment_id).state = state


def to_program(row: ProgramRow | Row[Any]) -> Program:
    """A row as the domain sees it."""
    return Program(
        id=row.id,
        workspace_id=row.workspace_id,
        name=row.name,
        kind=ProgramKind(row.kind),
        state=ProgramState(row.state),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        time_zone=row.time_zone,
        hours_per_month=row.hours_per_month,
        cadence=row.cadence,
        sponsor_name=row.sponsor_name,
        sponsor_words=row.sponsor_words,
        channel=row.channel,
        settings=row.settings,
    )


def to_enrollment(row: EnrollmentRow) -> Enrollment:
    """A row as the domain sees it."""
    return Enrollment(
        id=row.id,
        program_id=row.program_id,
        person_id=row.person_id,
        state=EnrollmentState(row.state),
        profile=_profile(row),
        joined_at=row.joined_at,
    )


def _write(row: ProgramRow, program: Program) -> None:
    row.name, row.kind, row.state = program.name, program.kind, program.state
    row.starts_on, row.ends_on, row.time_zone = program.starts_on, program.ends_on, program.time_zone
    row.hours_per_month, row.cadence = program.hours_per_month, program.cadence
    row.sponsor_name, row.sponsor_words = program.sponsor_name, program.sponsor_words
    row.channel, row.settings = program.channel, program.settings


def _program_row(session: Session, workspace_id: int, program_id: int) -> ProgramRow:
    row = session.get(ProgramRow, program_id)
    if row is None or row.workspace_id != workspace_id:
        raise NoLongerOpen(GONE)
    return row


def _enrollment_row(session: Session, program_id: int, person_id: int) -> EnrollmentRow | None:
    return session.scalar(
        select(EnrollmentRow).where(
            EnrollmentRow.program_id == program_id, EnrollmentRow.person_id == person_id
        )
    )


def _profile_json(profile: Profile) -> dict[str, Any]:
    return {
        "offers": list(profile.offers),
        "wants": list(profile.wants),
        "goal": profile.goal,
        "format": profile.format.value,
        "languages": list(profile.languages),
        "title": profile.title,
        "level": profile.level,
        "department": profile.department,
        "office": profile.office,
        "bio": profile.bio,
        "reports_to": profile.reports_to,
        "do_not_pair_with": sorted(profile.do_not_pair_with),
    }


def _profile(row: EnrollmentRow) -> Profile:
    kept = row.profile
    roles = {Role.MENTOR: row.is_mentor, Role.MENTEE: row.is_mentee}
    return Profile(
        roles=frozenset(role for role, taken in roles.items() if taken),
        offers=tuple(kept["offers"]),
        wants=tuple(kept["wants"]),
        capacity=row.capacity,
        hours_per_month=row.hours_per_month,
        goal=kept["goal"],
        format=Format(kept["format"]),
        languages=tuple(kept["languages"]),
        title=kept["title"],
        level=kept["level"],
        department=kept["department"],
        office=kept["office"],
        bio=kept["bio"],
        reports_to=kept["reports_to"],
        do_not_pair_with=frozenset(kept["do_not_pair_with"]),
    )


def with_state(program: Program, state: ProgramState, channel: str | None = None) -> Program:
    """The same program, further along its life."""
    return replace(program, state=state, channel=channel or program.channel)
