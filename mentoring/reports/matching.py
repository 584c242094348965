"""How well people were matched: fit, wishes met, places used, and what the pool lacks."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from mentoring.enrollment import TWO_WAY, EnrollmentState
from mentoring.kinds import ProgramKind, Role
from mentoring.matching.vocabulary import skill, spelled
from mentoring.reports.facts import Facts, PairFacts, PersonFacts
from mentoring.reports.share import Share

EDGES = (0.5, 0.6, 0.7, 0.8, 0.9)
"""Borders of the bars of fit; what lies below the first is one bar."""
WAITING = frozenset({EnrollmentState.JOINED, EnrollmentState.WAITING, EnrollmentState.APPLIED})


@dataclass(frozen=True, slots=True)
class Skill:
    """One skill, by how many people want it and how many offer it."""

    name: str
    wanted: int
    offered: int


@dataclass(frozen=True, slots=True)
class Matching:
    """A program's matches.

    Args:
        fits: How many of the matcher's pairs fall below 0.5, and then into each tenth up to 1.
        mean: Their mean fit, from 0 to 1; None without such pairs.
        by_hand: Pairs a coordinator made without the matcher.
        places: Of the places mentors offer, those that are taken.
        wishes: Of what mentees in pairs want, what their mentor offers.
        waiting: People who said yes and have no pair.
        skills: What people want most, where enough of them do.
    """

    fits: tuple[int, ...]
    mean: float | None
    pairs: int
    by_hand: int
    places: Share
    wishes: Share
    waiting: int
    skills: tuple[Skill, ...]


def matching(facts: Facts, minimum: int) -> Matching:
    """Count it; skills are named from `minimum` people upward, so that none stands for one person."""
    pairs = facts.told
    scores = [each.score for each in pairs if each.from_matcher]
    people = {each.id: each for each in facts.people}
    live = [each for each in pairs if _takes_places(each, facts)]
    taken = sum(role is Role.MENTEE for pair in live for _, role in pair.members)
    offered = sum(each.capacity for each in facts.people if _is_in(each))
    matched = {person for pair in live for person, _ in pair.members}
    return Matching(
        fits=tuple(Counter(sum(score >= edge for edge in EDGES) for score in scores)[n] for n in range(6)),
        mean=fmean(scores) if scores else None,
        pairs=len(pairs),
        by_hand=len(pairs) - len(scores),
        places=Share(min(taken, offered), offered),
        wishes=_wishes(facts, people),
        waiting=sum(each.state in WAITING and each.id not in matched for each in facts.people),
        skills=_skills([each for each in facts.people if _is_in(each)], facts.program.kind, minimum),
    )


def _takes_places(pair: PairFacts, facts: Facts) -> bool:
    """Whether its mentor has given a place; whose time ended with the program still count after it."""
    program = facts.program
    if facts.today > program.ends_on and pair.ends_on >= program.ends_on:
        # Looked back on, going on as equals or closing a pair after its time gave no place back.
        return pair.ended_at is None or facts.day_of(pair.ended_at) >= program.ends_on
    had_their_time = pair.casual or pair.ends_on < facts.today <= facts.program.ends_on
    return pair.ended_at is None and not had_their_time


def _is_in(person: PersonFacts) -> bool:
    return person.state in WAITING | {EnrollmentState.MATCHED, EnrollmentState.FINISHED}


def _wishes(facts: Facts, people: dict[int, PersonFacts]) -> Share:
    met = wanted = 0
    for pair in facts.told:
        offers = {
            skill(term)
            for person, role in pair.members
            if role is not Role.MENTEE and person in people
            for term in people[person].offers
        }
        for person, role in pair.members:
            if role is Role.MENTOR or person not in people:
                continue
            wants = {skill(term) for term in people[person].wants}
            met, wanted = met + len(wants & offers), wanted + len(wants)
    return Share(met, wanted)


def _skills(people: Sequence[PersonFacts], kind: ProgramKind, minimum: int) -> tuple[Skill, ...]:
    """The widest gap first. Where mentors teach, a mentor's own wishes and a mentee's offers fill no gap."""
    ways = kind in TWO_WAY
    wanted = Counter(term for each in people if ways or each.is_mentee for term in {*map(skill, each.wants)})
    offered = Counter(
        term for each in people if ways or each.is_mentor for term in {*map(skill, each.offers)}
    )
    names = spelled(term for each in people for term in (*each.offers, *each.wants))
    found = [
        Skill(names[term], count, offered[term] if offered[term] >= minimum else 0)
        for term, count in wanted.items()
        if count >= minimum
    ]
    return tuple(sorted(found, key=lambda each: (each.offered - each.wanted, each.name.casefold())))
