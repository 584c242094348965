"""Things to be said: what, to whom, from when until when, and the key that makes each of them once-only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from mentoring.cadence import Slot
from mentoring.notices import ToPair, ToPerson


class Kind(StrEnum):
    """What a notice is about; each kind has one template."""

    AGREEMENT = "agreement_reminder"
    """Set up your agreement, or sign the one that waits for you."""
    NO_AGREEMENT = "no_agreement"
    """For the coordinator: this pair has no agreement."""
    BOOK = "book"
    """Nothing is planned for this period: when suits?"""
    REMIND = "meeting_due"
    """The working day before a planned meeting."""
    DID_YOU_MEET = "did_you_meet"
    """After a meeting, or after a period in which none was planned."""
    SECOND_ASK = "second_ask"
    """The same question, once more, then silence."""
    SORT_OUT = "sort_out"
    """One says that they met, the other that they did not."""
    QUIET_CHECK = "quiet_check"
    """After missed periods, to each privately: what would help?"""
    ATTENTION = "attention"
    """For the coordinator: this pair has gone quiet."""
    LOW_RATING = "low_rating"
    """For the coordinator: somebody of this pair rated it low in a check-in; not who, nor what."""
    MISMATCH = "mismatch"
    """For the coordinator: the two see their pair very differently."""
    WANTS_A_WORD = "wants_a_word"
    """For the coordinator: somebody asked to be called, on the confidential line of a check-in."""
    WANTS_HELP = "wants_help"
    """For the coordinator: somebody pressed “Talk to the coordinator”."""
    LOW_HEALTH = "low_health"
    """For the coordinator: the facts of this pair add up to something, though none of them alone does."""
    PAUSE_ENDS = "pause_ends"
    """Your pause is about to end."""
    WELCOME_BACK = "welcome_back"
    """You are back; here is what is next."""
    CATCH_UP = "catch_up"
    """Casual pairs that asked for it: once a quarter, would you like to meet?"""


QUESTIONS = frozenset(
    {
        Kind.BOOK,
        Kind.DID_YOU_MEET,
        Kind.SECOND_ASK,
        Kind.SORT_OUT,
        Kind.QUIET_CHECK,
        Kind.CATCH_UP,
    }
)
"""Kinds that wait for an answer; a person has at most one of them open."""

ABOUT_A_MEETING = frozenset({Kind.DID_YOU_MEET, Kind.SECOND_ASK, Kind.SORT_OUT})
"""Questions that are answered by what became of a meeting."""

SOLICITED = frozenset({Kind.PAUSE_ENDS, Kind.WELCOME_BACK})
"""What a person asked for by setting a pause: it is promised there and not counted as unsolicited."""


class Beside(StrEnum):
    """What a pair hears beside the ladder: seldom, in the life of its program."""

    GUIDE = "guide"
    """A phase opens, the program ends: guides, thanks, and whether to go on."""
    SURVEY = "survey"
    """Something the program asks by itself."""


FROM_CHECK_INS = frozenset({Kind.LOW_RATING, Kind.MISMATCH, Kind.WANTS_A_WORD})
"""What named check-ins say about a pair; written when an answer comes in, never by the ladder."""

FOR_COORDINATORS = (
    frozenset({Kind.NO_AGREEMENT, Kind.ATTENTION, Kind.WANTS_HELP, Kind.LOW_HEALTH}) | FROM_CHECK_INS
)
"""Items of the attention list: no message to the pair, so neither hours nor budget apply."""

SAID_BY_THE_LADDER = frozenset(Kind) - FOR_COORDINATORS
"""Kinds the ladder says to a pair, in the very moment they may be said, each with its ask."""


@dataclass(frozen=True)
class ToCoordinators:
    """The coordinators of the pair's program."""

    pair_id: int


Receiver = ToPair | ToPerson | ToCoordinators


class Reason(StrEnum):
    """Why something is not said now, or not at all; counted and shown."""

    QUIET_HOURS = "quiet_hours"
    """Outside the working hours, holidays or do-not-disturb of a receiver: moved."""
    AWAY = "away"
    """A receiver is away: moved."""
    PAUSED = "paused"
    """The pair or one of the two is paused: moved behind the pause."""
    BUDGET = "budget"
    """A receiver has heard enough today or this week: moved."""
    OPEN_QUESTION = "open_question"
    """A receiver still has a question open: moved."""
    MERGED = "merged"
    """A later matter of the same kind says it all."""
    MET_ALREADY = "met_already"
    """They met in this period."""
    PLANNED_ALREADY = "planned_already"
    """A meeting of this period stands in the calendar."""
    JUST_PLANNED = "just_planned"
    """They chose this time so shortly before it that they know."""
    TOLD_ALREADY = "told_already"
    """Somebody of the pair has told us."""
    HALVED = "halved"
    """Two questions in a row found no answer: every second period is left out."""
    NOT_OPTED_IN = "not_opted_in"
    """A casual pair that did not ask for the quarterly hello."""
    TOO_LATE = "too_late"
    """Its moment has passed."""
    ENDED = "ended"
    """The pairing is over."""
    SOMEONE_LEFT = "someone_left"
    """Somebody of the pair is no longer in the workspace."""
    TOO_FEW = "too_few"
    """So few could answer that nothing they say would ever be shown."""
    NO_LONGER_TRUE = "no_longer_true"
    """The reason for it has gone."""


class Notice(NamedTuple):
    """One thing to be said now; a tuple, as all that a look makes for every pair.

    Args:
        kind: What it is about.
        to: Who hears it.
        subject: What exactly within the kind: a period, a meeting's time, a date.
        key: Once-only, e.g. `meeting_due:pair 17:2026-03-05T20:00Z`.
        not_before: The earliest instant to send it (UTC): it was inside everybody's hours when written.
        expires_at: From here on it must not be sent (UTC).
        ids: What the template looks up; ids and dates only, JSON-able.
        people: The person ids that hear it; none for coordinators.
        period_key: The period of the plan it belongs to, if any.
        why: A short machine reason for the transcript.
    """

    kind: Kind
    to: Receiver
    subject: str
    key: str
    not_before: datetime
    expires_at: datetime
    ids: Mapping[str, int | str]
    people: tuple[int, ...]
    period_key: str | None
    why: str


class Skip(NamedTuple):
    """Something that is due and not said; one record for each key and reason is enough to count them.

    Args:
        rung: The kind held back: one of the ladder's, or what stands beside it.
        key: The once-only key it would have had.
        reason: Why.
        until: When it will be said instead (UTC); None when it will not be said.
    """

    rung: StrEnum
    key: str
    reason: Reason
    until: datetime | None = None


class Looked(NamedTuple):
    """What one look at a pair found.

    Args:
        notices: To be written as letters in this transaction.
        skipped: Due, and on purpose not said now.
        to_plan: Meetings of the agreed slot to be stored in this transaction, as planned by nobody.
        next_look_at: Nothing becomes due before this instant unless a fact changes; None: never.
    """

    notices: tuple[Notice, ...]
    skipped: tuple[Skip, ...]
    to_plan: tuple[Slot, ...]
    next_look_at: datetime | None
