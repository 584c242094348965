"""Programs and enrollments: rows to values, and how they change; lists are in `storage.participants`."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, select, update
from sqlalchemy.orm import Session

from mentoring.enrollment import UNDECIDED, Draft, Enrollment, EnrollmentState, Profile
from mentoring.errors import NoLongerOpen
from mentoring.kinds import ProgramKind
from mentoring.programs import Program, ProgramState
from storage.fast import by_the_way, change, every, first, one_of_ids, rows
from storage.living import wanted
from storage.prepared import Asked
from storage.profiles import draft_json, draft_of, profile_json, profile_of
from storage.tables import EnrollmentRow, ProgramRow

NOTHING_YET = Profile(roles=frozenset())
PROGRAMS = select(ProgramRow.__table__).where(one_of_ids(ProgramRow.id))
ONE_PROGRAM = select(ProgramRow.__table__).where(
    ProgramRow.id == bindparam("program"), ProgramRow.workspace_id == bindparam("workspace")
)
ALL_PROGRAMS = (
    select(ProgramRow.__table__)
    .where(ProgramRow.workspace_id == bindparam("workspace"))
    .order_by(ProgramRow.id.desc())
)
ONE_ENROLLMENT = select(EnrollmentRow.__table__).where(
    EnrollmentRow.program_id == bindparam("program"), EnrollmentRow.person_id == bindparam("person")
)
PART = (
    select(ProgramRow.id, EnrollmentRow.state)
    .outerjoin(
        EnrollmentRow,
        (EnrollmentRow.program_id == ProgramRow.id) & (EnrollmentRow.person_id == bindparam("person")),
    )
    .where(ProgramRow.id == bindparam("program"), ProgramRow.workspace_id == bindparam("workspace"))
)
ENROLLMENTS_OF = (
    select(EnrollmentRow.__table__)
    .where(
        by_the_way(EnrollmentRow.workspace_id) == bindparam("workspace"),
        EnrollmentRow.person_id == bindparam("person"),
    )
    .order_by(EnrollmentRow.program_id.desc())
)
PROFILES = select(EnrollmentRow.__table__).where(
    EnrollmentRow.program_id == bindparam("program"), one_of_ids(EnrollmentRow.person_id)
)
KEEP_DRAFT = (
    update(EnrollmentRow.__table__)  # type: ignore[arg-type] # a Table
    .where(EnrollmentRow.id == bindparam("enrollment"))
    .values(state=bindparam("stands"), draft=bindparam("typed", type_=EnrollmentRow.__table__.c.draft.type))
)
AWAY = frozenset({EnrollmentState.LEFT, EnrollmentState.DECLINED})
"""Who said no by themselves and begins anew; who was turned down still was, and applies."""
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


def program(session: Asked, workspace_id: int, program_id: int) -> Program:
    """One program of a workspace.

    Raises:
        NoLongerOpen: Where it does not exist, or belongs to another workspace.
    """
    row = first(session, ONE_PROGRAM, program=program_id, workspace=workspace_id)
    if row is None:
        raise NoLongerOpen(GONE)
    return to_program(row)


def programs_by_ids(session: Session, program_ids: Iterable[int]) -> dict[int, Program]:
    """Several programs at once."""
    return {row.id: to_program(row) for row in rows(session, PROGRAMS, program_ids)}


def programs(session: Asked, workspace_id: int) -> list[Program]:
    """Every program of a workspace, newest first."""
    return [to_program(row) for row in every(session, ALL_PROGRAMS, workspace=workspace_id)]


def wake_program(session: Session, program_id: int, at: datetime | None) -> None:
    """Set when the clock must next look at this program."""
    session.get_one(ProgramRow, program_id).next_look_at = at


def programs_to_look_at(session: Session, now: datetime, limit: int) -> list[int]:
    """The numbers of programs at which something could be due, longest waiting first."""
    query = (
        select(ProgramRow.id)
        .where(ProgramRow.next_look_at <= now, wanted(ProgramRow.workspace_id))
        .order_by(ProgramRow.next_look_at, ProgramRow.id)
    )
    return [*session.scalars(query.limit(limit))]


def enrollment(session: Session, program_id: int, person_id: int) -> Enrollment | None:
    """One person's part in one program, if any."""
    row = first(session, ONE_ENROLLMENT, program=program_id, person=person_id)
    return to_enrollment(row) if row else None


def state_in(session: Asked, workspace_id: int, program_id: int, person_id: int) -> EnrollmentState | None:
    """Where one person stands in one program of a workspace, if they are on its list.

    Raises:
        NoLongerOpen: Where the program does not exist, or belongs to another workspace.
    """
    row = first(session, PART, program=program_id, workspace=workspace_id, person=person_id)
    if row is None:
        raise NoLongerOpen(GONE)
    return EnrollmentState(row.state) if row.state else None


def enrollments_of(session: Session, workspace_id: int, person_id: int) -> list[Enrollment]:
    """Everything a person takes part in, newest first."""
    found = every(session, ENROLLMENTS_OF, workspace=workspace_id, person=person_id)
    return [to_enrollment(row) for row in found]


def profiles_of(session: Session, program_id: int, person_ids: Iterable[int]) -> dict[int, Profile]:
    """What these people told a program."""
    found = rows(session, PROFILES, person_ids, program=program_id)
    return {row.person_id: profile_of(row) for row in found}


def counts_of_programs(
    session: Session, program_ids: Iterable[int]
) -> dict[tuple[int, EnrollmentState], int]:
    """How many people stand where, in several programs at once."""
    query = (
        select(EnrollmentRow.program_id, EnrollmentRow.state, func.count())
        .where(EnrollmentRow.program_id.in_([*program_ids]))
        .group_by(EnrollmentRow.program_id, EnrollmentRow.state)
    )
    return {(program_id, EnrollmentState(state)): n for program_id, state, n in session.execute(query)}


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
        row = _new_row(session, program, person_id, state, profile)
    row.state = state
    _tell_row(row, profile)
    row.draft = None
    if state is EnrollmentState.JOINED and row.joined_at is None:
        row.joined_at = now
    session.flush()
    return to_enrollment(row)


def set_enrollment_state(session: Session, enrollment_id: int, state: EnrollmentState) -> None:
    """Move somebody to where they stand now."""
    session.get_one(EnrollmentRow, enrollment_id).state = state


def finish_enrollments(session: Session, enrollment_ids: Iterable[int]) -> None:
    """Whoever of these is matched has finished; who is in line, or left, stands where they stood."""
    session.execute(
        update(EnrollmentRow)
        .where(EnrollmentRow.id.in_([*enrollment_ids]), EnrollmentRow.state == EnrollmentState.MATCHED)
        .values(state=EnrollmentState.FINISHED.value)
    )


def set_enrollment_states(session: Session, enrollment_ids: Iterable[int], state: EnrollmentState) -> None:
    """Move many at once."""
    session.execute(
        update(EnrollmentRow).where(EnrollmentRow.id.in_([*enrollment_ids])).values(state=state.value)
    )


def keep_draft(session: Session, program: Program, person_id: int, draft: Draft) -> Enrollment:
    """Keep what somebody has typed so far; one who was not on the list, or had said no, has started."""
    known = enrollment(session, program.id, person_id)
    if known is None:
        row = _new_row(session, program, person_id, EnrollmentState.STARTED)
        row.draft = draft_json(draft)
        session.flush()
        return to_enrollment(row)
    kept = replace(known, state=EnrollmentState.STARTED if known.state in AWAY else known.state, draft=draft)
    # Each choice in the form of joining comes by here: past the mapper this takes a third of the time.
    values = {"enrollment": known.id, "stands": kept.state.value, "typed": draft_json(draft)}
    change(session, KEEP_DRAFT, values)
    return kept


def note_not_now(session: Session, program: Program, person_id: int, now: datetime) -> Enrollment:
    """Remember a no, also of somebody who was on no list, so that nobody asks them again and again."""
    row = _enrollment_row(session, program.id, person_id)
    if row is None:
        row = _new_row(session, program, person_id, EnrollmentState.INVITED)
        row.asked = 1
    if EnrollmentState(row.state) in UNDECIDED:
        row.state, row.asked_at = EnrollmentState.DECLINED, now
    session.flush()
    return to_enrollment(row)


def put_on_the_list(
    session: Session, program: Program, profiles: Mapping[int, Profile], by: int | None = None
) -> dict[int, int]:
    """Invite those of these people who are on no list yet; gives enrollment ids by person id.

    `profiles` says as what each is asked, by person id; `by` is the colleague who named them, if one did.
    """
    query = select(EnrollmentRow.person_id).where(
        EnrollmentRow.program_id == program.id, EnrollmentRow.person_id.in_([*profiles])
    )
    there = set(session.scalars(query))
    rows = [
        _new_row(session, program, person_id, EnrollmentState.INVITED, profile)
        for person_id, profile in profiles.items()
        if person_id not in there
    ]
    for row in rows:
        row.nominated_by = by
    session.flush()
    return {row.person_id: row.id for row in rows}


def decide_applications(
    session: Session, enrollment_ids: Iterable[int], state: EnrollmentState, reason: str, now: datetime
) -> None:
    """Store what a coordinator decided about people, with the words each of them reads."""
    about = update(EnrollmentRow).where(EnrollmentRow.id.in_([*enrollment_ids]))
    session.execute(about.values(state=state.value, reason=reason, next_look_at=None))
    if state is EnrollmentState.JOINED:
        session.execute(about.where(EnrollmentRow.joined_at.is_(None)).values(joined_at=now))


def put_roster(session: Session, program: Program, profiles: Mapping[int, Profile]) -> None:
    """Keep what a roster says, by person: the unknown are invited, of the known only the profile changes."""
    query = select(EnrollmentRow).where(EnrollmentRow.program_id == program.id)
    rows = {row.person_id: row for row in session.scalars(query) if row.person_id in profiles}
    for person_id, profile in profiles.items():
        if person_id in rows:
            _tell_row(rows[person_id], profile)
        else:
            _new_row(session, program, person_id, EnrollmentState.INVITED, profile)
    session.flush()


def save_note(session: Session, enrollment_id: int, note: str) -> None:
    """Keep the coordinator's note of an intake interview."""
    session.get_one(EnrollmentRow, enrollment_id).note = note


def terms_of_program(session: Session, program_id: int) -> list[str]:
    """Every skill that people of a program offer or want, in their words, most named first."""
    query = select(EnrollmentRow.profile).where(EnrollmentRow.program_id == program_id)
    counted = Counter(
        term for profile in session.scalars(query) for name in ("offers", "wants") for term in profile[name]
    )
    return [term for term, _ in counted.most_common()]


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


def to_enrollment(row: EnrollmentRow | Row[Any]) -> Enrollment:
    """A row as the domain sees it."""
    return Enrollment(
        id=row.id,
        program_id=row.program_id,
        person_id=row.person_id,
        state=EnrollmentState(row.state),
        profile=profile_of(row),
        joined_at=row.joined_at,
        draft=draft_of(row),
        asked=row.asked,
        asked_at=row.asked_at,
        note=row.note,
        reason=row.reason,
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


def _new_row(
    session: Session,
    program: Program,
    person_id: int,
    state: EnrollmentState,
    profile: Profile = NOTHING_YET,
) -> EnrollmentRow:
    row = EnrollmentRow(
        workspace_id=program.workspace_id,
        program_id=program.id,
        person_id=person_id,
        state=state,
        asked=0,
        note="",
        reason="",
    )
    _tell_row(row, profile)
    session.add(row)
    return row


def _tell_row(row: EnrollmentRow, profile: Profile) -> None:
    row.is_mentor, row.is_mentee = profile.is_mentor, profile.is_mentee
    row.capacity, row.hours_per_month = profile.capacity, profile.hours_per_month
    row.profile = profile_json(profile)


def with_state(program: Program, state: ProgramState, channel: str | None = None) -> Program:
    """The same program, further along its life."""
    return replace(program, state=state, channel=channel or program.channel)
