"""One round of matching made ready: people in order, rules in force, scores to be had."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from mentoring.kinds import Role
from mentoring.matching.candidates import Candidate
from mentoring.matching.criteria import Frame
from mentoring.matching.pool import Pool, make_pool
from mentoring.matching.refusals import MatchRefusal
from mentoring.matching.rules import Rule, rules_in_force
from mentoring.matching.scoring import Scorer
from mentoring.matching.settings import Lock, MatchSettings, PreviousPair, gap_in_force, weights_in_force
from mentoring.matching.view import Ints, View


@dataclass(frozen=True)
class Round:
    """What every step of a round works on."""

    pool: Pool
    settings: MatchSettings
    scorer: Scorer

    @property
    def rules(self) -> Sequence[Rule]:
        """The hard rules in force."""
        return self.scorer.rules

    def present(self, role: Role | None = None) -> Ints:
        """List the positions of people who can start now, in the order of the round."""
        return np.array(
            [
                position
                for position, person in enumerate(self.pool.people)
                if not (person.paused or person.away_at_start) and (role is None or role in person.roles)
            ],
            dtype=np.intp,
        )

    def hours_shared(self, one: int, other: int) -> float:
        """Tell how many working hours two people share."""
        return float(self.pool.hours_shared[self.pool.zone[one], self.pool.zone[other]])


def make_round(
    candidates: Iterable[Candidate],
    settings: MatchSettings,
    history: Iterable[PreviousPair],
    managers: Mapping[str, str],
) -> Round:
    """Prepare a round for people and settings that do not contradict each other."""
    pool = make_pool(candidates, settings.seed)
    weights = {name: weight for name, weight in weights_in_force(settings).items() if weight}
    rules = rules_in_force(pool, settings, history, managers)
    scorer = Scorer(pool, Frame(settings.kind, gap_in_force(settings)), weights, rules)
    for lock in settings.locks:
        _refuse_a_barred_lock(pool, rules, lock)
    return Round(pool, settings, scorer)


def _refuse_a_barred_lock(pool: Pool, rules: Iterable[Rule], lock: Lock) -> None:
    mentor, mentee = pool.at[lock.mentor], pool.at[lock.mentee]
    view = View(np.array([mentee]), np.array([mentor]), listed=True)
    for rule in rules:
        if rule.bars(pool, view).any():
            raise MatchRefusal(
                f"{pool.people[mentor].name} and {pool.people[mentee].name} are locked, "
                f"but {rule.why()}. Take off the lock."
            )
