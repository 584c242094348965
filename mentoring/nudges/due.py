"""One thing the ladder would say, with its time and its receiver, before anybody asks whether it may."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple

from mentoring.notices import ToPair, ToPerson
from mentoring.nudges.facts import Ask, PairFacts
from mentoring.nudges.notices import Kind, Reason, Receiver, ToCoordinators

NO_IDS: Mapping[str, int | str] = MappingProxyType({})


class Due(NamedTuple):
    """A rung's finding; a tuple, because a look makes some twenty and keeps few of them.

    Args:
        kind: What it is about.
        subject: What exactly.
        due_at: From when it makes sense (UTC).
        expires_at: Until when it makes sense (UTC, excluded).
        to: Who should hear it.
        why: A short machine reason for the transcript.
        period_key: The period it belongs to, if any.
        ids: What the template looks up.
        left_out: Why it will not be said, although it is its turn.
        cut_by: What it means when its time runs out.
    """

    kind: Kind
    subject: str
    due_at: datetime
    expires_at: datetime
    to: Receiver
    why: str
    period_key: str | None = None
    ids: Mapping[str, int | str] = NO_IDS
    left_out: Reason | None = None
    cut_by: Reason = Reason.TOO_LATE


PRIVATE = frozenset({Kind.QUIET_CHECK, Kind.PAUSE_ENDS, Kind.WELCOME_BACK})
"""Kinds in which each person is a matter of their own."""

OWN_AFFAIRS = frozenset({Kind.PAUSE_ENDS, Kind.WELCOME_BACK})
"""Kinds that belong to a person rather than to one of the pairs, and are said once for all of them."""


_PERSON = attrgetter("person_id")


def people_of(facts: PairFacts, to: Receiver) -> tuple[int, ...]:
    """The person ids that hear it; none for coordinators."""
    if isinstance(to, ToPair):
        return tuple(map(_PERSON, facts.participants))
    return (to.person_id,) if isinstance(to, ToPerson) else ()


def key_of(facts: PairFacts, due: Due) -> str:
    """The once-only key: kind, whose matter, subject, and the person when only one of them hears it."""
    if isinstance(due.to, ToPerson):
        if due.kind in OWN_AFFAIRS:
            return f"{due.kind}:person {due.to.person_id}:{due.subject}"
        return f"{due.kind}:pair {facts.pair_id}:{due.subject}:person {due.to.person_id}"
    return f"{due.kind}:pair {facts.pair_id}:{due.subject}"


def _same(facts: PairFacts, due: Due) -> Sequence[Ask]:
    """What was asked before of the same matter."""
    return _by_matter(facts).get((due.kind, due.subject), ())


@lru_cache(maxsize=8)
def _by_matter(facts: PairFacts) -> Mapping[tuple[Kind, str], Sequence[Ask]]:
    """Everything ever asked, by what it was about; a look asks for each thing that is due."""
    found: defaultdict[tuple[Kind, str], list[Ask]] = defaultdict(list)
    for each in facts.asks:
        found[each.kind, each.subject].append(each)
    return found


def is_said(facts: PairFacts, due: Due) -> bool:
    """Whether this was said before to any of those who would hear it, or has its answer from another."""
    if not facts.asks:
        return False
    same = _same(facts, due)
    if not same:
        return False
    people = set(people_of(facts, due.to))
    if due.kind not in PRIVATE and any(each.answered_at is not None for each in same):
        return True
    return any(isinstance(due.to, ToCoordinators) or people & set(each.to) for each in same)


def is_said_to_all(facts: PairFacts, due: Due) -> bool:
    """Whether nobody is left who has not heard it."""
    if not facts.asks:
        return False
    if not isinstance(due.to, ToPair):
        return is_said(facts, due)
    same = _same(facts, due)
    return bool(same) and set(people_of(facts, due.to)) <= set().union(*[each.to for each in same])
