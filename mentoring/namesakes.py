"""Two people of one name, told apart by what a program knows of them; a name that is one of a kind stays."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from mentoring.people import SOMEONE, Person


@dataclass(frozen=True, slots=True)
class Namesake:
    """Somebody with a name that others have too.

    Args:
        department: As they told a program, as the office and the title; empty where they did not.
        address: Their email, if Slack tells it.
        slack_id: What is left where nothing else tells them apart; it can be typed like a name.
    """

    person_id: int
    name: str
    department: str = ""
    office: str = ""
    title: str = ""
    address: str = ""
    slack_id: str = ""


def _before_the_at(one: Namesake) -> str:
    return one.address.partition("@")[0]


TELLING: Sequence[Callable[[Namesake], str]] = (
    lambda one: one.department,
    lambda one: one.office,
    lambda one: one.title,
    _before_the_at,
)
"""What tells people apart, the most speaking first; it has to be there for all of them, and different."""


def told_apart(people: Iterable[Namesake]) -> dict[int, str]:
    """Names by person, with what tells namesakes apart behind them: “Anna Becker (Tax)”."""
    by_name: dict[str, list[Namesake]] = {}
    for each in people:
        by_name.setdefault(each.name, []).append(each)
    found = {}
    for name, same in by_name.items():
        telling = _telling(same) if len(same) > 1 else None
        for each in same:
            found[each.person_id] = f"{name} ({telling(each)})" if telling else name
    return found


def namesakes_among(people: Iterable[Person]) -> list[Person]:
    """Those of these people whose name another of them has too; the forgotten are nobody's namesakes."""
    known = [*{each.id: each for each in people if each.name != SOMEONE}.values()]
    times = Counter(each.name for each in known)
    return [each for each in known if times[each.name] > 1]


def names_in_short(people: Iterable[Person], names: Mapping[int, str]) -> dict[int, str]:
    """First names by person, as friends say them; of two who are called alike, the full name each.

    Args:
        people: Everybody whom one reader sees together.
        names: Their full names, told apart.
    """
    first = {each.id: each.first_name for each in people}
    times = Counter(first.values())
    return {id_: name if times[name] == 1 else names[id_] for id_, name in first.items()}


def _telling(same: Sequence[Namesake]) -> Callable[[Namesake], str]:
    for each in TELLING:
        said = {each(one).casefold() for one in same}
        if "" not in said and len(said) == len(same):
            return each
    return lambda one: one.slack_id
