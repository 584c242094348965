"""The life of one meeting: planned, moved, held, missed or skipped, and what each person said about it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from mentoring.agreements import check_minutes
from mentoring.errors import NoLongerOpen, Refusal

FARTHEST_MEETING = timedelta(days=366)
"""No meeting is planned more than a year ahead; a date beyond that is a slip."""

TIME_ENDS = "Your time in the program ends on"
"""How the refusal begins of a day on which a pair has no time any more."""

ANSWERS_STAY_OPEN = timedelta(days=60)
"""How long after its start a meeting can still be told about, so that old buttons do not rewrite history."""
LONG_AGO = f"That's more than {ANSWERS_STAY_OPEN.days} days ago. Pick a later day."


class MeetingState(StrEnum):
    """Where a meeting stands."""

    PLANNED = "planned"
    """At the time the plan or a person gave it."""
    MOVED = "moved"
    """At a time of its own, which a change of the plan leaves alone."""
    HELD = "held"
    """Somebody of the pair says that they met."""
    MISSED = "missed"
    """It could not be, by their own word."""
    SKIPPED = "skipped"
    """Called off beforehand."""


AHEAD = frozenset({MeetingState.PLANNED, MeetingState.MOVED})
"""States in which the meeting still waits for its time or for a word about it."""


class Said(StrEnum):
    """What a person answers to “did you meet?”."""

    MET = "met"
    MOVED = "moved"
    NOT_YET = "not yet"
    COULD_NOT = "could not"


@dataclass(frozen=True)
class Answer:
    """One person's word about a meeting; a person's later word replaces the earlier."""

    person_id: int
    said: Said
    at: datetime


OF_A_SERIES = "slot-"
"""How the UID begins of a meeting that an agreed slot has planned; one somebody booked has none of it."""


@dataclass(frozen=True)
class Meeting:
    """One meeting of a pair.

    Args:
        id: The row's id; 0 before it is stored.
        pair_id: Whose meeting.
        period_key: The period of the plan it belongs to (`cadence.Period.key`).
        state: Where it stands.
        starts_at: Start, in UTC.
        minutes: Length.
        uid: The calendar entry's UID; it never changes.
        sequence: The calendar entry's SEQUENCE; it grows with every change others must see.
        planned_by: The person who chose the present time; None when the agreed slot did.
        planned_at: When the present time was chosen.
        answers: The latest word of each person about the present time.
    """

    id: int
    pair_id: int
    period_key: str
    state: MeetingState
    starts_at: datetime
    minutes: int
    uid: str
    sequence: int
    planned_by: int | None
    planned_at: datetime
    answers: tuple[Answer, ...] = ()

    @property
    def ends_at(self) -> datetime:
        """End, in UTC."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def is_of_a_series(self) -> bool:
        """Whether an agreed slot has planned it, wherever it was moved since."""
        return self.uid.startswith(OF_A_SERIES)

    @property
    def is_ahead(self) -> bool:
        """Whether it still waits for its time or for a word about it."""
        return self.state in AHEAD

    def called_off(self) -> "Meeting":
        """The same meeting, taken out of the calendar because its pair has ended."""
        return replace(self, state=MeetingState.SKIPPED, sequence=self.sequence + 1)


def plan(
    pair_id: int, period_key: str, starts_at: datetime, minutes: int, uid: str, by: int | None, now: datetime
) -> Meeting:
    """Plan a meeting, by a person or (None) by the agreed slot.

    Raises:
        Refusal: The time has passed, is too far away, or the length is none.
    """
    _check_time(starts_at, now)
    check_minutes(minutes)
    return Meeting(0, pair_id, period_key, MeetingState.PLANNED, starts_at, minutes, uid, 0, by, now)


def log(
    pair_id: int, period_key: str, starts_at: datetime, minutes: int, uid: str, by: int, now: datetime
) -> Meeting:
    """Note a meeting that was never planned and has taken place.

    Raises:
        Refusal: It lies ahead, or too long ago.
    """
    if starts_at > now:
        raise Refusal("That's still ahead. Plan it instead, and tell us once you've met.", "met_on")
    if now - starts_at > ANSWERS_STAY_OPEN:
        raise Refusal(LONG_AGO, "met_on")
    met = Answer(by, Said.MET, now)
    return Meeting(
        0, pair_id, period_key, MeetingState.HELD, starts_at, minutes, uid, 0, by, now, answers=(met,)
    )


def move(meeting: Meeting, to: datetime, by: int, now: datetime) -> Meeting:
    """Give a meeting another time; what was said about the old time goes.

    Raises:
        NoLongerOpen: It has taken place or was settled otherwise.
        Refusal: The new time has passed, is too far away, or is the one it has.
    """
    if not meeting.is_ahead:
        raise NoLongerOpen(_settled(meeting))
    _check_time(to, now)
    if to == meeting.starts_at:
        raise Refusal("It's at that time already. Pick another.", "starts_at")
    return replace(
        meeting,
        state=MeetingState.MOVED,
        starts_at=to,
        sequence=meeting.sequence + 1,
        planned_by=by,
        planned_at=now,
        answers=(),
    )


def skip(meeting: Meeting, now: datetime) -> Meeting:
    """Call a meeting off before its time.

    Raises:
        NoLongerOpen: It has begun or was settled otherwise.
    """
    if not meeting.is_ahead:
        raise NoLongerOpen(_settled(meeting))
    if meeting.starts_at <= now:
        raise NoLongerOpen("Its time has come. Tell us instead whether you met.")
    return replace(meeting, state=MeetingState.SKIPPED, sequence=meeting.sequence + 1)


def answer(meeting: Meeting, by: int, said: Said, now: datetime, moved_to: datetime | None = None) -> Meeting:
    """Take one person's word about a meeting; either may answer for the pair.

    Whatever the order of the answers, the outcome is the same: who says “we met” is believed, then who says
    “could not”; `disagree` tells that they should be asked once more. A move to a new time is taken when
    nobody else has said that they met; where the new time has passed as well, they met then.

    Raises:
        NoLongerOpen: It was called off, lies too far back, or they met and cannot move it.
        Refusal: It lies ahead, or no new time was given.
    """
    if meeting.state is MeetingState.SKIPPED:
        raise NoLongerOpen(_settled(meeting))
    if now - meeting.starts_at > ANSWERS_STAY_OPEN:
        raise NoLongerOpen("That's too long ago to change. Your later meetings are on Home.")
    if said is Said.MOVED:
        return _moved(meeting, by, moved_to, now)
    if meeting.starts_at > now:
        raise Refusal("That's still ahead. Move it or skip it instead.", "said")
    others = tuple(each for each in meeting.answers if each.person_id != by)
    answers = (*others, Answer(by, said, now))
    return replace(meeting, answers=answers, state=_outcome(meeting.state, answers))


def _moved(meeting: Meeting, by: int, moved_to: datetime | None, now: datetime) -> Meeting:
    if moved_to is None:
        raise Refusal("Pick the new day and time.", "moved_to")
    known = movable(meeting, by)
    if moved_to > now or moved_to == known.starts_at:
        return move(known, moved_to, by, now)
    if now - moved_to > ANSWERS_STAY_OPEN:
        raise Refusal(LONG_AGO, "starts_at")
    return replace(
        known,
        state=MeetingState.HELD,
        starts_at=moved_to,
        sequence=known.sequence + 1,
        planned_by=by,
        planned_at=now,
        answers=(Answer(by, Said.MET, now),),
    )


def movable(meeting: Meeting, by: int) -> Meeting:
    """The meeting as it waits for another time: whoever says that it was moved takes back their own word.

    Raises:
        NoLongerOpen: It was called off, or somebody else says that they met.
    """
    met = {each.person_id for each in meeting.answers if each.said is Said.MET}
    if meeting.state is MeetingState.MISSED or (meeting.state is MeetingState.HELD and met == {by}):
        return replace(meeting, state=MeetingState.MOVED)
    if not meeting.is_ahead:
        raise NoLongerOpen(_settled(meeting))
    return meeting


def _outcome(state: MeetingState, answers: tuple[Answer, ...]) -> MeetingState:
    said = {each.said for each in answers}
    if Said.MET in said:
        return MeetingState.HELD
    if Said.COULD_NOT in said:
        return MeetingState.MISSED
    # The outcome may have been taken back to “not yet”: then it waits again, at its present time.
    return state if state in AHEAD else MeetingState.MOVED


def disagree(meeting: Meeting) -> bool:
    """Whether one says that they met and another that they did not."""
    said = {each.said for each in meeting.answers}
    return Said.MET in said and len(said) > 1


def dropped_by_new_terms(meetings: Iterable[Meeting], now: datetime) -> tuple[Meeting, ...]:
    """The meetings the old slot has planned and nobody has touched: new terms plan their own instead."""
    return tuple(
        each
        for each in meetings
        if each.state is MeetingState.PLANNED and each.planned_by is None and each.starts_at > now
    )


def held_until(meetings: Iterable[Meeting], until: datetime | None) -> tuple[Meeting, ...]:
    """The meetings that took place, earliest first; none that began once somebody had left (`until`, UTC)."""
    held = [
        each
        for each in meetings
        if each.state is MeetingState.HELD and (until is None or each.starts_at < until)
    ]
    return tuple(sorted(held, key=lambda each: each.starts_at))


def check_last_day(day: date, ends_on: date) -> None:
    """See that a meeting is planned while its pair has time: nobody is reminded of a later one, or asked.

    Args:
        day: The day picked, on the clock of whoever picks it, as they were told the last one.
        ends_on: The pair's last day.

    Raises:
        Refusal: It lies behind the last day.
    """
    if day > ends_on:
        last = f"{ends_on:%B} {ends_on.day}"
        raise Refusal(
            f"{TIME_ENDS} {last}. Pick that day or an earlier one, or ask a coordinator for more time.",
            "starts_at",
        )


def _check_time(starts_at: datetime, now: datetime) -> None:
    if starts_at <= now:
        raise Refusal("That time has passed. Pick a later one.", "starts_at")
    if starts_at - now > FARTHEST_MEETING:
        raise Refusal("That's more than a year away. Pick an earlier day.", "starts_at")


def _settled(meeting: Meeting) -> str:
    if meeting.state is MeetingState.HELD:
        return "This is no longer open: you've told us that you met."
    if meeting.state is MeetingState.SKIPPED:
        return "This is no longer open: the meeting was called off."
    return "This is no longer open: you've told us that it couldn't be."
