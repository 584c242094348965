"""What may be published of the answers: counts, means and changes, from the minimum group upward."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean

from mentoring.surveys.instruments import Instrument, Question, QuestionKind, Value, Visibility
from mentoring.surveys.requests import DEFAULT_MINIMUM_GROUP, check_minimum_group
from mentoring.surveys.suppression import Merged, publishable

NOT_SAID = ""
"""The group of those who did not say which they belong to; it is a group like any other."""
PROMOTER_FROM, DETRACTOR_TO = 9, 6
"""Net Promoter Score's own borders (Reichheld, HBR 12/2003)."""


@dataclass(frozen=True)
class Response:
    """One person's answers as they are counted: without the person.

    Args:
        values: By question id.
        groups: What the person counts under, by breakdown: `{"department": "Tax"}`.
        period: For askings without a closing date: a coarse number of when, such as the month.
    """

    values: Mapping[str, Value]
    groups: Mapping[str, str] = field(default_factory=dict)
    period: int = 0

    def __repr__(self) -> str:
        """Name the questions alone: an answer that stands in a log is not private."""
        return f"Response({', '.join(self.values)})"


@dataclass(frozen=True)
class ResponseRate:
    """How many of those asked have answered."""

    asked: int
    answered: int

    @property
    def share(self) -> float | None:
        """The part that answered, from 0 to 1; None when nobody was asked."""
        return self.answered / self.asked if self.asked else None


@dataclass(frozen=True)
class Summary:
    """The answers of one group to one question.

    Args:
        count: How many answered it.
        counts: By answer, how many gave it; empty for numbers, whose single values would point to people.
        mean: For ratings, nps and numbers.
        nps: For nps: percent of promoters minus percent of detractors, -100 to 100.
    """

    count: int
    counts: Mapping[int | str, int]
    mean: float | None = None
    nps: int | None = None


@dataclass(frozen=True)
class Cell:
    """One group of a breakdown, or several small ones merged."""

    labels: tuple[str, ...]
    summary: Summary


@dataclass(frozen=True)
class Breakdown:
    """A result by group; `cells` is None where publishing it would give a small group away."""

    name: str
    cells: tuple[Cell, ...] | None


@dataclass(frozen=True)
class QuestionResult:
    """What may be published about one question; `total` is None below the minimum group."""

    question: Question
    total: Summary | None
    breakdowns: tuple[Breakdown, ...] = ()


@dataclass(frozen=True)
class Results:
    """What may be published about one asking of an instrument."""

    instrument_id: str
    version: int
    rate: ResponseRate
    minimum_group: int
    questions: tuple[QuestionResult, ...]


def results(
    instrument: Instrument,
    responses: Sequence[Response],
    *,
    asked: int,
    minimum: int = DEFAULT_MINIMUM_GROUP,
    by: Sequence[str] = (),
) -> Results:
    """Sum up an asking that has closed.

    Only closed ones: a result seen at five answers and again at six gives the sixth away. Questions whose
    answers are a person's own to see appear in `change` alone, for the same reason; dates, free texts and the
    confidential line are never summed up.

    Args:
        instrument: The version that was asked.
        responses: All of them.
        asked: How many people were asked.
        minimum: The smallest group to show, as promised.
        by: The breakdowns of the program, always the same list: they are judged together.

    Raises:
        Refusal: The minimum is below three.
    """
    check_minimum_group(minimum)
    return Results(
        instrument.id,
        instrument.version,
        ResponseRate(asked, len(responses)),
        minimum,
        tuple(
            _question_result(question, [r for r in responses if question.id in r.values], minimum, by)
            for question in instrument.questions
            if _is_summed_up(question)
        ),
    )


def rolling_results(
    instrument: Instrument,
    responses: Sequence[Response],
    *,
    asked: int,
    current_period: int,
    minimum: int = DEFAULT_MINIMUM_GROUP,
) -> Results:
    """Sum up an asking that never closes, such as resource ratings.

    Answers count once their period is over and together with their neighbors reach the minimum, so
    two looks at the result differ by no answers or by at least that many. There are no breakdowns.

    Raises:
        Refusal: The minimum is below three.
    """
    check_minimum_group(minimum)
    return Results(
        instrument.id,
        instrument.version,
        ResponseRate(asked, len(responses)),
        minimum,
        tuple(
            _question_result(question, _settled(responses, question.id, current_period, minimum), minimum, ())
            for question in instrument.questions
            if _is_summed_up(question)
        ),
    )


def in_looks(looks: Sequence[int | None]) -> tuple[list[int], int]:
    """Number the looks at a survey that was asked again: the answers of each, and the one still to come.

    Answers without a look are the newest: they came after the last time it was closed for everybody.
    """
    newest = max([0, *(look for look in looks if look is not None)]) + 1
    return [newest if look is None else look for look in looks], newest + 1


def _settled(responses: Iterable[Response], question_id: str, current: int, minimum: int) -> list[Response]:
    waiting: list[Response] = []
    settled: list[Response] = []
    given = sorted((r for r in responses if question_id in r.values), key=lambda response: response.period)
    periods = [response.period for response in given]
    for place, response in enumerate(given):
        if response.period >= current:
            break
        waiting.append(response)
        period_is_over = place + 1 == len(given) or periods[place + 1] != response.period
        if period_is_over and len(waiting) >= minimum:
            settled += waiting
            waiting = []
    return settled


def _is_summed_up(question: Question) -> bool:
    return question.visibility in (Visibility.GROUPED, Visibility.TEAM) and not (
        question.kind.is_text or question.kind is QuestionKind.DATE
    )


def _question_result(
    question: Question, responses: Sequence[Response], minimum: int, by: Sequence[str]
) -> QuestionResult:
    if len(responses) < minimum:
        return QuestionResult(question, None, tuple(Breakdown(name, None) for name in by))
    groupings = {name: [r.groups.get(name, NOT_SAID) for r in responses] for name in by}
    values = [response.values[question.id] for response in responses]
    breakdowns = tuple(
        Breakdown(name, _cells(question, groupings[name], values, merged))
        for name, merged in publishable(groupings, minimum).items()
    )
    return QuestionResult(question, summarize(question, values), breakdowns)


def _cells(
    question: Question, labels: Sequence[str], values: Sequence[Value], merged: Merged | None
) -> tuple[Cell, ...] | None:
    if merged is None:
        return None
    given = list(zip(labels, values, strict=True))
    return tuple(
        Cell(cell, summarize(question, [value for label, value in given if label in cell])) for cell in merged
    )


def summarize(question: Question, values: Sequence[Value]) -> Summary:
    """Count the answers of a group that is large enough to be shown."""
    if question.kind.has_options:
        picked = Counter(
            pick for value in values for pick in (value if isinstance(value, tuple) else (value,))
        )
        return Summary(len(values), {option.id: picked[option.id] for option in question.options})
    numbers = [value for value in values if isinstance(value, int | float)]
    if question.kind is QuestionKind.NUMBER:
        return Summary(len(numbers), {}, mean=fmean(numbers))
    counts: dict[int | str, int] = {int(number): count for number, count in sorted(Counter(numbers).items())}
    if question.kind is QuestionKind.RATING:
        return Summary(len(numbers), counts, mean=fmean(numbers))
    promoters = sum(number >= PROMOTER_FROM for number in numbers)
    detractors = sum(number <= DETRACTOR_TO for number in numbers)
    score = round(100 * (promoters - detractors) / len(numbers))
    return Summary(len(numbers), counts, mean=fmean(numbers), nps=score)


@dataclass(frozen=True)
class BeforeAfter:
    """One person's two self-ratings, by question id, without the person."""

    before: Mapping[str, Value]
    after: Mapping[str, Value]

    def __repr__(self) -> str:
        """Keep the answers out of logs."""
        return "BeforeAfter()"


@dataclass(frozen=True)
class Change:
    """How a self-rating moved, among those who gave it twice; the means are None below the minimum group."""

    question: Question
    count: int | None
    before: float | None
    after: float | None

    @property
    def difference(self) -> float | None:
        """After minus before."""
        return None if self.before is None or self.after is None else self.after - self.before


def change(
    instrument: Instrument, people: Sequence[BeforeAfter], *, minimum: int = DEFAULT_MINIMUM_GROUP
) -> tuple[Change, ...]:
    """Compare self-ratings before and after, among those who gave both.

    Those who gave only one are left out altogether: their mean, minus that of the others, would be theirs.

    Raises:
        Refusal: The minimum is below three.
    """
    check_minimum_group(minimum)
    return tuple(_change(q, people, minimum) for q in instrument.questions if q.kind is QuestionKind.RATING)


def _change(question: Question, people: Sequence[BeforeAfter], minimum: int) -> Change:
    twice = [(p.before.get(question.id), p.after.get(question.id)) for p in people]
    both = [(b, a) for b, a in twice if isinstance(b, int) and isinstance(a, int)]
    if len(both) < minimum:
        return Change(question, None, None, None)
    return Change(question, len(both), fmean(b for b, _ in both), fmean(a for _, a in both))


def own_change(instrument: Instrument, person: BeforeAfter) -> dict[str, tuple[int, int]]:
    """Give a person their own self-ratings, before and after, by question id."""
    return {
        question.id: (before, after)
        for question in instrument.questions
        if isinstance(before := person.before.get(question.id), int)
        and isinstance(after := person.after.get(question.id), int)
    }


def shared_notes(
    instrument: Instrument, responses: Sequence[Response], *, minimum: int = DEFAULT_MINIMUM_GROUP
) -> tuple[tuple[str, str], ...]:
    """List the shared notes as (question id, text); of an anonymous asking, once it has enough answers.

    They stand in alphabetical order, so that their place says nothing about who wrote them or when. The
    caller hands in shared notes only, as `Answers.texts_shared` gives them.

    Raises:
        Refusal: The minimum is below three.
    """
    if instrument.anonymous and len(responses) < check_minimum_group(minimum):
        return ()
    texts = [
        q.id for q in instrument.questions if q.kind.is_text and q.visibility is Visibility.TEAM_IF_SHARED
    ]
    return tuple(sorted((id_, str(r.values[id_])) for r in responses for id_ in texts if id_ in r.values))
