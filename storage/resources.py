"""The library of resources: rows to values, who used what, and how it is kept."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mentoring.errors import NoLongerOpen
from mentoring.phases import PhaseName
from mentoring.resources import Audience, Resource, Use, Verdict
from storage.tables import ResourceRow, ResourceUseRow

GONE = "This is no longer open: it is not in the library any more."


def library(session: Session, workspace_id: int) -> list[Resource]:
    """Everything a workspace has, retired or not, oldest first."""
    query = select(ResourceRow).where(ResourceRow.workspace_id == workspace_id).order_by(ResourceRow.id)
    return [_resource(row) for row in session.scalars(query)]


def resource(session: Session, workspace_id: int, resource_id: int) -> Resource:
    """One resource.

    Raises:
        NoLongerOpen: Where it does not exist, or belongs to another workspace.
    """
    return _resource(_row(session, workspace_id, resource_id))


def save_resource(session: Session, workspace_id: int, changed: Resource, by: int) -> int:
    """Store a resource, new (id 0) or changed; tells its number."""
    if changed.id:
        row = _row(session, workspace_id, changed.id)
    else:
        row = ResourceRow(workspace_id=workspace_id, added_by=by, kept_at=changed.added_at)
        session.add(row)
    row.title, row.about, row.url = changed.title, changed.about, changed.url
    row.tags, row.audience = [*changed.tags], changed.audience
    row.phases = sorted(changed.phases)
    session.flush()
    return row.id


def keep_resource(session: Session, workspace_id: int, resource_id: int, now: datetime) -> None:
    """A coordinator looked at it and keeps it, or brings it back: its use counts anew from here."""
    row = _row(session, workspace_id, resource_id)
    row.kept_at, row.retired_at = now, None


def retire_resource(session: Session, workspace_id: int, resource_id: int, now: datetime) -> None:
    """It is offered to nobody any more; who used it stays counted."""
    _row(session, workspace_id, resource_id).retired_at = now


def note_opened(session: Session, resource_id: int, person_id: int, now: datetime) -> None:
    """Somebody opened it."""
    _use(session, resource_id, person_id).opened_at = now


def rate(session: Session, resource_id: int, person_id: int, verdict: Verdict, now: datetime) -> None:
    """Somebody said how it was; saying it again replaces what they said."""
    row = _use(session, resource_id, person_id)
    row.verdict, row.rated_at = verdict, now


def uses(session: Session, workspace_id: int) -> dict[int, Use]:
    """How each resource was used since it was last kept, in counts of people."""
    since = ResourceRow.kept_at
    opened = (
        select(ResourceUseRow.resource_id, func.count())
        .join(ResourceRow, ResourceRow.id == ResourceUseRow.resource_id)
        .where(ResourceRow.workspace_id == workspace_id, ResourceUseRow.opened_at >= since)
        .group_by(ResourceUseRow.resource_id)
    )
    rated = (
        select(ResourceUseRow.resource_id, ResourceUseRow.verdict, func.count())
        .join(ResourceRow, ResourceRow.id == ResourceUseRow.resource_id)
        .where(ResourceRow.workspace_id == workspace_id, ResourceUseRow.rated_at >= since)
        .group_by(ResourceUseRow.resource_id, ResourceUseRow.verdict)
    )
    counts = {row[0]: int(row[1]) for row in session.execute(opened)}
    said: dict[int, dict[Verdict, int]] = {}
    for resource_id, verdict, number in session.execute(rated):
        said.setdefault(resource_id, {})[Verdict(str(verdict))] = number
    return {each: Use(counts.get(each, 0), said.get(each)) for each in counts.keys() | said.keys()}


def verdicts_of(session: Session, person_id: int) -> dict[int, Verdict]:
    """What somebody said themselves, by resource; for them alone."""
    query = select(ResourceUseRow).where(
        ResourceUseRow.person_id == person_id, ResourceUseRow.verdict.is_not(None)
    )
    return {row.resource_id: Verdict(str(row.verdict)) for row in session.scalars(query)}


def unjudged_of(session: Session, person_id: int) -> set[int]:
    """What somebody opened and has not said a word about."""
    query = select(ResourceUseRow.resource_id).where(
        ResourceUseRow.person_id == person_id,
        ResourceUseRow.opened_at.is_not(None),
        ResourceUseRow.verdict.is_(None),
    )
    return set(session.scalars(query))


def _use(session: Session, resource_id: int, person_id: int) -> ResourceUseRow:
    row = session.get(ResourceUseRow, (resource_id, person_id))
    if row is None:
        row = ResourceUseRow(resource_id=resource_id, person_id=person_id)
        session.add(row)
    return row


def _row(session: Session, workspace_id: int, resource_id: int) -> ResourceRow:
    row = session.get(ResourceRow, resource_id)
    if row is None or row.workspace_id != workspace_id:
        raise NoLongerOpen(GONE)
    return row


def _resource(row: ResourceRow) -> Resource:
    return Resource(
        id=row.id,
        title=row.title,
        about=row.about,
        url=row.url,
        tags=tuple(row.tags),
        phases=frozenset(PhaseName(each) for each in row.phases),
        audience=Audience(row.audience),
        added_at=row.kept_at,
        retired=row.retired_at is not None,
    )
