"""The run: the clock goes from event to event; people act; the bot looks and sends."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from random import Random
from zoneinfo import ZoneInfo

from bot.rehearsal.actor import Actor
from bot.rehearsal.behavior import Behavior, temper_of
from bot.rehearsal.diary import Diary
from bot.rehearsal.stage import COORDINATOR, Stage
from bot.rehearsal.tending import Tending
from mentoring.hours import Calendar, next_instant
from mentoring.kinds import ProgramKind
from mentoring.programs import GRACE_TO_CLOSE
from playground import CannotDo, Message
from storage.due import next_due_at
from storage.people import workspace_of
from storage.programs import programs

ENROLLMENT_WEEKS = 4
"""Enrollment opens this long before the first day."""
MATCH_DAYS_BEFORE = 10
"""Matching closes this long before the first day: time to review, and for calendars."""
COORDINATOR_THINKS = timedelta(hours=3)
"""How long a coordinator takes over a proposal."""

Step = Callable[[], None]


def dawn(starts_on: date) -> datetime:
    """The instant the workspace comes into being: the day before enrollment opens."""
    day = starts_on - timedelta(weeks=ENROLLMENT_WEEKS, days=1)
    return datetime.combine(day, time(0), tzinfo=UTC)


@dataclass(slots=True)
class Timeline:
    """One program, from its charter to its end.

    Args:
        starts_on: First day of the program.
        ends_on: Last day.
        told: Called with the share of the time that has passed, from 0 to 1, after every step.
    """

    stage: Stage
    kind: ProgramKind
    starts_on: date
    ends_on: date
    behavior: Behavior
    seed: int
    diary: Diary
    told: Callable[[float], None] = lambda _share: None
    _queue: list[tuple[datetime, int, Step]] = field(default_factory=list)
    _order: count = field(default_factory=count)  # type: ignore[type-arg] # itertools.count of int
    _seen: int = 0
    _actors: dict[str, Actor] = field(default_factory=dict)

    @property
    def opens_at(self) -> datetime:
        """When the rehearsal begins: a morning four weeks before the first day."""
        zone = ZoneInfo(self.stage.coordinator.tz)
        day = self.starts_on - timedelta(weeks=ENROLLMENT_WEEKS)
        return datetime.combine(day, time(10), tzinfo=zone).astimezone(UTC)

    @property
    def closes_at(self) -> datetime:
        """When it ends: the last surveys have closed."""
        return datetime.combine(self.ends_on, time(12), tzinfo=UTC) + GRACE_TO_CLOSE + timedelta(days=2)

    def play(self) -> None:
        """Run the whole program."""
        self.prepare()
        while self.step():
            pass

    def prepare(self) -> None:
        """Give everybody a temper, and the coordinator a plan."""
        for row in self.stage.roster.rows:
            chance = Random(f"{self.seed} {row.user_id}")  # noqa: S311 - simulated people, not secrets
            temper = temper_of(self.behavior, chance)
            person = self.stage.playground.person(row.user_id)
            self._actors[row.user_id] = Actor(person, row, temper, chance, self.diary)
        self._at(self.opens_at, self._charter)
        match_day = self.starts_on - timedelta(days=MATCH_DAYS_BEFORE)
        zone = ZoneInfo(self.stage.coordinator.tz)
        self._at(datetime.combine(match_day, time(10), tzinfo=zone).astimezone(UTC), self._ask_for_matches)

    def next_at(self) -> datetime | None:
        """The next instant (never in the past) at which anything happens; None when the program is over."""
        return self._next(self._due_at())

    def acts_at(self) -> datetime | None:
        """When somebody acts next, as far as is known."""
        return self._queue[0][0] if self._queue else None

    def _next(self, due: datetime | None) -> datetime | None:
        instants = [at for at in (due, self.acts_at()) if at is not None]
        if not instants or min(instants) > self.closes_at:
            return None
        return max(min(instants), self.stage.clock.now())

    def _due_at(self) -> datetime | None:
        """When the bot has something to do next."""
        with self.stage.database.asking() as asked:
            return next_due_at(asked)

    def step(self, until: datetime | None = None) -> bool:
        """Go to the next instant at which anything happens; False when there is none (until then)."""
        due = self._due_at()
        at = self._next(due)
        if at is None or (until is not None and at > until):
            return False
        self.stage.clock.move_to(at)
        if self.act():
            due = self._due_at()
        # Four of ten steps leave the bot nothing to do at once, and a look costs more than asking.
        if due is not None and due <= at:
            self.stage.bot.beat()
        self.listen()
        self.told(min(1.0, (at - self.opens_at) / (self.closes_at - self.opens_at)))
        return True

    def act(self) -> bool:
        """Let people do what they meant to do by now; tells whether anybody did anything."""
        acts = 0
        while self._queue and self._queue[0][0] <= self.stage.clock.now():
            self._do(heapq.heappop(self._queue)[2])
            acts += 1
        return acts > 0

    def _do(self, act: Step) -> None:
        try:
            act()
        except CannotDo as error:
            # What a person cannot do is a finding about the bot; the others go on.
            self.diary.note_impossible("?", "acts", error)

    def _at(self, at: datetime, act: Step) -> None:
        heapq.heappush(self._queue, (at, next(self._order), act))

    def listen(self) -> None:
        """Let everybody who sees a new message think about it."""
        posts = self.stage.playground.posts_after(self._seen)
        now = self.stage.clock.now()
        for message in posts:
            room = self.stage.playground.channel(message.channel)
            for slack_id in room.members:
                if slack_id == COORDINATOR:
                    self._let_coordinate(message, now)
                elif slack_id in self._actors:
                    self._let_react(self._actors[slack_id], message, now)
        self._seen += len(posts)

    def _let_react(self, actor: Actor, message: Message, now: datetime) -> None:
        at = actor.reacts_at(message, now)
        if at is not None:
            self._at(at, lambda: actor.react(message, self.stage.clock.now()))

    # The coordinator

    def _charter(self) -> None:
        """From nothing to an open enrollment, by slash command and forms."""
        self._draft()
        self._open_enrollment()

    def _draft(self) -> None:
        """A charter nobody hears of yet, with the roster on its list."""
        robin, diary = self.stage.coordinator, self.diary
        self.stage.bot.refresh_directory()
        shown = robin.command("/mentoring", "coordinators").shown
        diary.note(robin.id, "asks who coordinates", None)
        diary.note(robin.id, "claims it", robin.click(shown[0], "staff.claim"))
        diary.note(robin.id, "starts a program", robin.command("/mentoring", "program new"))
        robin.fill("name", f"{self.stage.playground.world.me.team_name} {self.kind} mentoring")
        robin.fill("kind", self.kind.value)
        robin.fill("starts_on", self.starts_on.isoformat())
        robin.fill("ends_on", self.ends_on.isoformat())
        diary.note(robin.id, "says what it is", robin.submit())
        diary.note(robin.id, "says for whom", robin.submit())
        robin.fill("sponsor_name", "Dana Whitfield, managing partner")
        robin.fill("sponsor_words", "A good mentor changed my career. Give us two hours a month.")
        diary.note(robin.id, "says what it is to bring", robin.submit())
        diary.note(robin.id, "sends the charter", robin.submit())
        robin.close(all=True)
        with self.stage.database.read() as session:
            known = workspace_of(session, self.stage.playground.team_id)
            draft = programs(session, known.id)[0] if known else None
        if draft is not None:
            self.stage.invite(draft)

    def _open_enrollment(self) -> None:
        robin = self.stage.coordinator
        outcome = robin.command("/mentoring", "program", channel=self.stage.channel)
        self.diary.note(robin.id, "opens enrollment", robin.click(outcome.shown[0], "program.open"))

    def _ask_for_matches(self) -> None:
        robin = self.stage.coordinator
        self.diary.note(robin.id, "asks for matches", robin.command("/mentoring", "match"))

    def _let_coordinate(self, message: Message, now: datetime) -> None:
        offered = {each.action_id for each in message.controls}
        at = next_instant(Calendar(self.stage.coordinator.tz), now + COORDINATOR_THINKS)
        if "match.review" in offered:
            self._at(at, lambda: self._approve(message))
        elif "desk.pair" in offered:
            self._at(at, self._tend)

    def _tend(self) -> None:
        """Look after the pairs that need a look, as Monday's letter says."""
        week = self.stage.clock.now().date().isocalendar()
        chance = Random(f"{self.seed} coordinator {week.year} {week.week}")  # noqa: S311 - as above
        Tending(self.stage.coordinator, chance, self.diary).look()

    def _approve(self, message: Message) -> None:
        robin = self.stage.coordinator
        self.diary.note(robin.id, "reviews the proposal", robin.click(message, "match.review"))
        self.diary.note(robin.id, "approves it", robin.submit())
        robin.close(all=True)
