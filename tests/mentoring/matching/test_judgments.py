"""Judging millions of pairs at once says the same as judging them one by one, to the point."""

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as some

from mentoring.kinds import ProgramKind
from mentoring.matching.candidates import Candidate
from mentoring.matching.criteria import PAIR_CRITERIA, Frame
from mentoring.matching.pool import make_pool
from mentoring.matching.scoring import BARRED, POINTS, Scorer
from mentoring.matching.settings import GAPS, PRESETS
from mentoring.matching.view import View
from tests.mentoring.matching.people import firms

KINDS = some.sampled_from(ProgramKind)


@given(people=firms(), kind=KINDS, worth=some.integers(1, POINTS), swapped=some.booleans())
def test_a_criterion_gives_the_same_points_as_a_product_and_pair_by_pair(
    people: Sequence[Candidate],
    kind: ProgramKind,
    worth: int,
    swapped: bool,  # noqa: FBT001 - drawn
) -> None:
    pool = make_pool(people, 1)
    everybody = np.arange(len(people))
    view = View(everybody, everybody, swapped=swapped)
    for criterion in PAIR_CRITERIA:
        judgment = criterion.judge(pool, Frame(kind, GAPS[kind]))
        points = np.broadcast_to(judgment.points(view, worth), view.shape)
        # Whole points for each term met: rounding each may differ from rounding the sum by half a point each.
        most_terms = max(1, *(len(person.wants) for person in people))
        assert np.abs(points - judgment.of(view) * worth).max() <= most_terms
        factors = judgment.factors(worth)
        if factors is not None:
            here, there = factors.learner[everybody], factors.teacher[everybody]
            together = there @ here.T if swapped else here @ there.T
            assert (together == points).all()


@given(people=firms(), kind=KINDS)
def test_the_table_of_a_round_holds_the_weighted_means_of_the_listed_criteria(
    people: Sequence[Candidate], kind: ProgramKind
) -> None:
    pool = make_pool(people, 1)
    weights = {name: float(weight) for name, weight in PRESETS[kind].items()}
    scorer = Scorer(pool, Frame(kind, GAPS[kind]), weights, ())
    everybody = np.arange(len(people))
    table = scorer.points(everybody, everybody)
    rows, columns = (each.ravel() for each in np.meshgrid(everybody, everybody, indexing="ij"))
    mean = sum(
        score.astype(np.float64) * weights[name] for name, score in scorer.by_criterion(rows, columns).items()
    ) / sum(weights.values())
    assert np.abs(table.ravel() - mean * POINTS).max() <= 2 * len(weights) + 12
    assert (table > BARRED).all()
    assert (table <= POINTS).all()
