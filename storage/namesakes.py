"""People's names with what tells two of one name apart: one query for a screen, another if a name repeats."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from mentoring.namesakes import Namesake, namesakes_among, told_apart
from mentoring.people import SOMEONE, Person
from storage.tables import EnrollmentRow, PersonRow

TOLD = ("department", "office", "title")
"""What of a profile can tell people apart."""


def names_of_people(session: Session, workspace_id: int, shown: Mapping[int, Person]) -> dict[int, str]:
    """Full names by number, each told apart from whoever else in the workspace is called the same."""
    return names_apart(session, workspace_id, {id_: each.name for id_, each in shown.items()})


def names_apart(session: Session, workspace_id: int, names: Mapping[int, str]) -> dict[int, str]:
    """The same for names at hand."""
    if not names:
        return {}
    query = select(PersonRow.id, PersonRow.name, PersonRow.email, PersonRow.slack_id).where(
        PersonRow.workspace_id == workspace_id,
        PersonRow.active,
        PersonRow.member,
        PersonRow.name.in_({*names.values()} - {SOMEONE}),
    )
    rows = session.execute(query).all()
    times = Counter(row.name for row in rows)
    apart = _told_apart(session, [row for row in rows if times[row.name] > 1])
    return {id_: apart.get(id_, name) for id_, name in names.items()}


def names_together(session: Session, shown: Iterable[Person]) -> dict[int, str]:
    """Full names by number, each told apart from whoever else is shown with them; asks only if one repeats.

    For what is looked at often, such as Home, or shows everybody there is, such as a proposal: going through
    the workspace for namesakes would cost as much as there are people.
    """
    people = [*shown]
    apart = _told_apart(session, namesakes_among(people))
    return {each.id: apart.get(each.id, each.name) for each in people}


def _told_apart(session: Session, same: Sequence[Person | Row[*tuple[Any, ...]]]) -> dict[int, str]:
    if not same:
        return {}
    told = _told_programs(session, [each.id for each in same])
    return told_apart(
        Namesake(each.id, each.name, *told.get(each.id, ("", "", "")), each.email or "", each.slack_id)
        for each in same
    )


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
