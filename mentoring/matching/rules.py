"""Hard rules: what no pair may break, however good it would be otherwise.

A rule marks the possible pairs it bars and can say why in words that betray nothing: a private rule
(whom somebody does not want, who reports to whom, ethical walls) never names itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from mentoring.kinds import ProgramKind
from mentoring.matching.candidates import Candidate, Wish
from mentoring.matching.pool import UNKNOWN, Pool
from mentoring.matching.reporting import managers_above
from mentoring.matching.settings import Aspect, Lock, MatchSettings, Must, PreviousPair
from mentoring.matching.view import Bools, Ints, View
from mentoring.matching.wording import listed

PRIVATE_REASON = "the program’s rules on who may meet rule it out"


class Rule(Protocol):
    """A hard rule: which pairs it bars, and why."""

    @property
    def name(self) -> str:
        """A short name, for the coordinator's settings."""
        ...

    @property
    def private(self) -> bool:
        """Whether even the coordinator's reasons must not tell it from other private rules."""
        ...

    def bars(self, pool: Pool, view: View) -> Bools:
        """Mark the pairs of a view that this rule bars."""
        ...

    def why(self) -> str:
        """Say why, as a clause that can follow a colon."""
        ...

    def remedy(self, person: Candidate, other: str) -> str:
        """Say what would give a person, whom only this rule keeps apart from everyone, a match."""
        ...


@dataclass(frozen=True)
class NotOneself:
    """Nobody is paired with themselves, though one person may be mentor to one and mentee of another.

    It is kept with the private rules because it goes without saying: it is never the reason to tell.
    """

    name: str = "not oneself"
    private: bool = True

    def bars(self, pool: Pool, view: View) -> Bools:
        """Mark everyone with themselves."""
        everyone = np.arange(len(pool.people), dtype=np.intp)
        same: Bools = view.learner(everyone) == view.teacher(everyone)
        return same

    def why(self) -> str:
        """Say why."""
        return "it is the same person"

    def remedy(self, person: Candidate, other: str) -> str:  # noqa: ARG002 - rules share one signature
        """Say what would help."""
        return f"one more {other} would do"


@dataclass(frozen=True)
class Capacity:
    """A mentor who has no place left takes nobody."""

    name: str = "capacity"
    private: bool = False

    def bars(self, pool: Pool, view: View) -> Bools:
        """Mark everyone with a mentor without a place."""
        full = np.array([person.capacity <= 0 for person in pool.people], dtype=np.bool_)
        return np.broadcast_to(view.teacher(full), view.shape)

    def why(self) -> str:
        """Say why."""
        return "no place is free"

    def remedy(self, person: Candidate, other: str) -> str:  # noqa: ARG002 - rules share one signature
        """Say what would help."""
        return f"one more {other} with a place would do"


@dataclass(frozen=True, eq=False)
class ListedPairs:
    """Pairs barred one by one, in either order: do-not-pair, reporting line, earlier pairs, exclusions."""

    name: str
    private: bool
    reason: str
    pairs: Ints

    def bars(self, pool: Pool, view: View) -> Bools:  # noqa: ARG002 - rules share one signature
        """Mark the listed pairs."""
        return view.where(self.pairs)

    def why(self) -> str:
        """Say why."""
        return self.reason

    def remedy(self, person: Candidate, other: str) -> str:  # noqa: ARG002 - rules share one signature
        """Say what would help."""
        return f"one more {other} to whom this does not apply would do"


@dataclass(frozen=True)
class EthicalWalls:
    """Members of groups that must not meet are not paired."""

    walls: tuple[tuple[str, str], ...]
    name: str = "ethical walls"
    private: bool = True

    def bars(self, pool: Pool, view: View) -> Bools:
        """Mark every two people with a wall between them."""
        barred = np.zeros(view.shape, dtype=np.bool_)
        for one, other in self.walls:
            here = np.array([one in person.groups for person in pool.people], dtype=np.bool_)
            there = np.array([other in person.groups for person in pool.people], dtype=np.bool_)
            barred |= view.learner(here) & view.teacher(there)
            barred |= view.learner(there) & view.teacher(here)
        return barred

    def why(self) -> str:
        """Say why."""
        return PRIVATE_REASON

    def remedy(self, person: Candidate, other: str) -> str:  # noqa: ARG002 - rules share one signature
        """Say what would help."""
        return f"one more {other} outside these rules would do"


@dataclass(frozen=True)
class CommonLanguage:
    """Two people need a language in common; who named none is taken to speak the firm's."""

    name: str = "language in common"
    private: bool = False

    def bars(self, pool: Pool, view: View) -> Bools:
        """Mark every two people who named languages and share none."""
        named = np.array([bool(person.languages) for person in pool.people], dtype=np.bool_)
        nothing_shared: Bools = view.in_common(pool.languages, pool.languages) == 0
        return nothing_shared & view.learner(named) & view.teacher(named)

    def why(self) -> str:
        """Say why."""
        return "they have no language in common"

    def remedy(self, person: Candidate, other: str) -> str:
        """Say what would help."""
        return f"one more {other} who speaks {listed(person.languages, 'or')} would do"


@dataclass(frozen=True)
class MustBe:
    """A condition the program sets for every pair; a place left blank meets none."""

    must: Must
    private: bool = False

    @property
    def name(self) -> str:
        """The condition in words."""
        return f"{self.must.wish} {self.must.aspect}"

    def bars(self, pool: Pool, view: View) -> Bools:
        """Mark every two people who do not meet the condition."""
        places: Ints = pool.office if self.must.aspect is Aspect.OFFICE else pool.department
        one, other = view.learner(places), view.teacher(places)
        fits: Bools = (one == other) if self.must.wish is Wish.SAME else (one != other)
        known: Bools = (one != UNKNOWN) & (other != UNKNOWN)
        return ~(fits & known)

    def why(self) -> str:
        """Say why."""
        article = "the" if self.must.wish is Wish.SAME else "a"
        return f"the program asks for {article} {self.name}"

    def remedy(self, person: Candidate, other: str) -> str:
        """Say what would help."""
        place = person.office if self.must.aspect is Aspect.OFFICE else person.department
        if not place:
            return f"filling in the {self.must.aspect} would help"
        where = (
            f"in {place}" if self.must.wish is Wish.SAME else f"in another {self.must.aspect} than {place}"
        )
        return f"one more {other} {where} would do"


def rules_in_force(
    pool: Pool, settings: MatchSettings, history: Iterable[PreviousPair], managers: Mapping[str, str]
) -> tuple[Rule, ...]:
    """Make the rules of a round out of its people, its settings and what was before.

    Args:
        pool: The people.
        settings: What the coordinator set.
        history: Earlier pairs.
        managers: User id to the manager's, also of people outside this round.
    """
    earlier = _earlier(pool, history, settings.barred_cycles)
    excluded = _excluded(pool, settings.exclusions)
    rules: list[Rule] = [
        NotOneself(),
        ListedPairs("do not pair", private=True, reason=PRIVATE_REASON, pairs=_unwanted(pool)),
        ListedPairs("reporting line", private=True, reason=PRIVATE_REASON, pairs=_line(pool, managers)),
        EthicalWalls(settings.walls),
        ListedPairs("previous pairs", private=False, reason="they were paired not long ago", pairs=earlier),
        ListedPairs("exclusions", private=False, reason="a coordinator excluded the pair", pairs=excluded),
    ]
    if settings.kind is not ProgramKind.PEER:
        rules.append(Capacity())
    if settings.common_language:
        rules.append(CommonLanguage())
    rules += [MustBe(must) for must in settings.must if must.wish is not Wish.NO_MATTER]
    return tuple(rules)


def _unwanted(pool: Pool) -> Ints:
    return _as_pairs(
        (position, pool.at[other])
        for position, person in enumerate(pool.people)
        for other in sorted(person.do_not_pair_with)
        if other in pool.at
    )


def _line(pool: Pool, managers: Mapping[str, str]) -> Ints:
    return _as_pairs(
        (position, pool.at[above])
        for position, person in enumerate(pool.people)
        for above in managers_above(person.user_id, managers)
        if above in pool.at
    )


def _earlier(pool: Pool, history: Iterable[PreviousPair], cycles: int) -> Ints:
    barred: list[tuple[int, int]] = []
    for previous in history:
        here = sorted(pool.at[user_id] for user_id in previous.people if user_id in pool.at)
        if previous.cycles_ago <= cycles:
            barred += [(one, other) for one in here for other in here if one < other]
    return _as_pairs(barred)


def _excluded(pool: Pool, exclusions: Iterable[Lock]) -> Ints:
    return _as_pairs((pool.at[pair.mentor], pool.at[pair.mentee]) for pair in exclusions)


def _as_pairs(pairs: Iterable[tuple[int, int]]) -> Ints:
    return np.array(list(pairs), dtype=np.intp).reshape(-1, 2)
