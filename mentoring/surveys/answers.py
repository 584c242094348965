"""Checking what came back: every refusal is a sentence on the question at fault, and nothing is half-kept."""

import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from mentoring.errors import Refusal
from mentoring.surveys.instruments import (
    NPS_HIGHEST,
    NPS_LOWEST,
    RATING_HIGHEST,
    RATING_LOWEST,
    Instrument,
    Question,
    QuestionKind,
    Value,
    questions_to_ask,
)

SHORT_LIMIT = 150
"""Characters in a one-line answer: what fits a phone screen in two lines."""
LONG_LIMIT = 3000
"""Characters in a free note: the most Slack's text field takes."""
NUMBER_LIMIT = 1_000_000_000
"""Beyond this a number is a slip of the finger, whatever was asked."""
EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
"""A date outside these years is a slip of the finger."""

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class Answers:
    """Checked answers, by question id.

    Args:
        values: Only questions that were asked and answered.
        shared: Ids of the free texts the person ticked "share" for.
    """

    values: Mapping[str, Value]
    shared: frozenset[str] = frozenset()

    def __repr__(self) -> str:
        """Name the questions alone: an answer that stands in a log is not private."""
        return f"Answers({', '.join(self.values)})"

    def to_store(self, instrument: Instrument) -> dict[str, object]:
        """Give the values as JSON can hold them; `check_answers` reads them back.

        An unshared note to an anonymous survey is left out: no one may read it, not even its writer,
        since nothing leads back to them. A named one stays theirs to see and to delete.
        """
        texts = {question.id for question in instrument.questions if question.kind.is_text}
        dropped = texts - self.shared if instrument.anonymous else set()
        return {key: _as_json(value) for key, value in self.values.items() if key not in dropped}

    def texts_shared(self, instrument: Instrument) -> dict[str, str]:
        """Give the free texts the program team may read: those ticked, and no others."""
        return {
            question.id: str(self.values[question.id])
            for question in instrument.questions
            if question.kind.is_text and question.id in self.shared and question.id in self.values
        }


def _as_json(value: Value) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def check_answers(instrument: Instrument, raw: Mapping[str, object], shared: Collection[str] = ()) -> Answers:
    """Turn what a form (or the database) holds into checked answers.

    An empty answer counts as none. An answer to a question that no longer applies, because an earlier
    answer was changed, is left out. Markup in a text stays as typed: whoever shows it escapes it.

    Args:
        instrument: The version the person was shown.
        raw: By question id: numbers as int, float or str, dates as date or ISO text, choices as ids.
        shared: Ids of the texts ticked "share"; others are ignored.

    Raises:
        Refusal: With the question's id as `field`.
    """
    for question_id in raw:
        if instrument.question(question_id) is None:
            raise Refusal(
                "This question is not part of the survey. Open the survey again to answer it.", question_id
            )
    values: dict[str, Value] = {}
    for question in instrument.questions:
        given = raw.get(question.id)
        if given is None or given in ("", [], ()) or not _applies(instrument, question, values):
            continue
        value = _checked(question, given)
        if value != "":
            values[question.id] = value
    for question in questions_to_ask(instrument, values):
        if question.required and question.id not in values:
            raise Refusal("Please answer this one before you send.", question.id)
    texts = {q.id for q in instrument.questions if q.kind.is_text}
    return Answers(MappingProxyType(values), frozenset(shared) & texts & values.keys())


def _applies(instrument: Instrument, question: Question, values: Mapping[str, Value]) -> bool:
    return question in questions_to_ask(instrument, values)


def _checked(question: Question, given: object) -> Value:
    value: Value
    match question.kind:
        case QuestionKind.RATING:
            value = _whole(question, given, RATING_LOWEST, RATING_HIGHEST)
        case QuestionKind.NPS:
            value = _whole(question, given, NPS_LOWEST, NPS_HIGHEST)
        case QuestionKind.CHOICE:
            value = _one_option(question, given)
        case QuestionKind.CHOICES:
            value = _options(question, given)
        case QuestionKind.NUMBER:
            value = _number(question, given)
        case QuestionKind.DATE:
            value = _date(question, given)
        case QuestionKind.SHORT:
            value = _text(question, given, SHORT_LIMIT)
        case QuestionKind.LONG:
            value = _text(question, given, LONG_LIMIT)
    return value


def _parsed(given: object) -> float | None:
    if isinstance(given, bool) or not isinstance(given, int | float | str):
        return None
    try:
        number = float(given)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _whole(question: Question, given: object, lowest: int, highest: int) -> int:
    number = _parsed(given)
    if number is None or not number.is_integer() or not lowest <= number <= highest:
        raise Refusal(f"Pick a whole number from {lowest} to {highest}.", question.id)
    return int(number)


def _number(question: Question, given: object) -> int | float:
    number = _parsed(given)
    if number is None:
        raise Refusal("That is not a number. Use digits only, such as 3 or 2.5.", question.id)
    lowest = -NUMBER_LIMIT if question.minimum is None else question.minimum
    highest = NUMBER_LIMIT if question.maximum is None else question.maximum
    if number < lowest:
        raise Refusal(f"That is too low. Use {lowest:g} or more.", question.id)
    if number > highest:
        raise Refusal(f"That is too high. Use {highest:g} or less.", question.id)
    return int(number) if number.is_integer() else number


def _date(question: Question, given: object) -> date:
    try:
        day = given if isinstance(given, date) else date.fromisoformat(str(given))
    except ValueError:
        raise Refusal("That is not a date. Pick one from the calendar.", question.id) from None
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise Refusal("That year looks like a slip. Pick the date from the calendar.", question.id)
    return date(day.year, day.month, day.day)


def _one_option(question: Question, given: object) -> str:
    if not isinstance(given, str) or given not in {option.id for option in question.options}:
        raise Refusal("That is not one of the choices. Pick one from the list.", question.id)
    return given


def _options(question: Question, given: object) -> tuple[str, ...]:
    if isinstance(given, str) or not isinstance(given, Collection):
        raise Refusal("Pick from the list.", question.id)
    picked = set(given)
    if not picked <= {option.id for option in question.options}:
        raise Refusal("One of these is not a choice. Pick from the list.", question.id)
    return tuple(option.id for option in question.options if option.id in picked)


def _text(question: Question, given: object, limit: int) -> str:
    if not isinstance(given, str):
        raise Refusal("Please answer in words.", question.id)
    text = _UNPRINTABLE.sub("", given).strip()
    if len(text) > limit:
        over = len(text) - limit
        raise Refusal(
            f"That is {len(text):,} characters and {limit:,} fit. Please shorten it by {over:,}.", question.id
        )
    return text


def answers_so_far(instrument: Instrument, raw: Mapping[str, object]) -> dict[str, Value]:
    """Keep what is usable of a form that is still being filled in, to choose which questions follow."""
    values: dict[str, Value] = {}
    for question in instrument.questions:
        given = raw.get(question.id)
        if given is None:
            continue
        try:
            values[question.id] = _checked(question, given)
        except Refusal:
            # The person is still at it; sending the form is when they are told.
            continue
    return values
