"""The ladder for meetings: book, remind, did you meet, second ask, sort out; and the casual hello.

A rung reads facts and says what is due when, or why it leaves something out. It knows nothing of hours,
budgets and pauses of the receiver: that is for the gates.
"""

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from operator import attrgetter

from mentoring.agreements import Rescheduler
from mentoring.cadence import MORNING, Period, Rhythm, period
from mentoring.hours import ONE_DAY, local_day, to_instant, working_day_before
from mentoring.kinds import Role
from mentoring.meetings import Meeting, MeetingState, Said, disagree
from mentoring.notices import ToPerson
from mentoring.nudges.due import Due
from mentoring.nudges.facts import Ask, PairFacts, Phase
from mentoring.nudges.history import (
    is_halved,
    is_left_out,
    is_paused_during,
    is_settled,
    lapses_at,
    meetings_in,
    pauses_of,
    periods_around,
    questions,
    rhythm_now,
    stamp,
    turn_began,
    was_held,
    working_days_later,
)
from mentoring.nudges.notices import Kind, Reason, Receiver
from mentoring.nudges.numbers import (
    AGREEMENT_GRACE,
    BOOK_AFTER_A_BUTTON,
    CASUAL_STARTS_AFTER,
    DID_YOU_MEET_WITHIN,
    QUESTION_STAYS_OPEN,
    SECOND_ASK_WITHIN,
    SORT_OUT_WITHIN,
)


def book(facts: PairFacts, now: datetime) -> Iterator[Due]:
    """Nothing is planned for a period, and no slot plans it: ask once whoever finds the time, or both."""
    if facts.phase is Phase.CASUAL or facts.rhythm.has_slot:
        return
    to = _who_books(facts)
    for one in periods_around(facts.rhythm, now):
        due_at = _book_due_at(facts, one, now)
        if due_at >= one.ends_at:
            continue
        yield Due(
            Kind.BOOK,
            one.key,
            due_at,
            one.ends_at,
            to,
            "nothing is planned for this period",
            one.key,
            {"pair_id": facts.pair_id, "last_day": one.last_key},
            _need_not_book(facts, one, due_at, now),
        )


def _book_due_at(facts: PairFacts, one: Period, now: datetime) -> datetime:
    """The first morning of a period; later where a letter has just carried the same button.

    Also where new terms wait for a signature: they may say when the two meet.
    """
    due_at = one.first_morning if one.index else one.first_morning + BOOK_AFTER_A_BUTTON
    if facts.proposed_at is not None:
        due_at = max(due_at, working_days_later(facts, facts.proposed_at, AGREEMENT_GRACE))
    if facts.pauses:
        welcomes = [each.ends_at for each in pauses_of(facts) if each.ends_at <= now]
        due_at = max([due_at, *[each + BOOK_AFTER_A_BUTTON for each in welcomes]])
    return due_at


def _need_not_book(facts: PairFacts, one: Period, due_at: datetime, now: datetime) -> Reason | None:
    meetings = meetings_in(facts, one)
    if meetings:
        if was_held(meetings):
            return Reason.MET_ALREADY
        return Reason.PLANNED_ALREADY if any(each.is_ahead for each in meetings) else Reason.TOLD_ALREADY
    if one.index == 0 or not is_halved(facts, due_at):
        return None
    in_peace = is_left_out(facts, facts.rhythm, one, due_at) or _is_looked_back_on(facts, one, now)
    return Reason.HALVED if in_peace else None


def _is_looked_back_on(facts: PairFacts, one: Period, now: datetime) -> bool:
    """Whether halving leaves a period in peace because the one before it is about to be asked about.

    After the clock stood still neither was, and both come due together: the older question goes first, though
    it may have to wait for an hour that all of them share.
    """
    before = period(facts.rhythm, one.index - 1)
    return any(
        each.period_key == before.key and each.left_out is None and now < each.expires_at
        for each in did_you_meet(facts, now)
    )


def _who_books(facts: PairFacts) -> Receiver:
    """The one with the duty; the whole pair where it is shared or several people carry it."""
    if facts.rescheduler is Rescheduler.BOTH:
        return facts.together
    role = Role.MENTOR if facts.rescheduler is Rescheduler.MENTOR else Role.MENTEE
    carriers = [each.person_id for each in facts.participants if each.role is role]
    return ToPerson(carriers[0]) if len(carriers) == 1 else facts.together


def remind(facts: PairFacts, now: datetime) -> Iterator[Due]:
    """One working day before a planned meeting."""
    for meeting in facts.meetings:
        if meeting.starts_at <= now or not meeting.is_ahead:
            continue
        due_at = working_day_before(meeting.starts_at, [each.calendar for each in facts.participants])
        yield Due(
            Kind.REMIND,
            stamp(meeting.starts_at),
            due_at,
            meeting.starts_at,
            facts.together,
            "the meeting is one working day away",
            meeting.period_key,
            {"pair_id": facts.pair_id, "meeting_id": meeting.id},
            _need_no_reminder(facts, meeting, due_at),
        )


def _need_no_reminder(facts: PairFacts, meeting: Meeting, due_at: datetime) -> Reason | None:
    if meeting.planned_at >= due_at:
        return Reason.JUST_PLANNED
    if meeting.planned_by is None and _period_is_left_out(facts, meeting.period_key, due_at):
        return Reason.HALVED
    return None


def did_you_meet(facts: PairFacts, now: datetime) -> Iterator[Due]:
    """The morning after a meeting, or after a period with none planned. The later cuts the earlier.

    Of two meetings on one day the earlier is asked about first, and the other once there is an answer: nobody
    who is silent about the one is asked about the other.
    """
    if facts.phase is Phase.CASUAL:
        return
    # Nobody counts what is left unasked about a meeting so long ago.
    found = [
        each
        for each in _questions_since(facts, turn_began(facts, now))
        if each.expires_at > now or each.subject == each.period_key
    ]
    later: int | None = None
    for number in range(len(found) - 1, -1, -1):
        each = found[number]
        if later is not None and found[later].due_at == each.due_at:
            if each.left_out is None:
                found[later] = found[later]._replace(left_out=Reason.MERGED)
        elif later is not None and found[later].due_at < each.expires_at:
            found[number] = each._replace(expires_at=found[later].due_at, cut_by=Reason.MERGED)
        # What is left out asks nothing, so it cannot stand in for an earlier question either.
        if each.left_out is None:
            later = number
    yield from found


@lru_cache(maxsize=8)
def _questions_since(facts: PairFacts, begun: datetime) -> tuple[Due, ...]:
    """All there is to ask about meetings in the period that has begun; the rung and a gate go by it."""
    found = (*_after_meetings(facts, begun), *_after_periods(facts, begun))
    return tuple(sorted(found, key=attrgetter("due_at")))


def _after_meetings(facts: PairFacts, now: datetime) -> Iterator[Due]:
    for meeting in facts.meetings:
        day = local_day(facts.rhythm.zone, meeting.ends_at)
        due_at = to_instant(day + ONE_DAY, MORNING, facts.rhythm.zone)
        expires_at = due_at + DID_YOU_MEET_WITHIN
        if meeting.state is MeetingState.SKIPPED or expires_at <= now:
            continue
        yield Due(
            Kind.DID_YOU_MEET,
            stamp(meeting.starts_at),
            due_at,
            expires_at,
            facts.together,
            "a planned meeting is over",
            meeting.period_key,
            {"pair_id": facts.pair_id, "meeting_id": meeting.id},
            _need_not_ask(facts, meeting, due_at),
        )


def _need_not_ask(facts: PairFacts, meeting: Meeting, due_at: datetime) -> Reason | None:
    if meeting.state is MeetingState.HELD:
        return Reason.MET_ALREADY
    if meeting.answers or not meeting.is_ahead:
        return Reason.TOLD_ALREADY
    if is_paused_during(facts, meeting.starts_at, meeting.ends_at):
        return Reason.PAUSED
    if meeting.planned_by is None and _period_is_left_out(facts, meeting.period_key, due_at):
        return Reason.HALVED
    return None


def _after_periods(facts: PairFacts, now: datetime) -> Iterator[Due]:
    """Pairs that book each time may have met without telling us."""
    if facts.rhythm.has_slot:
        return
    for one in periods_around(facts.rhythm, now):
        due_at = one.morning_after
        meetings = meetings_in(facts, one)
        if meetings and any(each.is_ahead for each in meetings):
            continue
        yield Due(
            Kind.DID_YOU_MEET,
            one.key,
            due_at,
            due_at + DID_YOU_MEET_WITHIN,
            facts.together,
            "a period without a planned meeting is over",
            one.key,
            {"pair_id": facts.pair_id, "first_day": one.key, "last_day": one.last_key},
            _need_not_ask_about(facts, one, meetings, due_at),
        )


def _need_not_ask_about(
    facts: PairFacts, one: Period, meetings: tuple[Meeting, ...], due_at: datetime
) -> Reason | None:
    if meetings:
        return Reason.MET_ALREADY if was_held(meetings) else Reason.TOLD_ALREADY
    asked = questions(facts)
    if asked and any(_has_answered_booking(each, one) for each in asked):
        return Reason.TOLD_ALREADY
    if is_paused_during(facts, one.first_morning, due_at):
        return Reason.PAUSED
    return Reason.HALVED if is_left_out(facts, facts.rhythm, one, due_at) else None


def _has_answered_booking(ask: Ask, one: Period) -> bool:
    return ask.kind is Kind.BOOK and ask.period_key == one.key and ask.answered_at is not None


def _period_is_left_out(facts: PairFacts, period_key: str, due_at: datetime) -> bool:
    return is_halved(facts, due_at) and any(
        one.key == period_key and is_left_out(facts, facts.rhythm, one, due_at)
        for one in periods_around(facts.rhythm, due_at)
    )


def second_ask(facts: PairFacts, now: datetime) -> Iterator[Due]:
    """Once more after three working days of silence (or of “not yet”), then never again."""
    first_asks = [each for each in facts.asks if each.kind is Kind.DID_YOU_MEET]
    if facts.phase is Phase.CASUAL or not first_asks:
        return
    # Only the newest question is asked twice: an older one has been overtaken, and is by one that is due.
    latest = max(first_asks, key=lambda each: each.asked_at)
    same = [each for each in first_asks if each.subject == latest.subject]
    due_at = _second_is_due(facts, same)
    if due_at is None or due_at + SECOND_ASK_WITHIN <= now:
        return
    expires_at, overtaken_at = due_at + SECOND_ASK_WITHIN, _overtaken_at(facts, latest, now)
    is_overtaken = overtaken_at is not None and overtaken_at < expires_at
    yield Due(
        Kind.SECOND_ASK,
        latest.subject,
        due_at,
        overtaken_at if overtaken_at is not None and is_overtaken else expires_at,
        facts.together,
        "three working days without an answer",
        latest.period_key,
        {"pair_id": facts.pair_id, "asked_on": stamp(latest.asked_at), **_subject_of(facts, latest)},
        Reason.HALVED if is_halved(facts, min(each.asked_at for each in same)) else None,
        Reason.MERGED if is_overtaken else Reason.TOO_LATE,
    )


def _overtaken_at(facts: PairFacts, asked: Ask, now: datetime) -> datetime | None:
    """When the next question about a meeting is due (UTC), so that nobody is asked about two at a time."""
    later = (
        each.due_at
        for each in did_you_meet(facts, now)
        if each.left_out is None and each.subject != asked.subject and each.due_at > asked.asked_at
    )
    return min(later, default=None)


def _second_is_due(facts: PairFacts, asks: list[Ask]) -> datetime | None:
    not_yet = [
        said.at
        for meeting in facts.meetings
        if meeting.is_ahead and stamp(meeting.starts_at) == asks[0].subject
        for said in meeting.answers
        if said.said is Said.NOT_YET
    ]
    if not_yet:
        return working_days_later(facts, max(not_yet), QUESTION_STAYS_OPEN)
    if any(is_settled(facts, each) for each in asks):
        return None
    return max(lapses_at(facts, each) for each in asks)


def _subject_of(facts: PairFacts, ask: Ask) -> dict[str, int | str]:
    """What a question was about: its meeting, or the days of its period, which an answer goes by."""
    if ask.subject == ask.period_key:
        around = periods_around(facts.rhythm, ask.asked_at)
        # Where new terms have cut time otherwise since, it was about the days until it was asked.
        asked_on = local_day(facts.rhythm.zone, ask.asked_at).isoformat()
        last = next((each.last_key for each in around if each.key == ask.subject), asked_on)
        return {"first_day": ask.subject, "last_day": last}
    found = next((each for each in facts.meetings if stamp(each.starts_at) == ask.subject), None)
    return {} if found is None else {"meeting_id": found.id}


def sort_out(facts: PairFacts, now: datetime) -> Iterator[Due]:
    """One says that they met, the other that they did not: both are asked once, kindly."""
    for meeting in facts.meetings:
        if not disagree(meeting):
            continue
        due_at = max(each.at for each in meeting.answers)
        if due_at + SORT_OUT_WITHIN <= now:
            continue
        yield Due(
            Kind.SORT_OUT,
            stamp(meeting.starts_at),
            due_at,
            due_at + SORT_OUT_WITHIN,
            facts.together,
            "the two answers differ",
            meeting.period_key,
            {"pair_id": facts.pair_id, "meeting_id": meeting.id},
        )


def catch_up(facts: PairFacts, now: datetime) -> Iterator[Due]:
    """Casual pairs that asked for it: once a quarter, would you like to meet?"""
    if facts.phase is not Phase.CASUAL or facts.casual_since is None:
        return
    rhythm = rhythm_now(facts)
    for one in (*periods_around(rhythm, now), period(rhythm, CASUAL_STARTS_AFTER)):
        if one.index < CASUAL_STARTS_AFTER or one.ends_at <= now:
            continue
        due_at = one.first_morning
        yield Due(
            Kind.CATCH_UP,
            one.key,
            due_at,
            one.ends_at,
            facts.together,
            "a quarter has begun",
            one.key,
            {"pair_id": facts.pair_id},
            left_out=_need_no_hello(facts, rhythm, one, due_at),
        )


def _need_no_hello(facts: PairFacts, rhythm: Rhythm, one: Period, due_at: datetime) -> Reason | None:
    if not facts.casual_opted_in:
        return Reason.NOT_OPTED_IN
    meetings = meetings_in(facts, one)
    if was_held(meetings):
        return Reason.MET_ALREADY
    if any(each.is_ahead for each in meetings):
        return Reason.PLANNED_ALREADY
    return Reason.HALVED if is_left_out(facts, rhythm, one, due_at) else None
