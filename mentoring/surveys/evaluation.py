"""The evaluation of a program on four levels, beside earlier cohorts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from mentoring.surveys.instruments import Level, QuestionKind
from mentoring.surveys.requests import DEFAULT_MINIMUM_GROUP
from mentoring.surveys.results import Change, ResponseRate, Results, Summary


class Gap(StrEnum):
    """Why a level has nothing to show."""

    NOT_ASKED = "not_asked"
    TOO_FEW = "too_few"

    @property
    def sentence(self) -> str:
        """Say so."""
        if self is Gap.NOT_ASKED:
            return "No data: nobody has been asked about this."
        return "No data to show: too few people have answered."


@dataclass(frozen=True)
class Outcome:
    """A fact from outside the surveys: people retained or promoted, a target of the charter.

    Args:
        name: What was counted.
        reached: For how many it came true.
        of: Of how many.
    """

    name: str
    reached: int
    of: int


@dataclass(frozen=True)
class CohortEvidence:
    """Everything one cycle of a program can be judged by."""

    name: str
    surveys: tuple[Results, ...] = ()
    changes: tuple[Change, ...] = ()
    outcomes: tuple[Outcome, ...] = ()


@dataclass(frozen=True)
class Figure:
    """One number of one cohort.

    Args:
        cohort: The cohort's name.
        value: A mean, an NPS, a difference or a share, by the kind of line; None where too few answered.
        count: How many people it rests on.
        rate: The survey's response rate, for lines from surveys.
    """

    cohort: str
    value: float | None
    count: int | None
    rate: ResponseRate | None = None


class Measure(StrEnum):
    """How to read a line's value."""

    MEAN = "mean"
    NPS = "nps"
    DIFFERENCE = "difference"
    SHARE = "share"


@dataclass(frozen=True)
class Line:
    """One question or outcome, for this cohort and the earlier ones that have it.

    Args:
        source: The instrument's id, or "outcome".
        key: The question's id, or the outcome's name.
        text: As people read it.
        measure: How to read the values.
        now: This cohort's figure.
        earlier: The earlier cohorts', in the order given.
    """

    source: str
    key: str
    text: str
    measure: Measure
    now: Figure
    earlier: tuple[Figure, ...] = ()

    @property
    def moved(self) -> float | None:
        """By how much it differs from the most recent earlier cohort that has a value."""
        before = [figure.value for figure in self.earlier if figure.value is not None]
        return None if self.now.value is None or not before else self.now.value - before[-1]


Placed = tuple[Level, Line]
"""A line and the level it is evidence for."""


@dataclass(frozen=True)
class LevelReport:
    """One level: its lines, or why there are none to show."""

    level: Level
    lines: tuple[Line, ...]
    gap: Gap | None


def evaluation(
    current: CohortEvidence,
    earlier: Sequence[CohortEvidence] = (),
    *,
    minimum: int = DEFAULT_MINIMUM_GROUP,
) -> tuple[LevelReport, ...]:
    """Report on satisfaction, learning, behavior and results, in this order; a level without data says so.

    Args:
        current: The cohort to report on.
        earlier: Cohorts to compare with, oldest first. A line is compared by instrument and question id, so a
            reworded question still compares; one that was replaced by another id does not.
        minimum: The smallest group an outcome is shown for; the surveys have applied theirs.
    """
    own = [_lines(cohort, minimum) for cohort in (current, *earlier)]
    return tuple(_report(level, own[0], own[1:]) for level in Level)


def _report(level: Level, current: Sequence[Placed], earlier: Sequence[list[Placed]]) -> LevelReport:
    lines = [_compared(line, earlier) for at, line in current if at is level]
    if not lines:
        return LevelReport(level, (), Gap.NOT_ASKED)
    shown = any(line.now.value is not None for line in lines)
    return LevelReport(level, tuple(lines), None if shown else Gap.TOO_FEW)


def _compared(line: Line, earlier: Sequence[list[Placed]]) -> Line:
    same = (line.source, line.key, line.measure)
    figures = tuple(
        other.now
        for cohort in earlier
        for _, other in cohort
        if (other.source, other.key, other.measure) == same
    )
    return Line(line.source, line.key, line.text, line.measure, line.now, figures)


def _lines(cohort: CohortEvidence, minimum: int) -> list[Placed]:
    return [*_survey_lines(cohort), *_change_lines(cohort), *_outcome_lines(cohort, minimum)]


def _survey_lines(cohort: CohortEvidence) -> Iterable[Placed]:
    for survey in cohort.surveys:
        for result in survey.questions:
            question, total = result.question, result.total
            if question.level is None or question.kind.has_options:
                continue
            measure = Measure.NPS if question.kind is QuestionKind.NPS else Measure.MEAN
            count = None if total is None else total.count
            figure = Figure(cohort.name, _value(total), count, survey.rate)
            yield question.level, Line(survey.instrument_id, question.id, question.text, measure, figure)


def _value(total: Summary | None) -> float | None:
    if total is None:
        return None
    return total.mean if total.nps is None else total.nps


def _change_lines(cohort: CohortEvidence) -> Iterable[Placed]:
    for change in cohort.changes:
        question = change.question
        figure = Figure(cohort.name, change.difference, change.count)
        level = question.level or Level.LEARNING
        yield level, Line("competency", question.id, question.text, Measure.DIFFERENCE, figure)


def _outcome_lines(cohort: CohortEvidence, minimum: int) -> Iterable[Placed]:
    for outcome in cohort.outcomes:
        share = outcome.reached / outcome.of if outcome.of >= minimum else None
        count = outcome.of if share is not None else None
        figure = Figure(cohort.name, share, count)
        yield Level.RESULTS, Line("outcome", outcome.name, outcome.name, Measure.SHARE, figure)
