"""Rules and walls a program sets: kept as they were set, refused where they make no sense."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from mentoring.errors import Refusal
from mentoring.kinds import ProgramKind
from mentoring.match_rules import MatchRules, match_rules_of, rules_json
from mentoring.matching.candidates import Wish
from mentoring.matching.settings import GAPS, Aspect, Must, SeniorityGap
from mentoring.recruiting import match_settings
from mentoring.walls import build_wall, groups_of
from messages.samples import CASES, program_of

PROGRAM = program_of(next(iter(CASES.values())))
PLAIN = match_rules_of(replace(PROGRAM, settings={}))


def test_a_program_that_sets_nothing_has_what_its_kind_starts_from() -> None:
    for kind in ProgramKind:
        rules = match_rules_of(replace(PROGRAM, kind=kind, settings={}))
        assert rules == MatchRules(
            (), 1, common_language=True, gap=GAPS[kind], trios=kind is ProgramKind.PEER
        )


@given(
    office=some.sampled_from(Wish),
    department=some.sampled_from(Wish),
    cycles=some.integers(0, 10),
    switches=some.tuples(some.booleans(), some.booleans()),
    levels=some.tuples(some.integers(0, 9), some.integers(0, 9)).map(sorted),
)
def test_rules_are_read_as_they_were_set(
    office: Wish, department: Wish, cycles: int, switches: tuple[bool, bool], levels: list[int]
) -> None:
    musts = [Must(Aspect.OFFICE, office), Must(Aspect.DEPARTMENT, department)]
    rules = MatchRules(tuple(musts), cycles, switches[0], SeniorityGap(*levels), switches[1])
    kept = replace(PROGRAM, kind=ProgramKind.PEER, settings={"match_rules": rules_json(rules)})
    settings = match_settings(kept, 1)
    assert settings.must == tuple(each for each in musts if each.wish is not Wish.NO_MATTER)
    assert (settings.barred_cycles, (settings.common_language, settings.trios)) == (cycles, switches)
    assert settings.gap == SeniorityGap(*levels)


@pytest.mark.parametrize(
    ("rules", "field"),
    [
        (replace(PLAIN, barred_cycles=11), "barred_cycles"),
        (replace(PLAIN, gap=SeniorityGap(0, 10)), "gap_most"),
        (replace(PLAIN, gap=SeniorityGap(12, 13)), "gap_least"),
        (replace(PLAIN, gap=SeniorityGap(3, 2)), "gap_most"),
    ],
)
def test_rules_out_of_range_are_refused_at_their_field(rules: MatchRules, field: str) -> None:
    with pytest.raises(Refusal) as refusal:
        rules_json(rules)
    assert refusal.value.field == field


PEOPLE = some.sets(some.integers(1, 9), max_size=5)


@given(one=PEOPLE, other=PEOPLE)
def test_a_wall_separates_exactly_its_two_sides_or_everybody_on_its_only_one(
    one: set[int], other: set[int]
) -> None:
    try:
        wall = build_wall("Matter", one, other, 7)
    except Refusal:
        assert not one or one & other or len(one | other) == 1
        return
    groups = groups_of([wall])
    here, there = wall.separates
    one_way = {(a, b) for a in groups for b in groups if here in groups[a] and there in groups[b]}
    apart = {(a, b) for a, b in one_way | {(b, a) for a, b in one_way} if a != b}
    sides = [(one, other), (other, one)] if other else [(one, one)]
    assert apart == {(a, b) for left, right in sides for a in left for b in right if a != b}


def test_a_wall_without_a_name_is_refused() -> None:
    with pytest.raises(Refusal, match="Give it a name") as refusal:
        build_wall("  ", [1], [2])
    assert refusal.value.field == "name"
