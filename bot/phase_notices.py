"""What a pair hears about its phases, computed from the facts alone."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from mentoring.notices import Notice, ToPerson
from mentoring.phases import LATE_ANSWERS, go_on_due_at, openings
from storage.facts import Known
from storage.phases import GoingOnAnswer


def phase_notices(known: Known, answered: Mapping[int, GoingOnAnswer], now: datetime) -> Iterator[Notice]:
    """Everything a pair hears about its phases and could still hear, with the span in which it may be said.

    Args:
        known: The pair.
        answered: Who has said whether to go on casually.
        now: What cannot be said any more is left out.
    """
    pair, facts = known.pair, known.facts
    active = [each for each in facts.participants if each.active]
    begins = openings(known.phases, facts.announced_at) if facts.casual_since is None else ()
    for opening in begins:
        if now >= opening.until:
            continue
        for one in active:
            # Whoever has three mentees needs the guide once: its key names the role and not the pair.
            key = f"phase_opens:program {pair.program_id}:{opening.phase}:{one.role}:person {one.person_id}"
            yield Notice(
                kind="phase_opens",
                to=ToPerson(one.person_id),
                key=key,
                not_before=opening.at,
                expires_at=opening.until,
                ids={"pair": pair.id, "phase": opening.phase.value},
                why=f"the {opening.phase} phase begins",
            )
    if facts.ends_at is None:
        return
    go_on_at = max(go_on_due_at(known.phases), facts.announced_at + LATE_ANSWERS)
    for person_id in (each.person_id for each in active):
        if person_id not in answered and facts.casual_since is None:
            yield Notice(
                kind="go_on",
                to=ToPerson(person_id),
                key=f"go_on:pair {pair.id}:person {person_id}",
                not_before=go_on_at,
                expires_at=facts.ends_at + LATE_ANSWERS / 2,
                ids={"pair": pair.id},
                why="halfway through the end phase",
            )
        yield Notice(
            kind="graduation",
            to=ToPerson(person_id),
            key=f"graduation:pair {pair.id}:person {person_id}",
            not_before=facts.ends_at,
            expires_at=facts.ends_at + LATE_ANSWERS,
            ids={"pair": pair.id},
            why="the program is over for them",
        )
