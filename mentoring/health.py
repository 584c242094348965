"""How a pair is doing, as far as facts tell: for coordinators alone, each part explained.

It is computed from what happened (meetings, buttons pressed, signatures), never from what anybody wrote, and
nobody in a pair ever sees it: a score would turn two people's time into a performance. Its one use is to say
whom a coordinator might call first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from mentoring.cadence import period, period_of
from mentoring.errors import Refusal
from mentoring.nudges.care import lacks_agreement
from mentoring.nudges.facts import PairFacts, PairState, Phase
from mentoring.nudges.history import (
    holding_pauses,
    is_paused_during,
    last_met,
    meetings_in,
    pauses_of,
    questions,
    unanswered,
    was_held,
)
from mentoring.nudges.notices import FROM_CHECK_INS
from mentoring.nudges.numbers import AGREEMENT_REMINDERS


class Part(StrEnum):
    """What the score is made of."""

    MEETINGS = "meetings"
    """Meetings held, against the rhythm the pair agreed on."""
    RECENCY = "recency"
    """How long ago they last met, in their own rhythm."""
    AGREEMENT = "agreement"
    """Whether they have an agreement, once it has had its time."""
    ANSWERS = "answers"
    """Whether they answer what they are asked."""
    CHECK_INS = "check_ins"
    """Whether a check-in gave reason for a look; no rating is read, they are shown in groups alone."""


WEIGHTS: Mapping[Part, int] = {
    Part.MEETINGS: 40,
    Part.RECENCY: 20,
    Part.AGREEMENT: 15,
    Part.ANSWERS: 15,
    Part.CHECK_INS: 10,
}
"""How much each part counts: meeting is what a pair is for. Parts of which nothing is known are left out."""

BEST = 100
ENOUGH = 50
"""What is known has to weigh this much: of a pair of last week one unanswered question is no verdict."""
PERIODS_BACK = 4
"""Periods of the pair's own rhythm that count: two months at every two weeks, long enough for one holiday."""
RECENT = timedelta(days=60)
"""Questions and check-ins older than this say nothing about today."""
FRESH_PERIODS, STALE_PERIODS = 1.5, 3.5
"""Periods since they last met: up to the first all is well, from the second on nothing is."""
FAINT = 0.6
"""Below this share a part is named as one that pulls the score down."""
MOST_NAMED = 2
"""Parts named in one line; the pair's card shows all."""
NOTEWORTHY = 10
"""A change smaller than this is noise: one unanswered question moves a score by less."""


class Measured(NamedTuple):
    """One part of the score.

    Args:
        part: Which.
        share: From 0 to 1; None where nothing is known yet.
        numbers: What it was computed from, for the sentence that explains it.
    """

    part: Part
    share: float | None
    numbers: Mapping[str, int]


class Health(NamedTuple):
    """A pair's health at one instant.

    Args:
        score: From 0 to 100; None while the pair is on a break, casual, ended, or too young to tell.
        parts: Every part, known or not, heaviest first.
    """

    score: int | None
    parts: tuple[Measured, ...]


class Level(StrEnum):
    """What a score means for a coordinator."""

    UNKNOWN = "unknown"
    FINE = "fine"
    WATCH = "watch"
    LOOK = "look"


class Trend(StrEnum):
    """Where a score is going, since the last week before this one in which the pair was looked at."""

    UNKNOWN = "unknown"
    BETTER = "better"
    STEADY = "steady"
    WORSE = "worse"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where the levels begin.

    Args:
        look: Below this a pair needs a look.
        fine: From this on it is fine; between the two it is watched.
    """

    look: int = 40
    fine: int = 70


DEFAULTS = Thresholds()


def read_thresholds(settings: Mapping[str, object]) -> Thresholds:
    """What a program has set, or the defaults."""
    kept = settings.get("health")
    if kept is None or not isinstance(kept, Mapping):
        return DEFAULTS
    return Thresholds(int(kept["look"]), int(kept["fine"]))


def check_thresholds(found: Thresholds) -> Thresholds:
    """Refuse levels that overlap.

    Raises:
        Refusal: With `field` one of look, fine.
    """
    if not 1 <= found.look < BEST:
        raise Refusal(f"Say a number from 1 to {BEST - 1}.", "look")
    if not found.look < found.fine <= BEST:
        raise Refusal(f"Say a number above {found.look}, up to {BEST}.", "fine")
    return found


def weakest(found: Health) -> tuple[Measured, ...]:
    """The parts that pull a score down most, heaviest first: what a coordinator could speak of.

    Check-ins are not among them: they stand on the list with a reason of their own.
    """
    faint = [
        (WEIGHTS[each.part] * (1 - each.share), each)
        for each in found.parts
        if each.share is not None and each.share < FAINT and each.part is not Part.CHECK_INS
    ]
    heaviest_first = sorted(faint, key=lambda each: each[0], reverse=True)
    return tuple(each for _, each in heaviest_first[:MOST_NAMED])


def level(score: int | None, thresholds: Thresholds) -> Level:
    """What a score means under a program's thresholds."""
    if score is None:
        return Level.UNKNOWN
    if score < thresholds.look:
        return Level.LOOK
    return Level.FINE if score >= thresholds.fine else Level.WATCH


def trend(score: int | None, before: int | None) -> Trend:
    """Whether a score has changed by enough to speak of."""
    if score is None or before is None:
        return Trend.UNKNOWN
    if abs(score - before) < NOTEWORTHY:
        return Trend.STEADY
    return Trend.BETTER if score > before else Trend.WORSE


_NO_PERIODS = Measured(Part.MEETINGS, None, MappingProxyType({"held": 0, "wanted": 0}))
_NOTHING_ASKED = Measured(Part.ANSWERS, None, MappingProxyType({"answered": 0, "asked": 0}))
_NO_FLAGS = Measured(Part.CHECK_INS, None, MappingProxyType({"flags": 0}))
"""Of young pairs nothing is known."""


def week_of(day: date) -> date:
    """The Monday of a day's week: scores are compared week by week."""
    return day - timedelta(days=day.weekday())


def health(facts: PairFacts, now: datetime) -> Health:
    """Measure a pair; every part says what it was computed from."""
    parts = (
        _meetings(facts, now),
        _recency(facts, now),
        _agreement(facts, now),
        _answers(facts, now),
        _check_ins(facts, now),
    )
    weight, whole = 0, 0.0
    for part, share, _ in parts:
        if share is not None:
            weight, whole = weight + WEIGHTS[part], whole + WEIGHTS[part] * share
    over = facts.state is PairState.ENDED or facts.phase is Phase.CASUAL
    if weight < ENOUGH or over or holding_pauses(facts, now):
        return Health(None, parts)
    return Health(round(BEST * whole / weight), parts)


def _meetings(facts: PairFacts, now: datetime) -> Measured:
    """Of the last periods of their rhythm, in how many did they meet? Pauses excuse what they touch.

    The present period counts once they have met in it, since it is not over.
    """
    current = period_of(facts.rhythm, now)
    last = current.index if current else -1
    wanted = held = 0
    for index in range(last, -1, -1):
        one = period(facts.rhythm, index)
        met = was_held(meetings_in(facts, one))
        if index == last and not met:
            continue
        if not met and is_paused_during(facts, one.starts_at, one.ends_at):
            continue
        wanted, held = wanted + 1, held + met
        if wanted == PERIODS_BACK:
            break
    return Measured(Part.MEETINGS, held / wanted, {"held": held, "wanted": wanted}) if wanted else _NO_PERIODS


def _recency(facts: PairFacts, now: datetime) -> Measured:
    """How many periods ago did they last meet, were introduced, or come back from a break?"""
    met = last_met(facts)
    since = max(met.starts_at, facts.announced_at) if met else facts.announced_at
    if facts.pauses:
        since = max([since, *[each.ends_at for each in pauses_of(facts) if each.ends_at <= now]])
    one = period(facts.rhythm, 0)
    length = one.ends_at - one.starts_at
    ago = (now - since) / length
    share = min(1.0, max(0.0, (STALE_PERIODS - ago) / (STALE_PERIODS - FRESH_PERIODS)))
    numbers = {"met": int(met is not None), "days": max(0, (now - since).days)}
    return Measured(Part.RECENCY, share if met or ago > 1 else None, numbers)


def _agreement(facts: PairFacts, now: datetime) -> Measured:
    """Is there an agreement, once both reminders have had their time?"""
    missing = lacks_agreement(facts)
    early = now < facts.announced_at + AGREEMENT_REMINDERS[-1]
    share = None if not facts.agreement_expected or (missing and early) else float(not missing)
    return Measured(Part.AGREEMENT, share, {"agreed": int(facts.agreed)})


def _answers(facts: PairFacts, now: datetime) -> Measured:
    """Of what they were asked of late and can no longer answer, how much did they answer?"""
    asked = questions(facts)
    if not asked:
        return _NOTHING_ASKED
    since, silent = now - RECENT, {ask.key: lapses_at for ask, lapses_at in unanswered(facts)}
    recent = [each for each in asked if each.asked_at >= since]
    over = [each for each in recent if each.key not in silent or silent[each.key] <= now]
    answered = sum([each.key not in silent for each in over])
    return Measured(
        Part.ANSWERS, answered / len(over) if over else None, {"answered": answered, "asked": len(over)}
    )


def _check_ins(facts: PairFacts, now: datetime) -> Measured:
    """Did a check-in give reason for a look of late? Silence about it says nothing, and is left out."""
    if not facts.asks:
        return _NO_FLAGS
    said = [each for each in facts.asks if each.kind in FROM_CHECK_INS and each.answered_at is None]
    flags = sum([each.asked_at >= now - RECENT for each in said])
    return Measured(Part.CHECK_INS, 0.0 if flags else None, {"flags": flags})
