"""The matcher equals the best of all ways of matching, tried one by one, and breaks no hard rule."""

import random
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from mentoring.kinds import ProgramKind, Role
from mentoring.matching.candidates import Candidate
from mentoring.matching.propose import propose
from mentoring.matching.refusals import MatchRefusal
from mentoring.matching.reporting import managers_above
from mentoring.matching.result import MatchResult
from mentoring.matching.settings import Lock, MatchSettings, Objective
from tests.mentoring.matching.oracle import POINTS, allowed_couples, every_pairing, every_plan, merit
from tests.mentoring.matching.people import BOTH, MENTEE, MENTOR, firms
from tests.support.examples import examples

TRADITIONAL = MatchSettings(ProgramKind.TRADITIONAL)
slow = settings(max_examples=examples(12), deadline=None, suppress_health_check=[HealthCheck.too_slow])
quick = settings(max_examples=examples(25), deadline=None)


def values(result: MatchResult) -> list[int]:
    return [round(match.score * POINTS) for match in result.pairs]


def proposed(people: list[Candidate], wanted: MatchSettings) -> MatchResult:
    """A proposal, unless the made-up firm contradicts itself."""
    try:
        return propose(people, wanted)
    except MatchRefusal:
        assume(condition=False)
        raise


@slow
@given(firms(roles=(MENTOR, MENTEE, BOTH)), st.sampled_from((ProgramKind.TRADITIONAL, ProgramKind.REVERSE)))
def test_no_other_way_of_matching_is_better_under_the_objective(
    people: list[Candidate], kind: ProgramKind
) -> None:
    proposed(people, MatchSettings(kind))
    plans = list(every_plan(people, MatchSettings(kind)))
    for objective in Objective:
        result = propose(people, MatchSettings(kind, objective=objective))
        assert merit(objective, values(result)) == max(merit(objective, plan) for plan in plans)
        assert result.summary.optimal


@slow
@given(firms(most=4, roles=(MENTOR, MENTEE, BOTH)))
def test_no_other_way_of_pairing_equals_is_better_under_the_objective(people: list[Candidate]) -> None:
    proposed(people, MatchSettings(ProgramKind.PEER))
    couples = allowed_couples(people, MatchSettings(ProgramKind.PEER))
    plans = list(every_pairing(couples, sorted(person.user_id for person in people)))
    for objective in Objective:
        result = propose(people, MatchSettings(ProgramKind.PEER, objective=objective))
        assert merit(objective, values(result)) == max(merit(objective, plan) for plan in plans)


@slow
@given(firms(most=4), st.sampled_from((Objective.BEST_TOTAL, Objective.MOST_MATCHED)))
def test_the_price_of_an_alternative_is_what_deciding_for_it_costs(
    people: list[Candidate], objective: Objective
) -> None:
    wanted = replace(TRADITIONAL, objective=objective, alternatives=2)
    result = proposed(people, wanted)
    for match in result.pairs:
        for other in match.alternatives:
            decided = propose(people, replace(wanted, locks=(Lock(other.user_id, other.person),)))
            assert other.exact
            assert other.fewer_matched == len(result.pairs) - len(decided.pairs)
            assert other.price == pytest.approx(result.summary.outcome.total - decided.summary.outcome.total)


@slow
@given(firms(most=4))
def test_the_price_of_another_partner_is_what_deciding_for_them_costs(people: list[Candidate]) -> None:
    wanted = MatchSettings(ProgramKind.PEER, objective=Objective.MOST_MATCHED)
    result = proposed(people, wanted)
    for match in result.pairs:
        for other in match.alternatives:
            decided = propose(people, replace(wanted, locks=(Lock(other.user_id, other.person),)))
            assert other.fewer_matched == 2 * (len(result.pairs) - len(decided.pairs))
            assert other.price == pytest.approx(result.summary.outcome.total - decided.summary.outcome.total)


@quick
@given(firms(most=8, roles=(MENTOR, MENTEE, BOTH)), st.sampled_from(ProgramKind), st.sampled_from(Objective))
def test_no_hard_rule_is_ever_broken(
    people: list[Candidate], kind: ProgramKind, objective: Objective
) -> None:
    result = proposed(people, MatchSettings(kind, objective=objective, trios=True))
    known = {person.user_id: person for person in people}
    managers = {person.user_id: person.manager for person in people if person.manager}
    for match in result.pairs:
        for one in match.people:
            assert not known[one].paused
            for other in set(match.people) - {one}:
                assert other not in known[one].do_not_pair_with
                assert other not in managers_above(one, managers)
                spoken = set(known[one].languages), set(known[other].languages)
                assert not all(spoken) or spoken[0] & spoken[1]
        assert len(set(match.people)) == len(match.people)
    if kind is not ProgramKind.PEER:
        held = Counter(match.mentor for match in result.pairs)
        assert all(count <= known[mentor].capacity for mentor, count in held.items())
        assert max(Counter(match.mentee for match in result.pairs).values(), default=1) == 1
        assert all(Role.MENTOR in known[match.mentor].roles for match in result.pairs)
        assert all(Role.MENTEE in known[match.mentee].roles for match in result.pairs)
        assert len({frozenset(match.people) for match in result.pairs}) == len(result.pairs)


@quick
@given(firms(most=8, roles=(MENTOR, MENTEE, BOTH)), st.sampled_from(ProgramKind), st.integers(0, 99))
def test_the_order_of_the_list_changes_nothing(
    people: list[Candidate], kind: ProgramKind, shuffle: int
) -> None:
    shuffled = random.Random(shuffle).sample(people, len(people))
    assert proposed(people, MatchSettings(kind)) == propose(shuffled, MatchSettings(kind))


@quick
@given(firms(most=8), st.sampled_from(ProgramKind), st.integers(1, 99))
def test_the_seed_decides_between_equals_only(people: list[Candidate], kind: ProgramKind, seed: int) -> None:
    assume(kind is not ProgramKind.GROUP)
    first = proposed(people, MatchSettings(kind))
    second = propose(people, MatchSettings(kind, seed=seed))
    assert second.summary.outcome.total == first.summary.outcome.total
    assert len(second.pairs) == len(first.pairs)


@quick
@given(firms(most=8, roles=(MENTOR, MENTEE, BOTH)), st.sampled_from(ProgramKind))
def test_everybody_is_in_a_match_or_told_why_not(people: list[Candidate], kind: ProgramKind) -> None:
    result = proposed(people, MatchSettings(kind))
    placed = {user_id for match in result.pairs for user_id in match.people}
    unmatched = {person.user_id for person in result.unmatched}
    assert placed | unmatched == {person.user_id for person in people}
    assert all(person.reason.endswith(".") and person.change.endswith(".") for person in result.unmatched)


@quick
@given(firms(most=8), st.sampled_from(ProgramKind))
def test_a_score_is_the_weighted_mean_of_its_criteria(people: list[Candidate], kind: ProgramKind) -> None:
    result = proposed(people, MatchSettings(kind))
    total = sum(result.weights.values())
    for match in result.pairs:
        assert set(match.criteria) == set(result.weights)
        assert all(0 <= score <= 1 for score in match.criteria.values())
        mean = sum(result.weights[name] * score for name, score in match.criteria.items()) / total
        assert match.score == pytest.approx(mean, abs=1e-4)


@quick
@given(firms(most=8), st.sampled_from(ProgramKind))
def test_the_result_says_what_each_objective_gives(people: list[Candidate], kind: ProgramKind) -> None:
    first = proposed(people, MatchSettings(kind))
    told = {outcome.objective: outcome for outcome in (first.summary.outcome, *first.summary.others)}
    assert set(told) == set(Objective)
    for objective in Objective:
        assert propose(people, MatchSettings(kind, objective=objective)).summary.outcome == told[objective]
