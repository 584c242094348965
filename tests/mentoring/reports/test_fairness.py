"""Nobody is to be known from the fairness report, whatever the people and whoever adds and subtracts."""

from collections import Counter
from collections.abc import Sequence
from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.reports.fairness import (
    BASE,
    LEAST,
    Answer,
    Comparison,
    GroupShare,
    Question,
    fairness,
    merged_on_both_sides,
    publishable_shares,
    rounded,
)
from mentoring.reports.share import Share
from mentoring.surveys.suppression import Merged
from tests.support.examples import examples
from tests.support.made_up import book_with, described

PEOPLE = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from(("x", "y", "z", "")), st.booleans()),
    max_size=90,
)
MOST_TRIED = 10
"""Cells of all tables together up to which every sum and difference is tried."""


def tables_of(labels: Sequence[str], hits: Sequence[bool], cells: Merged) -> list[list[int]]:
    """Each published count, as the people it counts."""
    return [
        [int(label in cell and hit is side) for label, hit in zip(labels, hits, strict=True)]
        for cell in cells
        for side in (True, False)
    ]


@given(PEOPLE)
def test_in_every_group_shown_five_stand_on_either_side(people: list[tuple[str, str, bool]]) -> None:
    labels, hits = [one for one, _, _ in people], [hit for _, _, hit in people]
    cells = merged_on_both_sides(labels, hits, LEAST)
    if cells is None:
        return
    assert sorted(label for cell in cells for label in cell) == sorted({*labels})
    for cell in cells:
        sides = Counter(hit for label, hit in zip(labels, hits, strict=True) if label in cell)
        assert min(sides[True], sides[False]) >= LEAST


@settings(max_examples=examples(40))
@given(PEOPLE)
def test_adding_and_subtracting_what_is_shown_isolates_nobody(people: list[tuple[str, str, bool]]) -> None:
    groupings = {"first": [a for a, _, _ in people], "second": [b for _, b, _ in people]}
    hits = [hit for _, _, hit in people]
    shown = publishable_shares(groupings, hits, LEAST)
    counts = [
        row for name, cells in shown.items() if cells for row in tables_of(groupings[name], hits, cells)
    ]
    if not counts or len(counts) > MOST_TRIED:
        return
    signs = np.array([*product((-1, 0, 1), repeat=len(counts))])
    isolated = np.count_nonzero(signs @ np.array(counts), axis=1)
    assert not ((isolated > 0) & (isolated < LEAST)).any()


def test_two_breakdowns_that_would_give_a_small_group_away_are_not_shown_together() -> None:
    # Everybody is alike in both but four: each breakdown is harmless by itself.
    first = ["a"] * 20 + ["b"] * 20
    second = ["x"] * 24 + ["y"] * 16
    hits = [number % 2 == 0 for number in range(40)]
    shown = publishable_shares({"first": first, "second": second}, hits, LEAST)
    assert shown == {"first": (("a",), ("b",)), "second": None}


def test_a_group_of_four_is_merged_and_its_complement_too() -> None:
    labels = ["a"] * 30 + ["b"] * 30 + ["c"] * 4
    hits = [number % 2 == 0 for number in range(64)]
    cells = merged_on_both_sides(labels, hits, LEAST)
    assert cells is not None
    assert ("c",) not in cells
    assert len(cells) == 2


def test_where_nearly_everybody_is_alike_nothing_is_broken_down() -> None:
    labels = ["a"] * 50 + ["b"] * 50
    hits = [number != 7 for number in range(100)]
    assert merged_on_both_sides(labels, hits, LEAST) is None


@given(st.integers(LEAST, 500), st.integers(LEAST, 500))
def test_one_person_more_or_less_moves_a_count_by_nothing_or_by_five(yes: int, no: int) -> None:
    before, after = rounded(yes, yes + no), rounded(yes + 1, yes + no + 1)
    assert before.hits % BASE == before.of % BASE == 0
    assert after.hits - before.hits in {0, BASE}
    assert abs(before.hits - yes) <= BASE / 2


@settings(max_examples=examples(25))
@given(st.integers(0, 60), st.integers(0, 1_000), st.integers(0, 9))
def test_no_count_of_the_whole_report_is_exact_or_below_five(pairs: int, seed: int, minimum: int) -> None:
    book = described(book_with(pairs, seed=seed), seed=seed)
    for answer in fairness(book.facts, book.groups, book.improved, minimum):
        shares = [answer.total] if answer.total else []
        shares += [each.share for one in answer.comparisons for each in one.groups or ()]
        for share in shares:
            assert share.hits % BASE == share.of % BASE == 0
            assert min(share.hits, share.of - share.hits) >= LEAST


def test_what_people_said_of_themselves_says_nothing_about_who_joins() -> None:
    book = described(book_with(60))
    found = {each.question: each for each in fairness(book.facts, book.groups, book.improved)}
    assert {each.by for each in found[Question.PARTICIPATION].comparisons} == {"office", "level"}


def test_a_difference_beyond_chance_is_named_and_one_within_is_not() -> None:
    far = Comparison("office", (GroupShare(("a",), Share(90, 100)), GroupShare(("b",), Share(10, 100))))
    near = Comparison("office", (GroupShare(("a",), Share(10, 20)), GroupShare(("b",), Share(15, 25))))
    assert far.apart
    assert not near.apart
    assert not Comparison("office", None).apart
    assert Answer(Question.SOON, None, (near,)).total is None
