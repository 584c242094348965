"""A round of matching kept as JSON, so that it can be run again and gives the same result."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mentoring.kinds import Format, ProgramKind, Role
from mentoring.late import late
from mentoring.matching.candidates import Candidate, Preferences, Wish
from mentoring.matching.result import MatchResult
from mentoring.matching.settings import (
    Aspect,
    Lock,
    MatchSettings,
    Must,
    Objective,
    PreviousPair,
    SeniorityGap,
)

if TYPE_CHECKING:
    from mentoring.matching.propose import propose
else:
    propose = late("mentoring.matching.propose", "propose")


@dataclass(frozen=True)
class RoundInputs:
    """All that decides the result of a round.

    Args:
        candidates: Everybody in the round.
        settings: What the coordinator set, the seed among it.
        history: Earlier pairs.
        managers: Reporting lines of people outside the round.
    """

    candidates: Sequence[Candidate]
    settings: MatchSettings
    history: Iterable[PreviousPair] = ()
    managers: Mapping[str, str] = field(default_factory=dict)


def run_again(inputs: RoundInputs) -> MatchResult:
    """Propose from kept inputs.

    Raises:
        MatchRefusal: As `propose` does.
    """
    return propose(inputs.candidates, inputs.settings, inputs.history, inputs.managers)


def inputs_to_json(inputs: RoundInputs) -> dict[str, Any]:
    """Turn a round into values that the json module writes as they are."""
    return {
        "candidates": [_candidate_to_json(person) for person in inputs.candidates],
        "settings": _settings_to_json(inputs.settings),
        "history": [
            {"people": sorted(previous.people), "cycles_ago": previous.cycles_ago}
            for previous in inputs.history
        ],
        "managers": dict(inputs.managers),
    }


def inputs_from_json(stored: Mapping[str, Any]) -> RoundInputs:
    """Read back what `inputs_to_json` made."""
    return RoundInputs(
        candidates=tuple(_candidate_from_json(person) for person in stored["candidates"]),
        settings=_settings_from_json(stored["settings"]),
        history=tuple(
            PreviousPair(frozenset(previous["people"]), previous["cycles_ago"])
            for previous in stored["history"]
        ),
        managers=stored["managers"],
    )


def _candidate_to_json(person: Candidate) -> dict[str, Any]:
    return {
        **vars(person),
        "roles": sorted(person.roles),
        "languages": list(person.languages),
        "offers": list(person.offers),
        "wants": list(person.wants),
        "format": person.format.value,
        "do_not_pair_with": sorted(person.do_not_pair_with),
        "preferences": {name: wish.value for name, wish in vars(person.preferences).items()},
        "preferred": sorted(person.preferred),
        "groups": sorted(person.groups),
    }


def _candidate_from_json(stored: Mapping[str, Any]) -> Candidate:
    return Candidate(
        **{
            **stored,
            "roles": frozenset(Role(role) for role in stored["roles"]),
            "languages": tuple(stored["languages"]),
            "offers": tuple(stored["offers"]),
            "wants": tuple(stored["wants"]),
            "format": Format(stored["format"]),
            "do_not_pair_with": frozenset(stored["do_not_pair_with"]),
            "preferences": Preferences(**{name: Wish(wish) for name, wish in stored["preferences"].items()}),
            "preferred": frozenset(stored["preferred"]),
            "groups": frozenset(stored["groups"]),
        }
    )


def _settings_to_json(settings: MatchSettings) -> dict[str, Any]:
    return {
        **vars(settings),
        "kind": settings.kind.value,
        "weights": dict(settings.weights),
        "objective": settings.objective.value,
        "locks": [vars(lock) for lock in settings.locks],
        "exclusions": [vars(pair) for pair in settings.exclusions],
        "must": [{"aspect": must.aspect.value, "wish": must.wish.value} for must in settings.must],
        "walls": [list(wall) for wall in settings.walls],
        "gap": vars(settings.gap) if settings.gap else None,
    }


def _settings_from_json(stored: Mapping[str, Any]) -> MatchSettings:
    return MatchSettings(
        **{
            **stored,
            "kind": ProgramKind(stored["kind"]),
            "objective": Objective(stored["objective"]),
            "locks": tuple(Lock(**lock) for lock in stored["locks"]),
            "exclusions": tuple(Lock(**pair) for pair in stored["exclusions"]),
            "must": tuple(Must(Aspect(must["aspect"]), Wish(must["wish"])) for must in stored["must"]),
            "walls": tuple((one, other) for one, other in stored["walls"]),
            "gap": SeniorityGap(**stored["gap"]) if stored["gap"] else None,
        }
    )
