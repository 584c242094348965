"""Whoever stays without a match is told about with a reason and the smallest change that would help."""

from dataclasses import replace

import pytest

from mentoring.kinds import ProgramKind, Role
from mentoring.matching.candidates import Candidate, Wish
from mentoring.matching.propose import propose
from mentoring.matching.result import Unmatched
from mentoring.matching.settings import PRESETS, Aspect, MatchSettings, Must, Objective, PreviousPair
from tests.mentoring.matching.people import mentee, mentor, person

TRADITIONAL = MatchSettings(ProgramKind.TRADITIONAL)
ANA = mentor("ANA", offers=("trial advocacy", "budgeting"))
CY = mentee("CY", wants=("trial advocacy",))
JO = mentee("JO", wants=("trial advocacy",), level=5)


def left(people: list[Candidate], settings: MatchSettings = TRADITIONAL, user_id: str = "JO") -> Unmatched:
    found = [one for one in propose(people, settings).unmatched if one.user_id == user_id]
    assert len(found) == 1
    return found[0]


def test_full_mentors_are_named_by_what_they_offer_and_one_more_place_would_do() -> None:
    jonas = left([ANA, CY, JO])
    assert jonas.role is Role.MENTEE
    assert jonas.reason == "Every mentor who offers trial advocacy whom JO could be matched with is full."
    assert jonas.change == "One more place with ANA, kept for JO, would do."
    assert propose([replace(ANA, capacity=2), CY, JO], TRADITIONAL).unmatched == ()


def test_a_missing_language_is_named() -> None:
    jonas = left([ANA, CY, replace(JO, languages=("fr", "de"))])
    assert jonas.reason == "No mentor is left for JO: they have no language in common."
    assert jonas.change == "One more mentor who speaks fr or de would do."


def test_a_condition_of_the_program_is_named() -> None:
    settings = replace(TRADITIONAL, must=(Must(Aspect.OFFICE, Wish.SAME),))
    jonas = left([ANA, CY, replace(JO, office="London")], settings)
    assert "the program asks for the same office" in jonas.reason
    assert jonas.change == "One more mentor in London would do."


def test_an_earlier_pair_is_named() -> None:
    result = propose([ANA, JO], TRADITIONAL, [PreviousPair(frozenset({"ANA", "JO"}))])
    assert "paired not long ago" in result.unmatched[0].reason


def test_private_rules_are_not_told_apart() -> None:
    walled = replace(TRADITIONAL, walls=(("buyer", "seller"),))
    told = {
        left([replace(ANA, groups=frozenset({"buyer"})), CY, replace(JO, **facts)], walled)
        for facts in (
            {"do_not_pair_with": frozenset({"ANA"})},
            {"manager": "ANA"},
            {"groups": frozenset({"seller"})},
        )
    }
    assert len(told) == 1
    assert told.pop().reason == "The program’s rules on who may meet leave no mentor for JO."


def test_a_match_given_up_for_the_total_points_to_the_objective_that_keeps_it() -> None:
    people = [
        mentor("GOOD", offers=("mediation",)),
        mentor("PLAIN"),
        mentee("PICKY", wants=("mediation",)),
        mentee("JO", wants=("negotiation",), do_not_pair_with=frozenset({"PLAIN"})),
    ]
    nothing_else = dict.fromkeys(PRESETS[ProgramKind.TRADITIONAL], 0)
    only_wishes = replace(TRADITIONAL, weights={**nothing_else, "wishes": 10})
    jonas = left(people, only_wishes)
    assert jonas.reason == "Matching JO would cost others more than it gains."
    assert jonas.change == "Choosing the objective “most people matched” would do."
    assert len(propose(people, replace(only_wishes, objective=Objective.MOST_MATCHED)).pairs) == 2


@pytest.mark.parametrize(
    ("away", "words"), [({"paused": True}, "JO has paused."), ({"away_at_start": True}, "JO is away")]
)
def test_who_is_not_there_is_listed_with_the_reason(away: dict[str, bool], words: str) -> None:
    assert words in left([ANA, CY, replace(JO, **away)]).reason  # type: ignore[arg-type] # both facts are yes or no


def test_a_mentor_without_a_mentee_hears_who_is_missing() -> None:
    spare = mentor("SPARE", offers=("mediation", "trial advocacy"))
    found = left([ANA, spare, CY], user_id="SPARE")
    assert found.role is Role.MENTOR
    assert found.change == "One more mentee who wants mediation would do."


def test_a_mentor_without_a_place_is_listed() -> None:
    assert left([ANA, mentor("FULL", capacity=0), CY], user_id="FULL").reason == "FULL offers no place."


def test_peers_who_share_no_language_hear_so() -> None:
    people = [person("A", frozenset()), person("B", frozenset(), languages=("fr",))]
    result = propose(people, MatchSettings(ProgramKind.PEER))
    assert [one.reason for one in result.unmatched] == [
        "No colleague is left for A: they have no language in common.",
        "No colleague is left for B: they have no language in common.",
    ]


def test_an_odd_peer_hears_that_a_group_of_three_would_do() -> None:
    people = [person(user_id, frozenset()) for user_id in ("A", "B", "C")]
    result = propose(people, MatchSettings(ProgramKind.PEER))
    assert "group of three" in result.unmatched[0].change
    assert result.unmatched[0].role is None
    assert propose(people, MatchSettings(ProgramKind.PEER, trios=True)).unmatched == ()
