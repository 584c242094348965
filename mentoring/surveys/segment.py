"""A part of a program's people, to whom a coordinator sends a survey by hand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from mentoring.errors import Refusal
from mentoring.kinds import Role
from mentoring.surveys.instruments import Audience, Instrument

OPEN_FOR = timedelta(days=14)
"""A survey sent by hand stays open this long unless the coordinator says otherwise."""
SHORTEST, LONGEST = timedelta(days=2), timedelta(days=60)
"""Less leaves no time for the one reminder, more is forgotten."""


class Whom(StrEnum):
    """Who is meant."""

    EVERYBODY = "everybody"
    MENTEES = "mentees"
    MENTORS = "mentors"
    UNMATCHED = "unmatched"
    SUPERVISORS = "supervisors"


@dataclass(frozen=True)
class Candidate:
    """Somebody a survey could go to.

    Args:
        roles: What they are in the program; empty for supervisors.
        pairs: Their pairs, by number, if any.
    """

    person_id: int
    roles: frozenset[Role] = frozenset()
    pairs: tuple[int, ...] = ()
    department: str = ""
    supervisor: bool = False


@dataclass(frozen=True)
class Segment:
    """Which of them.

    Args:
        departments: Only these; all if empty.
    """

    whom: Whom
    departments: frozenset[str] = frozenset()


def choices_for(audience: Audience) -> tuple[Whom, ...]:
    """To whom a survey for this audience can be sent."""
    match audience:
        case Audience.SUPERVISOR:
            return (Whom.SUPERVISORS,)
        case Audience.MENTEE:
            return (Whom.MENTEES, Whom.UNMATCHED)
        case Audience.MENTOR:
            return (Whom.MENTORS, Whom.UNMATCHED)
        case _:
            return (Whom.EVERYBODY, Whom.MENTEES, Whom.MENTORS, Whom.UNMATCHED)


def receivers(candidates: Iterable[Candidate], segment: Segment, audience: Audience) -> list[Candidate]:
    """Pick those a survey goes to; a survey for mentees goes to mentees, whatever the segment says."""
    return [
        each
        for each in candidates
        if _is_meant(each, segment.whom)
        and (segment.whom is Whom.SUPERVISORS or _is_in(each, audience))
        and (not segment.departments or each.department in segment.departments)
    ]


def _is_meant(one: Candidate, whom: Whom) -> bool:
    match whom:
        case Whom.SUPERVISORS:
            return one.supervisor
        case Whom.UNMATCHED:
            return bool(one.roles) and not one.pairs
        case Whom.MENTEES:
            return Role.MENTEE in one.roles
        case Whom.MENTORS:
            return Role.MENTOR in one.roles
        case Whom.EVERYBODY:
            return bool(one.roles)


def _is_in(one: Candidate, audience: Audience) -> bool:
    if audience in (Audience.MENTEE, Audience.MENTOR):
        return Role(audience) in one.roles
    return bool(one.roles)


def check_size(instrument: Instrument, people: int, minimum: int) -> None:
    """Let pass a group that an instrument may be sent to.

    Raises:
        Refusal: It is nobody, or so few that an anonymous answer would not be anonymous.
    """
    if not people:
        raise Refusal("Nobody is in this group. Pick another one.", "whom")
    if too_few(instrument, people, minimum):
        who = "one person" if people == 1 else f"{people} people"
        raise Refusal(
            f"That is {who}. An anonymous survey needs {minimum}, or nobody would be anonymous.", "whom"
        )


def too_few(instrument: Instrument, people: int, minimum: int) -> bool:
    """Whether what so many people answer would never be shown, because each of them could be told apart."""
    return instrument.anonymous and people < minimum


def closing(day: date, zone: tzinfo, now: datetime) -> datetime:
    """The instant at which a survey closes: the end of a day.

    Raises:
        Refusal: The day is too near or too far.
    """
    at = datetime.combine(day + timedelta(days=1), time(0), tzinfo=zone)
    if at < now + SHORTEST:
        raise Refusal("Leave people two days at least. Pick a later day.", "closes_on")
    if at > now + LONGEST:
        raise Refusal(f"Pick a day within the next {LONGEST.days} days.", "closes_on")
    return at
