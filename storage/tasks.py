"""Tasks of pairs, judgments against the objectives, and portfolios."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from mentoring.assessment import Feedback, ObjectiveRating, Rater, Task, TaskKind, TaskState
from mentoring.errors import NoLongerOpen
from mentoring.portfolio import ItemKind, PortfolioItem, Reader
from storage.tables import ObjectiveRatingRow, PortfolioItemRow, TaskRow

GONE = "This is no longer open: that task is not there any more."


@dataclass(frozen=True, slots=True)
class OwnedTask:
    """A task with the mentee whose it is."""

    mentee_id: int
    library_id: str | None
    task: Task


def add_task(
    session: Session, workspace_id: int, task: Task, mentee_id: int, library_id: str | None
) -> OwnedTask:
    """Keep a task that was taken up (its `id` is ignored); a suggestion taken up twice is one task."""
    row = None
    if library_id is not None:
        row = session.scalar(
            select(TaskRow).where(
                TaskRow.pair_id == task.pair_id,
                TaskRow.mentee_id == mentee_id,
                TaskRow.library_id == library_id,
            )
        )
    if row is None:
        row = TaskRow(
            workspace_id=workspace_id, pair_id=task.pair_id, mentee_id=mentee_id, library_id=library_id
        )
        row.kind, row.title, row.description = task.kind.value, task.title, task.description
        row.objective_id = task.objective_id
        _write(row, task)
        session.add(row)
        session.flush()
    return _owned(row)


def task_of_pair(session: Session, pair_id: int, task_id: int) -> OwnedTask:
    """One task of a pair.

    Raises:
        NoLongerOpen: Where it does not exist, or belongs to another pair.
    """
    row = session.get(TaskRow, task_id)
    if row is None or row.pair_id != pair_id:
        raise NoLongerOpen(GONE)
    return _owned(row)


def tasks_of_pair(session: Session, pair_id: int) -> list[OwnedTask]:
    """Every task of a pair, oldest first."""
    query = select(TaskRow).where(TaskRow.pair_id == pair_id).order_by(TaskRow.id)
    return [_owned(row) for row in session.scalars(query)]


def save_task(session: Session, task: Task) -> None:
    """Keep where a task stands now."""
    _write(session.get_one(TaskRow, task.id), task)
    session.flush()


def ratings(session: Session, pair_id: int, mentee_id: int) -> list[ObjectiveRating]:
    """How one mentee of a pair was judged, by themselves and by the mentor."""
    query = select(ObjectiveRatingRow).where(
        ObjectiveRatingRow.pair_id == pair_id, ObjectiveRatingRow.mentee_id == mentee_id
    )
    return [
        ObjectiveRating(row.objective_id, Rater(row.rater), row.score, row.words)
        for row in session.scalars(query)
    ]


def save_rating(
    session: Session, pair_id: int, mentee_id: int, rating: ObjectiveRating, now: datetime
) -> None:
    """Keep a judgment; a later one takes the place of an earlier."""
    session.merge(
        ObjectiveRatingRow(
            pair_id=pair_id,
            mentee_id=mentee_id,
            objective_id=rating.objective_id,
            rater=rating.rater.value,
            score=rating.score,
            words=rating.words,
            rated_at=now,
        )
    )
    session.flush()


def portfolio(session: Session, program_id: int, person_id: int) -> list[PortfolioItem]:
    """What somebody picked in a program, in the order they picked it."""
    query = select(PortfolioItemRow).where(
        PortfolioItemRow.program_id == program_id, PortfolioItemRow.person_id == person_id
    )
    return [
        PortfolioItem(
            person_id=row.person_id,
            objective_id=row.objective_id,
            kind=ItemKind(row.kind),
            title=row.title,
            text=row.text,
            source_id=row.source_id,
            readers=frozenset(Reader(each) for each in row.readers),
            id=row.id,
        )
        for row in session.scalars(query.order_by(PortfolioItemRow.id))
    ]


def add_to_portfolio(
    session: Session, workspace_id: int, program_id: int, item: PortfolioItem, now: datetime
) -> None:
    """Keep a picked piece."""
    session.add(
        PortfolioItemRow(
            workspace_id=workspace_id,
            program_id=program_id,
            person_id=item.person_id,
            objective_id=item.objective_id,
            kind=item.kind.value,
            title=item.title,
            text=item.text,
            source_id=item.source_id,
            readers=sorted(each.value for each in item.readers),
            picked_at=now,
        )
    )
    session.flush()


def remove_from_portfolio(session: Session, person_id: int, item_id: int) -> None:
    """Take a piece out again; only one's own."""
    session.execute(
        delete(PortfolioItemRow).where(
            PortfolioItemRow.id == item_id, PortfolioItemRow.person_id == person_id
        )
    )


def set_readers(session: Session, person_id: int, item_id: int, readers: frozenset[Reader]) -> None:
    """Say who may see a piece; only one's own."""
    row = session.get(PortfolioItemRow, item_id)
    if row is not None and row.person_id == person_id:
        row.readers = sorted(each.value for each in readers)


def _write(row: TaskRow, task: Task) -> None:
    row.state, row.note, row.done_at = task.state.value, task.note, task.done_at
    row.right_answers, row.quiz_questions = task.score, task.asked
    row.keep_going = task.feedback.keep_going if task.feedback else ""
    row.try_next = task.feedback.try_next if task.feedback else ""


def _owned(row: TaskRow) -> OwnedTask:
    given = Feedback(row.keep_going, row.try_next) if row.keep_going else None
    task = Task(
        id=row.id,
        pair_id=row.pair_id,
        kind=TaskKind(row.kind),
        title=row.title,
        description=row.description,
        objective_id=row.objective_id,
        state=TaskState(row.state),
        note=row.note,
        done_at=row.done_at,
        feedback=given,
        score=row.right_answers,
        asked=row.quiz_questions,
    )
    return OwnedTask(row.mentee_id, row.library_id, task)
