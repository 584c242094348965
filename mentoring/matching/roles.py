"""Proposals for programs with mentors and mentees."""

import numpy as np

from mentoring.matching.alternatives import Alternatives
from mentoring.matching.assign import Assigner
from mentoring.matching.criteria import LOAD, load_score
from mentoring.matching.exchange import Exchange
from mentoring.matching.explain import explain
from mentoring.matching.hall import Hall, open_hall, with_locks
from mentoring.matching.market import Assignment
from mentoring.matching.result import Alternative, Match, MatchResult, Outcome, Summary
from mentoring.matching.round import Round
from mentoring.matching.scoring import POINTS
from mentoring.matching.settings import Objective
from mentoring.matching.unmatched import unmatched_people

CRITERION_DIGITS = 4


def propose_roles(this: Round) -> MatchResult:
    """Propose a mentor to every mentee who can have one."""
    hall = open_hall(this)
    assigner = Assigner(hall.market)
    found = {objective: with_locks(hall, assigner.assign(objective)) for objective in Objective}
    asked = this.settings.objective
    alternatives = Alternatives(
        hall.market,
        assigner.assign(asked),
        assigner.least(asked),
        people_first=asked is not Objective.BEST_TOTAL,
    )
    return MatchResult(
        pairs=_matches(this, hall, found[asked], alternatives),
        unmatched=unmatched_people(this, hall, found),
        summary=Summary(
            kind=this.settings.kind,
            seed=this.settings.seed,
            outcome=outcome(asked, found[asked].values.tolist()),
            others=tuple(
                outcome(objective, found[objective].values.tolist())
                for objective in Objective
                if objective is not asked
            ),
            capacity=hall.capacity,
            capacity_left=hall.capacity - len(found[asked].mentees),
        ),
        weights=this.scorer.weights,
    )


def outcome(objective: Objective, values: list[int], people_each: int = 1) -> Outcome:
    """Sum up what an objective gives, from the points of its matches."""
    total = sum(values)
    return Outcome(
        objective=objective,
        total=round(total / POINTS, 6),
        mean=round(total / POINTS / len(values), 6) if values else 0.0,
        worst=min(values, default=0) / POINTS,
        matched=len(values) * people_each,
    )


def _matches(this: Round, hall: Hall, chosen: Assignment, alternatives: Alternatives) -> tuple[Match, ...]:
    mentees, mentors = hall.mentees[chosen.mentees], hall.mentors[chosen.mentors]
    by_name = {
        name: np.round(scores.astype(np.float64), CRITERION_DIGITS).tolist()
        for name, scores in this.scorer.by_criterion(mentees, mentors).items()
    }
    locked = set(hall.locked)
    matches = []
    for index, (mentee, mentor) in enumerate(zip(mentees.tolist(), mentors.tolist(), strict=True)):
        seat = int(chosen.mentees[index]), int(chosen.mentors[index])
        exchanges = alternatives.of(seat[0], this.settings.alternatives) if seat not in locked else []
        place = int(chosen.places[index])
        criteria = {name: scores[index] for name, scores in by_name.items()}
        if LOAD in this.scorer.weights:
            criteria[LOAD] = round(load_score(place), CRITERION_DIGITS)
        people = this.pool.people[mentor], this.pool.people[mentee]
        words = explain(*people, criteria, this.hours_shared(mentee, mentor), this.settings, place + 1)
        matches.append(
            Match(
                people=(people[0].user_id, people[1].user_id),
                score=int(chosen.values[index]) / POINTS,
                criteria=criteria,
                explanation=words,
                alternatives=tuple(_alternative(this, hall, exchange) for exchange in exchanges),
                locked=seat in locked,
            )
        )
    return tuple(sorted(matches, key=lambda match: match.people))


def _alternative(this: Round, hall: Hall, exchange: Exchange) -> Alternative:
    return Alternative(
        person=this.pool.people[hall.mentees[exchange.row]].user_id,
        user_id=this.pool.people[hall.mentors[exchange.other]].user_id,
        score=exchange.score / POINTS,
        price=exchange.price / POINTS,
        fewer_matched=exchange.fewer,
        exact=exchange.exact,
    )
