"""All that a program's reports are written from: its facts, and what was answered, in groups."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from mentoring.reports.facts import Facts
from mentoring.stories import Tale
from mentoring.surveys.instruments import Audience
from mentoring.surveys.results import Change, QuestionResult, ResponseRate, Results


@dataclass(frozen=True, slots=True)
class Asking:
    """One survey of the program.

    Args:
        title: As people know it.
        minimum: The smallest group anybody asked was promised.
        open_until: When the last person's asking closes; None once it is closed for everybody.
        results: None while it can still be answered.
    """

    instrument: str
    title: str
    audience: Audience
    rate: ResponseRate
    minimum: int
    open_until: datetime | None
    results: Results | None


@dataclass(frozen=True, slots=True)
class Book:
    """One program's book.

    Args:
        minimum: The smallest group of answers that may be shown.
        changes: Self-ratings before and after, once both askings are closed.
        tales: Stories whose tellers said yes to these words, for outside too; newest first.
        earlier: Books of earlier cohorts of the same kind, oldest first.
        groups: How people described themselves, for counting groups; never shown by themselves.
        improved: Of those who rated themselves twice, whether they rose; likewise never shown.
    """

    facts: Facts
    minimum: int
    askings: tuple[Asking, ...] = ()
    changes: tuple[Change, ...] = ()
    groups: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    improved: Mapping[int, bool] = field(default_factory=dict)
    earlier: tuple["Book", ...] = ()
    tales: tuple[Tale, ...] = ()

    @property
    def surveys(self) -> tuple[Results, ...]:
        """What may be published of the answers."""
        return tuple(each.results for each in self.askings if each.results is not None)

    def question(self, question_id: str) -> list[QuestionResult]:
        """The published results of a question, in whichever surveys it was asked."""
        return [
            found
            for each in self.surveys
            for found in each.questions
            if found.question.id == question_id and found.total is not None
        ]

    def __repr__(self) -> str:
        """Name the program alone: what people said of themselves stays out of logs."""
        return f"Book(program {self.facts.program.id})"
