"""Workspaces and people: rows to values, and the few ways they change."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, delete, or_, select
from sqlalchemy.orm import Session

from mentoring.names import plain_name
from mentoring.people import Person, StaffRole
from storage.fast import every, first, insert_new, one_of_ids, rows
from storage.prepared import Asked
from storage.tables import PersonRow, StaffRow, WorkspaceRow

MOST_ALIKE = 100
"""People found by a name without accents: who types a letter or two means nobody yet."""
PEOPLE = select(PersonRow.__table__).where(one_of_ids(PersonRow.id))
ONE_PERSON = select(PersonRow.__table__).where(
    PersonRow.id == bindparam("person"), PersonRow.workspace_id == bindparam("workspace")
)
BY_SLACK_ID = select(PersonRow.__table__).where(
    PersonRow.slack_id == bindparam("slack"), PersonRow.workspace_id == bindparam("workspace")
)
TEAM = select(WorkspaceRow.__table__).where(WorkspaceRow.team_id == bindparam("team"))
ACTING = (
    select(
        PersonRow.__table__,
        WorkspaceRow.id.label("firm_id"),
        WorkspaceRow.name.label("firm_name"),
        WorkspaceRow.team_id,
        WorkspaceRow.bot_user_id,
        WorkspaceRow.installer_slack_id,
    )
    .select_from(WorkspaceRow)
    .outerjoin(
        PersonRow, (PersonRow.workspace_id == WorkspaceRow.id) & (PersonRow.slack_id == bindparam("slack"))
    )
    .where(WorkspaceRow.team_id == bindparam("team"))
)
ANY_ROLE = select(StaffRow.id).where(StaffRow.workspace_id == bindparam("workspace")).limit(1)
ROLES = select(StaffRow.role, StaffRow.program_id).where(
    StaffRow.workspace_id == bindparam("workspace"), StaffRow.person_id == bindparam("person")
)


@dataclass(frozen=True, slots=True)
class Workspace:
    """A Slack workspace that installed the app, or an organization that did for all of its own.

    Args:
        team_id: Slack's id, T…; of an organization E….
    """

    id: int
    team_id: str
    name: str
    bot_user_id: str
    installer_slack_id: str | None

    @property
    def is_organization(self) -> bool:
        """Whether this is a whole Enterprise Grid organization."""
        return self.team_id.startswith("E")


@dataclass(frozen=True, slots=True)
class SlackProfile:
    """What Slack tells us of a person (users.info, users.list, user_change)."""

    slack_id: str
    name: str
    email: str | None
    time_zone: str
    locale: str
    is_admin: bool
    active: bool
    member: bool


def workspace_of(session: Session, team_id: str) -> Workspace | None:
    """Find a workspace by Slack's id of it."""
    row = first(session, TEAM, team=team_id)
    return _workspace(row) if row else None


def workspaces(session: Session) -> list[Workspace]:
    """Every workspace that is not stopped."""
    rows = session.scalars(
        select(WorkspaceRow).where(WorkspaceRow.stopped_at.is_(None)).order_by(WorkspaceRow.id)
    )
    return [_workspace(row) for row in rows]


def ensure_workspace(session: Session, found: Workspace, now: datetime) -> Workspace:
    """Know a workspace, or get to know it, even if another process does so at this very moment.

    `found.id` is ignored.
    """
    told = {
        "team_id": found.team_id,
        "name": found.name,
        "bot_user_id": found.bot_user_id,
        "installer_slack_id": found.installer_slack_id,
        "created_at": now,
        "let_in_at": now,
    }
    session.execute(insert_new(session, WorkspaceRow), told)
    row = session.scalars(select(WorkspaceRow).where(WorkspaceRow.team_id == found.team_id)).one()
    row.name, row.bot_user_id = found.name, found.bot_user_id
    row.installer_slack_id = found.installer_slack_id or row.installer_slack_id
    row.stopped_at, row.let_in_at = None, now
    session.flush()
    return _workspace(row)


def stop_workspace(session: Session, workspace_id: int, happened_at: datetime, now: datetime) -> bool:
    """The app was removed: from here on nothing is looked at or sent.

    False, and nothing changes, where it is back since then: Slack tells again what it took for unheard.
    """
    row = session.get_one(WorkspaceRow, workspace_id)
    if row.let_in_at is not None and happened_at < row.let_in_at.replace(microsecond=0):
        return False
    row.stopped_at = now
    return True


def workspace_named(session: Session, workspace_id: int) -> str:
    """What a workspace is called."""
    return session.scalar(select(WorkspaceRow.name).where(WorkspaceRow.id == workspace_id)) or ""


def directory_age(session: Session, workspace_id: int) -> datetime | None:
    """When the workspace's list of people was last read, if ever."""
    return session.scalar(select(WorkspaceRow.directory_read_at).where(WorkspaceRow.id == workspace_id))


def mark_directory_read(session: Session, workspace_id: int, now: datetime) -> None:
    """Remember that the list of people is fresh."""
    session.get_one(WorkspaceRow, workspace_id).directory_read_at = now


def person(session: Session, workspace_id: int, person_id: int) -> Person | None:
    """One person of a workspace, by our number."""
    row = first(session, ONE_PERSON, person=person_id, workspace=workspace_id)
    return to_person(row) if row else None


def people(session: Session, workspace_id: int, person_ids: Iterable[int]) -> dict[int, Person]:
    """Several people at once, by our numbers."""
    found = rows(session, PEOPLE, set(person_ids))
    return {row.id: to_person(row) for row in found if row.workspace_id == workspace_id}


def person_by_slack_id(session: Session, workspace_id: int, slack_id: str) -> Person | None:
    """One person of a workspace, by Slack's id."""
    row = first(session, BY_SLACK_ID, slack=slack_id, workspace=workspace_id)
    return to_person(row) if row else None


def people_by_slack_id(session: Session, workspace_id: int, slack_ids: Iterable[str]) -> dict[str, Person]:
    """Several people at once, by Slack's ids."""
    query = select(PersonRow).where(
        PersonRow.workspace_id == workspace_id, PersonRow.slack_id.in_(set(slack_ids))
    )
    return {row.slack_id: to_person(row) for row in session.scalars(query)}


def everybody(session: Session, workspace_id: int) -> list[Person]:
    """Every active member of a workspace."""
    query = select(PersonRow).where(
        PersonRow.workspace_id == workspace_id, PersonRow.active.is_(True), PersonRow.member.is_(True)
    )
    return [to_person(row) for row in session.scalars(query.order_by(PersonRow.id))]


def people_named(session: Session, workspace_id: int, text: str) -> list[Person]:
    """The people with this Slack id, or whose name contains this text, whatever its case."""
    query = select(PersonRow).where(
        PersonRow.workspace_id == workspace_id,
        or_(PersonRow.slack_id == text, PersonRow.name.icontains(text, autoescape=True)),
    )
    found = [to_person(row) for row in session.scalars(query.order_by(PersonRow.id))]
    return found or _named_plainly(session, workspace_id, plain_name(text))


def _named_plainly(session: Session, workspace_id: int, wanted: str) -> list[Person]:
    """Whom an exact look did not find: “Chloe” is Chloé. A database knows no accents, so it is done here."""
    names = session.execute(
        select(PersonRow.id, PersonRow.name).where(PersonRow.workspace_id == workspace_id)
    )
    ids = [id_ for id_, name in names if not name.isascii() and wanted in plain_name(name)]
    query = select(PersonRow).where(PersonRow.id.in_(ids[:MOST_ALIKE])).order_by(PersonRow.id)
    return [to_person(row) for row in session.scalars(query)] if wanted and ids else []


def acting(session: Asked, slack_ids: Iterable[str], slack_id: str) -> tuple[Workspace | None, Person | None]:
    """Who acts where, found together: the first of these workspaces that we know, and the person in it."""
    found = (first(session, ACTING, team=each, slack=slack_id) for each in slack_ids)
    row = next((each for each in found if each is not None), None)
    if row is None:
        return None, None
    workspace = Workspace(row.firm_id, row.team_id, row.firm_name, row.bot_user_id, row.installer_slack_id)
    return workspace, to_person(row) if row.id is not None else None


def meet_person(session: Session, workspace_id: int, slack_id: str, name: str) -> Person:
    """Know the person behind a payload; somebody new gets the least we know until Slack tells more."""
    row = _row(session, workspace_id, slack_id)
    if row is None:
        _add_unknown(session, workspace_id, {slack_id: name})
        row = session.scalars(_of_slack_id(workspace_id, slack_id)).one()
    return to_person(row)


def mark_home_opened(session: Session, person_id: int) -> None:
    """They looked at their Home tab; from now on it is kept fresh."""
    session.get_one(PersonRow, person_id).opened_home = True


def save_profiles(
    session: Session, workspace_id: int, profiles: Sequence[SlackProfile], now: datetime
) -> None:
    """Keep what Slack says about people; adds the unknown, corrects the known."""
    names = {profile.slack_id: profile.name for profile in profiles}
    query = select(PersonRow).where(PersonRow.workspace_id == workspace_id, PersonRow.slack_id.in_(names))
    rows = {row.slack_id: row for row in session.scalars(query)}
    if unknown := {slack_id: name for slack_id, name in names.items() if slack_id not in rows}:
        _add_unknown(session, workspace_id, unknown)
        rows = {row.slack_id: row for row in session.scalars(query)}
    for profile in profiles:
        row = rows[profile.slack_id]
        row.name, row.email = profile.name, profile.email
        row.time_zone, row.locale = profile.time_zone, profile.locale
        row.is_admin, row.active, row.member = profile.is_admin, profile.active, profile.member
        row.seen_at = now
    session.flush()


def is_known(session: Session, person_id: int) -> bool:
    """Whether Slack has told us who they are: an admin, a guest, where they live."""
    return session.scalar(select(PersonRow.seen_at).where(PersonRow.id == person_id)) is not None


def unseen_people(session: Session, workspace_id: int, limit: int) -> list[str]:
    """Slack ids of people we know by their id alone."""
    query = (
        select(PersonRow.slack_id)
        .where(PersonRow.workspace_id == workspace_id, PersonRow.seen_at.is_(None))
        .order_by(PersonRow.id)
        .limit(limit)
    )
    return list(session.scalars(query))


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody's right to act; `program_id` None means every program of the workspace.

    Args:
        since: When they were given this role (UTC).
    """

    person: Person
    role: StaffRole
    program_id: int | None
    since: datetime


def staff(session: Session, workspace_id: int) -> list[Staff]:
    """Everybody with a right to act, owners first."""
    query = (
        select(StaffRow, PersonRow)
        .join(PersonRow, PersonRow.id == StaffRow.person_id)
        .where(StaffRow.workspace_id == workspace_id)
        .order_by(StaffRow.id)
    )
    found = [Staff(to_person(p), StaffRole(s.role), s.program_id, s.since) for s, p in session.execute(query)]
    return sorted(found, key=lambda each: each.role is not StaffRole.OWNER)


def coordinators_of(
    session: Session, workspace_id: int, program_id: int, by: datetime | None = None
) -> list[Person]:
    """Who runs a program, each once: owners, and coordinators of it or of all, unless they have left.

    Args:
        session: The transaction.
        workspace_id: Where.
        program_id: Which.
        by: Only those who did so at this instant already (UTC).
    """
    found = {
        each.person.id: each.person
        for each in staff(session, workspace_id)
        if each.role is not StaffRole.VIEWER
        and each.program_id in (None, program_id)
        and each.person.active
        and (by is None or each.since <= by)
    }
    return list(found.values())


def staff_roles(session: Asked, workspace_id: int, person_id: int) -> list[tuple[StaffRole, int | None]]:
    """What one person may do: roles with the program each is for."""
    found = every(session, ROLES, workspace=workspace_id, person=person_id)
    return [(StaffRole(row.role), row.program_id) for row in found]


def has_staff(session: Asked, workspace_id: int) -> bool:
    """Whether anybody runs mentoring in a workspace."""
    return bool(every(session, ANY_ROLE, workspace=workspace_id))


def add_staff(
    session: Session,
    workspace_id: int,
    person_id: int,
    role: StaffRole,
    program_id: int | None,
    now: datetime,
) -> bool:
    """Give somebody a role; tells whether anything changed."""
    query = select(StaffRow).where(
        StaffRow.workspace_id == workspace_id,
        StaffRow.person_id == person_id,
        StaffRow.program_id.is_(None) if program_id is None else StaffRow.program_id == program_id,
    )
    row = session.scalar(query)
    if row and row.role == role:
        return False
    if row is None:
        row = StaffRow(
            workspace_id=workspace_id, person_id=person_id, program_id=program_id, role=role, since=now
        )
        session.add(row)
    row.role, row.since = role, now
    session.flush()
    return True


def remove_staff(session: Session, workspace_id: int, person_id: int, program_id: int | None) -> int:
    """Take somebody's roles away: the one for a program, or all of them; tells how many there were."""
    query = delete(StaffRow).where(StaffRow.workspace_id == workspace_id, StaffRow.person_id == person_id)
    if program_id is not None:
        query = query.where(StaffRow.program_id == program_id)
    return int(session.execute(query).rowcount)  # type: ignore[attr-defined] # a DELETE gives a CursorResult


def owners_locked(session: Session, workspace_id: int) -> list[int]:
    """The person ids of all owners, held until this transaction ends: two cannot both be the last."""
    query = (
        select(StaffRow.person_id)
        .where(StaffRow.workspace_id == workspace_id, StaffRow.role == StaffRole.OWNER)
        .order_by(StaffRow.person_id)
        .with_for_update()
    )
    return list(session.scalars(query))


def to_person(row: PersonRow | Row[Any]) -> Person:
    """A row as the domain sees it."""
    return Person(
        id=row.id,
        workspace_id=row.workspace_id,
        slack_id=row.slack_id,
        name=row.name,
        email=row.email,
        time_zone=row.time_zone,
        locale=row.locale,
        country=row.country,
        is_admin=row.is_admin,
        active=row.active,
        member=row.member,
        opened_home=row.opened_home,
    )


def _workspace(row: WorkspaceRow | Row[Any]) -> Workspace:
    return Workspace(row.id, row.team_id, row.name, row.bot_user_id, row.installer_slack_id)


def _row(session: Session, workspace_id: int, slack_id: str) -> PersonRow | None:
    return session.scalar(_of_slack_id(workspace_id, slack_id))


def _of_slack_id(workspace_id: int, slack_id: str) -> Select[PersonRow]:
    return select(PersonRow).where(PersonRow.workspace_id == workspace_id, PersonRow.slack_id == slack_id)


def _add_unknown(session: Session, workspace_id: int, names: Mapping[str, str]) -> None:
    """Add people by their Slack ids, but for those whom another process adds at this very moment.

    In the order given, which is Slack's own: two processes that add the same people from one list wait for
    each other, never in a circle.
    """
    least = {
        "workspace_id": workspace_id,
        "time_zone": "UTC",
        "locale": "en-US",
        "is_admin": False,
        "active": True,
        "member": True,
        "opened_home": False,
    }
    people = [least | {"slack_id": slack_id, "name": name or slack_id} for slack_id, name in names.items()]
    session.execute(insert_new(session, PersonRow), people)
