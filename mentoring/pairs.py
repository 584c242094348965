"""A pair: two people (in a group program more) whom a coordinator has approved."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from mentoring.kinds import Role
from mentoring.programs import Program, has_ended, midnight_after


class PairState(StrEnum):
    """Where a pair stands. Nobody in it is told before it is `announced`."""

    APPROVED = "approved"
    ANNOUNCED = "announced"
    ENDED = "ended"


class Ending(StrEnum):
    """How a pairing came to its end."""

    COMPLETED = "completed"
    """At its agreed end, or earlier because they got where they wanted."""
    PARTED = "parted"
    """One of them left it, without anybody's fault."""
    LEFT = "left"
    """One of them is no longer in the workspace."""


LIVE = frozenset({PairState.APPROVED, PairState.ANNOUNCED})
"""States in which two people are a pair: at most one such row per two people and program."""


class Member(NamedTuple):
    """A person's part in a pair; peers have no fixed role.

    A tuple, as a pair is: every look, click and letter reads some, and other values take longer to make.
    """

    person_id: int
    enrollment_id: int
    role: Role | None


class PastMember(NamedTuple):
    """A part that somebody had in a group which goes on without them: no member any more, and yet they were.

    Args:
        left_at: When they left (UTC); what the group did before is theirs too.
        ending: How it ended for them.
    """

    person_id: int
    enrollment_id: int
    role: Role | None
    left_at: datetime
    ending: Ending


class Pair(NamedTuple):
    """A mentoring relationship; instants in UTC, `ends_on` a day in the program's zone.

    Args:
        channel_id: The group DM the introduction went to, once opened.
        why: What the matcher said to both, shown in the introduction.
        casual_since: The local day they went on casually, if they did.
        casual_opted_in: Whether they asked for the quarterly hello.
        ending: How it ended, if it has.
    """

    id: int
    workspace_id: int
    program_id: int
    state: PairState
    members: tuple[Member, ...]
    channel_id: str | None
    announced_at: datetime | None
    ends_on: date
    why: str
    casual_since: date | None = None
    casual_opted_in: bool = False
    ending: Ending | None = None

    @property
    def mentor_first(self) -> tuple[Member, ...]:
        """Everybody in it as people are listed: mentors, then the rest."""
        return tuple(sorted(self.members, key=lambda member: member.role is not Role.MENTOR))

    def has(self, person_id: int) -> bool:
        """Whether this person is in the pair."""
        return any(member.person_id == person_id for member in self.members)

    def others(self, person_id: int) -> tuple[Member, ...]:
        """Everybody in the pair but this person."""
        return tuple(member for member in self.members if member.person_id != person_id)

    def in_role(self, role: Role) -> tuple[Member, ...]:
        """The members who have this role."""
        return tuple(member for member in self.members if member.role is role)


def goes_on_without(pair: Pair, person_id: int) -> bool:
    """Whether a group goes on when somebody leaves it: two are left, with a mentor where it had one."""
    rest = pair.others(person_id)
    mentored = any(each.role is Role.MENTOR for each in pair.members)
    return len(rest) > 1 and (not mentored or any(each.role is Role.MENTOR for each in rest))


def as_left(pair: Pair, past: Collection[PastMember], person_id: int) -> Pair:
    """A group as it was when somebody left it: ended for them, with those who were in it then.

    Args:
        pair: The group as it is now.
        past: Everybody who left it.
        person_id: Whose leaving it is seen from; where they never left, the pair is given as it is.
    """
    left = next((each for each in past if each.person_id == person_id), None)
    if left is None:
        return pair
    gone = [Member(*each[:3]) for each in past if each.left_at >= left.left_at]
    members = tuple(sorted({*pair.members, *gone}, key=lambda each: each.person_id))
    return pair._replace(members=members, state=PairState.ENDED, ending=left.ending)


def is_over(pair: Pair, time_zone: str, now: datetime) -> bool:
    """Whether a pair has had its time, and goes on casually or waits to be closed: none parts early any more.

    Args:
        pair: Which.
        time_zone: The program's.
        now: The instant of the question.
    """
    return had_its_time(pair.ends_on, time_zone, now, casual=pair.casual_since is not None)


def had_its_time(ends_on: date, time_zone: str, now: datetime, *, casual: bool) -> bool:
    """The same of a pair of which no more is known than its last day and whether it goes on casually."""
    return casual or now >= midnight_after(ends_on, time_zone)


def waits_to_close(pair: Pair, time_zone: str, now: datetime) -> bool:
    """Whether a pair has had its time and does not go on, so far: it is open for late answers alone.

    Args:
        pair: Which.
        time_zone: The program's.
        now: The instant of the question.
    """
    introduced = pair.state is PairState.ANNOUNCED and pair.casual_since is None
    return introduced and is_over(pair, time_zone, now)


def takes_places(pair: Pair, time_zone: str, now: datetime) -> bool:
    """Whether a pair is of the program: its mentor has given a place, its mentees have a mentor.

    A pair that goes on casually, or has had its time and is open for late answers alone, keeps nobody from
    another match.

    Args:
        pair: Which.
        time_zone: The program's.
        now: The instant of the question.
    """
    return pair.state in LIVE and not is_over(pair, time_zone, now)


def over_for(
    program: Program, people: Iterable[int], lasting: Iterable[Iterable[int]], now: datetime
) -> set[int]:
    """For whom of these people a program is over: it has ended, and no pair of theirs was given more time.

    Args:
        program: Which.
        people: Of whom it is asked, by number.
        lasting: Who is in each pair that takes places in it still.
        now: The instant of the question.
    """
    return {*people}.difference(*lasting) if has_ended(program, now) else set()


def room_for_one_more(member: Member, beside: Collection[Pair], capacity: int) -> bool:
    """Whether somebody can have one more pair in their part.

    Mentors can as far as they have places, mentees with one mentor alone, and peers in one pair.

    Args:
        member: Who, and in which part.
        beside: Other pairs that take places in the program.
        capacity: For how many mentees a mentor has places.
    """
    theirs = [each for each in beside if each.has(member.person_id)]
    role = member.role
    if role is None:
        return not theirs
    same = [each for each in theirs if any(one.person_id == member.person_id for one in each.in_role(role))]
    if role is Role.MENTEE:
        return not same
    return sum(len(each.in_role(Role.MENTEE)) for each in same) < capacity


def pair_key(person_ids: frozenset[int]) -> str:
    """One text for the same people in any order, for the constraint of one live pair per two people."""
    return "+".join(str(person_id) for person_id in sorted(person_ids))
