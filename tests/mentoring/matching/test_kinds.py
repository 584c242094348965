"""What is particular to each kind of program, and how criteria weigh."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from mentoring.kinds import Format, ProgramKind
from mentoring.matching.candidates import Candidate, Preferences, Wish
from mentoring.matching.propose import propose
from mentoring.matching.settings import Lock, MatchSettings, Objective
from tests.mentoring.matching.people import BOTH, firms, mentee, mentor, pairs_of, person
from tests.support.examples import examples

TRADITIONAL = MatchSettings(ProgramKind.TRADITIONAL)


def criteria(one: Candidate, other: Candidate, wanted: MatchSettings = TRADITIONAL) -> dict[str, float]:
    return dict(propose([one, other], wanted).pairs[0].criteria)


def test_a_reverse_pair_is_worth_its_weaker_direction() -> None:
    junior = mentor("J", offers=("legal AI tools", "social media"), wants=("negotiation",), level=2)
    gives_back = mentee("BACK", wants=("legal AI tools",), offers=("negotiation",), level=6)
    takes_only = mentee("TAKES", wants=("legal AI tools", "social media"), level=6)
    reverse = MatchSettings(ProgramKind.REVERSE)
    assert criteria(junior, gives_back, reverse)["wishes"] == 1
    assert criteria(junior, takes_only, reverse)["wishes"] == 0
    assert pairs_of(propose([junior, gives_back, takes_only], reverse)) == {("J", "BACK")}


def test_peers_need_no_roles_and_any_two_may_meet() -> None:
    people = [
        person("A", frozenset(), offers=("mediation",), wants=("budgeting",)),
        person("B", frozenset(), offers=("negotiation",), wants=("delegation",)),
        person("C", frozenset(), offers=("budgeting",), wants=("mediation",)),
        person("D", frozenset(), offers=("delegation",), wants=("negotiation",)),
    ]
    assert pairs_of(propose(people, MatchSettings(ProgramKind.PEER))) == {("A", "C"), ("B", "D")}


def test_peers_keep_locked_pairs_and_pair_the_rest() -> None:
    people = [person(user_id, frozenset()) for user_id in "ABCD"]
    wanted = MatchSettings(ProgramKind.PEER, locks=(Lock("D", "A"),))
    assert pairs_of(propose(people, wanted)) == {("A", "D"), ("B", "C")}


def test_an_odd_peer_joins_only_a_pair_both_of_whom_may_meet_them() -> None:
    people = [person(user_id, frozenset()) for user_id in "ABC"]
    people[2] = replace(people[2], do_not_pair_with=frozenset({"A"}))
    result = propose(people, MatchSettings(ProgramKind.PEER, trios=True))
    assert all(not {"A", "C"} <= set(match.people) for match in result.pairs)
    assert len(result.unmatched) == 1


def test_a_group_brings_together_mentees_who_want_the_same() -> None:
    people = [
        mentor("M", capacity=2, offers=("mediation", "budgeting")),
        mentor("N", capacity=2, offers=("mediation", "budgeting")),
        mentee("A", wants=("mediation",)),
        mentee("B", wants=("budgeting",)),
        mentee("C", wants=("mediation",)),
        mentee("D", wants=("budgeting",)),
    ]
    result = propose(people, MatchSettings(ProgramKind.GROUP))
    group_of = {match.mentee: match.mentor for match in result.pairs}
    assert group_of["A"] == group_of["C"] != group_of["B"] == group_of["D"]
    assert {match.criteria["group_fit"] for match in result.pairs} == {1.0}


@settings(max_examples=examples(20), deadline=None)
@given(firms(most=8))
def test_exchanging_in_groups_never_loses_anybody(people: list[Candidate]) -> None:
    grouped = propose(people, MatchSettings(ProgramKind.GROUP, objective=Objective.MOST_MATCHED))
    alone = propose(
        people, MatchSettings(ProgramKind.GROUP, objective=Objective.MOST_MATCHED, weights={"group_fit": 0})
    )
    assert len(grouped.pairs) == len(alone.pairs)
    assert not grouped.summary.optimal
    assert alone.summary.optimal


def test_a_second_mentee_goes_to_a_mentor_who_has_none() -> None:
    people = [mentor("A", capacity=2), mentor("B", capacity=2), mentee("C"), mentee("D")]
    assert {match.mentor for match in propose(people, TRADITIONAL).pairs} == {"A", "B"}


def test_many_who_would_mentor_each_other_are_all_matched_one_way() -> None:
    """Each two of them are made for each other, both ways; none of the ways may be taken twice."""
    people = [
        person(f"U{number}", BOTH, offers=(f"topic {number // 2}",), wants=(f"topic {number // 2}",), level=3)
        for number in range(80)
    ]
    result = propose(people, MatchSettings(ProgramKind.REVERSE))
    assert len({frozenset(match.people) for match in result.pairs}) == len(result.pairs) == 80
    assert sum(match.criteria["wishes"] for match in result.pairs) == 40


def test_a_buddy_is_found_nearby() -> None:
    far = mentor("FAR", office="London", time_zone="Europe/London", department="Tax", level=3)
    near = mentor("NEAR", department="Tax", level=3)
    newcomer = mentee("NEW", department="Tax")
    assert pairs_of(propose([far, near, newcomer], MatchSettings(ProgramKind.BUDDY))) == {("NEAR", "NEW")}


@pytest.mark.parametrize(
    ("name", "better", "worse"),
    [
        ("wishes", {"offers": ("negotiating",)}, {"offers": ("budgeting",)}),
        ("goals", {"offers": ("partnership track",)}, {"offers": ("mediation",)}),
        ("seniority", {"level": 4}, {"level": 6}),
        ("practice", {"department": "Tax"}, {"department": "Corporate"}),
        ("office", {"office": "Chicago"}, {"office": "Boston"}),
        ("working_hours", {"time_zone": "America/New_York"}, {"time_zone": "Europe/Berlin"}),
        ("format", {"format": Format.EITHER}, {"format": Format.IN_PERSON}),
        ("time", {"hours_per_month": 3}, {"hours_per_month": 1}),
        ("preference", {"preferred": frozenset({"CY"})}, {"preferred": frozenset({"DI"})}),
    ],
)
def test_every_criterion_prefers_what_it_is_for(
    name: str, better: dict[str, object], worse: dict[str, object]
) -> None:
    cy = mentee(
        "CY",
        wants=("negotiation",),
        goal="Make partner in three years",
        level=2,
        department="Tax",
        format=Format.VIDEO,
        hours_per_month=4,
        preferences=Preferences(same_practice=Wish.SAME, same_office=Wish.SAME),
    )
    one, other = criteria(mentor("ANA", **better), cy), criteria(mentor("ANA", **worse), cy)
    assert one[name] > other[name]
    weights = dict.fromkeys(one, 0) | {name: 1}
    people = [mentor("GOOD", **better), mentor("POOR", **worse), cy]
    assert pairs_of(propose(people, replace(TRADITIONAL, weights=weights))) == {("GOOD", "CY")}


@pytest.mark.parametrize(("level", "gains"), [(3, True), (4, False)])
def test_a_wish_for_the_same_seniority_counts_with_the_gap_of_the_program(level: int, gains: bool) -> None:  # noqa: FBT001 - a column of the table
    wishing = mentee("CY", preferences=Preferences(same_seniority=Wish.SAME))
    ana = mentor("ANA", level=level)
    assert (criteria(ana, wishing)["seniority"] > criteria(ana, mentee("CY"))["seniority"]) is gains


def test_working_hours_are_counted_in_the_worse_half_of_the_year() -> None:
    """New York and Sydney are 14 to 16 hours apart; London and Sydney 9 to 11."""
    sydney = mentee("CY", time_zone="Australia/Sydney")
    assert criteria(mentor("ANA", time_zone="Europe/London"), sydney)["working_hours"] == 0
    assert criteria(mentor("ANA", time_zone="Asia/Singapore"), sydney)["working_hours"] == 1
