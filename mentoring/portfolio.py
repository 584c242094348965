"""A mentee's portfolio: the pieces they pick for the program's objectives, and who else may see each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from mentoring.assessment import Task, TaskState, check_standing
from mentoring.errors import Refusal


class Reader(StrEnum):
    """Whom a mentee may show a portfolio item to; they see their own in any case."""

    MENTOR = "mentor"
    TEAM = "program team"
    SUPERVISOR = "supervisor"


class ItemKind(StrEnum):
    """What can go into a portfolio."""

    TASK = "task"
    FEEDBACK = "feedback"
    NOTE = "note"


@dataclass(frozen=True)
class PortfolioItem:
    """A piece the mentee picked for an objective.

    Args:
        person_id: The mentee.
        source_id: The task it came from, if any.
        text: The words as they stood when picked; the portfolio does not change behind its owner's back.
        readers: Who else may see it; nobody unless the mentee says so.
        id: None before it is stored.
    """

    person_id: int
    objective_id: int
    kind: ItemKind
    title: str
    text: str
    source_id: int | None = None
    readers: frozenset[Reader] = frozenset()
    id: int | None = None


def check_warned(*, warned: bool) -> None:
    """Let pass whoever has been asked whether the words could hold client secrets.

    Raises:
        Refusal: They have not been.
    """
    if not warned:
        raise Refusal(
            "Could a client or a matter be recognized in this? Take out names and facts, then confirm.",
            field="warned",
        )


def items_from(task: Task, *, person_id: int) -> tuple[PortfolioItem, ...]:
    """Turn a finished task into what the mentee may pick: the task with its note, and the feedback to it.

    Raises:
        NoLongerOpen: The task is not done.
    """
    check_standing(task, TaskState.DONE, TaskState.REVIEWED)
    own = PortfolioItem(person_id, task.objective_id, ItemKind.TASK, task.title, task.note, task.id)
    if task.feedback is None:
        return (own,)
    words = f"{task.feedback.keep_going}\n{task.feedback.try_next}"
    return own, replace(own, kind=ItemKind.FEEDBACK, text=words)


def shown_to(items: Iterable[PortfolioItem], reader: Reader | None) -> tuple[PortfolioItem, ...]:
    """Pick what someone may see; None stands for the mentee, who previews everything."""
    return tuple(item for item in items if reader is None or reader in item.readers)


NO_OBJECTIVE = 0
"""Stands for the objective of pieces whose own is gone; objectives count from 1."""


def by_objective(
    objectives: Sequence[int], items: Iterable[PortfolioItem]
) -> tuple[tuple[int, tuple[PortfolioItem, ...]], ...]:
    """Order a portfolio by objective; those without a piece stay, so the mentee sees what is missing.

    Pieces for an objective that the program no longer has come last, under `NO_OBJECTIVE`.
    """
    picked = list(items)
    found = [(id_, tuple(item for item in picked if item.objective_id == id_)) for id_ in objectives]
    # The program can leave an objective out; what somebody picked for it does not go with it.
    rest = tuple(item for item in picked if item.objective_id not in objectives)
    return (*found, (NO_OBJECTIVE, rest)) if rest else tuple(found)
