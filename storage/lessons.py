"""Which lessons people have done."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from mentoring.lessons import Completion
from storage.fast import one_of_ids, rows
from storage.tables import LessonDoneRow, OwnLessonRow

DONE = select(LessonDoneRow.__table__).where(one_of_ids(LessonDoneRow.person_id)).order_by(LessonDoneRow.id)
OWN = select(OwnLessonRow.__table__).where(one_of_ids(OwnLessonRow.program_id)).order_by(OwnLessonRow.id)


def completions(session: Session, person_ids: Iterable[int]) -> dict[int, list[Completion]]:
    """What these people have done, by person; everybody named has an entry."""
    wanted = [*person_ids]
    found: dict[int, list[Completion]] = {person_id: [] for person_id in wanted}
    for row in rows(session, DONE, wanted):
        found[row.person_id].append(Completion(row.person_id, row.lesson_id, row.completed_at))
    return found


def save_completion(session: Session, workspace_id: int, done: Completion) -> None:
    """Keep that a lesson was done; doing it again keeps the first time."""
    known = session.scalar(
        select(LessonDoneRow.id).where(
            LessonDoneRow.person_id == done.person_id, LessonDoneRow.lesson_id == done.lesson_id
        )
    )
    if known is None:
        session.add(
            LessonDoneRow(
                workspace_id=workspace_id,
                person_id=done.person_id,
                lesson_id=done.lesson_id,
                completed_at=done.completed_at,
            )
        )
        session.flush()


def own_lessons(session: Session, program_ids: Iterable[int]) -> dict[int, dict[str, str]]:
    """By program and lesson, the text a program words itself; empty for a lesson it leaves out."""
    wanted = [*program_ids]
    found: dict[int, dict[str, str]] = {program_id: {} for program_id in wanted}
    for row in rows(session, OWN, wanted):
        found[row.program_id][row.lesson_id] = row.text
    return found


def keep_own_lesson(
    session: Session,
    workspace_id: int,
    program_id: int,
    lesson_id: str,
    text: str,
    person_id: int,
    now: datetime,
) -> None:
    """Keep a program's own text of a lesson; an empty one leaves the lesson out."""
    row = session.scalar(
        select(OwnLessonRow).where(OwnLessonRow.program_id == program_id, OwnLessonRow.lesson_id == lesson_id)
    )
    if row is None:
        row = OwnLessonRow(workspace_id=workspace_id, program_id=program_id, lesson_id=lesson_id)
        session.add(row)
    row.text, row.made_by, row.made_at = text, person_id, now
    session.flush()


def forget_own_lesson(session: Session, program_id: int, lesson_id: str) -> None:
    """Go back to the lesson that ships with the product, if there is one."""
    session.execute(
        delete(OwnLessonRow).where(OwnLessonRow.program_id == program_id, OwnLessonRow.lesson_id == lesson_id)
    )
