"""May it be said now? Pause, open question, budget and working hours, each a named gate.

A gate answers with the earliest instant, not before the one it is shown, at which it lets something pass.
All gates are asked in turn until none of them moves the instant any more.
"""

from datetime import date, datetime, timedelta
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from mentoring.hours import (
    MIDNIGHT,
    ONE_DAY,
    Calendar,
    add_working_days,
    local_day,
    next_instant,
    shared_instant,
    to_instant,
)
from mentoring.notices import ToPair, ToPerson
from mentoring.nudges.due import Due, people_of
from mentoring.nudges.facts import PairFacts, Participant
from mentoring.nudges.history import holding_pauses, matter, turn_began, unanswered
from mentoring.nudges.notices import FOR_COORDINATORS, QUESTIONS, SOLICITED, Kind, Reason, Receiver
from mentoring.nudges.numbers import DID_YOU_MEET_WITHIN, LAUNCH_WEEK, MESSAGES_A_DAY, MESSAGES_A_WEEK, WEEK
from mentoring.nudges.rungs import did_you_meet

NO_TIME = timedelta()
OUT_OF_SIGHT = WEEK + ONE_DAY
"""What is due this much later falls into no week that begins now, on whosever clock."""
TOMORROW = 2 * ONE_DAY
"""What is due this much later falls on no day that holds this moment, on whosever clock and however long."""
PARTING = frozenset({Reason.QUIET_HOURS, Reason.AWAY, Reason.BUDGET, Reason.OPEN_QUESTION})
"""What may hold one of the pair and not the other."""


class Placed(NamedTuple):
    """Something due, with the earliest instant at which it may be said.

    Args:
        due: What.
        at: When (UTC); None when its time runs out first.
        moved_by: What moved it farthest, if anything did; without a time, what it ran into.
    """

    due: Due
    at: datetime | None
    moved_by: Reason | None


def place(facts: PairFacts, due: Due, now: datetime) -> list[Placed]:
    """Find the time for something due, at the earliest `now`.

    What a pair cannot hear together in time (no shared working hour, one of them away or out of budget) is
    said to each person at their own time, as far as that is possible. So is "did you meet?" where waiting for
    everybody costs more than a working day: one answer is enough, and soon nobody remembers.
    """
    placed = _placed(facts, due, now)
    if placed.moved_by not in PARTING or not isinstance(due.to, ToPair):
        return [placed]
    if placed.at is not None and (due.kind is not Kind.DID_YOU_MEET or placed.at - now < ONE_DAY):
        return [placed]
    apart = [_placed(facts, due._replace(to=ToPerson(each.person_id)), now) for each in facts.participants]
    soonest = min((each.at for each in apart if each.at is not None), default=None)
    if soonest is None or (placed.at is not None and placed.at < _a_working_day_after(facts, soonest)):
        return [placed]
    return apart


def _a_working_day_after(facts: PairFacts, soonest: datetime) -> datetime:
    """The end (UTC) of the working day after an instant, for the last of the pair.

    Its end, because an hour later on a day off the same hour of that day is no later: what was to wait for
    both on Sunday would be asked of one on Monday, before the hour that was named for looking again.
    """
    days = [(one.calendar, add_working_days(soonest, 1, one.calendar)) for one in facts.participants]
    return max(to_instant(one.local_day(at) + ONE_DAY, MIDNIGHT, one.zone) for one, at in days)


def _placed(facts: PairFacts, due: Due, now: datetime) -> Placed:
    at, moved_by, farthest = max(now, due.due_at), None, NO_TIME
    people = _hearing(facts, due.to)
    calendars = tuple(map(_CALENDAR, people))
    while at < due.expires_at:
        moved = _first_move(facts, due, people, calendars, at, now)
        if moved is None:
            return Placed(due, at, moved_by)
        later, reason = moved
        if later - at > farthest:
            farthest, moved_by = later - at, reason
        at = later
    return Placed(due, None, due.cut_by if moved_by is None else moved_by)


_CALENDAR = attrgetter("calendar")


def _hearing(facts: PairFacts, to: Receiver) -> tuple[Participant, ...]:
    """Those of the pair who hear it."""
    if isinstance(to, ToPair):
        return facts.participants
    ids = people_of(facts, to)
    return tuple([each for each in facts.participants if each.person_id in ids])


def _first_move(
    facts: PairFacts,
    due: Due,
    people: tuple[Participant, ...],
    calendars: tuple[Calendar, ...],
    at: datetime,
    now: datetime,
) -> tuple[datetime, Reason] | None:
    kind = due.kind
    if facts.pauses and kind is not Kind.PAUSE_ENDS:
        later = _after_pauses(facts, due, at)
        if later > at:
            return later, Reason.PAUSED
    if kind in FOR_COORDINATORS:
        return None
    if kind in QUESTIONS:
        later = _after_open_questions(facts, due, at)
        if later > at:
            return later, Reason.OPEN_QUESTION
        if kind is Kind.QUIET_CHECK and facts.meetings:
            later = _after_being_asked(facts, due, people, at)
            if later > at:
                return later, Reason.OPEN_QUESTION
    if kind not in SOLICITED:
        later = _after_other_messages(facts, due, people, at, now)
        if later > at:
            return later, Reason.BUDGET
    return _working_hours(calendars, due, at)


def _after_pauses(facts: PairFacts, due: Due, at: datetime) -> datetime:
    """Behind every pause that holds the pair; a welcome waits for the pauses of its receiver only."""
    holding = holding_pauses(facts, at)
    if not holding:
        return at
    own = {None, *people_of(facts, due.to)} if due.kind is Kind.WELCOME_BACK else None
    return max((each.ends_at for each in holding if own is None or each.person_id in own), default=at)


def _after_open_questions(facts: PairFacts, due: Due, at: datetime) -> datetime:
    """One open question a person at a time; asking the same one again is no second question."""
    waiting = unanswered(facts.past)
    if not waiting:
        return at
    people = set(people_of(facts, due.to))
    open_until = (
        lapse
        for ask, lapse in waiting
        if lapse > at and people & set(ask.to) and not _is_same(due, matter(ask))
    )
    return max(open_until, default=at)


def _after_being_asked(facts: PairFacts, due: Due, people: tuple[Participant, ...], at: datetime) -> datetime:
    """A private check comes neither on the day of a meeting nor before "did you meet?": they may have met.

    It waits for a week at most: a pair that means to meet every week always has a meeting that nobody has
    asked about yet, and would never be checked.
    """
    if at >= due.due_at + WEEK:
        return at
    latest, zone = at, facts.rhythm.zone
    for question in _questions_to_come(facts, at):
        # They are in order of time, and each but those after a period is due the day after its meeting.
        if local_day(zone, question.due_at) > local_day(zone, at) + ONE_DAY:
            break
        for one in people:
            asked_already = (question.subject, one.person_id) in _asked_of_meetings(facts.past)
            if asked_already or question.subject == question.period_key:
                continue
            asked_on = _asked_on(one.calendar, question.due_at)
            latest = max(latest, to_instant(asked_on + ONE_DAY, MIDNIGHT, one.calendar.zone))
    return latest


def _after_other_messages(
    facts: PairFacts, due: Due, people: tuple[Participant, ...], at: datetime, now: datetime
) -> datetime:
    """When none of them hears too much; a question has the first word, all else leaves it room."""
    coming = () if due.kind in QUESTIONS else _questions_to_come(facts, at)
    latest = at
    for one in people:
        later = within_budget(facts, one, at) if one.heard_at else at
        if coming:
            later = _beside_all(facts, one, coming, later, now)
        latest = max(latest, later)
    return latest


def _is_same(due: Due, asked: tuple[Kind, str]) -> bool:
    return due.kind is Kind.SECOND_ASK and asked == (Kind.DID_YOU_MEET, due.subject)


def beside_questions(facts: PairFacts, one: Participant, at: datetime, now: datetime) -> datetime:
    """The same for what can wait: it gives way to "did you meet?", due within the week or waiting already.

    Without this the reminder, a guide and a survey use up the week's number, and the question comes when
    nobody remembers. What gives way comes the day after it, or not at all if its own time is over by then.

    Args:
        facts: The pair.
        one: Who would hear it.
        at: When they would.
        now: Today nothing goes before a question that waits already; of tomorrow nobody knows.
    """
    return _beside_all(facts, one, _questions_to_come(facts, at), within_budget(facts, one, at), now)


def _beside_all(
    facts: PairFacts, one: Participant, coming: tuple[Due, ...], within: datetime, now: datetime
) -> datetime:
    # Whoever has heard nothing lately has room for this and for a question on a later day.
    in_sight = OUT_OF_SIGHT if len(one.heard_at) + 1 >= MESSAGES_A_WEEK else TOMORROW
    for question in coming:
        if question.due_at >= within + in_sight:
            # They are in order of time.
            break
        if (question.subject, one.person_id) not in _asked_of_meetings(facts.past):
            within = _beside(facts, one, question, within, now)
    return within


def _beside(facts: PairFacts, one: Participant, question: Due, within: datetime, now: datetime) -> datetime:
    """The same beside one question that they will be asked."""
    calendar = one.calendar
    today, asked_on = calendar.local_day(within), _asked_on(calendar, question.due_at)
    if asked_on < today == calendar.local_day(now):
        asked_on = today
    if not today <= asked_on < today + WEEK:
        return within
    if asked_on > today:
        begun, since, others = asked_on - WEEK, _end_of_launch(facts), 0
        for heard_at, day in one.heard_on:
            others += begun < day <= today and heard_at >= since
        if others + 1 < MESSAGES_A_WEEK:
            return within
    return to_instant(asked_on + ONE_DAY, MIDNIGHT, calendar.zone)


@lru_cache(maxsize=16384)
def _asked_on(calendar: Calendar, due_at: datetime) -> date:
    """Their first working day for a question: most people of a program share it."""
    return calendar.local_day(next_instant(calendar, due_at))


def _questions_to_come(facts: PairFacts, at: datetime) -> tuple[Due, ...]:
    """What they may still be asked of their meetings, in order of time, as it stands at an instant."""
    around = _questions_around(facts.past, turn_began(facts, at))
    forgotten = at - DID_YOU_MEET_WITHIN
    if not around or around[0].due_at > forgotten:
        return around
    return tuple([each for each in around if each.due_at > forgotten])


@lru_cache(maxsize=8)
def _questions_around(facts: PairFacts, begun: datetime) -> tuple[Due, ...]:
    """The same all through the period that has begun; every gate of a look asks for it."""
    return tuple([each for each in did_you_meet(facts, begun) if each.left_out is None])


@lru_cache(maxsize=8)
def _asked_of_meetings(facts: PairFacts) -> frozenset[tuple[str, int]]:
    """What each person was asked of their meetings: the question's subject, and who heard it."""
    asked = (each for each in facts.asks if each.kind is Kind.DID_YOU_MEET)
    return frozenset((each.subject, person_id) for each in asked for person_id in each.to)


def within_budget(facts: PairFacts, one: Participant, at: datetime) -> datetime:
    """When one more unsolicited message leaves a person within the day's and the week's number."""
    return within_numbers(one, at, week_from=_end_of_launch(facts)) if one.heard_at else at


def _end_of_launch(facts: PairFacts) -> datetime:
    return facts.announced_at + LAUNCH_WEEK


def within_numbers(one: Participant, at: datetime, *, week_from: datetime | None = None) -> datetime:
    """The same for somebody outside any pair.

    Args:
        one: Who would hear it.
        at: When they would.
        week_from: The end of a pair's launch week: before it only the day's number counts, and what came then
            does not count later either.
    """
    if not one.heard_at:
        return at
    today = one.calendar.local_day(at)
    heard_today = 0
    for _, day in one.heard_on:
        heard_today += day == today
    if heard_today >= MESSAGES_A_DAY:
        return to_instant(today + ONE_DAY, MIDNIGHT, one.calendar.zone)
    if len(one.heard_at) < MESSAGES_A_WEEK or (week_from is not None and at < week_from):
        return at
    lately = [day for day in _counted_days(one, since=week_from) if today - WEEK < day <= today]
    if len(lately) < MESSAGES_A_WEEK:
        return at
    return to_instant(lately[-MESSAGES_A_WEEK] + WEEK, MIDNIGHT, one.calendar.zone)


def _counted_days(one: Participant, since: datetime | None) -> list[date]:
    """The local days on which somebody heard what counts towards the week's number, in order."""
    if not one.heard_at:
        return []
    return [day for at, day in one.heard_on if since is None or at >= since]


def _working_hours(calendars: tuple[Calendar, ...], due: Due, at: datetime) -> tuple[datetime, Reason] | None:
    shared = shared_instant(calendars, at)
    if shared == at:
        return None
    away = any(each.is_away_at(at) for each in calendars if each.away)
    # People who share no working hour never hear it together: its time runs out, and `place` parts them.
    return (shared or due.expires_at, Reason.AWAY if away else Reason.QUIET_HOURS)
