"""Proposals for programs of equals: pairs of any two people, and a group of three for an odd person."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from mentoring.matching.exchange import Exchange
from mentoring.matching.explain import explain
from mentoring.matching.general import Couples, best_third, pair_up
from mentoring.matching.peer_alternatives import PeerAlternatives
from mentoring.matching.result import Alternative, Explanation, Match, MatchResult, Outcome, Summary
from mentoring.matching.round import Round
from mentoring.matching.scoring import BARRED, CRITERION_DIGITS, POINTS, SCORE_DIGITS, Points
from mentoring.matching.settings import Objective
from mentoring.matching.unmatched import unmatched_peers
from mentoring.matching.view import Ints
from mentoring.matching.wording import names_for

PAIR = 2
Pair = tuple[int, int]


@dataclass(frozen=True)
class Tables:
    """Equals seated: groups of two or three by row, each with its points."""

    groups: tuple[tuple[int, ...], ...]
    points: tuple[int, ...]

    @property
    def seated(self) -> set[int]:
        """Everybody who is in a group."""
        return {row for group in self.groups for row in group}


def propose_peers(this: Round) -> MatchResult:
    """Propose a partner to everybody who can have one."""
    peers = this.present()
    points = this.scorer.points(peers, peers)
    points = np.minimum(points, points.T)  # the two ways may differ in the last point by rounding
    row_of = {this.pool.people[position].user_id: row for row, position in enumerate(peers)}
    locks = [(row_of[lock.mentor], row_of[lock.mentee]) for lock in this.settings.locks]
    locked = {(min(pair), max(pair)) for pair in locks}
    open_points = points.copy()
    for row in {row for pair in locked for row in pair}:
        open_points[row, :] = open_points[:, row] = BARRED
    found = {objective: pair_up(open_points, objective) for objective in Objective}
    seated = {objective: _seat(this, points, couples, locked) for objective, couples in found.items()}
    asked = this.settings.objective
    tables = seated[asked]
    left = [row for row in range(len(peers)) if row not in tables.seated]
    alternatives = PeerAlternatives(open_points, found[asked], asked, this.settings.alternatives)
    return MatchResult(
        pairs=_matches(this, peers, tables, locked, alternatives),
        unmatched=unmatched_peers(this, peers, points, left),
        summary=Summary(
            kind=this.settings.kind,
            seed=this.settings.seed,
            outcome=_outcome(asked, tables),
            others=tuple(_outcome(other, seated[other]) for other in Objective if other is not asked),
            capacity=len(peers),
            capacity_left=len(left),
            optimal=found[asked].proven,
        ),
        weights=this.scorer.weights,
    )


def _seat(this: Round, points: Points, couples: Couples, locked: Collection[Pair]) -> Tables:
    """Seat couples and locked pairs; an odd person joins the pair they fit best, if the program allows."""
    groups: list[tuple[int, ...]] = list(couples.pairs)
    if this.settings.trios:
        seated = {row for pair in (*couples.pairs, *locked) for row in pair}
        for row in range(len(points)):
            index = best_third(points, groups, row) if row not in seated else None
            if index is not None:
                groups[index] = (*groups[index], row)
    groups = sorted([*groups, *locked])
    return Tables(tuple(groups), tuple(_mean_points(points, group) for group in groups))


def _mean_points(points: Points, group: tuple[int, ...]) -> int:
    sides = [int(points[pair]) for pair in combinations(group, 2)]
    return round(sum(sides) / len(sides))


def _outcome(objective: Objective, tables: Tables) -> Outcome:
    total = sum(tables.points)
    return Outcome(
        objective=objective,
        total=total / POINTS,
        mean=round(total / POINTS / len(tables.points), SCORE_DIGITS) if tables.points else 0.0,
        worst=min(tables.points, default=0) / POINTS,
        matched=len(tables.seated),
    )


def _matches(
    this: Round,
    peers: Ints,
    tables: Tables,
    locked: Collection[Pair],
    alternatives: PeerAlternatives,
) -> tuple[Match, ...]:
    matches = []
    for group, value in zip(tables.groups, tables.points, strict=True):
        rows = sorted(group, key=lambda row: this.pool.people[peers[row]].user_id)
        exchanges = (
            [exchange for row in rows for exchange in alternatives.of(row)] if len(rows) == PAIR else []
        )
        criteria = _criteria(this, peers[rows])
        matches.append(
            Match(
                people=tuple(this.pool.people[peers[row]].user_id for row in rows),
                score=value / POINTS,
                criteria=criteria,
                explanation=_words(this, peers[rows].tolist(), criteria),
                alternatives=tuple(_alternative(this, peers, exchange) for exchange in exchanges),
                locked=group in locked,
            )
        )
    return tuple(sorted(matches, key=lambda match: match.people))


def _criteria(this: Round, people: Ints) -> dict[str, float]:
    """Average what every two of a group score by criterion."""
    sides = np.array(list(combinations(people.tolist(), PAIR)), dtype=np.intp)
    scores = this.scorer.by_criterion(sides[:, 0], sides[:, 1])
    return {name: round(float(score.mean()), CRITERION_DIGITS) for name, score in scores.items()}


def _words(this: Round, group: list[int], criteria: Mapping[str, float]) -> Explanation:
    """Explain a pair; in a group of three tell each about the two others in turn."""
    people = [this.pool.people[position] for position in group]
    told: list[list[str]] = [[] for _ in group]
    overview = []
    names = names_for(people)
    for one, other in combinations(range(len(group)), PAIR):
        hours = this.hours_shared(group[one], group[other])
        words = explain(people[one], people[other], criteria, hours, this.settings)
        if len(group) == PAIR:
            return words
        told[one].append(f"With {names[other]}: {words.mentor}")
        told[other].append(f"With {names[one]}: {words.mentee}")
        overview.append(f"{names[one]} and {names[other]}: {words.coordinator}")
    first, second, third = (" ".join(sentences) for sentences in told)
    return Explanation(first, second, " ".join(overview), third)


def _alternative(this: Round, peers: Ints, exchange: Exchange) -> Alternative:
    one, other = this.pool.people[peers[exchange.row]], this.pool.people[peers[exchange.other]]
    return Alternative(
        person=one.user_id,
        user_id=other.user_id,
        score=exchange.score / POINTS,
        price=exchange.price / POINTS,
        fewer_matched=exchange.fewer,
        exact=exchange.exact,
    )
