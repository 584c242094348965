"""Large rounds take another way to the same best result."""

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from mentoring.matching.assign import DENSE_CELLS, Assigner
from mentoring.matching.general import WHOLE_GRAPH_PEOPLE, pair_up
from mentoring.matching.market import Market
from mentoring.matching.scoring import BARRED
from mentoring.matching.settings import Objective
from mentoring.matching.sparse import Costs, promising_pairs, solve_sparse


def market(chance: np.random.Generator, mentees: int, mentors: int, most_places: int, tilt: int) -> Market:
    """Scores in which some mentors are everybody's favorites, the more so the larger the tilt."""
    points = chance.integers(0, 500_000, (mentees, mentors)) + chance.integers(0, tilt, (1, mentors))
    points[chance.random((mentees, mentors)) < 0.1] = BARRED
    places = chance.integers(0, most_places + 1, mentors).astype(np.intp)
    extra = np.array([60_000 // (place + 1) for place in range(most_places)], dtype=np.int64)
    return Market(points.astype(np.int32), places, np.zeros(mentors, dtype=np.intp), extra)


def best_total(this: Market) -> int:
    """The highest total, by the plain assignment of all mentees to all places."""
    places = this.columns()
    values = this.points[:, places.owners].astype(np.int64) + places.points
    values[this.points[:, places.owners] == BARRED] = 0
    rows, columns = linear_sum_assignment(values, maximize=True)
    return int(values[rows, columns].sum())


@pytest.mark.parametrize("tilt", [1, 300_000, 5_000_000])
@pytest.mark.parametrize(("mentees", "mentors", "most_places"), [(150, 150, 1), (200, 90, 3), (60, 300, 2)])
def test_looking_at_promising_pairs_first_loses_nothing(
    tilt: int, mentees: int, mentors: int, most_places: int
) -> None:
    this = market(np.random.default_rng(tilt + mentees), mentees, mentors, most_places, tilt)
    top = int(this.points.max()) + 60_000
    scale = mentees + 1
    promising = promising_pairs(this)
    before = int(promising.sum())
    rows, found = solve_sparse(this, Costs(top, scale, top * scale + 2, 0), promising)
    places = this.columns()
    total = int((this.points[rows, places.owners[found]] + places.points[found]).sum())
    assert total == best_total(this)
    assert len(set(found.tolist())) == len(found)
    assert int(promising.sum()) < this.points.size or before == this.points.size


@pytest.mark.parametrize("tilt", [1, 5_000_000])
def test_the_fairest_worst_score_is_the_highest_at_which_as_many_are_matched(tilt: int) -> None:
    this = market(np.random.default_rng(tilt), 70, 80, 1, tilt)
    places = this.columns()
    barred = this.points[:, places.owners] == BARRED
    values = np.where(barred, BARRED, this.points[:, places.owners] + places.points)

    def matchable(least: int) -> int:
        found = maximum_bipartite_matching(csr_array(values >= least), perm_type="column")
        return int((found >= 0).sum())

    most = matchable(0)
    highest = max(int(level) for level in np.unique(values[~barred]) if matchable(int(level)) == most)
    fairest = Assigner(this).assign(Objective.FAIREST)
    assert (len(fairest.mentees), fairest.worst) == (most, highest)


def test_thousands_take_the_other_way_and_keep_every_objective() -> None:
    size = 1230
    assert size * size > DENSE_CELLS
    this = market(np.random.default_rng(5), size, size, 1, 200_000)
    this = Market(this.points, np.ones(size, dtype=np.intp), this.taken, this.place_points)
    assigner = Assigner(this)
    best, most, fairest = (assigner.assign(objective) for objective in Objective)
    assert best.total == best_total(this)
    assert len(most.mentees) == len(fairest.mentees) >= len(best.mentees)
    assert fairest.worst >= most.worst
    assert fairest.total <= most.total <= best.total


def test_many_equals_are_paired_within_a_thousandth_of_the_best() -> None:
    size = WHOLE_GRAPH_PEOPLE + 20
    scores = np.random.default_rng(3).integers(0, 1_000_000, (size, size))
    points = np.maximum(scores, scores.T).astype(np.int32)
    np.fill_diagonal(points, BARRED)
    couples = pair_up(points, Objective.BEST_TOTAL)
    assert len(couples.pairs) == size // 2
    assert not couples.proven
    bound = linear_sum_assignment(points, maximize=True)
    assert couples.total >= 0.999 * points[bound].sum() / 2
