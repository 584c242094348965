"""A pair living through time: what storage and the tick do with the ladder's findings, in memory."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

from mentoring import meetings
from mentoring.cadence import EVERY_TWO_WEEKS, Rhythm, period_key
from mentoring.hours import Calendar, zone_of
from mentoring.kinds import Role
from mentoring.meetings import Meeting, Said
from mentoring.nudges.facts import PairFacts, PairState, Participant, Pause, Phase
from mentoring.nudges.ladder import look, remember
from mentoring.nudges.notices import Kind, Notice, Skip

PRIYA, MARCUS = 1, 2
NEW_YORK, LONDON, AUCKLAND = "America/New_York", "Europe/London", "Pacific/Auckland"

ANNOUNCED = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
"""A Monday, 10:00 in New York."""

FIRST_DAY = date(2026, 3, 3)
"""The first day of the rhythm: the day after the announcement, a Tuesday."""


def people(*zones: str) -> tuple[Participant, ...]:
    zone_of_priya, zone_of_marcus = zones or (NEW_YORK, NEW_YORK)
    return (
        Participant(PRIYA, Role.MENTEE, Calendar(zone_of_priya)),
        Participant(MARCUS, Role.MENTOR, Calendar(zone_of_marcus)),
    )


def booking_pair(**changes: object) -> PairFacts:
    """A pair that has agreed to meet every two weeks and books each time."""
    facts = PairFacts(
        pair_id=17,
        state=PairState.LIVE,
        phase=Phase.START,
        announced_at=ANNOUNCED,
        participants=people(),
        rhythm=Rhythm(EVERY_TWO_WEEKS, FIRST_DAY, NEW_YORK),
        agreed=True,
    )
    return replace(facts, **changes)  # type: ignore[arg-type]  # tests name the fields they change


def slot_pair(**changes: object) -> PairFacts:
    """A pair with a fixed slot: every second Thursday at 15:00 New York time."""
    rhythm = Rhythm(EVERY_TWO_WEEKS, FIRST_DAY, NEW_YORK, weekday=3, at=time(15))
    return booking_pair(**{"rhythm": rhythm, **changes})


@dataclass
class Life:
    """A pair and its clock; every step goes through the rules the product uses."""

    facts: PairFacts
    now: datetime = ANNOUNCED
    letters: list[Notice] = field(default_factory=list)
    skips: list[Skip] = field(default_factory=list)
    next_look_at: datetime | None = None
    stored: int = 0

    def tick(self) -> tuple[Notice, ...]:
        """Look, store what was found, and return what is said."""
        found = look(self.facts, self.now)
        while found.to_plan:
            for slot in found.to_plan:
                self.store(
                    meetings.plan(
                        self.facts.pair_id, slot.period.key, slot.starts_at, 60, f"u{slot}", None, self.now
                    )
                )
            found = look(self.facts, self.now)
        for notice in found.notices:
            self.facts = remember(self.facts, notice)
        self.letters.extend(found.notices)
        self.skips.extend(found.skipped)
        self.next_look_at = found.next_look_at
        return found.notices

    def until(self, later: datetime) -> list[Notice]:
        """Live on from look to look, as the tick does, and return everything said on the way."""
        said = list(self.tick())
        while self.next_look_at is not None and self.next_look_at <= later:
            assert self.next_look_at > self.now
            self.now = self.next_look_at
            said.extend(self.tick())
        self.now = later
        return said

    def weeks(self, number: float) -> list[Notice]:
        return self.until(self.now + timedelta(weeks=number))

    def store(self, meeting: Meeting) -> Meeting:
        self.stored += meeting.id == 0
        stored = replace(meeting, id=meeting.id or self.stored)
        kept = tuple(each for each in self.facts.meetings if each.id != stored.id)
        self.facts = replace(self.facts, meetings=(*kept, stored))
        return stored

    def book(self, by: int, at: datetime) -> Meeting:
        key = period_key(self.facts.rhythm, at)
        return self.store(meetings.plan(self.facts.pair_id, key, at, 60, f"u{at}", by, self.now))

    def log(self, by: int, at: datetime) -> Meeting:
        key = period_key(self.facts.rhythm, at)
        return self.store(meetings.log(self.facts.pair_id, key, at, 60, f"u{at}", by, self.now))

    def answer(self, meeting: Meeting, by: int, said: Said, moved_to: datetime | None = None) -> Meeting:
        current = next(each for each in self.facts.meetings if each.id == meeting.id)
        return self.store(meetings.answer(current, by, said, self.now, moved_to))

    def press(self, kind: Kind) -> None:
        """Somebody presses a button of the newest letter of a kind."""
        newest = max((each for each in self.facts.asks if each.kind is kind), key=lambda each: each.asked_at)
        kept = tuple(each for each in self.facts.asks if each is not newest)
        self.facts = replace(self.facts, asks=(*kept, newest._replace(answered_at=self.now)))

    def pause(self, days: int, by: int | None = None) -> Pause:
        pause = Pause(self.now, self.now + timedelta(days=days), by)
        self.facts = replace(self.facts, pauses=(*self.facts.pauses, pause))
        return pause


def kinds(letters: list[Notice] | tuple[Notice, ...]) -> list[Kind]:
    return [each.kind for each in letters]


def local(notice: Notice) -> str:
    """When a notice goes out, on New York's clock."""
    return notice.not_before.astimezone(zone_of(NEW_YORK)).strftime("%a %Y-%m-%d %H:%M")
