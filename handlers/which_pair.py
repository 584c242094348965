"""Which pair a coordinator means by the names they type: the one it can only be, or a choice of a few."""

from collections.abc import Iterable, Sequence
from itertools import chain, permutations

from sqlalchemy.orm import Session

from handlers.visit import Visit
from handlers.whom import Meant, people_fitting, the_one
from mentoring.errors import Refusal
from mentoring.pairs import Pair
from mentoring.people import Person
from mentoring.programs import Program
from messages.actions import Act
from messages.answers import Answer, Tell
from messages.replies.which_pair import MOST_OFFERED, which_pair
from messages.words import listing
from storage.namesakes import names_of_people
from storage.pairs import pairs_of_people
from storage.people import people

MOST_LIKELY = 500
"""People a name may fit for their pairs to be looked for: who types a letter or two means nobody yet."""


def meant_by(session: Session, visit: Visit, text: str) -> list[Meant]:
    """Whom a line names.

    Raises:
        Refusal: Nobody, somebody who is not there, or half the firm.
    """
    meant = people_fitting(session, visit.workspace.id, text)
    if not meant:
        raise Refusal("Say who, with an @ or by name.")
    for each in meant:
        if len(each.people) > MOST_LIKELY:
            the_one(session, visit.workspace.id, each)
    return meant


def pairs_meant(session: Session, found: Program, meant: Sequence[Meant]) -> list[Pair]:
    """The living pairs of the program in which there is somebody for each name.

    Raises:
        Refusal: There is none.
    """
    ids = {each.id for one in meant for each in one.people}
    fitting = [
        each
        for each in pairs_of_people(session, found.workspace_id, ids)
        if each.program_id == found.id and _has_somebody_for_each(each, meant)
    ]
    if not fitting:
        who = listing(each.people[0].name if len(each.people) == 1 else each.said for each in meant)
        raise Refusal(f"I know no pair of {who} in {found.name}. `/mentoring pairs` lists them all.")
    return fitting


def person_meant(session: Session, meant: Meant, pairs: Iterable[Pair]) -> Person:
    """Which of those of a name is in one of these pairs.

    Raises:
        Refusal: Several are.
    """
    inside = [each for each in meant.people if any(pair.has(each.id) for pair in pairs)]
    return the_one(session, meant.people[0].workspace_id, Meant(meant.said, inside or meant.people))


def choose(session: Session, visit: Visit, pairs: Sequence[Pair], acts: Sequence[Act]) -> Answer:
    """Ask which of these pairs is meant, each with a button that does what was typed.

    Args:
        session: The transaction.
        visit: Who asks.
        pairs: Those it can be.
        acts: What is done for each.
    """
    shown = pairs[:MOST_OFFERED]
    ids = set(chain.from_iterable([m.person_id for m in each.members] for each in shown))
    names = names_of_people(session, visit.workspace.id, people(session, visit.workspace.id, ids))
    choices = [
        ([names[m.person_id] for m in each.mentor_first], act) for each, act in zip(shown, acts, strict=False)
    ]
    return Tell(which_pair(choices, len(pairs), visit.reader))


def _has_somebody_for_each(pair: Pair, meant: Sequence[Meant]) -> bool:
    """Whether each name stands for another member: two Annas are not one."""
    named = [{each.id for each in one.people} for one in meant]
    members = [each.person_id for each in pair.members]
    return any(
        all(person_id in ids for person_id, ids in zip(order, named, strict=True))
        for order in permutations(members, len(named))
    )
