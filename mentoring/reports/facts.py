"""Everything the reports are counted from: one program's people, pairs and meetings at one instant."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from mentoring.cadence import Rhythm
from mentoring.enrollment import EnrollmentState
from mentoring.hours import zone_of
from mentoring.kinds import Role
from mentoring.meetings import MeetingState
from mentoring.pairs import Ending, PastMember, had_its_time
from mentoring.programs import Program


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """One person in the program, by number; instants in UTC.

    Args:
        hours_per_month: What they said they can give.
        capacity: How many mentees they offered to carry; 0 for a mentee.
    """

    id: int
    state: EnrollmentState
    is_mentor: bool
    is_mentee: bool
    capacity: int
    hours_per_month: int
    joined_at: datetime | None
    office: str = ""
    level: int = 0
    department: str = ""
    offers: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PairFacts:
    """One pair; instants in UTC.

    Args:
        members: Each person's number and role.
        score: How well the matcher thought they fit, from 0 to 1.
        rhythm: What they agreed on, or what the program suggests until they do.
        past: Who left it while it went on.
        seen_by_leaver: Whether this is how somebody saw it who left: `members` is they alone, `ended_at` when
            they left. It is no pair to be counted, only their part in one.
        pauses: Stretches in which nothing was asked of the pair or of one of them.
    """

    id: int
    members: tuple[tuple[int, Role | None], ...]
    score: float
    from_matcher: bool
    announced_at: datetime | None
    ended_at: datetime | None
    ending: Ending | None
    ends_on: date
    casual: bool
    agreed: bool
    rhythm: Rhythm
    pauses: tuple[tuple[datetime, datetime], ...] = ()
    past: tuple[PastMember, ...] = ()
    seen_by_leaver: bool = False

    def as_left(self, by: PastMember) -> "PairFacts":
        """The part that somebody had in it until they left."""
        return replace(
            self,
            members=((by.person_id, by.role),),
            ended_at=by.left_at,
            ending=by.ending,
            casual=False,
            past=(),
            seen_by_leaver=True,
        )

    def takes_places(self, program: Program, now: datetime) -> bool:
        """Whether it is one of the program still, as `mentoring.pairs.takes_places` has it."""
        over = had_its_time(self.ends_on, program.time_zone, now, casual=self.casual)
        return self.ended_at is None and not over

    def last_day(self, program: Program) -> date:
        """The last local day on which the pair was one within the program."""
        if self.ended_at is None:
            return self.ends_on
        return min(self.ends_on, self.ended_at.astimezone(zone_of(program.time_zone)).date())


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """One meeting; `starts_at` in UTC."""

    pair_id: int
    state: MeetingState
    starts_at: datetime
    minutes: int


@dataclass(frozen=True)
class Facts:
    """One program at one instant; `now` is aware. What every report needs is found once."""

    program: Program
    now: datetime
    people: tuple[PersonFacts, ...]
    pairs: tuple[PairFacts, ...]
    meetings: tuple[MeetingFacts, ...]

    @property
    def today(self) -> date:
        """The program's own day."""
        return self.day_of(self.now)

    def day_of(self, instant: datetime) -> date:
        """An instant on the program's calendar."""
        return instant.astimezone(zone_of(self.program.time_zone)).date()

    @cached_property
    def told(self) -> list[PairFacts]:
        """Pairs that were introduced; before that they are nobody's business."""
        return [
            each for each in self.pairs if each.announced_at is not None and each.announced_at <= self.now
        ]

    @cached_property
    def lived(self) -> list[PairFacts]:
        """The same as people lived it, for what is counted by person: also the parts of those who left."""
        return [*self.told, *(each.as_left(one) for each in self.told for one in each.past)]

    def held_of(self, pair: PairFacts) -> Sequence[MeetingFacts]:
        """Meetings of an introduced pair that took place; to whoever left it, those before they did."""
        held = self._held_by_pair.get(pair.id, ())
        if pair.seen_by_leaver and pair.ended_at is not None:
            return [each for each in held if each.starts_at < pair.ended_at]
        return held

    @cached_property
    def _held_by_pair(self) -> dict[int, list[MeetingFacts]]:
        found: dict[int, list[MeetingFacts]] = {}
        for each in self.held:
            found.setdefault(each.pair_id, []).append(each)
        return found

    @cached_property
    def held(self) -> list[MeetingFacts]:
        """Meetings that took place, of pairs that were introduced."""
        told = {each.id for each in self.told}
        return [each for each in self.meetings if each.state is MeetingState.HELD and each.pair_id in told]
