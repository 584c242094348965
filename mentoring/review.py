"""What a coordinator decides about a proposal before anybody is told: keep, swap, exclude, hold, note."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from mentoring.kinds import ProgramKind
from mentoring.matching.result import Alternative, Match, MatchResult
from mentoring.matching.settings import Lock, MatchSettings, Objective

MAX_NOTE_LENGTH = 500


@dataclass(frozen=True, slots=True)
class Review:
    """A coordinator's decisions about one run.

    Args:
        locks: Pairs to keep when the matcher runs again, swaps among them.
        exclusions: Pairs not to be proposed again.
        held: Positions of pairs not to be approved for now.
        approved: Positions of pairs approved already.
        notes: The coordinator's words about a pair, by its key; nobody else reads them.
        objective: What this run was asked for, where it differs from the program's own.
        before: The run this one was made from, if any.
    """

    locks: tuple[Lock, ...] = ()
    exclusions: tuple[Lock, ...] = ()
    held: frozenset[int] = frozenset()
    approved: frozenset[int] = frozenset()
    notes: Mapping[str, str] = field(default_factory=dict)
    objective: Objective | None = None
    before: int | None = None

    def keeps(self, match: Match) -> bool:
        """Whether a pair is locked."""
        return any(_same(lock, match) for lock in self.locks)

    def excludes(self, match: Match) -> bool:
        """Whether a pair is not wanted."""
        return any(_same(lock, match) for lock in self.exclusions)

    def swap_of(self, match: Match) -> Lock | None:
        """The other pair a mentee was promised instead of this one, if any."""
        return next(
            (each for each in self.locks if each.mentee == match.people[-1] and not _same(each, match)), None
        )

    def note_on(self, match: Match) -> str:
        """The coordinator's words about a pair."""
        return self.notes.get(key_of(match), "")

    @property
    def waits_for_a_run(self) -> bool:
        """Whether something was decided that only another run can carry out."""
        return bool(self.locks or self.exclusions)


def key_of(match: Match) -> str:
    """A name for the people of a match that stays the same from run to run."""
    return "+".join(sorted(match.people))


def keep(review: Review, match: Match) -> Review:
    """Lock a pair, or take the lock off."""
    if review.keeps(match):
        return replace(review, locks=_without(review.locks, match))
    others = tuple(each for each in review.locks if each.mentee != match.people[-1])
    locks = (*others, Lock(match.people[0], match.people[-1]))
    return replace(review, locks=locks, exclusions=_without(review.exclusions, match))


def exclude(review: Review, match: Match) -> Review:
    """Rule a pair out, or in again."""
    if review.excludes(match):
        return replace(review, exclusions=_without(review.exclusions, match))
    exclusions = (*review.exclusions, Lock(match.people[0], match.people[-1]))
    return replace(review, exclusions=exclusions, locks=_without(review.locks, match))


def swap(review: Review, match: Match, instead: Alternative) -> Review:
    """Promise a mentee another mentor; the next run arranges everybody else around it."""
    wanted = Lock(instead.user_id, instead.person)
    # A lock on either of the two people would contradict this one, except for a mentor's other mentees.
    others = tuple(each for each in review.locks if each.mentee != instead.person and not _same(each, match))
    here = Lock(match.people[0], match.people[-1])
    exclusions = (*_without(review.exclusions, match), here)
    return replace(review, locks=(*others, wanted), exclusions=exclusions)


def hold(review: Review, position: int) -> Review:
    """Leave a pair out of the approval, or take it in again."""
    return replace(review, held=review.held ^ {position})


def note(review: Review, match: Match, words: str) -> Review:
    """Write something down about a pair."""
    others = {key: each for key, each in review.notes.items() if key != key_of(match)}
    return replace(review, notes=others | ({key_of(match): words} if words else {}))


def again(review: Review, result: MatchResult, run_id: int, objective: Objective | None = None) -> Review:
    """The decisions another run starts from: locks of pairs approved already need no carrying on."""
    settled = [result.pairs[each] for each in review.approved]
    people = {slack_id for match in settled for slack_id in match.people[1:]}
    return Review(
        locks=tuple(each for each in review.locks if each.mentee not in people),
        exclusions=tuple(each for each in review.exclusions if each.mentee not in people),
        notes=review.notes,
        objective=objective or review.objective,
        before=run_id,
    )


def steered(settings: MatchSettings, review: Review) -> MatchSettings:
    """A program's settings with a coordinator's decisions on top."""
    return replace(
        settings,
        locks=review.locks,
        exclusions=review.exclusions,
        objective=review.objective or settings.objective,
    )


def together(result: MatchResult, kind: ProgramKind) -> list[tuple[int, ...]]:
    """Positions that are approved as one: in a group program all with one mentor, elsewhere each alone."""
    if kind is not ProgramKind.GROUP:
        return [(position,) for position in range(len(result.pairs))]
    groups: dict[str, list[int]] = {}
    for position, match in enumerate(result.pairs):
        groups.setdefault(match.mentor, []).append(position)
    return [tuple(each) for each in groups.values()]


def weakest_first(result: MatchResult, kind: ProgramKind) -> list[int]:
    """Positions in the order in which they are looked at: what is approved as one stays together."""
    units = sorted(together(result, kind), key=lambda unit: min(result.pairs[each].score for each in unit))
    return [position for unit in units for position in unit]


def ready(review: Review, result: MatchResult, kind: ProgramKind) -> list[tuple[int, ...]]:
    """Pairs or groups that approving approves: nothing about them is held, changed or done already."""

    def is_ready(position: int) -> bool:
        match = result.pairs[position]
        settled = position in review.approved or position in review.held
        return not (settled or review.excludes(match))

    return [each for each in together(result, kind) if all(is_ready(position) for position in each)]


@dataclass(frozen=True, slots=True)
class Difference:
    """How a run differs from the one it was made from.

    Args:
        matched: Mentees more or fewer.
        mean: Change of the average score.
        worst: Change of the lowest score.
        new: Pairs that were not proposed before, by key.
    """

    matched: int
    mean: float
    worst: float
    new: frozenset[str]

    def is_new(self, match: Match) -> bool:
        """Whether a pair was not proposed before."""
        return key_of(match) in self.new


def compare(result: MatchResult, before: MatchResult) -> Difference:
    """Hold a run against the one before."""
    outcome, earlier = result.summary.outcome, before.summary.outcome
    known = {key_of(each) for each in before.pairs}
    return Difference(
        matched=outcome.matched - earlier.matched,
        mean=outcome.mean - earlier.mean,
        worst=outcome.worst - earlier.worst,
        new=frozenset({key_of(each) for each in result.pairs} - known),
    )


DECISIONS: Mapping[str, Callable[[Review, Match], Review]] = {"keep": keep, "exclude": exclude}
"""Decisions about a pair that need nothing more to be said."""


def review_to_json(review: Review) -> dict[str, Any]:
    """Turn decisions into values that the json module writes as they are."""
    return {
        "locks": _pairs(review.locks),
        "exclusions": _pairs(review.exclusions),
        "held": sorted(review.held),
        "approved": sorted(review.approved),
        "notes": dict(review.notes),
        "objective": review.objective,
        "before": review.before,
    }


def review_from_json(stored: Mapping[str, Any]) -> Review:
    """Read back what `review_to_json` made; nothing stored means nothing decided."""
    if not stored:
        return Review()
    return Review(
        locks=tuple(Lock(mentor, mentee) for mentor, mentee in stored["locks"]),
        exclusions=tuple(Lock(mentor, mentee) for mentor, mentee in stored["exclusions"]),
        held=frozenset(stored["held"]),
        approved=frozenset(stored["approved"]),
        notes=stored["notes"],
        objective=Objective(stored["objective"]) if stored["objective"] else None,
        before=stored["before"],
    )


def _pairs(locks: Iterable[Lock]) -> list[list[str]]:
    return [[each.mentor, each.mentee] for each in locks]


def _same(lock: Lock, match: Match) -> bool:
    return {lock.mentor, lock.mentee} <= set(match.people)


def _without(locks: Sequence[Lock], match: Match) -> tuple[Lock, ...]:
    return tuple(each for each in locks if not _same(each, match))
