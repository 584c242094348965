"""Proposals for programs with mentors and mentees."""

import numpy as np

from mentoring.kinds import ProgramKind
from mentoring.matching.alternatives import Alternatives
from mentoring.matching.both_roles import Found, OneWayAssigner, one_way_only
from mentoring.matching.criteria import GROUP_FIT, LOAD, load_score
from mentoring.matching.exchange import Exchange
from mentoring.matching.explain import explain
from mentoring.matching.groups import Numbers, exchange_in_groups, fit_between, group_fit
from mentoring.matching.hall import Hall, open_hall, with_locks, without_locks
from mentoring.matching.market import Assignment
from mentoring.matching.result import Alternative, Match, MatchResult, Outcome, Summary
from mentoring.matching.round import Round
from mentoring.matching.scoring import CRITERION_DIGITS, POINTS, SCORE_DIGITS
from mentoring.matching.settings import Objective
from mentoring.matching.unmatched import unmatched_people


def propose_roles(this: Round) -> MatchResult:
    """Propose a mentor to every mentee who can have one."""
    hall = open_hall(this)
    assigner = OneWayAssigner(hall.market, hall.mirror)
    found = {objective: assigner.assign(objective) for objective in Objective}
    seated = {objective: _seat(this, hall, best) for objective, best in found.items()}
    asked = this.settings.objective
    chosen = seated[asked]
    return MatchResult(
        pairs=_matches(this, hall, chosen, _alternatives(this, hall, found[asked], chosen)),
        unmatched=unmatched_people(this, hall, chosen, seated[Objective.MOST_MATCHED]),
        summary=Summary(
            kind=this.settings.kind,
            seed=this.settings.seed,
            outcome=_outcome(asked, chosen),
            others=tuple(_outcome(other, seated[other]) for other in Objective if other is not asked),
            capacity=hall.capacity,
            capacity_left=hall.capacity - len(chosen.mentees),
            optimal=found[asked].proven and not _judges_groups(this),
        ),
        weights=this.scorer.weights,
    )


def _judges_groups(this: Round) -> bool:
    return this.settings.kind is ProgramKind.GROUP and GROUP_FIT in this.scorer.weights


def _seat(this: Round, hall: Hall, best: Found) -> Assignment:
    """Put locked pairs back and let groups find together."""
    seated = with_locks(hall, best.assignment)
    if not _judges_groups(this):
        return seated
    weight = POINTS * this.scorer.weights[GROUP_FIT] / this.scorer.total_weight
    fit = fit_between(this.pool, hall.mentees[seated.mentees])
    return exchange_in_groups(hall, seated, fit, weight, best.least)


def _alternatives(this: Round, hall: Hall, best: Found, chosen: Assignment) -> Alternatives:
    """Prepare exchanges; in groups their prices leave out how well groups fit, so they prove nothing."""
    groups = _judges_groups(this)
    return Alternatives(
        one_way_only(best.market, hall.mirror, chosen),
        without_locks(hall, chosen) if groups else best.assignment,
        best.least,
        people_first=this.settings.objective is not Objective.BEST_TOTAL,
        provable=best.proven and not groups,
    )


def _outcome(objective: Objective, seated: Assignment) -> Outcome:
    count = len(seated.values)
    return Outcome(
        objective=objective,
        total=seated.total / POINTS,
        mean=round(seated.total / POINTS / count, SCORE_DIGITS) if count else 0.0,
        worst=seated.worst / POINTS,
        matched=count,
    )


def _matches(this: Round, hall: Hall, chosen: Assignment, alternatives: Alternatives) -> tuple[Match, ...]:
    mentees, mentors = hall.mentees[chosen.mentees], hall.mentors[chosen.mentors]
    by_name = {
        name: np.round(scores, CRITERION_DIGITS).tolist()
        for name, scores in _criteria(this, hall, chosen).items()
    }
    locked = set(hall.locked)
    matches = []
    for index, (mentee, mentor) in enumerate(zip(mentees.tolist(), mentors.tolist(), strict=True)):
        seat = int(chosen.mentees[index]), int(chosen.mentors[index])
        exchanges = alternatives.of(seat[0], this.settings.alternatives) if seat not in locked else []
        criteria = {name: scores[index] for name, scores in by_name.items()}
        people = this.pool.people[mentor], this.pool.people[mentee]
        hours, place = this.hours_shared(mentee, mentor), int(chosen.places[index]) + 1
        matches.append(
            Match(
                people=(people[0].user_id, people[1].user_id),
                score=int(chosen.values[index]) / POINTS,
                criteria=criteria,
                explanation=explain(*people, criteria, hours, this.settings, place),
                alternatives=tuple(_alternative(this, hall, exchange) for exchange in exchanges),
                locked=seat in locked,
            )
        )
    return tuple(sorted(matches, key=lambda match: match.people))


def _criteria(this: Round, hall: Hall, chosen: Assignment) -> dict[str, Numbers]:
    """Score the chosen pairs by criterion, those included that depend on a mentor's other mentees."""
    mentees, mentors = hall.mentees[chosen.mentees], hall.mentors[chosen.mentors]
    by_criterion = this.scorer.by_criterion(mentees, mentors)
    scores = {name: score.astype(np.float64) for name, score in by_criterion.items()}
    if LOAD in this.scorer.weights:
        scores[LOAD] = np.array([load_score(place) for place in chosen.places.tolist()])
    if GROUP_FIT in this.scorer.weights:
        scores[GROUP_FIT] = group_fit(fit_between(this.pool, mentees), chosen.mentors)
    return scores


def _alternative(this: Round, hall: Hall, exchange: Exchange) -> Alternative:
    return Alternative(
        person=this.pool.people[hall.mentees[exchange.row]].user_id,
        user_id=this.pool.people[hall.mentors[exchange.other]].user_id,
        score=exchange.score / POINTS,
        price=exchange.price / POINTS,
        fewer_matched=exchange.fewer,
        exact=exchange.exact,
    )
