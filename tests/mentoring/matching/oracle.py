"""Every way of matching a small firm, tried one by one: what the matcher has to equal."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, product

from mentoring.kinds import Role
from mentoring.matching.candidates import Candidate
from mentoring.matching.propose import propose
from mentoring.matching.refusals import MatchRefusal
from mentoring.matching.settings import Lock, MatchSettings, Objective, weights_in_force

POINTS = 1_000_000
Plan = dict[tuple[str, str], int]
"""Mentor and mentee, or two equals, and the points of the two."""


def points_alone(people: Sequence[Candidate], settings: MatchSettings, one: str, other: str) -> int | None:
    """What two people would score, learned by locking them; nothing where a rule refuses the lock."""
    try:
        result = propose(people, replace(settings, locks=(Lock(one, other),)))
    except MatchRefusal:
        return None
    return next(round(match.score * POINTS) for match in result.pairs if {one, other} <= set(match.people))


def allowed_pairs(people: Sequence[Candidate], settings: MatchSettings) -> Plan:
    mentors = [person.user_id for person in people if Role.MENTOR in person.roles]
    mentees = [person.user_id for person in people if Role.MENTEE in person.roles]
    scores = {pair: points_alone(people, settings, *pair) for pair in product(mentors, mentees)}
    return {pair: score for pair, score in scores.items() if score is not None}


def allowed_couples(people: Sequence[Candidate], settings: MatchSettings) -> Plan:
    ids = sorted(person.user_id for person in people)
    scores = {pair: points_alone(people, settings, *pair) for pair in combinations(ids, 2)}
    return {pair: score for pair, score in scores.items() if score is not None}


def merit(objective: Objective, values: Sequence[int]) -> tuple[int, ...]:
    """What an objective compares: the larger, the better."""
    total, count, worst = sum(values), len(values), min(values, default=0)
    return {
        Objective.BEST_TOTAL: (total, count),
        Objective.MOST_MATCHED: (count, total),
        Objective.FAIREST: (count, worst, total),
    }[objective]


def every_plan(people: Sequence[Candidate], settings: MatchSettings) -> Iterator[list[int]]:
    """The points of the pairs of every way of giving mentees mentors."""
    pairs = allowed_pairs(people, settings)
    capacity = {person.user_id: person.capacity for person in people}
    weights = weights_in_force(settings)
    share = weights.get("load", 0) / sum(weights.values())
    loads = [round(POINTS * share / place) for place in range(1, len(people) + 2)]
    mentees = sorted({mentee for _, mentee in pairs})
    options = [[None, *(mentor for mentor, learner in pairs if learner == mentee)] for mentee in mentees]
    for choice in product(*options):
        plan = {(mentor, mentee) for mentor, mentee in zip(choice, mentees, strict=True) if mentor}
        held = Counter(mentor for mentor, _ in plan)
        both_ways = any((mentee, mentor) in plan for mentor, mentee in plan)
        if both_ways or any(count > capacity[mentor] for mentor, count in held.items()):
            continue
        values = []
        for mentor in held:
            alone = sorted(pairs[pair] - loads[0] for pair in plan if pair[0] == mentor)
            values += [points + load for points, load in zip(alone, loads, strict=False)]
        yield values


def every_pairing(couples: Plan, left: Sequence[str]) -> Iterator[list[int]]:
    """The points of the pairs of every way of pairing equals up."""
    if not left:
        yield []
        return
    first, rest = left[0], left[1:]
    yield from every_pairing(couples, rest)
    for other in rest:
        if (first, other) in couples:
            for values in every_pairing(couples, [one for one in rest if one != other]):
                yield [couples[first, other], *values]
