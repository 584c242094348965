"""The stories people told, and how far each may go."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.errors import NoLongerOpen
from mentoring.kinds import Role
from mentoring.stories import Place, Story, StoryState, Tale
from storage.tables import EnrollmentRow, PersonRow, StoryRow


def add_story(session: Session, workspace_id: int, told: Story, now: datetime) -> Story:
    """Keep a new story, and give it its number."""
    row = StoryRow(
        workspace_id=workspace_id,
        program_id=told.program_id,
        person_id=told.person_id,
        text=told.text,
        named=told.named,
        places=sorted(told.places),
        state=told.state.value,
        told_at=now,
    )
    session.add(row)
    session.flush()
    return _story(row)


def story(session: Session, workspace_id: int, story_id: int) -> Story:
    """One story.

    Raises:
        NoLongerOpen: Where it does not exist, or belongs to another workspace.
    """
    row = session.get(StoryRow, story_id)
    if row is None or row.workspace_id != workspace_id:
        raise NoLongerOpen("This is no longer open: that story is not there any more.")
    return _story(row)


def set_story_state(session: Session, story_id: int, state: StoryState) -> None:
    """Move a story along."""
    session.get_one(StoryRow, story_id).state = state.value
    session.flush()


def stories_of_program(session: Session, program_id: int) -> list[Story]:
    """What may still be told, newest first."""
    query = (
        select(StoryRow)
        .where(StoryRow.program_id == program_id, StoryRow.state != StoryState.TAKEN_BACK.value)
        .order_by(StoryRow.id.desc())
    )
    return [_story(row) for row in session.scalars(query)]


def stories_of_person(session: Session, workspace_id: int, person_id: int) -> list[Story]:
    """What somebody told and did not take back, newest first."""
    query = (
        select(StoryRow)
        .where(
            StoryRow.workspace_id == workspace_id,
            StoryRow.person_id == person_id,
            StoryRow.state != StoryState.TAKEN_BACK.value,
        )
        .order_by(StoryRow.id.desc())
    )
    return [_story(row) for row in session.scalars(query)]


def tale_of(session: Session, told: Story) -> Tale:
    """A story as it is passed on: with the first name of whoever told it, or only with what they are."""
    query = (
        select(PersonRow.name, EnrollmentRow.is_mentor, EnrollmentRow.is_mentee)
        .join(EnrollmentRow, EnrollmentRow.person_id == PersonRow.id)
        .where(PersonRow.id == told.person_id, EnrollmentRow.program_id == told.program_id)
    )
    name, is_mentor, is_mentee = session.execute(query).one()
    role = None
    if is_mentor != is_mentee:
        role = Role.MENTOR if is_mentor else Role.MENTEE
    return Tale(told.text, name.split()[0] if told.named else "", role)


def public_tales(session: Session, program_id: int) -> tuple[Tale, ...]:
    """Stories whose tellers said yes to these very words and let them be told outside, newest first."""
    agreed = [
        each
        for each in stories_of_program(session, program_id)
        if each.state is StoryState.AGREED and Place.PUBLIC in each.places
    ]
    return tuple(tale_of(session, each) for each in agreed)


def _story(row: StoryRow) -> Story:
    return Story(
        id=row.id,
        program_id=row.program_id,
        person_id=row.person_id,
        text=row.text,
        named=row.named,
        places=frozenset(Place(each) for each in row.places),
        state=StoryState(row.state),
    )
