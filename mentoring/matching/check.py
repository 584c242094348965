"""What contradicts itself is refused before anything is matched."""

from collections import Counter
from collections.abc import Mapping, Sequence

from mentoring.kinds import ProgramKind, Role
from mentoring.matching.candidates import Candidate
from mentoring.matching.criteria import LABELS
from mentoring.matching.refusals import MatchRefusal
from mentoring.matching.reporting import reporting_circles
from mentoring.matching.settings import (
    MAX_WEIGHT,
    MIN_WEIGHT,
    PRESETS,
    Lock,
    MatchSettings,
    gap_in_force,
    weights_in_force,
)
from mentoring.matching.wording import listed


def refuse_contradictions(
    candidates: Sequence[Candidate], settings: MatchSettings, managers: Mapping[str, str]
) -> None:
    """Look for what cannot be right in the people and the settings of a round.

    Raises:
        MatchRefusal: The first contradiction found, as a sentence to the coordinator.
    """
    _refuse_settings(settings)
    _refuse_people_twice(candidates)
    _refuse_circles(candidates, managers)
    _refuse_an_empty_side(candidates, settings.kind)
    _refuse_locks(candidates, settings)


def _refuse_settings(settings: MatchSettings) -> None:
    known = PRESETS[settings.kind]
    for name, weight in settings.weights.items():
        if name not in known:
            where = f"does not count in a {settings.kind} program" if name in LABELS else "is not a criterion"
            raise MatchRefusal(f"“{name}” {where}. The criteria are {listed(sorted(known))}.")
        if not MIN_WEIGHT <= weight <= MAX_WEIGHT:  # also refuses what is not a number
            raise MatchRefusal(
                f"The weight of “{name}” is {weight:g}. "
                f"Weights go from {MIN_WEIGHT}, of no importance, to {MAX_WEIGHT}."
            )
    if not any(weights_in_force(settings).values()):
        raise MatchRefusal("Every weight is 0, so no match is better than another. Raise at least one.")
    gap = gap_in_force(settings)
    if gap.least > gap.most:
        raise MatchRefusal(
            f"The seniority gap goes from {gap.least} to {gap.most}. Put the smaller number first."
        )


def _refuse_people_twice(candidates: Sequence[Candidate]) -> None:
    counts = Counter(person.user_id for person in candidates)
    for person in candidates:
        if counts[person.user_id] > 1:
            raise MatchRefusal(
                f"{person.name} ({person.user_id}) is listed {counts[person.user_id]} times. "
                "List each person once; who is both mentor and mentee has both roles."
            )


def _refuse_circles(candidates: Sequence[Candidate], managers: Mapping[str, str]) -> None:
    names = {person.user_id: person.name for person in candidates}
    for circle in reporting_circles(managers):
        way = " → ".join(names.get(user_id, user_id) for user_id in (*circle, circle[0]))
        raise MatchRefusal(f"The reporting line goes in a circle: {way}. Correct the manager of one of them.")


def _refuse_an_empty_side(candidates: Sequence[Candidate], kind: ProgramKind) -> None:
    if kind is ProgramKind.PEER:
        if len(candidates) < 2:  # noqa: PLR2004 - a pair is two people
            raise MatchRefusal("A peer program needs at least two people. Invite more, then match again.")
        return
    if not candidates:
        raise MatchRefusal("Nobody waits for a match. `/mentoring invite` asks more people.")
    for role in Role:
        if not any(role in person.roles for person in candidates):
            raise MatchRefusal(
                f"There is no {role} in this round. Invite at least one {role}, then match again."
            )
    if not any(person.capacity > 0 for person in candidates if Role.MENTOR in person.roles):
        raise MatchRefusal(
            "No mentor has a place left: every capacity is 0. Ask at least one mentor to take a mentee."
        )


def _refuse_locks(candidates: Sequence[Candidate], settings: MatchSettings) -> None:
    people = {person.user_id: person for person in candidates}
    for wanted, what in ((settings.locks, "locked"), (settings.exclusions, "excluded")):
        for lock in wanted:
            for user_id in (lock.mentor, lock.mentee):
                if user_id not in people:
                    raise MatchRefusal(
                        f"A pair with {user_id} is {what}, and nobody in this round has that user id. "
                        "Remove it, or add the person."
                    )
    excluded = {frozenset((lock.mentor, lock.mentee)) for lock in settings.exclusions}
    met: set[frozenset[str]] = set()
    for lock in settings.locks:
        both = frozenset((lock.mentor, lock.mentee))
        pair = f"{people[lock.mentor].name} and {people[lock.mentee].name}"
        if both in excluded:
            raise MatchRefusal(f"{pair} are both locked and excluded. Decide for one of the two.")
        if both in met:
            raise MatchRefusal(f"{pair} are locked twice. Keep one of the two locks.")
        met.add(both)
        _refuse_people_of_a_lock(people, lock, settings.kind)
    _refuse_crowded_locks(people, settings)


def _refuse_people_of_a_lock(people: Mapping[str, Candidate], lock: Lock, kind: ProgramKind) -> None:
    mentor, mentee = people[lock.mentor], people[lock.mentee]
    for person, role in ((mentor, Role.MENTOR), (mentee, Role.MENTEE)):
        if person.paused or person.away_at_start:
            raise MatchRefusal(
                f"{mentor.name} and {mentee.name} are locked, and {person.name} is away or has paused. "
                "Take off the lock, or wait for the next round."
            )
        if kind is not ProgramKind.PEER and role not in person.roles:
            raise MatchRefusal(
                f"{mentor.name} and {mentee.name} are locked, and {person.name} is no {role}. "
                "Take off the lock."
            )


def _refuse_crowded_locks(people: Mapping[str, Candidate], settings: MatchSettings) -> None:
    if settings.kind is ProgramKind.PEER:
        counts = Counter(user_id for lock in settings.locks for user_id in (lock.mentor, lock.mentee))
        for user_id, count in counts.items():
            if count > 1:
                raise MatchRefusal(
                    f"{people[user_id].name} is locked to {count} people. Keep one of these locks."
                )
        return
    for mentee_id, count in Counter(lock.mentee for lock in settings.locks).items():
        if count > 1:
            raise MatchRefusal(
                f"{people[mentee_id].name} is locked to {count} mentors. Keep one of these locks."
            )
    for mentor_id, count in Counter(lock.mentor for lock in settings.locks).items():
        mentor = people[mentor_id]
        if count > mentor.capacity:
            places = f"{mentor.capacity} place{'' if mentor.capacity == 1 else 's'}"
            raise MatchRefusal(
                f"{count} mentees are locked to {mentor.name}, who has {places}. "
                "Take off a lock, or raise the number of places first."
            )
