"""Each hard rule keeps a pair apart, even where it would be the best pair there is."""

from dataclasses import replace

import pytest

from mentoring.kinds import ProgramKind
from mentoring.matching.candidates import Candidate, Wish
from mentoring.matching.propose import propose
from mentoring.matching.settings import Aspect, Lock, MatchSettings, Must, PreviousPair
from tests.mentoring.matching.people import BOTH, mentee, mentor, pairs_of, person

TRADITIONAL = MatchSettings(ProgramKind.TRADITIONAL)
ANA = mentor("ANA", offers=("negotiation", "budgeting"))
BO = mentor("BO")
CY = mentee("CY", wants=("negotiation", "budgeting"))


def test_without_any_rule_the_best_pair_is_proposed() -> None:
    assert pairs_of(propose([ANA, BO, CY], TRADITIONAL)) == {("ANA", "CY")}


@pytest.mark.parametrize(
    "people",
    [
        [replace(ANA, do_not_pair_with=frozenset({"CY"})), BO, CY],
        [ANA, BO, replace(CY, do_not_pair_with=frozenset({"ANA"}))],
        [ANA, BO, replace(CY, manager="ANA")],
        [replace(ANA, manager="CY"), BO, CY],
        [ANA, replace(BO, manager="ANA"), mentor("DI", manager="ANA", capacity=0), replace(CY, manager="DI")],
        [replace(ANA, capacity=0), BO, CY],
        [replace(ANA, languages=("fr",)), BO, CY],
        [replace(ANA, paused=True), BO, CY],
        [replace(ANA, away_at_start=True), BO, CY],
    ],
    ids=[
        "the mentor would rather not",
        "the mentee would rather not",
        "the mentor is the manager",
        "the mentee is the manager",
        "the mentor is the manager's manager",
        "the mentor has no place",
        "they share no language",
        "the mentor has paused",
        "the mentor is away at the start",
    ],
)
def test_what_people_are_or_said_keeps_a_pair_apart(people: list[Candidate]) -> None:
    assert pairs_of(propose(people, TRADITIONAL)) == {("BO", "CY")}


def test_a_reporting_line_holds_through_people_outside_the_round() -> None:
    people = [ANA, BO, replace(CY, manager="OUT")]
    assert pairs_of(propose(people, TRADITIONAL, managers={"OUT": "TOP", "TOP": "ANA"})) == {("BO", "CY")}


@pytest.mark.parametrize("wall", [("buyer", "seller"), ("seller", "buyer")])
def test_an_ethical_wall_holds_from_both_sides(wall: tuple[str, str]) -> None:
    people = [
        replace(ANA, groups=frozenset({"buyer", "tennis"})),
        replace(BO, groups=frozenset({"tennis"})),
        replace(CY, groups=frozenset({"seller", "tennis"})),
    ]
    assert pairs_of(propose(people, replace(TRADITIONAL, walls=(wall,)))) == {("BO", "CY")}


def test_a_group_walled_off_from_itself_keeps_its_members_apart() -> None:
    people = [replace(ANA, groups=frozenset({"matter 7"})), BO, replace(CY, groups=frozenset({"matter 7"}))]
    settings = replace(TRADITIONAL, walls=(("matter 7", "matter 7"),))
    assert pairs_of(propose(people, settings)) == {("BO", "CY")}


@pytest.mark.parametrize(("cycles", "expected"), [(0, "ANA"), (1, "ANA"), (2, "BO"), (3, "BO")])
def test_an_earlier_pair_stays_apart_for_as_many_cycles_as_the_program_says(
    cycles: int, expected: str
) -> None:
    history = [PreviousPair(frozenset({"ANA", "CY"}), cycles_ago=2), PreviousPair(frozenset({"GONE", "CY"}))]
    result = propose([ANA, BO, CY], replace(TRADITIONAL, barred_cycles=cycles), history)
    assert pairs_of(result) == {(expected, "CY")}


@pytest.mark.parametrize(
    ("must", "expected"),
    [
        (Must(Aspect.OFFICE, Wish.SAME), "BO"),
        (Must(Aspect.OFFICE, Wish.DIFFERENT), "ANA"),
        (Must(Aspect.DEPARTMENT, Wish.SAME), "BO"),
        (Must(Aspect.DEPARTMENT, Wish.DIFFERENT), "ANA"),
    ],
)
def test_a_condition_the_program_sets_holds_for_every_pair(must: Must, expected: str) -> None:
    people = [
        replace(ANA, office="London", department="Tax"),
        replace(BO, department="Corporate"),
        replace(CY, department="Corporate"),
        mentor("NEW", office="", department=""),
    ]
    assert pairs_of(propose(people, replace(TRADITIONAL, must=(must,)))) == {(expected, "CY")}


def test_who_named_no_language_is_not_kept_apart() -> None:
    assert pairs_of(propose([replace(ANA, languages=()), BO, CY], TRADITIONAL)) == {("ANA", "CY")}


def test_a_program_may_do_without_a_common_language() -> None:
    people = [replace(ANA, languages=("fr",)), BO, CY]
    assert pairs_of(propose(people, replace(TRADITIONAL, common_language=False))) == {("ANA", "CY")}


def test_an_excluded_pair_is_not_proposed() -> None:
    settings = replace(TRADITIONAL, exclusions=(Lock("CY", "ANA"),))
    assert pairs_of(propose([ANA, BO, CY], settings)) == {("BO", "CY")}


def test_a_lock_is_kept_and_the_rest_arranged_around_it() -> None:
    settings = replace(TRADITIONAL, locks=(Lock("BO", "CY"),))
    result = propose([ANA, BO, CY, mentee("DI")], settings)
    assert pairs_of(result) == {("BO", "CY"), ("ANA", "DI")}
    assert {match.people for match in result.pairs if match.locked} == {("BO", "CY")}
    assert all(not match.alternatives for match in result.pairs if match.locked)


def test_nobody_mentors_themselves_or_their_own_mentor() -> None:
    people = [person("ANA", BOTH), person("BO", BOTH)]
    assert len(propose(people, TRADITIONAL).pairs) == 1


def test_one_person_may_be_mentor_to_one_and_mentee_of_another() -> None:
    people = [person("ANA", BOTH), mentor("BO"), mentee("CY")]
    assert pairs_of(propose(people, TRADITIONAL)) == {("BO", "ANA"), ("ANA", "CY")}
