"""Ethical walls: rows to values, and how they change."""

from collections.abc import Iterable

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from mentoring.errors import NoLongerOpen
from mentoring.walls import Side, Wall
from storage.tables import WallPersonRow, WallRow


def walls_of_program(session: Session, program_id: int) -> list[Wall]:
    """Every wall of a program with its people, by name."""
    query = select(WallRow).where(WallRow.program_id == program_id).order_by(WallRow.name, WallRow.id)
    rows = list(session.scalars(query))
    people: dict[int, dict[int, Side]] = {row.id: {} for row in rows}
    for each in session.scalars(select(WallPersonRow).where(WallPersonRow.wall_id.in_(people))):
        people[each.wall_id][each.person_id] = Side(each.side)
    return [Wall(row.id, row.name, people[row.id]) for row in rows]


def count_walls(session: Session, program_id: int) -> int:
    """How many walls a program has."""
    query = select(func.count()).select_from(WallRow).where(WallRow.program_id == program_id)
    return session.scalar(query) or 0


def wall(session: Session, program_id: int, wall_id: int) -> Wall:
    """One wall of a program.

    Raises:
        NoLongerOpen: Where it does not exist, or belongs to another program.
    """
    row = _row(session, program_id, wall_id)
    query = select(WallPersonRow).where(WallPersonRow.wall_id == row.id)
    sides = {each.person_id: Side(each.side) for each in session.scalars(query)}
    return Wall(row.id, row.name, sides)


def save_wall(session: Session, workspace_id: int, program_id: int, changed: Wall) -> None:
    """Store a wall, new (id 0) or changed.

    Raises:
        NoLongerOpen: Where a changed one does not exist, or belongs to another program.
    """
    if changed.id:
        row = _row(session, program_id, changed.id)
        session.execute(delete(WallPersonRow).where(WallPersonRow.wall_id == row.id))
    else:
        row = WallRow(workspace_id=workspace_id, program_id=program_id)
        session.add(row)
    row.name = changed.name
    session.flush()
    session.add_all(_people(row.id, changed.sides.items()))
    session.flush()


def remove_wall(session: Session, program_id: int, wall_id: int) -> None:
    """Take a wall down; one that is down already stays down."""
    session.execute(delete(WallRow).where(WallRow.id == wall_id, WallRow.program_id == program_id))


def _people(wall_id: int, sides: Iterable[tuple[int, Side]]) -> list[WallPersonRow]:
    return [WallPersonRow(wall_id=wall_id, person_id=person, side=side) for person, side in sides]


def _row(session: Session, program_id: int, wall_id: int) -> WallRow:
    row = session.get(WallRow, wall_id)
    if row is None or row.program_id != program_id:
        raise NoLongerOpen("This wall is not there any more. Open the list again.")
    return row
