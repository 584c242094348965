"""What makes a pair a good one: each criterion scores millions of possible pairs from 0 to 1 at once.

The words for a criterion are in `wording`, under the same name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from mentoring.kinds import Format, ProgramKind
from mentoring.matching.candidates import Wish
from mentoring.matching.pool import FORMAT_CODES, UNKNOWN, WISH_CODES, Pool
from mentoring.matching.settings import TWO_SIDED_GAP, SeniorityGap
from mentoring.matching.view import Bools, Floats, Ints, View

NOTHING_SAID = np.float32(0.5)
"""Where a person said nothing to judge by, neither a merit nor a fault."""
ENOUGH_HOURS = 4
"""Half a working day in common is as good as a whole one: a pair meets for an hour or two."""
ENOUGH_GOAL_SKILLS = 2
"""A mentor who offers two of the skills that help with a goal serves it fully."""
LEVELS_TO_NOTHING = 3
"""A seniority gap this many levels outside the range is worth nothing."""


@dataclass(frozen=True)
class Frame:
    """What criteria need beside the people: the kind of program and the seniority gap it asks for."""

    kind: ProgramKind
    gap: SeniorityGap


"""How a criterion scores a view: an array that broadcasts to the shape of the view."""
Score = Callable[[Pool, View, Frame], Floats]


@dataclass(frozen=True)
class Criterion:
    """One thing that makes a pair a good one.

    Args:
        name: As in weights and results.
        label: As a coordinator reads it.
        score: From 0 to 1 for every pair of a view.
        directed: Whether it matters which of the two teaches.
    """

    name: str
    label: str
    score: Score
    directed: bool = False


def _wishes(pool: Pool, view: View, frame: Frame) -> Floats:  # noqa: ARG001 - criteria share one signature
    met = view.in_common(pool.wants, pool.offers)
    wished = view.learner(pool.wish_count)
    return _floats(np.where(wished > 0, met / np.maximum(wished, 1), NOTHING_SAID))


def _goals(pool: Pool, view: View, frame: Frame) -> Floats:  # noqa: ARG001 - criteria share one signature
    helpful = view.learner(pool.goal_count)
    served = view.in_common(pool.goals, pool.offers) / np.clip(helpful, 1, ENOUGH_GOAL_SKILLS)
    return _floats(np.where(helpful > 0, np.minimum(served, 1), NOTHING_SAID))


def _seniority(pool: Pool, view: View, frame: Frame) -> Floats:
    """Judge the gap the program asks for, together with what either person asked of seniority."""
    levels, codes = np.unique(pool.level, return_inverse=True)
    above = levels[None, :] - levels[:, None]
    if frame.kind in TWO_SIDED_GAP:
        above = np.abs(above)
    outside = np.maximum(frame.gap.least - above, 0) + np.maximum(above - frame.gap.most, 0)
    in_range = np.maximum(1 - outside / LEVELS_TO_NOTHING, 0).astype(np.float32)
    score = view.by_codes(in_range, codes)
    no_matter = WISH_CODES[Wish.NO_MATTER]
    if (pool.seniority_wish == no_matter).all():
        return score
    wished = _as_wished(view, pool.level + 1, pool.seniority_wish, no_matter)
    wishing = pool.seniority_wish != no_matter
    return _floats(np.where(view.learner(wishing) | view.teacher(wishing), (score + wished) / 2, score))


def _practice(pool: Pool, view: View, frame: Frame) -> Floats:
    return _as_wished(view, pool.department, pool.practice_wish, _usual_wish(frame.kind))


def _office(pool: Pool, view: View, frame: Frame) -> Floats:
    return _as_wished(view, pool.office, pool.office_wish, _usual_wish(frame.kind))


def _usual_wish(kind: ProgramKind) -> int:
    """A newcomer's buddy is best found nearby, unless one of the two says otherwise."""
    return WISH_CODES[Wish.SAME if kind is ProgramKind.BUDDY else Wish.NO_MATTER]


def _as_wished(view: View, places: Ints, wishes: Ints, usual: int) -> Floats:
    """Score how many of the two get what they asked of the other's place; 1 where nobody asked."""
    asked = np.where(wishes == WISH_CODES[Wish.NO_MATTER], usual, wishes)
    if (asked == WISH_CODES[Wish.NO_MATTER]).all():
        return np.ones((1,) * len(view.shape), dtype=np.float32)
    kinds, codes = np.unique(np.stack([places, asked]), axis=1, return_inverse=True)
    place, wish = kinds
    same: Bools = (place[:, None] == place[None, :]) & (place[:, None] != UNKNOWN)
    asking = (wish != WISH_CODES[Wish.NO_MATTER]).astype(np.float32)
    count = asking[:, None] + asking[None, :]
    granted = _floats(_granted(same, wish[:, None])) + _granted(same, wish[None, :])
    return view.by_codes(_floats(np.where(count > 0, granted / np.maximum(count, 1), 1)), codes)


def _granted(same: Bools, wish: Ints) -> Bools:
    same_asked: Bools = wish == WISH_CODES[Wish.SAME]
    different_asked: Bools = wish == WISH_CODES[Wish.DIFFERENT]
    return (same_asked & same) | (different_asked & ~same)


def _floats(values: npt.NDArray[Any]) -> Floats:
    return values.astype(np.float32, copy=False)


def _working_hours(pool: Pool, view: View, frame: Frame) -> Floats:  # noqa: ARG001 - criteria share one signature
    return view.by_codes(_floats(np.minimum(pool.hours_shared / ENOUGH_HOURS, 1)), pool.zone)


def _format(pool: Pool, view: View, frame: Frame) -> Floats:  # noqa: ARG001 - criteria share one signature
    """Meeting by video works anywhere; meeting in person needs the same office."""
    ways, codes = np.unique(np.stack([pool.format, pool.office]), axis=1, return_inverse=True)
    way, office = ways
    on_video = way != FORMAT_CODES[Format.IN_PERSON]
    in_person = way != FORMAT_CODES[Format.VIDEO]
    near = office[:, None] == office[None, :]
    works = (on_video[:, None] & on_video[None, :]) | (in_person[:, None] & in_person[None, :] & near)
    return view.by_codes(_floats(works), codes)


def _time(pool: Pool, view: View, frame: Frame) -> Floats:  # noqa: ARG001 - criteria share one signature
    hours, codes = np.unique(pool.hours_per_month, return_inverse=True)
    less = np.minimum(hours[:, None], hours[None, :])
    more = np.maximum(hours[:, None], hours[None, :])
    return view.by_codes(_floats(less / np.maximum(more, 1)), codes)


def _preference(pool: Pool, view: View, frame: Frame) -> Floats:  # noqa: ARG001 - criteria share one signature
    """Each of the two counts half: 1 for having named the other, nothing for having named others only."""
    silent = NOTHING_SAID * (1 - pool.has_preferred)
    score = (view.learner(silent) + view.teacher(silent)) / 2
    if not len(pool.preferred):
        return np.full((1,) * len(view.shape), NOTHING_SAID)
    named = set(map(tuple, pool.preferred.tolist()))
    mutual = sorted(pair for pair in named if pair[::-1] in named)
    one_way = sorted(named.difference(mutual))
    half = np.float32(0.5) * view.where(np.array(one_way, dtype=np.intp).reshape(-1, 2))
    return _floats(score + half + view.where(np.array(mutual, dtype=np.intp).reshape(-1, 2)))


LOAD = "load"
GROUP_FIT = "group_fit"
"""Two criteria that depend on the mentor's other mentees: they are judged while assigning."""

PAIR_CRITERIA: tuple[Criterion, ...] = (
    Criterion("wishes", "wishes met by offers", _wishes, directed=True),
    Criterion("goals", "help with the goal", _goals, directed=True),
    Criterion("seniority", "seniority gap", _seniority, directed=True),
    Criterion("practice", "practice as wished", _practice),
    Criterion("office", "office as wished", _office),
    Criterion("working_hours", "shared working hours", _working_hours),
    Criterion("format", "way of meeting", _format),
    Criterion("time", "similar time to give", _time),
    Criterion("preference", "named each other", _preference),
)
LABELS: Mapping[str, str] = {
    **{criterion.name: criterion.label for criterion in PAIR_CRITERIA},
    LOAD: "load shared between mentors",
    GROUP_FIT: "mentees who fit together",
}


def load_score(place: int) -> float:
    """Score a mentor's first, second, third mentee (place 0, 1, 2): 1, a half, a third."""
    return 1 / (place + 1)
