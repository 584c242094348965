"""Made-up people for the matcher's tests, small enough to try every way of matching them."""

from collections.abc import Iterator, Sequence
from itertools import product

from hypothesis import strategies as st

from mentoring.kinds import Format, Role
from mentoring.matching.candidates import Candidate, Preferences, Wish
from mentoring.matching.result import MatchResult

SKILLS = ("negotiation", "trial advocacy", "budgeting", "public speaking", "presentation skills", "mediation")
MENTOR, MENTEE = frozenset({Role.MENTOR}), frozenset({Role.MENTEE})
BOTH = frozenset(Role)


def person(user_id: str, roles: frozenset[Role], **facts: object) -> Candidate:
    """Make somebody who differs from the rest only in the facts given."""
    usual: dict[str, object] = {
        "name": f"{user_id} Example",
        "level": 5 if roles == MENTOR else 3,
        "office": "Chicago",
        "time_zone": "America/Chicago",
        "languages": ("en",),
        "capacity": 1 if Role.MENTOR in roles else 0,
    }
    return Candidate(user_id=user_id, roles=roles, **{**usual, **facts})  # type: ignore[arg-type] # facts are named in tests


def mentor(user_id: str, **facts: object) -> Candidate:
    return person(user_id, MENTOR, **facts)


def mentee(user_id: str, **facts: object) -> Candidate:
    return person(user_id, MENTEE, **facts)


def pairs_of(result: MatchResult) -> set[tuple[str, ...]]:
    return {match.people for match in result.pairs}


@st.composite
def firms(
    draw: st.DrawFn, most: int = 5, roles: Sequence[frozenset[Role]] = (MENTOR, MENTEE)
) -> list[Candidate]:
    """Draw a small firm with somebody on each side and rules that get in the way."""
    count = draw(st.integers(2, most + 2))
    ids = [f"U{number}" for number in range(count)]
    terms = st.lists(st.sampled_from(SKILLS), max_size=3, unique=True).map(tuple)
    people = []
    for number, user_id in enumerate(ids):
        of = (MENTOR, MENTEE)[number] if number < 2 else draw(st.sampled_from(roles))
        others = st.sets(st.sampled_from(ids), max_size=1)
        people.append(
            Candidate(
                user_id=user_id,
                name=f"{user_id} Example",
                roles=of,
                level=draw(st.integers(1, 6)),
                department=draw(st.sampled_from(("", "Tax", "Corporate"))),
                office=draw(st.sampled_from(("", "Chicago", "London"))),
                time_zone=draw(st.sampled_from(("America/Chicago", "Europe/London", "Asia/Singapore"))),
                languages=draw(st.sampled_from(((), ("en",), ("fr",), ("en", "fr")))),
                offers=draw(terms),
                wants=draw(terms),
                capacity=draw(st.integers(1 if number == 0 else 0, 2)) if Role.MENTOR in of else 0,
                hours_per_month=draw(st.integers(0, 4)),
                format=draw(st.sampled_from(Format)),
                manager=draw(st.sampled_from((None, *ids[:number]))),
                do_not_pair_with=frozenset(draw(others)),
                goal=draw(st.sampled_from(("", "Make partner", "Speak up in meetings"))),
                preferences=Preferences(same_office=draw(st.sampled_from(Wish))),
                preferred=frozenset(draw(others)),
                paused=number > 1 and draw(st.integers(0, 9)) == 0,
            )
        )
    return people


def every_choice(options: Sequence[Sequence[int]]) -> Iterator[tuple[int, ...]]:
    """Go through every way of giving each one of their options, -1 for none."""
    return product(*((-1, *choices) for choices in options))
