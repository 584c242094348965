"""Which lessons people have done."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentoring.lessons import Completion
from storage.tables import LessonDoneRow


def completions(session: Session, person_ids: Iterable[int]) -> dict[int, list[Completion]]:
    """What these people have done, by person; everybody named has an entry."""
    wanted = [*person_ids]
    found: dict[int, list[Completion]] = {person_id: [] for person_id in wanted}
    query = select(LessonDoneRow).where(LessonDoneRow.person_id.in_(wanted)).order_by(LessonDoneRow.id)
    for row in session.scalars(query):
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
