"""Reading the three steps of the form to join, on top of what is known already."""

from dataclasses import replace

from handlers.visit import PICK_ONE, Visit
from mentoring.enrollment import MAX_CAPACITY, MAX_HOURS, MAX_LEVEL, Profile, clean_term
from mentoring.errors import Refusal
from mentoring.kinds import Format, ProgramKind, Role
from mentoring.matching.candidates import Preferences, Wish
from mentoring.recruiting import roles_of_kind
from messages.forms.join import ASPECTS

LEVELS = frozenset({"", *map(str, range(1, MAX_LEVEL + 1))})
"""What the list offers, and that nothing was picked."""


def read_answers(visit: Visit, base: Profile, kind: ProgramKind) -> Profile:
    """What this step of the form says; the other steps, and what an import told us, stay as they were.

    Raises:
        Refusal: Where a number is none, or a level none of the list, with its field.
    """
    if visit.asked("hours"):
        return _time(visit, base, kind)
    if visit.asked("level"):
        return _skills(visit, base)
    return _company(visit, base) if visit.asked("apart") else base


def _time(visit: Visit, base: Profile, kind: ProgramKind) -> Profile:
    roles = roles_of_kind(kind, visit.picks("roles", Role))
    mentor = Role.MENTOR in roles
    return replace(
        base,
        roles=roles,
        capacity=(_capacity(visit) if visit.asked("capacity") else base.capacity or 1) if mentor else 0,
        hours_per_month=_whole(visit.typed("hours"), "hours", MAX_HOURS),
        format=visit.pick("format", Format, Format.EITHER),
        languages=tuple(visit.chosen("languages")),
    )


def _skills(visit: Visit, base: Profile) -> Profile:
    mentor = visit.asked("competence")
    return replace(
        base,
        capacity=_capacity(visit) if visit.asked("capacity") else base.capacity,
        offers=_terms(visit, "offers") if visit.asked("offers") else base.offers,
        wants=_terms(visit, "wants") if visit.asked("wants") else base.wants,
        level=_level(visit.typed("level")),
        goal=visit.typed("goal"),
        competence=visit.typed("competence") if mentor else base.competence,
        confidence=visit.typed("confidence") if mentor else base.confidence,
        commitment=visit.typed("commitment") if mentor else base.commitment,
    )


def _capacity(visit: Visit) -> int:
    return _whole(visit.typed("capacity") or "1", "capacity", MAX_CAPACITY)


def _company(visit: Visit, base: Profile) -> Profile:
    wishes = [visit.pick(f"same_{each}", Wish, Wish.NO_MATTER) for each in ASPECTS]
    return replace(
        base,
        department=visit.typed("department"),
        office=visit.typed("office"),
        preferences=Preferences(*wishes),
        hopes=visit.typed("hopes"),
        preferred=frozenset(visit.people("liked")),
        do_not_pair_with=frozenset(visit.people("apart")),
        supervisor=(visit.typed("supervisor") or None) if visit.asked("supervisor") else base.supervisor,
    )


def _terms(visit: Visit, name: str) -> tuple[str, ...]:
    terms = [clean_term(each) for each in visit.chosen(name)]
    return tuple({term.casefold(): term for term in reversed(terms) if term}.values())[::-1]


def _level(picked: str) -> int:
    if picked not in LEVELS:
        raise Refusal(PICK_ONE, "level")
    return int(picked or 0)


def _whole(text: str, field: str, most: int) -> int:
    try:
        number = int(text)
    except ValueError:
        raise Refusal("Write a whole number, such as 2.", field) from None
    # What is far out of range is refused by the rule for the field; here it only must fit a column.
    return min(max(number, 0), most + 1)
