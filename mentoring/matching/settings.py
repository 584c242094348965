"""How a coordinator steers one round of matching, and the presets each kind of program starts from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from mentoring.kinds import ProgramKind
from mentoring.matching.candidates import Wish

MIN_WEIGHT = 0
MAX_WEIGHT = 10
"""Weights run from 0, of no importance, to 10, of the greatest."""

DEFAULT_ALTERNATIVES = 3


class Objective(StrEnum):
    """What the coordinator asks of the whole."""

    BEST_TOTAL = "best-total"
    """The highest sum of scores; between equals, more people matched."""
    MOST_MATCHED = "most-matched"
    """As many people matched as can be, then the highest sum of scores."""
    FAIREST = "fairest"
    """As many people matched as can be, then the best worst match, then the highest sum of scores."""


class Aspect(StrEnum):
    """What a must-be condition looks at."""

    OFFICE = "office"
    DEPARTMENT = "department"


@dataclass(frozen=True)
class Must:
    """A condition every pair has to meet, such as the same office or a different department."""

    aspect: Aspect
    wish: Wish


@dataclass(frozen=True)
class SeniorityGap:
    """How many levels the mentor should be above the mentee; in two-way kinds, how far apart they are."""

    least: int
    most: int


@dataclass(frozen=True)
class PreviousPair:
    """Two people who were paired before; the cycle before this one is one cycle ago."""

    people: frozenset[str]
    cycles_ago: int = 1


@dataclass(frozen=True)
class Lock:
    """Two people a coordinator has decided to keep together; in peer programs the order has no meaning."""

    mentor: str
    mentee: str


@dataclass(frozen=True)
class MatchSettings:
    """Everything but the people that decides a round of matching.

    Args:
        kind: The kind of program.
        weights: Criterion name to weight, 0 to 10, laid over the preset of the kind.
        objective: What is asked of the whole.
        seed: Decides between equally good proposals; the same seed gives the same proposal.
        locks: Pairs to keep.
        exclusions: Pairs the coordinator does not want; the order has no meaning.
        barred_cycles: For how many cycles people who were paired are not paired again.
        must: Conditions every pair has to meet.
        common_language: Whether a pair needs a language in common.
        walls: Pairs of ethical-wall groups whose members must not meet; a group paired with itself
            keeps its own members apart.
        gap: The seniority gap asked for; the kind's own when not given.
        trios: Whether a peer program may take an odd person into a group of three.
        alternatives: How many alternatives to name for each mentee.
    """

    kind: ProgramKind
    weights: Mapping[str, float] = field(default_factory=dict)
    objective: Objective = Objective.BEST_TOTAL
    seed: int = 0
    locks: tuple[Lock, ...] = ()
    exclusions: tuple[Lock, ...] = ()
    barred_cycles: int = 1
    must: tuple[Must, ...] = ()
    common_language: bool = True
    walls: tuple[tuple[str, str], ...] = ()
    gap: SeniorityGap | None = None
    trios: bool = False
    alternatives: int = DEFAULT_ALTERNATIVES


PRESETS: Mapping[ProgramKind, Mapping[str, float]] = MappingProxyType(
    {
        ProgramKind.TRADITIONAL: {
            "wishes": 10,
            "goals": 4,
            "seniority": 6,
            "practice": 3,
            "office": 3,
            "working_hours": 5,
            "format": 3,
            "time": 2,
            "preference": 5,
            "load": 3,
        },
        ProgramKind.REVERSE: {
            "wishes": 10,
            "goals": 2,
            "seniority": 4,
            "practice": 2,
            "office": 2,
            "working_hours": 5,
            "format": 3,
            "time": 2,
            "preference": 5,
            "load": 3,
        },
        ProgramKind.PEER: {
            "wishes": 10,
            "goals": 3,
            "seniority": 5,
            "practice": 2,
            "office": 2,
            "working_hours": 6,
            "format": 3,
            "time": 3,
            "preference": 5,
        },
        ProgramKind.BUDDY: {
            "wishes": 3,
            "goals": 1,
            "seniority": 4,
            "practice": 8,
            "office": 10,
            "working_hours": 8,
            "format": 5,
            "time": 2,
            "preference": 3,
            "load": 5,
        },
        ProgramKind.GROUP: {
            "wishes": 10,
            "goals": 4,
            "seniority": 4,
            "practice": 2,
            "office": 3,
            "working_hours": 8,
            "format": 4,
            "time": 2,
            "preference": 3,
            "group_fit": 6,
        },
    }
)
"""Where each kind starts: what a coordinator of such a program usually puts first."""

GAPS: Mapping[ProgramKind, SeniorityGap] = MappingProxyType(
    {
        ProgramKind.TRADITIONAL: SeniorityGap(1, 3),
        ProgramKind.REVERSE: SeniorityGap(2, 5),
        ProgramKind.PEER: SeniorityGap(0, 1),
        ProgramKind.BUDDY: SeniorityGap(0, 1),
        ProgramKind.GROUP: SeniorityGap(1, 4),
    }
)

TWO_SIDED_GAP = frozenset({ProgramKind.REVERSE, ProgramKind.PEER, ProgramKind.BUDDY})
"""Kinds in which it has no meaning which of the two is the more senior."""


def weights_in_force(settings: MatchSettings) -> dict[str, float]:
    """Lay the coordinator's weights over the preset of the kind."""
    return {**PRESETS[settings.kind], **settings.weights}


def gap_in_force(settings: MatchSettings) -> SeniorityGap:
    """Tell the seniority gap asked for: the coordinator's, or the kind's own."""
    return settings.gap or GAPS[settings.kind]
