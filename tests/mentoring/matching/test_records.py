"""Results and inputs survive being stored, and a stored round gives the same result again."""

import json

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mentoring.kinds import ProgramKind
from mentoring.matching.candidates import Candidate, Wish
from mentoring.matching.propose import propose
from mentoring.matching.record import RoundInputs, inputs_from_json, inputs_to_json, run_again
from mentoring.matching.refusals import MatchRefusal
from mentoring.matching.result import MatchResult, result_from_json, to_json
from mentoring.matching.settings import Aspect, Lock, MatchSettings, Must, PreviousPair, SeniorityGap
from tests.mentoring.matching.people import BOTH, MENTEE, MENTOR, firms, mentee, mentor
from tests.support.examples import examples


def stored(result: MatchResult) -> MatchResult:
    return result_from_json(json.loads(json.dumps(to_json(result))))


@settings(max_examples=examples(20), deadline=None)
@given(firms(most=7, roles=(MENTOR, MENTEE, BOTH)), st.sampled_from(ProgramKind))
def test_a_result_reads_back_as_it_was_written(people: list[Candidate], kind: ProgramKind) -> None:
    try:
        result = propose(people, MatchSettings(kind, trios=True))
    except MatchRefusal:
        assume(condition=False)
        raise
    assert stored(result) == result


@settings(max_examples=examples(20), deadline=None)
@given(firms(most=7))
def test_a_stored_round_gives_the_same_result_again(people: list[Candidate]) -> None:
    inputs = RoundInputs(people, MatchSettings(ProgramKind.TRADITIONAL, seed=7))
    again = inputs_from_json(json.loads(json.dumps(inputs_to_json(inputs))))
    assert list(again.candidates) == people
    try:
        first = run_again(inputs)
    except MatchRefusal:
        assume(condition=False)
        raise
    assert run_again(again) == first


def test_every_setting_reads_back_as_it_was_written() -> None:
    wanted = MatchSettings(
        kind=ProgramKind.REVERSE,
        weights={"wishes": 3.5},
        seed=4,
        locks=(Lock("A", "B"),),
        exclusions=(Lock("A", "C"),),
        barred_cycles=2,
        must=(Must(Aspect.OFFICE, Wish.DIFFERENT),),
        common_language=False,
        walls=(("buyer", "seller"),),
        gap=SeniorityGap(1, 2),
        trios=True,
        alternatives=1,
    )
    history = (PreviousPair(frozenset({"A", "D"}), 2),)
    inputs = RoundInputs((mentor("A"), mentee("B")), wanted, history, {"A": "TOP"})
    assert inputs_from_json(json.loads(json.dumps(inputs_to_json(inputs)))) == inputs


def test_the_json_has_the_documented_shape() -> None:
    content = to_json(
        propose([mentor("A"), mentee("B"), mentee("C")], MatchSettings(ProgramKind.TRADITIONAL))
    )
    assert {"pairs", "unmatched", "summary"} == set(content)
    pair = content["pairs"][0]
    assert {"mentor", "mentee", "score", "criteria", "explanation", "alternatives"} <= set(pair)
    assert {"mentor", "mentee", "coordinator"} <= set(pair["explanation"])
    assert {"user_id", "reason", "change"} <= set(content["unmatched"][0])
    assert {"objective", "seed", "total", "mean", "worst", "matched"} <= set(content["summary"])
    peers = to_json(propose([mentor("A"), mentee("B")], MatchSettings(ProgramKind.PEER)))
    assert peers["pairs"][0]["people"] == ["A", "B"]
    assert not {"mentor", "mentee"} & set(peers["pairs"][0])
