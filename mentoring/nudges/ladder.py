"""The ladder: what is due for one pair now, what is left out on purpose, and when to look again."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from mentoring.cadence import Slot, period, period_of, planned_meetings
from mentoring.nudges.care import agreement, attention, no_agreement, pause_ends, quiet_check, welcome_back
from mentoring.nudges.due import Due, is_said, is_said_to_all, key_of, people_of
from mentoring.nudges.facts import PairFacts, PairState, Phase, recorded
from mentoring.nudges.gates import Placed, place
from mentoring.nudges.history import holding_pauses, rhythm_now
from mentoring.nudges.notices import (
    FOR_COORDINATORS,
    QUESTIONS,
    SOLICITED,
    Looked,
    Notice,
    Reason,
    Skip,
)
from mentoring.nudges.numbers import SLOTS_AHEAD
from mentoring.nudges.rungs import book, catch_up, did_you_meet, remind, second_ask, sort_out

Rung = Callable[[PairFacts, datetime], Iterator[Due]]

LADDER: tuple[Rung, ...] = (
    pause_ends,
    welcome_back,
    sort_out,
    quiet_check,
    remind,
    did_you_meet,
    second_ask,
    agreement,
    book,
    catch_up,
    no_agreement,
    attention,
)
"""All rungs, the most pressing first: what cannot wait goes before what can when a budget allows only one.

A private check goes before a reminder: it comes once in months, and a pair that means to meet every week has
so many reminders and questions that it would find no place but the day after a meeting.
"""


class Found(NamedTuple):
    """Everything of one pair, sorted by what became of it."""

    placed: tuple[Placed, ...]
    left_out: tuple[Due, ...]
    ready: Due | None = None
    """The most pressing of what may be said at once: a look that meets it goes no farther, but says it."""


def look(facts: PairFacts, now: datetime) -> Looked:
    """Find what has to be said about a pair now.

    Meetings of an agreed slot come first: when some are missing from the calendar, only they are returned,
    with `next_look_at` set to now, and the caller looks again once they are stored.

    Args:
        facts: The pair as stored.
        now: The instant (aware).

    Returns:
        Notices that may be sent at once (each fits hours, pauses, budget and open questions together with
        those before it), what is held back and why, and the instant before which nothing becomes due.
    """
    if closed(facts) is not None:
        return Looked((), (), (), None)
    missing = missing_slots(facts, now)
    if missing:
        return Looked((), (), missing, now)
    notices: list[Notice] = []
    moved: list[Skip] = []
    turn = _end_of_turn(facts, now)
    dues = candidates(facts, now)
    found = _sorted(facts, dues, now, turn)
    while found.ready is not None:
        skip = _was_moved(facts, found.ready, now)
        if skip is not None:
            moved.append(skip)
        notices.append(_notice(facts, found.ready, now))
        facts = remember(facts, notices[-1])
        if found.ready.kind in QUESTIONS:
            # Silence after a question is what some rungs go by; a message that asks nothing changes none.
            dues = candidates(facts, now)
        found = _sorted(facts, dues, now, turn)
    skipped = (*moved, *_held_back(facts, found, now))
    return Looked(tuple(notices), skipped, (), _next_look(found, now, turn))


def closed(facts: PairFacts) -> Reason | None:
    """Why nothing at all is said about a pair any more, if so."""
    if facts.state is PairState.ENDED:
        return Reason.ENDED
    if not all(each.active for each in facts.participants):
        return Reason.SOMEONE_LEFT
    return None


def missing_slots(facts: PairFacts, now: datetime) -> tuple[Slot, ...]:
    """Meetings the agreed slot plans in this period and the next few, and that are in no calendar yet.

    Slots inside a pause, or beyond the end of the pairing, are not planned.
    """
    rhythm = facts.rhythm
    if not rhythm.has_slot or facts.phase is Phase.CASUAL:
        return ()
    current = period_of(rhythm, now)
    horizon = period(rhythm, (current.index if current else 0) + SLOTS_AHEAD).ends_at
    until = horizon if facts.ends_at is None else min(horizon, facts.ends_at)
    planned = {each.period_key for each in facts.meetings}
    return tuple(
        slot
        for slot in planned_meetings(rhythm, now, until)
        if slot.period.key not in planned and not holding_pauses(facts, slot.starts_at)
    )


def remember(facts: PairFacts, notice: Notice) -> PairFacts:
    """The facts once a notice is written: its ask, and what its receivers have heard."""
    asks = (*facts.asks, recorded(notice))
    if notice.kind in FOR_COORDINATORS or notice.kind in SOLICITED:
        return facts.having(asks=asks)
    heard = [
        each.having_heard(notice.not_before) if each.person_id in notice.people else each
        for each in facts.participants
    ]
    if notice.kind in QUESTIONS:
        return facts.having(asks=asks, participants=tuple(heard))
    return facts.having_told(asks, tuple(heard))


def candidates(facts: PairFacts, now: datetime) -> list[Due]:
    """Everything the rungs find, the most pressing first, cut off where the formal pairing ends."""
    found = [due for rung in LADDER for due in rung(facts, now)]
    ends_at = facts.ends_at
    if ends_at is None or facts.phase is Phase.CASUAL:
        return found
    return [
        due if due.expires_at <= ends_at or due.kind in SOLICITED else _cut_off(due, ends_at)
        for due in found
        if due.due_at < ends_at or due.kind in SOLICITED
    ]


def _cut_off(due: Due, ends_at: datetime) -> Due:
    return due._replace(expires_at=ends_at, cut_by=Reason.ENDED)


def find(facts: PairFacts, now: datetime) -> Found:
    """Everything that is not said yet, with the time at which each may be."""
    return _sorted(facts, candidates(facts, now), now, None)


def _sorted(facts: PairFacts, dues: Iterable[Due], now: datetime, until: datetime | None) -> Found:
    """What is due before an instant and not said yet, by what becomes of it.

    With such an instant, what is due after `now` stands at its own time: a look has only to come back then,
    and asks the gates then.
    """
    placed: list[Placed] = []
    left_out: list[Due] = []
    for due in dues:
        if (until is not None and due.due_at >= until) or is_said_to_all(facts, due):
            continue
        if due.left_out is not None:
            if not is_said(facts, due):
                left_out.append(due)
            continue
        if until is not None and due.due_at > now:
            placed.append(Placed(due, due.due_at, None))
            continue
        for each in place(facts, due, now):
            if is_said(facts, each.due):
                continue
            placed.append(each)
            if until is not None and each.at == now:
                return Found(tuple(placed), tuple(left_out), each.due)
    return Found(tuple(placed), tuple(left_out))


def _notice(facts: PairFacts, due: Due, now: datetime) -> Notice:
    return Notice(
        due.kind,
        due.to,
        due.subject,
        key_of(facts, due),
        now,
        due.expires_at,
        due.ids,
        people_of(facts, due.to),
        due.period_key,
        due.why,
    )


def _was_moved(facts: PairFacts, due: Due, now: datetime) -> Skip | None:
    """What had held a notice back between its time and now: those who count want to know."""
    if due.due_at >= now:
        return None
    before = place(facts, due, due.due_at)[0]
    if before.moved_by is None:
        return None
    return Skip(due.kind, key_of(facts, due), before.moved_by, now)


def _held_back(facts: PairFacts, found: Found, now: datetime) -> list[Skip]:
    waiting = [
        Skip(due.kind, key_of(facts, due), moved_by, at)
        for due, at, moved_by in found.placed
        if moved_by is not None and due.due_at <= now
    ]
    left_out = [
        Skip(due.kind, key_of(facts, due), due.left_out)
        for due in found.left_out
        if due.left_out is not None and due.due_at <= now < due.expires_at
    ]
    return waiting + left_out


def _end_of_turn(facts: PairFacts, now: datetime) -> datetime:
    """The end of the present period, or the beginning of the first: here the ladder looks again in any case.

    The rungs see no farther than the next period, so that this is what keeps the promise of `next_look_at`.
    """
    rhythm = rhythm_now(facts)
    current = period_of(rhythm, now)
    return current.ends_at if current else period(rhythm, 0).starts_at


def _next_look(found: Found, now: datetime, turn: datetime) -> datetime:
    """The earliest instant at which anything could be due, said or left out."""
    soonest = turn
    for due, at, _ in found.placed:
        if now < due.due_at < soonest:
            soonest = due.due_at
        if at is not None and now < at < soonest:
            soonest = at
    for due in found.left_out:
        if now < due.due_at < soonest:
            soonest = due.due_at
    return soonest


def still_wanted(facts: PairFacts, notice: Notice, now: datetime) -> Reason | None:
    """Ask once more, just before a letter is sent, whether it should be.

    Args:
        facts: The pair as stored now; the notice's own ask may be among them.
        notice: What is about to be sent.
        now: The instant (aware).

    Returns:
        None when it should be sent, or the reason to cancel it.
    """
    reason = closed(facts)
    if reason is not None:
        return reason
    if now >= notice.expires_at:
        return Reason.TOO_LATE
    before = facts.having(asks=tuple(each for each in facts.asks if each.key != notice.key))
    same = [
        due for due in candidates(before, now) if (due.kind, due.subject) == (notice.kind, notice.subject)
    ]
    if not same:
        return Reason.NO_LONGER_TRUE
    # Two meetings at one minute share a subject, and only one of them may need asking about.
    if all(each.left_out is not None for each in same):
        return same[0].left_out
    if any(_is_answered(before, due) for due in same):
        return Reason.TOLD_ALREADY
    # A pause that began after the letter was written cancels it for good: its key is used up, and what is
    # next is part of the welcome after the pause.
    exempt = notice.kind in SOLICITED or notice.kind in FOR_COORDINATORS
    return Reason.PAUSED if holding_pauses(facts, now) and not exempt else None


def _is_answered(facts: PairFacts, due: Due) -> bool:
    return any(
        each.answered_at is not None and (each.kind, each.subject) == (due.kind, due.subject)
        for each in facts.asks
    )
