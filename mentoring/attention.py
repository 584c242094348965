"""The coordinators' list: which pairs need a look, most urgent first, and when a reason is gone by itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from mentoring.health import RECENT, Health, Level, Thresholds, level
from mentoring.nudges.care import lacks_agreement
from mentoring.nudges.facts import PairFacts
from mentoring.nudges.history import missed_periods
from mentoring.nudges.notices import FOR_COORDINATORS, Kind
from mentoring.nudges.numbers import MISSED_BEFORE_ATTENTION

URGENCY: tuple[Kind, ...] = (
    Kind.WANTS_HELP,
    Kind.WANTS_A_WORD,
    Kind.LOW_RATING,
    Kind.ATTENTION,
    Kind.MISMATCH,
    Kind.NO_AGREEMENT,
    Kind.LOW_HEALTH,
)
"""Most urgent first: a person who waits for an answer, then a pair that suffers, then one that fades."""

CALLS = frozenset({Kind.WANTS_HELP, Kind.WANTS_A_WORD})
"""Reasons that name a person, because that person asked to be called."""

TOGETHER = tuple(each for each in URGENCY if each not in CALLS)
"""Reasons for which many pairs can be dealt with in one act."""

RESPITE = timedelta(days=14)
"""After a coordinator has dealt with a pair, a low score alone does not bring it back at once."""

SNOOZE = timedelta(days=7)
"""How long “later” is: until the next Monday look, whenever it was pressed."""


@dataclass(frozen=True, slots=True)
class Concern:
    """One open reason to look at a pair.

    Args:
        kind: The reason.
        since: When it arose (UTC).
        person_id: Who asked to be called, where somebody did.
    """

    pair_id: int
    kind: Kind
    since: datetime
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One pair of the list, with all its reasons, most urgent first."""

    pair_id: int
    concerns: tuple[Concern, ...]

    @property
    def first(self) -> Concern:
        """The reason that counts."""
        return self.concerns[0]


def most_urgent_first(concerns: Iterable[Concern]) -> list[Item]:
    """Make the list: each pair once, by its most urgent reason, the longest waiting first."""
    by_pair: dict[int, list[Concern]] = {}
    for each in concerns:
        by_pair.setdefault(each.pair_id, []).append(each)
    items = [Item(pair_id, tuple(sorted(each, key=_rank))) for pair_id, each in by_pair.items()]
    return sorted(items, key=lambda item: (*_rank(item.first), item.pair_id))


def by_reason(concerns: Iterable[Concern]) -> dict[Kind, int]:
    """How many pairs need a look for each reason, most urgent first; a pair may have several reasons."""
    pairs: dict[Kind, set[int]] = {}
    for each in concerns:
        pairs.setdefault(each.kind, set()).add(each.pair_id)
    return {kind: len(pairs[kind]) for kind in URGENCY if kind in pairs}


def _rank(concern: Concern) -> tuple[int, datetime]:
    return URGENCY.index(concern.kind), concern.since


def gone(facts: PairFacts, found: Health, thresholds: Thresholds, now: datetime) -> frozenset[Kind]:
    """Reasons that no longer hold, whoever dealt with them: nobody should call a pair that has met since.

    A rating is gone when it says nothing about today any more, if no newer one has replaced it before. Who
    asked to be called is called: that never goes by itself.
    """
    fresh = {each.kind for each in facts.asks if each.answered_at is None and each.asked_at >= now - RECENT}
    held = {
        Kind.ATTENTION: len(missed_periods(facts, now)) >= MISSED_BEFORE_ATTENTION,
        Kind.NO_AGREEMENT: lacks_agreement(facts),
        Kind.LOW_HEALTH: level(found.score, thresholds) is Level.LOOK,
        Kind.LOW_RATING: Kind.LOW_RATING in fresh,
        Kind.MISMATCH: Kind.MISMATCH in fresh,
    }
    return frozenset(kind for kind, still in held.items() if not still)


def is_open(facts: PairFacts, kinds: Iterable[Kind] = FOR_COORDINATORS) -> bool:
    """Whether the pair stands on the list for one of these reasons."""
    wanted = set(kinds)
    return any(each.kind in wanted and each.answered_at is None for each in facts.asks)


def worth_a_look(facts: PairFacts, found: Health, thresholds: Thresholds, now: datetime) -> bool:
    """Whether a low score alone brings the pair onto the list: nothing else does, and nobody just looked."""
    if level(found.score, thresholds) is not Level.LOOK or is_open(facts):
        return False
    return not any(_looked_at(each.answered_at, now) for each in facts.asks if each.kind in FOR_COORDINATORS)


def _looked_at(answered_at: datetime | None, now: datetime) -> bool:
    return answered_at is not None and answered_at > now - RESPITE
