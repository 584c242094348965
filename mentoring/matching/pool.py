"""The people of a round as arrays."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np

from mentoring.kinds import Format
from mentoring.matching.candidates import Candidate, Wish
from mentoring.matching.view import Floats, Ints
from mentoring.matching.vocabulary import skill, skills_for_goal
from mentoring.matching.working_hours import shared_working_hours

FORMAT_CODES: Mapping[Format, int] = {way: code for code, way in enumerate(Format)}
WISH_CODES: Mapping[Wish, int] = {wish: code for code, wish in enumerate(Wish)}
UNKNOWN = 0
"""The code of an office, a department that was left blank."""


@dataclass(frozen=True)
class Pool:
    """The people of a round, in an order decided by ids and seed alone, and by person what criteria look at.

    Because the order depends on nothing else, the order of the input cannot change a proposal, and
    another seed settles ties between equals another way. Skills nobody offers have no column of
    their own: they are only counted in `wish_count` and `goal_count`.
    """

    people: tuple[Candidate, ...]
    at: Mapping[str, int]
    offers: Floats
    wants: Floats
    wish_count: Floats
    goals: Floats
    goal_count: Floats
    languages: Floats
    level: Ints
    department: Ints
    office: Ints
    zone: Ints
    hours_shared: Floats
    hours_per_month: Floats
    format: Ints
    practice_wish: Ints
    office_wish: Ints
    seniority_wish: Ints
    preferred: Ints
    has_preferred: Floats


def make_pool(candidates: Iterable[Candidate], seed: int) -> Pool:
    """Turn candidates with distinct ids into arrays."""
    people = tuple(sorted(candidates, key=lambda person: (_chance(seed, person.user_id), person.user_id)))
    at = {person.user_id: position for position, person in enumerate(people)}
    offered = [{skill(term) for term in person.offers} for person in people]
    wanted = [{skill(term) for term in person.wants} for person in people]
    helpful = [skills_for_goal(person.goal) for person in people]
    asked_for = set().union(*wanted, *helpful)
    skills = sorted(asked_for.intersection(*[set().union(*offered)]))
    spoken = [{language.casefold() for language in person.languages} for person in people]
    zones = sorted({person.time_zone for person in people})
    zone_codes = {zone: code for code, zone in enumerate(zones)}
    preferred = [
        (position, at[other])
        for position, person in enumerate(people)
        for other in sorted(person.preferred)
        if other in at
    ]
    return Pool(
        people=people,
        at=at,
        offers=_zeros_and_ones(offered, skills),
        wants=_zeros_and_ones(wanted, skills),
        wish_count=np.array([len(terms) for terms in wanted], dtype=np.float32),
        goals=_zeros_and_ones(helpful, skills),
        goal_count=np.array([len(terms) for terms in helpful], dtype=np.float32),
        languages=_zeros_and_ones(spoken, sorted(set().union(*spoken))),
        level=np.array([person.level for person in people], dtype=np.intp),
        department=_codes([person.department for person in people]),
        office=_codes([person.office for person in people]),
        zone=np.array([zone_codes[person.time_zone] for person in people], dtype=np.intp),
        hours_shared=shared_working_hours(zones),
        hours_per_month=np.array([person.hours_per_month for person in people], dtype=np.float32),
        format=np.array([FORMAT_CODES[person.format] for person in people], dtype=np.intp),
        practice_wish=_wishes([person.preferences.same_practice for person in people]),
        office_wish=_wishes([person.preferences.same_office for person in people]),
        seniority_wish=_wishes([person.preferences.same_seniority for person in people]),
        preferred=np.array(preferred, dtype=np.intp).reshape(-1, 2),
        has_preferred=np.array([bool(person.preferred) for person in people], dtype=np.float32),
    )


def _chance(seed: int, user_id: str) -> bytes:
    return blake2b(f"{seed}:{user_id}".encode(), digest_size=8).digest()


def _zeros_and_ones(terms: Sequence[Collection[str]], columns: Sequence[str]) -> Floats:
    column_of = {name: column for column, name in enumerate(columns)}
    table = np.zeros((len(terms), len(columns)), dtype=np.float32)
    for row, names in enumerate(terms):
        for name in names:
            if name in column_of:
                table[row, column_of[name]] = 1
    return table


def _codes(values: Sequence[str]) -> Ints:
    known = {"": UNKNOWN}
    plain = (" ".join(value.casefold().split()) for value in values)
    return np.array([known.setdefault(value, len(known)) for value in plain], dtype=np.intp)


def _wishes(wishes: Sequence[Wish]) -> Ints:
    return np.array([WISH_CODES[wish] for wish in wishes], dtype=np.intp)
