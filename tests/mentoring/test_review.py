"""A coordinator's decisions about a proposal, as values."""

from mentoring.kinds import ProgramKind
from mentoring.matching.result import Alternative, Explanation, Match, MatchResult, Outcome, Summary
from mentoring.matching.settings import Lock, MatchSettings, Objective
from mentoring.review import (
    Review,
    again,
    compare,
    exclude,
    hold,
    keep,
    note,
    ready,
    review_from_json,
    review_to_json,
    steered,
    swap,
)

WORDS = Explanation("", "", "")
ONE = Match(("M1", "A"), 0.9, {}, WORDS, (Alternative("A", "M2", 0.8, 0.05, 0),))
TWO = Match(("M1", "B"), 0.5, {}, WORDS)
THREE = Match(("M2", "C"), 0.7, {}, WORDS)


def proposal(*pairs: Match) -> MatchResult:
    """A proposal of these pairs."""
    scores = [each.score for each in pairs]
    outcome = Outcome(Objective.BEST_TOTAL, sum(scores), sum(scores) / len(scores), min(scores), len(pairs))
    return MatchResult(pairs, (), Summary(ProgramKind.TRADITIONAL, 1, outcome, (), 5, 2))


ALL = proposal(ONE, TWO, THREE)


def test_keeping_twice_is_not_keeping() -> None:
    kept = keep(Review(), ONE)
    assert kept.locks == (Lock("M1", "A"),)
    assert keep(kept, ONE) == Review()


def test_a_pair_is_never_both_kept_and_ruled_out() -> None:
    assert exclude(keep(Review(), ONE), ONE).locks == ()
    assert keep(exclude(Review(), ONE), ONE).exclusions == ()


def test_a_swap_promises_another_and_rules_this_one_out() -> None:
    swapped = swap(keep(Review(), ONE), ONE, ONE.alternatives[0])
    assert swapped.locks == (Lock("M2", "A"),)
    assert swapped.swap_of(ONE) == Lock("M2", "A")
    assert (0,) not in ready(swapped, ALL, ProgramKind.TRADITIONAL)
    assert keep(swapped, ONE).locks == (Lock("M1", "A"),)


def test_what_is_held_approved_or_ruled_out_is_not_ready() -> None:
    review = exclude(hold(Review(approved=frozenset({2})), 0), TWO)
    assert ready(review, ALL, ProgramKind.TRADITIONAL) == []
    assert ready(hold(review, 0), ALL, ProgramKind.TRADITIONAL) == [(0,)]


def test_a_group_is_approved_whole_or_not_at_all() -> None:
    assert ready(Review(), ALL, ProgramKind.GROUP) == [(0, 1), (2,)]
    assert ready(hold(Review(), 1), ALL, ProgramKind.GROUP) == [(2,)]


def test_another_run_carries_on_what_is_not_settled() -> None:
    review = note(keep(keep(Review(approved=frozenset({0})), ONE), THREE), TWO, "a word")
    following = again(review, ALL, 7, Objective.FAIREST)
    assert following.locks == (Lock("M2", "C"),)
    assert following.approved == frozenset()
    assert following.before == 7
    assert following.note_on(TWO) == "a word"
    settings = steered(MatchSettings(ProgramKind.TRADITIONAL), following)
    assert settings.objective is Objective.FAIREST
    assert settings.locks == following.locks


def test_two_runs_are_compared_by_people_not_by_position() -> None:
    change = compare(proposal(THREE, ONE), proposal(ONE, TWO))
    assert (change.matched, len(change.new)) == (0, 1)
    assert round(change.worst, 2) == 0.2


def test_decisions_survive_being_stored() -> None:
    review = hold(note(swap(exclude(Review(before=3), TWO), ONE, ONE.alternatives[0]), TWO, "why"), 2)
    assert review_from_json(review_to_json(review)) == review
    assert review_from_json({}) == Review()
