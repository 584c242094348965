from collections.abc import Sequence
from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.surveys.instruments import Audience, Instrument, Question, QuestionKind, Visibility
from mentoring.surveys.results import QuestionResult, Response, results
from mentoring.surveys.suppression import merged_groups, publishable, reveals
from tests.support.examples import examples

FIT = Question("fit", "How well do you fit?", QuestionKind.RATING, Visibility.GROUPED, "Groups only.")
SURVEY = Instrument("survey", 1, "Survey", Audience.BOTH, anonymous=True, purpose="Why.", questions=(FIT,))
BREAKDOWNS = ("department", "level", "office")


def published(people: Sequence[dict[str, str]], minimum: int) -> QuestionResult:
    responses = [Response({"fit": 3}, groups) for groups in people]
    (result,) = results(SURVEY, responses, asked=len(people), minimum=minimum, by=BREAKDOWNS).questions
    return result


def published_sums(result: QuestionResult, people: Sequence[dict[str, str]]) -> list[list[int]]:
    """Every published number as the people it counts: one row a number, one column a person."""
    rows = [[1] * len(people)] if result.total else []
    for breakdown in result.breakdowns:
        for cell in breakdown.cells or ():
            rows.append([int(person[breakdown.name] in cell.labels) for person in people])
            assert sum(rows[-1]) == cell.summary.count
    return rows


def isolates_fewer_than(minimum: int, rows: list[list[int]]) -> bool:
    """Try every group below the minimum: can adding and subtracting the rows touch it and nobody else?

    A combination that is zero for everybody outside the group, yet is not zero, exists exactly if the
    rows lose rank when the group's columns are covered.
    """
    table = np.array(rows)
    whole = np.linalg.matrix_rank(table)
    everybody = range(table.shape[1])
    return any(
        np.linalg.matrix_rank(np.delete(table, group, axis=1)) < whole
        for group in combinations(everybody, min(minimum - 1, table.shape[1]))
    )


labels = st.sampled_from(["a", "a", "b", "b", "c"])
person = st.fixed_dictionaries(dict.fromkeys(BREAKDOWNS, labels))


@settings(max_examples=examples(80), deadline=None)
@given(people=st.lists(person, min_size=1, max_size=14), minimum=st.integers(3, 4))
def test_no_published_tables_let_anyone_derive_a_group_below_the_minimum(
    people: list[dict[str, str]], minimum: int
) -> None:
    rows = published_sums(published(people, minimum), people)
    assert bool(rows) == (len(people) >= minimum)
    assert not rows or not isolates_fewer_than(minimum, rows)


tables = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 1), st.integers(0, 1)), min_size=3, max_size=11)


@settings(max_examples=examples(60), deadline=None)
@given(people=tables, minimum=st.integers(3, 4))
def test_the_proof_agrees_with_trying_every_small_group(people: list[tuple[int, ...]], minimum: int) -> None:
    columns = list(zip(*people, strict=True))
    rows = [[int(cell == one) for cell in table] for table in columns for one in sorted(set(table))]
    assert reveals(columns, minimum) == isolates_fewer_than(minimum, rows)


def test_small_groups_are_merged_and_large_ones_stay() -> None:
    labels = ["Tax"] * 7 + ["Trial"] * 6 + ["Estates"] * 3 + ["Patents"] * 2
    assert merged_groups(labels, 5) == (("Estates", "Patents"), ("Tax",), ("Trial",))


def test_one_small_group_takes_the_next_larger_one_with_it() -> None:
    labels = ["Tax"] * 9 + ["Trial"] * 6 + ["Estates"] * 1
    assert merged_groups(labels, 5) == (("Estates", "Trial"), ("Tax",))


def test_a_breakdown_of_one_group_is_none() -> None:
    assert merged_groups(["Tax"] * 9 + ["Estates"] * 2, 5) is None
    assert merged_groups(["Tax"] * 9, 5) is None


def test_two_breakdowns_that_would_reveal_one_person_together_are_both_withheld() -> None:
    # All of Tax is in Boston, and so is one person from Trial: Boston minus Tax is that person.
    people = {
        "department": ["Tax"] * 6 + ["Trial"] * 7,
        "office": ["Boston"] * 7 + ["Austin"] * 6,
        "level": ["junior", "senior"] * 6 + ["junior"],
    }
    chosen = publishable(people, 5)
    assert chosen["department"] is None
    assert chosen["office"] is None
    assert chosen["level"] == (("junior",), ("senior",))
    assert publishable({"office": people["office"]}, 5)["office"] == (("Austin",), ("Boston",))


def test_three_breakdowns_that_reveal_one_person_only_together_are_all_withheld() -> None:
    # Two by two they are harmless. Tax plus senior minus Boston is the one person who is all three.
    kinds = [("Trial", "junior", "Austin")] * 5 + [("Tax", "junior", "Boston")] * 5
    kinds += [("Trial", "senior", "Boston")] * 5 + [("Tax", "senior", "Boston")]
    people = dict(zip(BREAKDOWNS, ([*column] for column in zip(*kinds, strict=True)), strict=True))
    for pair in combinations(BREAKDOWNS, 2):
        assert None not in publishable({name: people[name] for name in pair}, 5).values()
    assert set(publishable(people, 5).values()) == {None}


def test_the_choice_does_not_depend_on_the_order_of_the_breakdowns() -> None:
    people = {
        "department": ["Tax"] * 6 + ["Trial"] * 7,
        "office": ["Boston"] * 7 + ["Austin"] * 6,
        "level": ["junior", "senior"] * 6 + ["junior"],
    }
    assert publishable(dict(reversed(people.items())), 5) == publishable(people, 5)


def test_a_program_of_sixty_still_sees_its_departments_and_levels() -> None:
    people = {
        "department": [("Tax", "Trial", "Corporate")[n % 3] for n in range(60)],
        "level": [("junior", "middle", "senior", "partner")[n // 3 % 4] for n in range(60)],
    }
    chosen = publishable(people, 5)
    assert chosen["department"] == (("Corporate",), ("Tax",), ("Trial",))
    assert chosen["level"] == (("junior",), ("middle",), ("partner",), ("senior",))
