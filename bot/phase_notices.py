"""What a pair hears about its phases, computed from the facts alone."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from mentoring.notices import Notice, ToPerson
from mentoring.nudges.facts import Participant
from mentoring.pairs import Pair
from mentoring.phase_askings import LATE_ANSWERS
from mentoring.phases import PhaseName, go_on_due_at, openings
from storage.facts import Known
from storage.phases import GoingOnAnswer

GO_ON_UNTIL = LATE_ANSWERS / 2
"""After a pair's end nobody is asked for longer whether it should go on casually."""


class Saying(NamedTuple):
    """Something all or some of a pair hear once, each for themselves.

    Args:
        kind: What it is.
        at: From when.
        until: Until when (excluded).
        to: Whom it concerns.
        why: The reason, for the transcript.
        phase: Which phase opens, if one does.
    """

    kind: str
    at: datetime
    until: datetime
    to: Sequence[Participant]
    why: str
    phase: PhaseName | None = None


def phase_notices(
    known: Known, answered: Mapping[int, GoingOnAnswer], now: datetime
) -> tuple[list[Notice], datetime | None]:
    """What a pair may hear about its phases now, and when the next of it comes up.

    Args:
        known: The pair.
        answered: Who has said whether to go on casually.
        now: The instant of the look; nothing is written for what is over or still to come.
    """
    sayings = [each for each in _sayings(known, answered, now) if each.to]
    ripe = [_notice(known.pair, each, one) for each in sayings if each.at <= now for one in each.to]
    return ripe, min([each.at for each in sayings if each.at > now], default=None)


def _sayings(known: Known, answered: Mapping[int, GoingOnAnswer], now: datetime) -> Iterator[Saying]:
    """What is not over; of the guides to come the next one is enough, for they are in order of time."""
    facts = known.facts
    active = [each for each in facts.participants if each.active]
    for opening in openings(known.phases, facts.announced_at) if facts.casual_since is None else ():
        if now < opening.until:
            why = f"the {opening.phase} phase begins"
            yield Saying("phase_opens", opening.at, opening.until, active, why, opening.phase)
            if opening.at > now:
                break
    if facts.ends_at is None:
        return
    if facts.casual_since is None and now < facts.ends_at + GO_ON_UNTIL:
        at = max(go_on_due_at(known.phases), facts.announced_at + LATE_ANSWERS)
        silent = [each for each in active if each.person_id not in answered]
        yield Saying("go_on", at, facts.ends_at + GO_ON_UNTIL, silent, "halfway through the end phase")


def _notice(pair: Pair, said: Saying, one: Participant) -> Notice:
    return Notice(
        kind=said.kind,
        to=ToPerson(one.person_id),
        key=_key(pair, said, one),
        not_before=said.at,
        expires_at=said.until,
        ids={"pair": pair.id} if said.phase is None else {"pair": pair.id, "phase": said.phase.value},
        why=said.why,
    )


def _key(pair: Pair, said: Saying, one: Participant) -> str:
    if said.phase is not None:
        # Whoever has three mentees needs the guide once: its key names the role and not the pair.
        return f"{said.kind}:program {pair.program_id}:{said.phase}:{one.role}:person {one.person_id}"
    return f"{said.kind}:pair {pair.id}:person {one.person_id}"
