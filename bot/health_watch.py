"""At every look at a pair: keep its health, and keep the coordinators' list true."""

from bot.heard import Tick
from mentoring.attention import gone, worth_a_look
from mentoring.health import health, read_thresholds, week_of
from mentoring.nudges.facts import Ask, PairFacts
from mentoring.nudges.notices import FOR_COORDINATORS, Kind
from storage.facts import Known


def watch_health(this: Tick, known: Known, facts: PairFacts) -> None:
    """Measure the pair from the facts at hand; nothing is read again, and nobody is written to."""
    now = this.now
    pair, found = known.pair, health(facts, now)
    thresholds = read_thresholds(known.program.settings)
    this.measure(pair, found.score)
    listed = {each.kind for each in facts.asks if each.answered_at is None} & FOR_COORDINATORS
    settled = listed and gone(facts, found, thresholds, now) & listed
    if settled:
        this.settle(pair, settled)
    if worth_a_look(facts, found, thresholds, now):
        subject = f"pair {pair.id}:{week_of(now.date()).isoformat()}"
        this.note(pair, Ask(Kind.LOW_HEALTH, subject, f"{Kind.LOW_HEALTH}:{subject}", (), now))
