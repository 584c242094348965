"""When a pair should be looked at, from named check-ins, without quoting anyone."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from mentoring.surveys.answers import Answers
from mentoring.surveys.instruments import Instrument, Question, QuestionKind, Visibility

LOW_RATING = 2
"""A rating of this or less is one: on a scale of five, the lower two say that something is wrong."""
MISMATCH_FROM = 2
"""Two people of a pair who are this far apart on the same question see two different pairs."""


class AttentionReason(StrEnum):
    """Why a pair stands on the coordinator's list."""

    LOW_RATING = "low_rating"
    MISMATCH = "mismatch"
    WANTS_A_WORD = "wants_a_word"


RATINGS = frozenset({AttentionReason.LOW_RATING, AttentionReason.MISMATCH})
"""Reasons that are ratings, which newer ratings replace."""


@dataclass(frozen=True)
class Given:
    """One person's checked answers to a named check-in."""

    person_id: int
    instrument: Instrument
    answers: Answers


@dataclass(frozen=True)
class Attention:
    """A pair to look at.

    Args:
        pair_id: The pair.
        reason: Why; neither what was asked nor what was answered.
        person_id: Who used the confidential line to the coordinator; None for ratings, which name nobody.
    """

    pair_id: int
    reason: AttentionReason
    person_id: int | None = None


def attention(pair_id: int, given: Sequence[Given]) -> tuple[Attention, ...]:
    """Say why a pair should be looked at, if it should.

    Low ratings and mismatches name no person, question or number. An answer on the confidential line names
    who gave it, since that person asked to be called. Anonymous surveys never count here.

    Args:
        pair_id: The pair.
        given: What its people last answered, at the same occasion.
    """
    named = [one for one in given if not one.instrument.anonymous]
    found = []
    if any(score <= LOW_RATING for one in named for score in _ratings(one).values()):
        found.append(Attention(pair_id, AttentionReason.LOW_RATING))
    if any(_apart(one, other) for one, other in combinations(named, 2) if one.person_id != other.person_id):
        found.append(Attention(pair_id, AttentionReason.MISMATCH))
    callers = sorted({one.person_id for one in named if wants_a_word(one.instrument, one.answers)})
    return (*found, *(Attention(pair_id, AttentionReason.WANTS_A_WORD, person_id) for person_id in callers))


def taken_back(
    people: Collection[int], given: Sequence[Given], found: Sequence[Attention]
) -> frozenset[AttentionReason]:
    """Say what earlier check-ins put on the list and this one does not: a newer rating that is fine.

    Only once everybody has rated again: were it gone with one person's answer, the list would tell whose
    rating it was. A call is not among these; whoever asked for one still waits.

    Args:
        people: Everybody of the pair.
        given: What they answered on this occasion.
        found: What it says about the pair.
    """
    rated = {one.person_id for one in given if not one.instrument.anonymous and _ratings(one)}
    if not rated >= {*people}:
        return frozenset()
    return RATINGS - {each.reason for each in found}


def counts_for_attention(question: Question) -> bool:
    """Say whether a low answer to a question of a named survey can put the pair on the list."""
    return question.kind is QuestionKind.RATING and question.visibility is not Visibility.OWN


def _ratings(given: Given) -> dict[str, int]:
    return {
        question.id: score
        for question in given.instrument.questions
        if counts_for_attention(question) and isinstance(score := given.answers.values.get(question.id), int)
    }


def _apart(one: Given, other: Given) -> bool:
    theirs = _ratings(other)
    return any(
        abs(score - theirs[id_]) >= MISMATCH_FROM for id_, score in _ratings(one).items() if id_ in theirs
    )


def wants_a_word(instrument: Instrument, answers: Answers) -> bool:
    """Whether somebody used the confidential line to the coordinator."""
    return any(
        question.id in answers.values
        for question in instrument.questions
        if question.visibility is Visibility.COORDINATOR
    )
