"""What makes a pair a good one: each criterion scores millions of possible pairs from 0 to 1 at once.

The words for a criterion are in `wording`, under the same name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mentoring.kinds import Format, ProgramKind
from mentoring.matching.candidates import Wish
from mentoring.matching.judgment import NOTHING_SAID, Judgment, Looked, Met, Named, the_same
from mentoring.matching.pool import FORMAT_CODES, UNKNOWN, WISH_CODES, Pool
from mentoring.matching.settings import TWO_SIDED_GAP, SeniorityGap
from mentoring.matching.view import Bools, Ints

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


Judge = Callable[[Pool, Frame], Judgment]
"""Prepares a criterion's judgment of everybody in a round."""


@dataclass(frozen=True)
class Criterion:
    """One thing that makes a pair a good one.

    Args:
        name: As in weights and results.
        label: As a coordinator reads it.
        judge: Prepares the score, from 0 to 1, of every pair of a round.
        directed: Whether it matters which of the two teaches.
    """

    name: str
    label: str
    judge: Judge
    directed: bool = False


def _wishes(pool: Pool, frame: Frame) -> Judgment:  # noqa: ARG001 - criteria share one signature
    return Met(pool.wants, pool.offers, pool.wish_count)


def _goals(pool: Pool, frame: Frame) -> Judgment:  # noqa: ARG001 - criteria share one signature
    return Met(pool.goals, pool.offers, pool.goal_count, enough=ENOUGH_GOAL_SKILLS)


def _seniority(pool: Pool, frame: Frame) -> Judgment:
    """Judge the gap the program asks for, together with what either person asked of seniority."""
    kinds, codes = np.unique(np.stack([pool.level, pool.seniority_wish]), axis=1, return_inverse=True)
    level, wish = kinds
    above = level[None, :] - level[:, None]
    if frame.kind in TWO_SIDED_GAP:
        above = np.abs(above)
    outside = np.maximum(frame.gap.least - above, 0) + np.maximum(above - frame.gap.most, 0)
    in_range = np.maximum(1 - outside / LEVELS_TO_NOTHING, 0)
    wishing = wish != WISH_CODES[Wish.NO_MATTER]
    either = wishing[:, None] | wishing[None, :]
    table = np.where(either, (in_range + _wished(level + 1, wish)) / 2, in_range)
    return Looked(table.astype(np.float32), codes)


def _practice(pool: Pool, frame: Frame) -> Judgment:
    return _as_wished(pool.department, pool.practice_wish, _usual_wish(frame.kind))


def _office(pool: Pool, frame: Frame) -> Judgment:
    return _as_wished(pool.office, pool.office_wish, _usual_wish(frame.kind))


def _usual_wish(kind: ProgramKind) -> int:
    """A newcomer's buddy is best found nearby, unless one of the two says otherwise."""
    return WISH_CODES[Wish.SAME if kind is ProgramKind.BUDDY else Wish.NO_MATTER]


def _as_wished(places: Ints, wishes: Ints, usual: int) -> Judgment:
    """Judge how many of the two get what they asked of the other's place."""
    asked = np.where(wishes == WISH_CODES[Wish.NO_MATTER], usual, wishes)
    if (asked == WISH_CODES[Wish.NO_MATTER]).all():
        return the_same(1, len(places))
    kinds, codes = np.unique(np.stack([places, asked]), axis=1, return_inverse=True)
    place, wish = kinds
    return Looked(_wished(place, wish).astype(np.float32), codes)


def _wished(place: Ints, wish: Ints) -> npt.NDArray[np.float64]:
    """Score how many of two people get what they asked of the other's place; 1 where nobody asked."""
    same: Bools = (place[:, None] == place[None, :]) & (place[:, None] != UNKNOWN)
    asking = (wish != WISH_CODES[Wish.NO_MATTER]).astype(np.float64)
    count = asking[:, None] + asking[None, :]
    granted = _granted(same, wish[:, None]).astype(np.float64) + _granted(same, wish[None, :])
    return np.where(count > 0, granted / np.maximum(count, 1), 1)


def _granted(same: Bools, wish: Ints) -> Bools:
    same_asked: Bools = wish == WISH_CODES[Wish.SAME]
    different_asked: Bools = wish == WISH_CODES[Wish.DIFFERENT]
    return (same_asked & same) | (different_asked & ~same)


def _working_hours(pool: Pool, frame: Frame) -> Judgment:  # noqa: ARG001 - criteria share one signature
    return Looked(np.minimum(pool.hours_shared / ENOUGH_HOURS, 1).astype(np.float32), pool.zone)


def _format(pool: Pool, frame: Frame) -> Judgment:  # noqa: ARG001 - criteria share one signature
    """Meeting by video works anywhere; meeting in person needs the same office."""
    ways, codes = np.unique(np.stack([pool.format, pool.office]), axis=1, return_inverse=True)
    way, office = ways
    on_video = way != FORMAT_CODES[Format.IN_PERSON]
    in_person = way != FORMAT_CODES[Format.VIDEO]
    near = office[:, None] == office[None, :]
    works = (on_video[:, None] & on_video[None, :]) | (in_person[:, None] & in_person[None, :] & near)
    return Looked(works.astype(np.float32), codes)


def _time(pool: Pool, frame: Frame) -> Judgment:  # noqa: ARG001 - criteria share one signature
    hours, codes = np.unique(pool.hours_per_month, return_inverse=True)
    less = np.minimum(hours[:, None], hours[None, :])
    more = np.maximum(hours[:, None], hours[None, :])
    return Looked((less / np.maximum(more, 1)).astype(np.float32), codes)


def _preference(pool: Pool, frame: Frame) -> Judgment:  # noqa: ARG001 - criteria share one signature
    if not len(pool.preferred):
        return the_same(NOTHING_SAID, len(pool.people))
    return Named(pool.preferred, NOTHING_SAID * (1 - pool.has_preferred))


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
DIRECTED = frozenset(criterion.name for criterion in PAIR_CRITERIA if criterion.directed)
"""Criteria in which it matters which of the two teaches."""

LABELS: Mapping[str, str] = {
    **{criterion.name: criterion.label for criterion in PAIR_CRITERIA},
    LOAD: "load shared between mentors",
    GROUP_FIT: "mentees who fit together",
}


def load_score(place: int) -> float:
    """Score a mentor's first, second, third mentee (place 0, 1, 2): 1, a half, a third."""
    return 1 / (place + 1)
