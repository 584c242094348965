"""All that the ladder needs to know about one pair, as one frozen value."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple, Self, TypedDict, Unpack

from mentoring.agreements import Rescheduler
from mentoring.cadence import Rhythm
from mentoring.hours import Calendar
from mentoring.kinds import Role
from mentoring.meetings import Meeting
from mentoring.notices import ToPair
from mentoring.nudges.notices import Kind, Notice


class Phase(StrEnum):
    """Where a pair is in its life together."""

    START = "start"
    MIDDLE = "middle"
    END = "end"
    CASUAL = "casual"


class PairState(StrEnum):
    """Whether there is anything to nudge about."""

    LIVE = "live"
    ENDED = "ended"


class _Participant(NamedTuple):
    person_id: int
    role: Role
    calendar: Calendar
    active: bool = True
    heard_at: tuple[datetime, ...] = ()


class Participant(_Participant):
    """One person of the pair; a tuple, because every look makes some anew.

    Args:
        person_id: Whose.
        role: In this pair.
        calendar: When the person may be written to.
        active: False once the person has left the workspace.
        heard_at: Instants (UTC) of all unsolicited messages of the last eight days, from any pair.
    """

    def having_heard(self, *at: datetime) -> "Participant":
        """The same person once they have heard more."""
        return Participant(self.person_id, self.role, self.calendar, self.active, (*self.heard_at, *at))

    @cached_property
    def heard_on(self) -> tuple[tuple[datetime, date], ...]:
        """The same with their own day beside each, in order; every gate of a look asks for them."""
        local_day = self.calendar.local_day
        return tuple([(each, local_day(each)) for each in sorted(self.heard_at)])


@dataclass(frozen=True)
class Pause:
    """A stretch in which nothing is asked; it always has an end (UTC, half-open).

    Args:
        begins_at: From when.
        ends_at: Until when.
        person_id: Who paused; None when the pair did.
    """

    begins_at: datetime
    ends_at: datetime
    person_id: int | None = None


class Ask(NamedTuple):
    """A notice of this pair (or of one of its people) that was written as a letter, and its answer.

    A tuple, because a look reads everything a pair was ever asked.

    Args:
        kind: The notice's kind.
        subject: The notice's subject.
        key: The notice's key.
        to: The person ids that heard it; none for coordinators.
        asked_at: When the letter was written (UTC).
        answered_at: When somebody pressed one of its buttons (UTC).
        period_key: The period it belongs to, if any.
    """

    kind: Kind
    subject: str
    key: str
    to: tuple[int, ...]
    asked_at: datetime
    answered_at: datetime | None = None
    period_key: str | None = None


def recorded(notice: Notice) -> Ask:
    """How a notice is remembered once its letter is written."""
    return Ask(
        notice.kind,
        notice.subject,
        notice.key,
        notice.people,
        notice.not_before,
        None,
        notice.period_key,
    )


class Changes(TypedDict, total=False):
    """What a look may find changed in the facts it began with: those of `PairFacts` under the same names."""

    participants: tuple[Participant, ...]
    meetings: tuple[Meeting, ...]
    asks: tuple[Ask, ...]
    pauses: tuple[Pause, ...]


@dataclass(frozen=True, eq=False)
class PairFacts:
    """One pair; compared by identity, so that what is derived from it can be remembered cheaply.

    Args:
        pair_id: Which.
        state: Live or ended.
        phase: Casual pairs are left alone but for a quarterly hello.
        announced_at: When the two were told (UTC).
        participants: Two, or more in group programs.
        rhythm: The agreed plan, or the program's suggestion counted from the announcement.
        rescheduler: Who finds the time.
        agreement_expected: False where the program does without.
        agreed: Whether an agreement is in force.
        proposal_waits_for: People whose signature a proposal lacks.
        proposed_at: When that proposal was made (UTC).
        meetings: All of this rhythm, and those still ahead.
        asks: What was written to this pair, and the pause letters of its people.
        pauses: Past, present and coming ones of the pair and its people; past ones excuse missed periods.
        ends_at: When the formal pairing ends (UTC), or None.
        casual_since: The local day the casual phase began.
        casual_opted_in: Whether the quarterly hello was asked for.
    """

    pair_id: int
    state: PairState
    phase: Phase
    announced_at: datetime
    participants: tuple[Participant, ...]
    rhythm: Rhythm
    rescheduler: Rescheduler = Rescheduler.BOTH
    agreement_expected: bool = True
    agreed: bool = False
    proposal_waits_for: tuple[int, ...] = ()
    proposed_at: datetime | None = None
    meetings: tuple[Meeting, ...] = ()
    asks: tuple[Ask, ...] = ()
    pauses: tuple[Pause, ...] = ()
    ends_at: datetime | None = None
    casual_since: date | None = None
    casual_opted_in: bool = False

    @cached_property
    def together(self) -> ToPair:
        """All of the pair as the receiver of what concerns them all."""
        return ToPair(self.pair_id)

    @cached_property
    def past(self) -> "PairFacts":
        """Facts with the same questions, meetings and pauses: what follows from those is kept under it."""
        return self

    def having(self, **changes: Unpack[Changes]) -> Self:
        """The same facts but for these; every look makes some, and `replace` takes thrice as long."""
        found = object.__new__(type(self))
        found.__dict__.update(self.__dict__)
        found.__dict__.update(changes)
        found.__dict__.pop("past", None)
        return found

    def having_told(self, asks: tuple[Ask, ...], participants: tuple[Participant, ...]) -> Self:
        """The same facts once something was said that asks nothing, so that nobody owes one more answer."""
        found = self.having(asks=asks, participants=participants)
        found.__dict__["past"] = self.past
        return found
