"""What the facts of a pair say about its past: signs of life, open questions, missed periods."""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

from mentoring.cadence import QUARTERLY, Period, Rhythm, period, period_of
from mentoring.hours import ONE_DAY, add_working_days
from mentoring.meetings import Meeting, MeetingState, disagree
from mentoring.nudges.facts import Ask, PairFacts, Participant, Pause, Phase
from mentoring.nudges.notices import FOR_COORDINATORS, QUESTIONS, Kind
from mentoring.nudges.numbers import (
    DID_YOU_MEET_WITHIN,
    MISSED_GRACE,
    QUESTION_STAYS_OPEN,
    UNANSWERED_BEFORE_HALVING,
)

LONG_AGO = datetime.min.replace(tzinfo=UTC)
"""Before anything that can have happened."""


def rhythm_now(facts: PairFacts) -> Rhythm:
    """The plan that counts: quarterly for casual pairs, whatever they had agreed on before."""
    if facts.phase is Phase.CASUAL and facts.casual_since is not None:
        return Rhythm(QUARTERLY, facts.casual_since, facts.rhythm.zone)
    return facts.rhythm


@lru_cache(maxsize=1024)
def periods_around(rhythm: Rhythm, now: datetime) -> tuple[Period, ...]:
    """The last period, the present one and the next; before the plan begins, its first two."""
    current = period_of(rhythm, now)
    index = current.index if current else 0
    return tuple(period(rhythm, each) for each in range(max(index - 1, 0), index + 2))


def turn_began(facts: PairFacts, at: datetime) -> datetime:
    """When the period began (UTC) that holds an instant; before the first, when the pair was announced."""
    current = period_of(facts.rhythm, at)
    return current.starts_at if current else facts.announced_at


@lru_cache(maxsize=4096)
def stamp(instant: datetime) -> str:
    """An instant in a key: UTC, to the minute."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")


def person(facts: PairFacts, person_id: int) -> Participant | None:
    """The participant with that id, if of this pair."""
    return next((each for each in facts.participants if each.person_id == person_id), None)


def working_days_later(facts: PairFacts, instant: datetime, days: int) -> datetime:
    """So many working days later for everybody of the pair (UTC): the latest of them."""
    return max([add_working_days(instant, days, each.calendar) for each in facts.participants])


def meetings_in(facts: PairFacts, one: Period) -> tuple[Meeting, ...]:
    """The meetings that belong to a period or take place in it.

    The first period takes in the day before it, on which the pair was announced or has signed.
    """
    if not facts.meetings:
        return ()
    key, begin, end = one.key, one.starts_at, one.ends_at
    if one.index == 0:
        begin -= ONE_DAY
    return tuple(each for each in facts.meetings if each.period_key == key or begin <= each.starts_at < end)


def was_held(meetings: tuple[Meeting, ...]) -> bool:
    """Whether any of them took place."""
    return bool(meetings) and any(each.state is MeetingState.HELD for each in meetings)


def lapses_at(facts: PairFacts, ask: Ask) -> datetime:
    """When a question that nobody answers stops being open (UTC)."""
    return working_days_later(facts, ask.asked_at, QUESTION_STAYS_OPEN)


def matter(ask: Ask) -> tuple[Kind, str]:
    """The question behind an ask: the second ask is the first one again."""
    return (Kind.DID_YOU_MEET if ask.kind is Kind.SECOND_ASK else ask.kind, ask.subject)


def is_settled(facts: PairFacts, ask: Ask) -> bool:
    """Whether a question has its answer, by a button or by what the pair has done since."""
    if ask.answered_at is not None or _answered_elsewhere(facts, ask):
        return True
    if ask.kind in {Kind.BOOK, Kind.CATCH_UP}:
        return any(_answers_booking(each, ask) for each in facts.meetings)
    if ask.kind in {Kind.DID_YOU_MEET, Kind.SECOND_ASK}:
        return _told(facts, ask)
    if ask.kind is Kind.SORT_OUT:
        return not any(disagree(each) and stamp(each.starts_at) == ask.subject for each in facts.meetings)
    return False


def waits_for_word(ask: Ask, meetings: Iterable[Meeting], now: datetime) -> bool:
    """Whether a question about a meeting, the newest of its pair, still wants an answer from one of them.

    A “not yet” settles the question for the ladder, and is no answer to the one that is asked after it.
    """
    if ask.answered_at is not None or now >= ask.asked_at + DID_YOU_MEET_WITHIN:
        return False
    if ask.subject == ask.period_key:
        return not _told_of_period(ask, meetings)
    about = [each for each in meetings if stamp(each.starts_at) == ask.subject]
    if ask.kind is Kind.SORT_OUT:
        return any(disagree(each) for each in about)
    return any(each.is_ahead and all(said.at < ask.asked_at for said in each.answers) for each in about)


def _answered_elsewhere(facts: PairFacts, ask: Ask) -> bool:
    """The same question to the other person, or asked before, was answered; private ones stand alone."""
    return ask.kind is not Kind.QUIET_CHECK and any(
        each.answered_at is not None and matter(each) == matter(ask) for each in facts.asks
    )


def _answers_booking(meeting: Meeting, ask: Ask) -> bool:
    # Also one that a slot plans: it was agreed on since, for nobody is asked to book beside a slot.
    return meeting.planned_at > ask.asked_at or meeting.period_key == ask.period_key


def _told(facts: PairFacts, ask: Ask) -> bool:
    if ask.subject == ask.period_key:
        return _told_of_period(ask, facts.meetings)
    waits = (
        each.is_ahead and not each.answers for each in facts.meetings if stamp(each.starts_at) == ask.subject
    )
    return not any(waits)


def _told_of_period(ask: Ask, meetings: Iterable[Meeting]) -> bool:
    return any(each.period_key == ask.period_key or _touched_at(each) > ask.asked_at for each in meetings)


def _touched_at(meeting: Meeting) -> datetime:
    """When a person last did or said something about a meeting; the plan's own doing is no sign of life."""
    said = [each.at for each in meeting.answers]
    if meeting.planned_by is not None:
        said.append(meeting.planned_at)
    return max(said, default=LONG_AGO)


@lru_cache(maxsize=8)
def questions(facts: PairFacts) -> tuple[Ask, ...]:
    """Everything asked that waits for an answer."""
    return tuple([each for each in facts.asks if each.kind in QUESTIONS]) if facts.asks else ()


class Unanswered(NamedTuple):
    """A question that has no answer yet, and when it lapses (UTC)."""

    ask: Ask
    lapses_at: datetime


@lru_cache(maxsize=8)
def unanswered(facts: PairFacts) -> tuple[Unanswered, ...]:
    """The questions nobody has answered; every rung and gate of a look asks for them."""
    asked = questions(facts)
    if not asked:
        return ()
    return tuple([Unanswered(each, lapses_at(facts, each)) for each in asked if not is_settled(facts, each)])


@lru_cache(maxsize=8)
def last_sign_of_life(facts: PairFacts) -> datetime:
    """When anybody of the pair last answered, planned or told anything (UTC).

    That a coordinator has dealt with a concern, or that it has gone, tells nothing of the two.
    """
    answered = (
        each.answered_at
        for each in facts.asks
        if each.answered_at is not None and each.kind not in FOR_COORDINATORS
    )
    touched = (_touched_at(each) for each in facts.meetings)
    return max((*answered, *touched), default=LONG_AGO)


def is_halved(facts: PairFacts, at: datetime) -> bool:
    """Whether the last two questions, both lapsed by then, have found nothing but silence."""
    waiting = unanswered(facts)
    if len(waiting) < UNANSWERED_BEFORE_HALVING:
        return False
    lapsed = [ask for ask, lapse in waiting if lapse <= at]
    if len(lapsed) < UNANSWERED_BEFORE_HALVING:
        return False
    since = last_sign_of_life(facts)
    silent = {matter(ask) for ask in lapsed if ask.asked_at > since}
    return len(silent) >= UNANSWERED_BEFORE_HALVING


def is_left_out(facts: PairFacts, rhythm: Rhythm, one: Period, at: datetime) -> bool:
    """Whether halving leaves this period in peace: every other one, the one before was asked about."""
    if one.index == 0 or not is_halved(facts, at):
        return False
    return _was_asked_about(facts, period(rhythm, one.index - 1))


def pauses_of(facts: PairFacts) -> tuple[Pause, ...]:
    """The pauses of the pair and of those who are still of it: who has left holds nobody."""
    if not facts.pauses:
        return ()
    owners = {None, *(each.person_id for each in facts.participants)}
    return tuple(each for each in facts.pauses if each.person_id in owners)


def is_paused_during(facts: PairFacts, begin: datetime, end: datetime) -> bool:
    """Whether a pause of the pair or of one of its people touches a span."""
    if not facts.pauses:
        return False
    return any(each.begins_at < end and begin < each.ends_at for each in pauses_of(facts))


def holding_pauses(facts: PairFacts, at: datetime) -> tuple[Pause, ...]:
    """The pauses that hold the pair at an instant; one person's pause holds the other too."""
    if not facts.pauses:
        return ()
    return tuple(each for each in pauses_of(facts) if each.begins_at <= at < each.ends_at)


@lru_cache(maxsize=8)
def missed_periods(facts: PairFacts, now: datetime) -> tuple[Period, ...]:
    """The periods without a meeting since they last met or said that they are fine, oldest first.

    The present period is among them as if it had ended without a meeting. Only periods that somebody was
    asked about count, or that passed while an older question stood open: when we said nothing (the service
    was down), nobody has missed anything. Pauses excuse what they touch.
    """
    current = period_of(facts.rhythm, now)
    fine_at = _last_said_fine(facts)
    missed: list[Period] = []
    for index in range(current.index if current else -1, -1, -1):
        one = period(facts.rhythm, index)
        end = one.ends_at
        meetings = meetings_in(facts, one)
        if was_held(meetings) or end <= fine_at:
            break
        if is_paused_during(facts, one.starts_at, end):
            continue
        if _was_asked(facts, one, end) or (meetings and any(not each.is_ahead for each in meetings)):
            missed.append(one)
    return tuple(reversed(missed))


def _was_asked(facts: PairFacts, one: Period, end: datetime) -> bool:
    if not questions(facts):
        return False
    return any(ask.asked_at < end for ask, _ in unanswered(facts)) or _was_asked_about(facts, one)


def _was_asked_about(facts: PairFacts, one: Period) -> bool:
    return any(each.period_key == one.key for each in questions(facts))


def _last_said_fine(facts: PairFacts) -> datetime:
    """When the last private check was answered; the coordinator's remedies answer it as well."""
    if not facts.asks:
        return LONG_AGO
    answers = [each.answered_at for each in facts.asks if each.kind is Kind.QUIET_CHECK and each.answered_at]
    return max(answers, default=LONG_AGO)


def last_met(facts: PairFacts) -> Meeting | None:
    """The latest meeting that took place."""
    held = [each for each in facts.meetings if each.state is MeetingState.HELD]
    return max(held, key=lambda each: each.starts_at, default=None)


def closes_missed(facts: PairFacts, one: Period) -> datetime:
    """When a period without a meeting counts as missed (UTC): somebody may still tell us for some days."""
    return working_days_later(facts, one.morning_after, MISSED_GRACE)
