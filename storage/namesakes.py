"""People's names as a coordinator reads them, with what tells two of one name apart; two queries at most."""

from collections import Counter
from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.namesakes import Namesake, told_apart
from mentoring.people import SOMEONE, Person
from storage.tables import EnrollmentRow, PersonRow

TOLD = ("department", "office", "title")
"""What of a profile can tell people apart."""


def names_of_people(session: Session, workspace_id: int, shown: Mapping[int, Person]) -> dict[int, str]:
    """Full names by number, each told apart from whoever else in the workspace is called the same."""
    return names_apart(session, workspace_id, {id_: each.name for id_, each in shown.items()})


def names_apart(session: Session, workspace_id: int, names: Mapping[int, str]) -> dict[int, str]:
    """The same for names at hand."""
    query = select(PersonRow.id, PersonRow.name, PersonRow.email, PersonRow.slack_id).where(
        PersonRow.workspace_id == workspace_id,
        PersonRow.active,
        PersonRow.member,
        PersonRow.name.in_({*names.values()} - {SOMEONE}),
    )
    rows = session.execute(query).all()
    times = Counter(row.name for row in rows)
    same = [row for row in rows if times[row.name] > 1]
    if not same:
        return dict(names)
    told = _told_programs(session, [row.id for row in same])
    apart = told_apart(
        Namesake(row.id, row.name, *told.get(row.id, ("", "", "")), row.email or "", row.slack_id)
        for row in same
    )
    return {id_: apart.get(id_, name) for id_, name in names.items()}


def _told_programs(session: Session, person_ids: Iterable[int]) -> dict[int, tuple[str, str, str]]:
    """Department, office and title, as these people last told a program."""
    query = (
        select(EnrollmentRow.person_id, EnrollmentRow.profile)
        .where(EnrollmentRow.person_id.in_([*person_ids]))
        .order_by(EnrollmentRow.id)
    )
    found: dict[int, tuple[str, str, str]] = {}
    for person_id, profile in session.execute(query):
        department, office, title = (str(profile.get(part) or "") for part in TOLD)
        if department or office or title:
            found[person_id] = (department, office, title)
    return found
