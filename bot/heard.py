"""What one tick has said so far: whoever is in several pairs must not hear twice."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.orm import Session

from mentoring.health import week_of
from mentoring.notices import Notice
from mentoring.nudges.facts import Ask, PairFacts, Participant
from mentoring.nudges.notices import Beside, Kind, Reason, Skip
from mentoring.pairs import Pair
from mentoring.surveys.requests import SurveyRequest, reminded
from mentoring.surveys.timing import Place, place_for, when_to_ask
from storage.desk import settle_gone
from storage.meetings import add_asks, add_notes
from storage.outbox import write_letters
from storage.pairs import keep_looks
from storage.skips import note_skips
from storage.surveys import Wanted, ask_surveys, save_reminded


@dataclass(slots=True)
class Tick:
    """One look of the clock, with the instants at which it wrote to each person.

    What it decides for a batch of pairs is collected and written at the end of the batch, in one statement a
    table however many pairs there are, and in the batch's own transaction.
    """

    now: datetime
    heard: defaultdict[int, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    _letters: list[tuple[Pair, Notice, SurveyRequest | None]] = field(default_factory=list)
    _asks: list[tuple[Pair, Ask]] = field(default_factory=list)
    _notes: list[tuple[Pair, Ask]] = field(default_factory=list)
    _skips: list[tuple[Pair, Skip]] = field(default_factory=list)
    _healths: dict[int, int | None] = field(default_factory=dict)
    _reminded: list[SurveyRequest] = field(default_factory=list)
    _gone: list[tuple[int, Kind]] = field(default_factory=list)

    def say(self, pair: Pair, notice: Notice) -> None:
        """A letter about this pair."""
        self._letters.append((pair, notice, None))

    def survey(self, pair: Pair, request: SurveyRequest, notice: Notice) -> None:
        """A survey to somebody of this pair: the asking, and the letter of the same key that brings it."""
        self._letters.append((pair, notice, request))

    def remind(self, pair: Pair, request: SurveyRequest, notice: Notice) -> None:
        """The one reminder of a survey that somebody of this pair was asked."""
        self._letters.append((pair, notice, None))
        self._reminded.append(reminded(request, now=self.now))

    def settle(self, pair: Pair, kinds: Iterable[Kind]) -> None:
        """Reasons to look at this pair that no longer hold."""
        self._gone += [(pair.id, each) for each in kinds]

    def note(self, pair: Pair, note: Ask) -> None:
        """Something for the coordinators' list, where the same matter stands once."""
        self._notes.append((pair, note))

    def ask(self, pair: Pair, ask: Ask) -> None:
        """A question to this pair, remembered."""
        self._asks.append((pair, ask))

    def skip(self, pair: Pair, skips: tuple[Skip, ...]) -> None:
        """What was left out on purpose, counted."""
        self._skips += [(pair, each) for each in skips]

    def hold(self, pair: Pair, what: Beside, key: str, place: Place, until: datetime) -> None:
        """Something seldom has to wait, or finds no place before its time is over: counted with its reason.

        A night is no reason worth counting.
        """
        if place.at >= until:
            self.skip(pair, (Skip(what, key, Reason.TOO_LATE),))
        elif place.moved_by in (Reason.BUDGET, Reason.PAUSED):
            self.skip(pair, (Skip(what, key, place.moved_by, place.at),))

    def measure(self, pair: Pair, score: int | None) -> None:
        """The pair's health."""
        self._healths[pair.id] = score

    def write(self, session: Session, looks: Mapping[int, datetime | None]) -> None:
        """Keep everything decided since the last time, and when to look at each of these pairs again."""
        # First: what is noted now holds.
        settle_gone(session, self._gone, self.now)
        save_reminded(session, self._reminded)
        add_asks(session, self._asks)
        add_notes(session, self._notes)
        write_letters(session, self._with_askings(session), self.now)
        note_skips(session, self._skips, self.now)
        keep_looks(session, looks, self._healths, week_of(self.now.date()))
        for collected in (
            self._letters, self._asks, self._notes, self._skips, self._reminded, self._gone
        ):  # fmt: skip
            collected.clear()
        self._healths.clear()

    def _with_askings(self, session: Session) -> list[tuple[Pair, Notice]]:
        """The letters in their order; a survey's names its asking, and is left out if that is there."""
        wanted = [
            Wanted(pair.workspace_id, pair.program_id, notice.key, request)
            for pair, notice, request in self._letters
            if request is not None
        ]
        asked = ask_surveys(session, wanted) if wanted else {}
        return [
            (
                pair,
                replace(notice, ids={**notice.ids, "request": asked[notice.key].id}) if request else notice,
            )
            for pair, notice, request in self._letters
            if request is None or notice.key in asked
        ]


class Listeners:
    """The people of one pair, with all that this tick has said to them counted in their budgets."""

    def __init__(self, facts: PairFacts, this: Tick) -> None:
        self._facts, self._this = facts, this
        self._places: dict[tuple[int, datetime], Place] = {}

    def place_for(self, person_id: int, due_at: datetime) -> Place:
        """When a guide or a survey that is due since an instant may reach somebody, at the earliest now."""
        found = self._places.get((person_id, due_at))
        if found is None:
            found = place_for(self._facts, self._heard(person_id), due_at, self._this.now)
            self._places[person_id, due_at] = found
        return found

    def place_alone(self, person_id: int, due_at: datetime) -> Place:
        """The same for what concerns nobody else: another one's pause does not hold it."""
        own = tuple([each for each in self._facts.pauses if each.person_id in (None, person_id)])
        return place_for(self._facts.having(pauses=own), self._heard(person_id), due_at, self._this.now)

    def free_after(self, person_id: int, not_before: datetime) -> datetime:
        """When a reminder may reach them, from an instant on."""
        return when_to_ask(self._facts, self._heard(person_id), not_before)

    def _heard(self, person_id: int) -> Participant:
        one = next(each for each in self._facts.participants if each.person_id == person_id)
        return as_heard(one, self._this)

    def tell(self, person_id: int) -> None:
        """Count one more message to somebody."""
        self._this.heard[person_id].append(self._this.now)
        self._places.clear()


def as_heard(one: Participant, this: Tick) -> Participant:
    """A person, with what this tick has already said to them counted in their budget."""
    if not this.heard.get(one.person_id):
        return one
    return one.having_heard(*sorted({*this.heard[one.person_id]}.difference(one.heard_at)))


def with_heard(facts: PairFacts, this: Tick) -> PairFacts:
    """The same facts, with what this tick has already said counted in everybody's budget."""
    for each in facts.participants:
        if this.heard.get(each.person_id):
            return facts.having(participants=tuple([as_heard(one, this) for one in facts.participants]))
    return facts
