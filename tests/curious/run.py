"""A program whose people and coordinator are curious: what breaks, and what Slack would refuse."""

import tempfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from random import Random

from bot.memory import only_new_garbage
from bot.rehearsal.actor import Actor
from bot.rehearsal.behavior import Behavior
from bot.rehearsal.run import Wishes, errors_logged, rehearsal
from bot.rehearsal.timeline import Timeline
from handlers.commands import COMMANDS, Audience
from mentoring.kinds import ProgramKind
from playground import CannotDo, Message
from tests.curious.hands import Hands
from tests.support.samples import only, sample_rows

STARTS_ON = date(2026, 1, 5)
KNOWN = frozenset({"join.open", "agreement.open", "agreement.accept", "agreement.look", "match.fine"})
"""What most go through as it is meant, or there would be no pairs to be curious in."""
AS_MEANT = 0.75
ONCE_MORE, LOOKS_HOME, TYPES = 0.25, 0.25, 0.1
"""How often somebody who deals with a message also presses an older one, something on Home, or types."""
COORDINATES, ACTS_UNASKED = 0.25, 0.25
"""How often the coordinator, and anybody, does something when anything has happened."""
LEAVES_THE_FIRM = 0.002
SPANISH_EVERY = 5
RECENT = 14
"""Messages back to which people scroll."""


@dataclass(frozen=True)
class Found:
    """What came of a run.

    Args:
        faults: What the bot logged as an error.
        refused: Calls of the bot's that Slack would not take.
        broken: What people saw as an error of Slack's own.
        pairs: How many were introduced: without any nothing was tried.
    """

    faults: tuple[str, ...]
    refused: tuple[str, ...]
    broken: tuple[str, ...]
    pairs: int

    @property
    def is_well(self) -> bool:
        """Whether nothing broke."""
        return not (self.faults or self.refused or self.broken)

    def summary(self) -> str:
        """The run in a few lines."""
        said = [f"{self.pairs} pairs"]
        for name in ("faults", "refused", "broken"):
            each = sorted({*getattr(self, name)})
            said += [f"  {name}: {len(each)} (0 wanted)", *(f"    {one}" for one in each)]
        return "\n".join(said)


def play(kind: ProgramKind, seed: int, people: int, weeks: int) -> Found:
    """Play a whole program with curious people."""
    chance = Random(seed)
    wishes = Wishes(
        only(chance.sample([*sample_rows()], people)), kind, STARTS_ON, weeks, seed, Behavior.MIXED
    )
    hands = Hands(chance)
    with (
        tempfile.TemporaryDirectory() as folder,
        errors_logged() as faults,
        rehearsal(wishes, Path(folder), lambda _share: None) as timeline,
        only_new_garbage(),
    ):
        timeline.prepare()
        _make_curious(timeline, hands)
        while timeline.step():
            _meddle(timeline, hands)
        refused = tuple(str(each) for each in timeline.stage.playground.refused)
        pairs = len(
            {each.id for each in timeline.stage.playground.world.channels.values() if each.kind == "mpim"}
        )
    return Found(tuple(faults), refused, tuple(hands.broken), pairs)


class Curious(Actor):
    """Somebody who presses anything on what arrives, and goes back to what came before."""

    hands: Hands
    seen: list[Message]

    def react(self, message: Message, now: datetime) -> None:
        """Deal with a message, most in ways it was not meant."""
        chance = self.hands.chance
        self.seen.append(message)
        if KNOWN & {each.action_id for each in message.controls} and chance.random() < AS_MEANT:
            super().react(message, now)
        else:
            self.hands.press_on(self.person, message, now)
        if chance.random() < ONCE_MORE:
            self.hands.press_on(self.person, chance.choice(self.seen[-RECENT:]), now)
        if chance.random() < LOOKS_HOME:
            self.hands.press_on_home(self.person, now)
        if chance.random() < TYPES:
            self.hands.type(self.person, chance.choice(OWN), now)


OWN = [name for name, each in COMMANDS.items() if each.audience is Audience.EVERYBODY]
ANY = [*COMMANDS]


def _make_curious(timeline: Timeline, hands: Hands) -> None:
    for number, (slack_id, actor) in enumerate(timeline._actors.items()):
        curious = Curious(actor.person, actor.row, actor.temper, actor.chance, actor.diary)
        curious.hands, curious.seen = hands, []
        timeline._actors[slack_id] = curious
        if number % SPANISH_EVERY == 0:
            actor.person.change(locale="es-ES")


def _meddle(timeline: Timeline, hands: Hands) -> None:
    """The coordinator is curious as well, once there are pairs; and now and then somebody's account goes."""
    chance, now, robin = hands.chance, timeline.stage.clock.now(), timeline.stage.coordinator
    if now.date() <= STARTS_ON:
        return
    try:
        if chance.random() < COORDINATES:
            drawn, inbox = chance.randrange(3), robin.inbox()
            if drawn == 0:
                hands.press_on_home(robin, now)
            elif drawn == 1:
                hands.type(robin, chance.choice(ANY), now)
            elif inbox:
                hands.press_on(robin, chance.choice(inbox[-RECENT:]), now)
        somebody = chance.choice([*timeline._actors.values()]).person
        if chance.random() < ACTS_UNASKED:
            if chance.randrange(2):
                hands.press_on_home(somebody, now)
            else:
                hands.type(somebody, chance.choice(OWN), now)
        if chance.random() < LEAVES_THE_FIRM:
            somebody.deactivate()
    except CannotDo:
        # Pressed on what was replaced meanwhile, or gone already.
        pass
