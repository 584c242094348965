"""What a round of matching proposes, and how it is kept as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mentoring.kinds import ProgramKind, Role
from mentoring.matching.settings import Objective


@dataclass(frozen=True)
class Explanation:
    """Why two people were matched, in words for each reader; nothing private is ever in it.

    Args:
        mentor: For the mentor; in peer programs for the first person.
        mentee: For the mentee; in peer programs for the second person.
        coordinator: For the coordinator.
        third: In a group of three, for the third person.
        together: For the people themselves in the room they share; reasons only, no shortcomings.
    """

    mentor: str
    mentee: str
    coordinator: str
    third: str = ""
    together: str = ""


@dataclass(frozen=True)
class Alternative:
    """Somebody else for a mentee, and what the exchange would cost the whole.

    Args:
        person: Whose alternative it is: the mentee; in peer programs one of the two.
        user_id: The other mentor; in peer programs the other partner.
        score: The score the two would have, before what depends on a mentor's other mentees.
        price: How much the total would fall after everybody else has been arranged anew.
        fewer_matched: How many fewer people would be matched.
        exact: Whether the price is the least possible one, or one that surely suffices.
    """

    person: str
    user_id: str
    score: float
    price: float
    fewer_matched: int
    exact: bool = True


@dataclass(frozen=True)
class Match:
    """People proposed to each other.

    Args:
        people: Mentor and mentee in this order; in peer programs two or three equals.
        score: From 0 to 1.
        criteria: From 0 to 1 by criterion.
        explanation: Why, in words.
        alternatives: The next best for the mentee.
        locked: Whether a coordinator decided it.
    """

    people: tuple[str, ...]
    score: float
    criteria: Mapping[str, float]
    explanation: Explanation
    alternatives: tuple[Alternative, ...] = ()
    locked: bool = False

    @property
    def mentor(self) -> str:
        """The mentor's user id, in kinds that have one."""
        return self.people[0]

    @property
    def mentee(self) -> str:
        """The mentee's user id, in kinds that have one."""
        return self.people[1]

    def words_for(self, user_id: str) -> str:
        """Give the explanation written for one of the people."""
        words = (self.explanation.mentor, self.explanation.mentee, self.explanation.third)
        return words[self.people.index(user_id)]


@dataclass(frozen=True)
class Unmatched:
    """Somebody without a match: why, and the smallest change that would give them one.

    Args:
        user_id: Who.
        role: As what they stay without; in peer programs none.
        reason: A sentence for the coordinator.
        change: A sentence for the coordinator.
    """

    user_id: str
    role: Role | None
    reason: str
    change: str


@dataclass(frozen=True)
class Outcome:
    """What an objective gives: `matched` counts mentees with a mentor, in peer programs people."""

    objective: Objective
    total: float
    mean: float
    worst: float
    matched: int


@dataclass(frozen=True)
class Summary:
    """The whole in numbers.

    Args:
        kind: The kind of program.
        seed: The seed that decided ties.
        outcome: What the chosen objective gave.
        others: What the other two objectives would have given.
        capacity: Places all mentors offer together.
        capacity_left: Places still free.
        optimal: Whether nothing better exists under the objective; proven, not estimated.
    """

    kind: ProgramKind
    seed: int
    outcome: Outcome
    others: tuple[Outcome, ...]
    capacity: int
    capacity_left: int
    optimal: bool = True


@dataclass(frozen=True)
class MatchResult:
    """A whole proposal: everybody is in a match or among the unmatched."""

    pairs: tuple[Match, ...]
    unmatched: tuple[Unmatched, ...]
    summary: Summary
    weights: Mapping[str, float] = field(default_factory=dict)


def to_json(result: MatchResult) -> dict[str, Any]:
    """Turn a result into values that the json module writes as they are."""
    equals = result.summary.kind is ProgramKind.PEER
    return {
        "pairs": [_match_to_json(match, equals=equals) for match in result.pairs],
        "unmatched": [
            {
                "user_id": person.user_id,
                "role": person.role.value if person.role else None,
                "reason": person.reason,
                "change": person.change,
            }
            for person in result.unmatched
        ],
        "summary": {
            **_outcome_to_json(result.summary.outcome),
            "kind": result.summary.kind.value,
            "seed": result.summary.seed,
            "pairs": len(result.pairs),
            "unmatched": len(result.unmatched),
            "capacity": result.summary.capacity,
            "capacity_left": result.summary.capacity_left,
            "optimal": result.summary.optimal,
            "other_objectives": [_outcome_to_json(other) for other in result.summary.others],
            "weights": dict(result.weights),
        },
    }


def result_from_json(stored: Mapping[str, Any]) -> MatchResult:
    """Read back what `to_json` made."""
    summary = stored["summary"]
    return MatchResult(
        pairs=tuple(_match_from_json(match) for match in stored["pairs"]),
        unmatched=tuple(
            Unmatched(
                user_id=person["user_id"],
                role=Role(person["role"]) if person["role"] else None,
                reason=person["reason"],
                change=person["change"],
            )
            for person in stored["unmatched"]
        ),
        summary=Summary(
            kind=ProgramKind(summary["kind"]),
            seed=summary["seed"],
            outcome=_outcome_from_json(summary),
            others=tuple(_outcome_from_json(other) for other in summary["other_objectives"]),
            capacity=summary["capacity"],
            capacity_left=summary["capacity_left"],
            optimal=summary["optimal"],
        ),
        weights=summary["weights"],
    )


def _match_to_json(match: Match, *, equals: bool) -> dict[str, Any]:
    words = {
        "mentor": match.explanation.mentor,
        "mentee": match.explanation.mentee,
        "coordinator": match.explanation.coordinator,
        "together": match.explanation.together,
    }
    if match.explanation.third:
        words["third"] = match.explanation.third
    return {
        **({"people": list(match.people)} if equals else {"mentor": match.mentor, "mentee": match.mentee}),
        "score": match.score,
        "criteria": dict(match.criteria),
        "explanation": words,
        "alternatives": [
            {
                "person": alternative.person,
                "user_id": alternative.user_id,
                "score": alternative.score,
                "price": alternative.price,
                "fewer_matched": alternative.fewer_matched,
                "exact": alternative.exact,
            }
            for alternative in match.alternatives
        ],
        "locked": match.locked,
    }


def _match_from_json(stored: Mapping[str, Any]) -> Match:
    return Match(
        people=tuple(stored["people"]) if "people" in stored else (stored["mentor"], stored["mentee"]),
        score=stored["score"],
        criteria=stored["criteria"],
        explanation=Explanation(**stored["explanation"]),
        alternatives=tuple(Alternative(**alternative) for alternative in stored["alternatives"]),
        locked=stored["locked"],
    )


def _outcome_to_json(outcome: Outcome) -> dict[str, Any]:
    return {
        "objective": outcome.objective.value,
        "total": outcome.total,
        "mean": outcome.mean,
        "worst": outcome.worst,
        "matched": outcome.matched,
    }


def _outcome_from_json(stored: Mapping[str, Any]) -> Outcome:
    return Outcome(
        objective=Objective(stored["objective"]),
        total=stored["total"],
        mean=stored["mean"],
        worst=stored["worst"],
        matched=stored["matched"],
    )
