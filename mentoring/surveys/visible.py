"""Who may read which answer: the one place that decides, and it takes the reader."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from mentoring.surveys.answers import Answers
from mentoring.surveys.instruments import Instrument, Value, Visibility
from mentoring.surveys.requests import check_minimum_group


class AnswerReader(StrEnum):
    """Who reads, seen from the person who answered."""

    SELF = "self"
    """The person who answered."""
    COORDINATOR = "coordinator"
    """A coordinator of the program, or an owner: the program team."""
    NOBODY = "nobody"
    """Everybody else: partners, supervisors, sponsors, viewers."""


MAY_READ: Mapping[AnswerReader, frozenset[Visibility]] = {
    AnswerReader.SELF: frozenset(Visibility),
    AnswerReader.COORDINATOR: frozenset({Visibility.TEAM, Visibility.COORDINATOR}),
    AnswerReader.NOBODY: frozenset(),
}
"""What each may read with the person's name beside it. Notes that were ticked to share come on top."""


def visible_answers(instrument: Instrument, answers: Answers, reader: AnswerReader) -> dict[str, Value]:
    """What this reader may see of one person's answers to a named survey.

    Raises:
        ValueError: The survey is anonymous: nobody's answers to it are one person's.
    """
    if instrument.anonymous:
        raise ValueError(f"{instrument.id} is anonymous: it has no single person's answers")
    shared = answers.texts_shared(instrument) if reader is AnswerReader.COORDINATOR else {}
    return {
        question.id: answers.values[question.id]
        for question in instrument.questions
        if question.id in answers.values
        and (question.visibility in MAY_READ[reader] or question.id in shared)
    }


def visible_notes(
    instrument: Instrument, given: Sequence[Answers], reader: AnswerReader, minimum: int
) -> list[tuple[str, str]]:
    """Notes of an anonymous, closed survey that were ticked to share, as (question id, text), without names.

    They come from the promised number of answers upward, in alphabetical order, so that their place says
    nothing about who wrote them or when.
    """
    if reader is not AnswerReader.COORDINATOR or len(given) < check_minimum_group(minimum):
        return []
    return sorted(note for each in given for note in each.texts_shared(instrument).items())
