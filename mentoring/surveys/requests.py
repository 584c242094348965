"""One asking of one person: when it is open, who may answer, and the single reminder."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from mentoring.errors import NoLongerOpen, NotAllowed, Refusal

DEFAULT_MINIMUM_GROUP = 5
"""Results appear from this many answers upward, unless the program asks for another number."""
LOWEST_MINIMUM_GROUP = 3
"""No program may go below this: with two people, each knows the other's answer."""
REMIND_AFTER_WORKING_DAYS = 3
"""The one reminder comes after this many working days."""
REMIND_AT = time(10, 0)
"""The person's own wall clock: the morning's first messages are over, the day is not."""
REMIND_BEFORE_CLOSING = timedelta(hours=4)
"""A reminder later than this before closing would be a scolding, not a help."""


class RequestState(StrEnum):
    """Where an asking stands."""

    SCHEDULED = "scheduled"
    OPEN = "open"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


@dataclass(frozen=True)
class SurveyRequest:
    """One person is asked one version of one instrument, once. All instants are aware.

    For an anonymous instrument this is all that is kept about the person: that they have answered,
    and on which day. The answer itself is stored apart, without the request's id.

    Args:
        id: The request.
        instrument_id: What is asked.
        version: The version shown, so that a later change leaves this asking alone.
        person_id: Who is asked.
        pair_id: The pair it is about, if any.
        opens_at: First instant at which it can be answered.
        closes_at: From this instant on it cannot.
        reminded_at: When the one reminder was sent.
        answered_at: When it was answered; for anonymous instruments the start of that day, in UTC.
        withdrawn_at: When the program took it back.
        minimum_group: The smallest group of answers the person was promised results would show.
    """

    id: int
    instrument_id: str
    version: int
    person_id: int
    pair_id: int | None
    opens_at: datetime
    closes_at: datetime
    reminded_at: datetime | None = None
    answered_at: datetime | None = None
    withdrawn_at: datetime | None = None
    minimum_group: int = DEFAULT_MINIMUM_GROUP

    def state(self, now: datetime) -> RequestState:
        """Say where the asking stands at an instant."""
        if self.answered_at is not None:
            return RequestState.ANSWERED
        if self.withdrawn_at is not None:
            return RequestState.WITHDRAWN
        if now >= self.closes_at:
            return RequestState.CLOSED
        return RequestState.OPEN if now >= self.opens_at else RequestState.SCHEDULED


def check_may_answer(request: SurveyRequest, *, person_id: int, now: datetime) -> None:
    """Let pass whoever may answer now; late is fine until closing, reminded or not.

    Raises:
        NotAllowed: Somebody else was asked.
        NoLongerOpen: Answered, withdrawn or closed.
        Refusal: Not yet open.
    """
    if person_id != request.person_id:
        raise NotAllowed("This survey was sent to someone else. Yours is in your own messages.")
    match request.state(now):
        case RequestState.ANSWERED:
            raise NoLongerOpen("You have already answered this one. Thank you; there is nothing more to do.")
        case RequestState.WITHDRAWN:
            raise NoLongerOpen("This survey was taken back, so there is nothing to answer.")
        case RequestState.CLOSED:
            raise NoLongerOpen(
                "This survey has closed. If you'd still like to say something, tell the coordinator."
            )
        case RequestState.SCHEDULED:
            raise Refusal("This survey is not open yet. We'll send it to you when it is.")
        case RequestState.OPEN:
            return


def answered(request: SurveyRequest, *, person_id: int, now: datetime, anonymous: bool) -> SurveyRequest:
    """Mark the asking as answered.

    For an anonymous instrument only the day is kept: two exact instants, one here and one beside the
    answer, would be a path back to the person.

    Raises:
        Refusal: As `check_may_answer`.
    """
    check_may_answer(request, person_id=person_id, now=now)
    day = datetime.combine(now.astimezone(UTC).date(), time(0), tzinfo=UTC)
    return replace(request, answered_at=day if anonymous else now)


def withdrawn(request: SurveyRequest, *, now: datetime) -> SurveyRequest:
    """Take an asking back; one that was answered stays answered."""
    if request.state(now) in (RequestState.ANSWERED, RequestState.WITHDRAWN):
        return request
    return replace(request, withdrawn_at=now)


def reminder_due_at(
    request: SurveyRequest,
    *,
    zone: tzinfo,
    is_working_day: Callable[[date], bool],
    after_working_days: int = REMIND_AFTER_WORKING_DAYS,
) -> datetime | None:
    """Say when the one reminder is due, in UTC, or None when there is none to send (any more).

    Args:
        request: The asking.
        zone: The person's time zone.
        is_working_day: Whether the person works on a day (weekends, holidays, pauses).
        after_working_days: How many working days to leave the person in peace.
    """
    if request.reminded_at or request.answered_at or request.withdrawn_at:
        return None
    day = request.opens_at.astimezone(zone).date()
    last = request.closes_at.astimezone(zone).date()
    left = after_working_days
    while left > 0 and day <= last:
        day += timedelta(days=1)
        left -= is_working_day(day)
    due = datetime.combine(day, REMIND_AT, tzinfo=zone).astimezone(UTC)
    return due if due <= request.closes_at - REMIND_BEFORE_CLOSING else None


def reminded(request: SurveyRequest, *, now: datetime) -> SurveyRequest:
    """Note that the one reminder was sent.

    Raises:
        NoLongerOpen: It was reminded before, or there is nothing left to remind of.
    """
    if request.reminded_at is not None or request.state(now) is not RequestState.OPEN:
        raise NoLongerOpen("There is nothing to remind of any more.")
    return replace(request, reminded_at=now)


def check_minimum_group(minimum: int) -> int:
    """Let pass a smallest group a program may choose.

    Raises:
        Refusal: Below three.
    """
    if minimum < LOWEST_MINIMUM_GROUP:
        raise Refusal(
            f"Results need at least {LOWEST_MINIMUM_GROUP} answers. Pick {LOWEST_MINIMUM_GROUP} or more.",
            field="minimum_group",
        )
    return minimum
