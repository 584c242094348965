"""Whether a rehearsal kept what the product promises, judged by its transcript and its database.

Each promise is a function that yields a sentence for every case in which it was broken. A rehearsal counts
these among its errors, and so does the test that plays one.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from mentoring.agreements import rhythm_of, suggested_terms
from mentoring.cadence import Rhythm, period_on
from mentoring.hours import Calendar, next_instant, next_shared_instant
from mentoring.meetings import MeetingState
from mentoring.nudges.notices import FOR_COORDINATORS, Kind
from mentoring.pairs import Pair
from mentoring.programs import suggestions
from storage.agreements import versions_of_pairs
from storage.database import Database
from storage.facts import UNSOLICITED, calendar_of
from storage.pairs import pairs_by_ids
from storage.programs import programs_by_ids
from storage.tables import AnswerRow, AskRow, MeetingRow, PairRow, PersonRow

Line = Mapping[str, Any]

MET, ANSWERED = "presses meeting.met", "sends survey"
"""What simulated people do, in the transcript's words."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the database holds after a rehearsal.

    Args:
        pairs: Every pair, announced or not.
        people: Slack's ids of people, by our numbers.
        calendars: When people may be written to, by Slack's id.
        rhythms: Every rhythm a pair ever had: what its program suggests, and each one it agreed on.
        asks: What each pair was asked: pair, kind, period and receivers.
        meetings: Pair, period and state of every meeting.
        answers: How many surveys were answered.
    """

    pairs: Sequence[Pair]
    people: Mapping[int, str]
    calendars: Mapping[str, Calendar]
    rhythms: Mapping[int, Sequence[Rhythm]]
    asks: Sequence[tuple[int, str, str | None, tuple[int, ...]]]
    meetings: Sequence[tuple[int, str, str]]
    answers: int


def faults(said: Sequence[Line], database: Database) -> list[str]:
    """Everything a rehearsal did that the product promises not to do; said are the transcript's lines."""
    kept = _kept(database)
    return [fault for promise in PROMISES for fault in promise(said, kept)]


def _letters(said: Sequence[Line]) -> Iterator[Line]:
    return (each for each in said if each.get("letter") and each.get("ok", True))


def _announced_once(said: Sequence[Line], kept: Kept) -> Iterator[str]:
    introduced = Counter(
        frozenset(each["members"]) for each in _letters(said) if each["letter"] == "introduction"
    )
    for pair in kept.pairs:
        together = frozenset(kept.people[each.person_id] for each in pair.members)
        wanted, times = int(pair.announced_at is not None), introduced.pop(together, 0)
        if times != wanted:
            yield f"pair {pair.id} was introduced {times} times instead of {wanted}"
    for together in introduced:
        yield f"introduced without being a pair: {', '.join(sorted(together))}"


def _no_key_twice(said: Sequence[Line], _kept: Kept) -> Iterator[str]:
    heard = Counter((each["key"], person) for each in _letters(said) for person in each["members"])
    for (key, person), times in heard.items():
        if times > 1:
            yield f"{person} got {key} {times} times"


def _in_working_hours(said: Sequence[Line], kept: Kept) -> Iterator[str]:
    """Nudges reach people in their hours: together where they share any, else each in their own."""
    for each in _letters(said):
        if each["letter"] not in UNSOLICITED:
            continue
        at = datetime.fromisoformat(each["at"])
        hours = [kept.calendars[one] for one in each["members"] if one in kept.calendars]
        shared = next_shared_instant(hours, at) if hours else at
        if shared is None:
            yield f"{each['key']} went to people together who share no working hour"
        elif shared != at:
            yield f"{each['key']} came at {each['at']}, outside the working hours of {each['members']}"
        elif any(next_instant(one, at) != at for one in hours):
            yield f"{each['key']} came at {each['at']}, when one of {each['members']} was not at work"


def _at_the_cadence(_said: Sequence[Line], kept: Kept) -> Iterator[str]:
    """A pair is asked to book once a period, and its periods are those of a rhythm it had."""
    booked = Counter(
        (pair_id, period, person)
        for pair_id, kind, period, people in kept.asks
        if kind == Kind.BOOK
        for person in people
    )
    for (pair_id, period, person), times in booked.items():
        if times > 1:
            yield f"person {person} of pair {pair_id} was asked {times} times to book in the period {period}"
        if period is None or not any(_begins_on(each, period) for each in kept.rhythms[pair_id]):
            yield f"pair {pair_id} was asked to book for {period}, which begins no period of its rhythm"


def _asked_as_often_as_they_meet(_said: Sequence[Line], kept: Kept) -> Iterator[str]:
    """“Did you meet?” comes once for each meeting of a period, or once where none was planned."""
    met = Counter((pair_id, period) for pair_id, period, _state in kept.meetings)
    asked = Counter(
        (pair_id, period, person)
        for pair_id, kind, period, people in kept.asks
        if kind == Kind.DID_YOU_MEET
        for person in people
    )
    for (pair_id, period, person), times in asked.items():
        # A meeting that was moved out of its period, and one planned by new terms, were asked about as well.
        if times > max(1, met[pair_id, period or ""]) + 1:
            yield f"person {person} of pair {pair_id} was asked {times} times about the period {period}"


def _kept_what_was_said(said: Sequence[Line], kept: Kept) -> Iterator[str]:
    """What people answered stands in the database: their meetings, check-ins and surveys."""
    done = Counter(each["does"] for each in said if each.get("does") and not each["error"])
    held = sum(state == MeetingState.HELD for _, _, state in kept.meetings)
    if done[MET] and not held:
        yield f"people said {done[MET]} times that they had met, and no meeting is kept"
    if done[ANSWERED] != kept.answers:
        yield f"{done[ANSWERED]} surveys were answered, and {kept.answers} answers are kept"


Promise = Callable[[Sequence[Line], Kept], Iterator[str]]

PROMISES: tuple[Promise, ...] = (
    _announced_once,
    _no_key_twice,
    _in_working_hours,
    _at_the_cadence,
    _asked_as_often_as_they_meet,
    _kept_what_was_said,
)


def _begins_on(rhythm: Rhythm, period: str) -> bool:
    day = date.fromisoformat(period)
    found = period_on(rhythm, day)
    return found is not None and found.first == day


def _kept(database: Database) -> Kept:
    with database.read() as session:
        pairs = pairs_by_ids(session, list(session.scalars(select(PairRow.id))))
        people = list(session.scalars(select(PersonRow)))
        programs = programs_by_ids(session, {each.program_id for each in pairs})
        versions = versions_of_pairs(session, [each.id for each in pairs])
        asks = session.execute(select(AskRow.pair_id, AskRow.kind, AskRow.period_key, AskRow.heard_by))
        meetings = session.execute(select(MeetingRow.pair_id, MeetingRow.period_key, MeetingRow.state))
        rhythms = {}
        for pair in pairs:
            about = programs[pair.program_id]
            suggested = suggested_terms(suggestions(about), about.time_zone)
            announced = [rhythm_of(suggested, at) for at in (pair.announced_at,) if at is not None]
            signed = [each for each in versions.get(pair.id, ()) if each.signatures]
            agreed = [rhythm_of(each.terms, each.signed_at) for each in signed]
            rhythms[pair.id] = (*announced, *agreed)
        return Kept(
            pairs,
            {each.id: each.slack_id for each in people},
            {each.slack_id: calendar_of(each) for each in people},
            rhythms,
            [
                (row.pair_id, row.kind, row.period_key, tuple(row.heard_by))
                for row in asks
                if row.kind not in FOR_COORDINATORS
            ],
            [(row.pair_id, row.period_key, row.state) for row in meetings],
            session.scalar(select(func.count()).select_from(AnswerRow)) or 0,
        )
