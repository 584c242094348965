"""Which program a coordinator means, and which people: by mention, or by name as people type it."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import NoReturn

from sqlalchemy.orm import Session

from handlers.rights import check_right
from handlers.visit import Visit
from mentoring.at_hand import any_of, named_last, on_desk
from mentoring.errors import NotAllowed, Refusal
from mentoring.grammar import MENTION, mentioned
from mentoring.names import plain_name
from mentoring.people import Person
from mentoring.programs import Program, ProgramState
from mentoring.rights import ACTS, REFUSALS, Need, may_read, may_run
from messages.actions import Act
from storage.desk import desk_view
from storage.namesakes import names_apart
from storage.people import people_by_slack_id, people_named, staff_roles
from storage.programs import programs

JOINS = re.compile(r"\s*(?:,|&|\+|\b(?:and|with|y|e|con)\b)\s*", re.IGNORECASE)
"""What stands between two names, in English or Spanish."""
MOST_NAMED = 3
"""People of the same name listed in a refusal; more would be a directory."""
STANDS = {
    ProgramState.DRAFT: "still a draft",
    ProgramState.ENROLLING: "open for enrollment",
    ProgramState.MATCHED: "matched already",
    ProgramState.RUNNING: "running",
    ProgramState.CLOSED: "closed",
}
"""How a refusal says where a program stands."""


def program_at_hand(
    session: Session,
    visit: Visit,
    act: str,
    fits: Collection[ProgramState] = frozenset(ProgramState),
    able: Callable[[Program], bool] = lambda _: True,
) -> tuple[Program, Visit]:
    """The program a command is about, the same for every command.

    The one the line ends with by name; else the one on their Home; where nothing can be done in that one, the
    only one in which it can. Among several nothing is guessed.

    Args:
        session: The transaction.
        visit: Who asks.
        act: What they want to do; the right to it is checked for that program.
        fits: The states a program must be in for it.
        able: What else must be so of a program.

    Returns:
        The program, and the visit without its name in the line.

    Raises:
        NotAllowed: They may not.
        Refusal: There is no such program, or several could be meant.
    """
    known = programs(session, visit.workspace.id)
    roles = staff_roles(session, visit.workspace.id, visit.person.id)
    may = may_read if ACTS[act] is Need.READER else may_run
    mine = [each for each in known if may(roles, each.id)]
    if not mine:
        _refuse(session, visit, act, known)
    named, rest = named_last(visit.text, known)
    if named is not None:
        check_right(session, visit.person, Act(act, {"program": named.id}))
        if named.state not in fits or not able(named):
            raise Refusal(f"{named.name} is {STANDS[named.state]}, so that can't be done in it.")
        return named, replace(visit, text=rest)
    seen = [each for each in known if may_read(roles, each.id)]
    on_home = on_desk(seen, desk_view(session, visit.person.id).program_id)
    fitting = [each for each in mine if each.state in fits and able(each)]
    if on_home in fitting:
        return on_home, visit
    if not fitting:
        raise Refusal(_nothing_fits(mine))
    if len(fitting) > 1:
        raise Refusal(f"Which one: {any_of(fitting)}? Add it at the end, like `of {fitting[0].name}`.")
    return fitting[0], visit


def programs_run(session: Session, visit: Visit, act: str) -> list[Program]:
    """Every program they run that is not closed, for a command that is about all of them.

    Raises:
        NotAllowed: They run nothing.
        Refusal: There is no such program.
    """
    known = programs(session, visit.workspace.id)
    roles = staff_roles(session, visit.workspace.id, visit.person.id)
    mine = [each for each in known if may_run(roles, each.id)]
    if not mine:
        _refuse(session, visit, act, known)
    going_on = [each for each in mine if each.state is not ProgramState.CLOSED]
    if not going_on:
        raise Refusal(_nothing_fits(mine))
    return going_on


def _refuse(session: Session, visit: Visit, act: str, known: Sequence[Program]) -> NoReturn:
    """Say why there is no program for them: they run none, or there is none yet."""
    if ACTS[act] is Need.READER and known:
        raise NotAllowed(REFUSALS[Need.READER])
    check_right(session, visit.person, Act("program.new"))
    raise Refusal("There is no program yet. `/mentoring program new` makes one.")


def _nothing_fits(mine: Sequence[Program]) -> str:
    stands = (
        f"{mine[0].name} is {STANDS[mine[0].state]}" if len(mine) == 1 else "None of your programs is open"
    )
    return f"{stands}. `/mentoring program` shows what can be done now."


@dataclass(frozen=True, slots=True)
class Meant:
    """Somebody a line names, by mention or by name.

    Args:
        said: How the line says it; of a mention the person's name.
        people: Whom it can mean: one for a mention, several where several are called so.
    """

    said: str
    people: Sequence[Person]


def people_fitting(session: Session, workspace_id: int, text: str) -> list[Meant]:
    """Whom each name of a line can mean, in its order: mentions, or names with `and` between them.

    Raises:
        Refusal: A name fits nobody.
    """
    known = people_by_slack_id(session, workspace_id, mentioned(text))
    apart = MENTION.sub(lambda found: f",<@{found[1]}>,", text)
    found: dict[tuple[int, ...], Meant] = {}
    for piece in [each.strip(" @.") for each in JOINS.split(apart)]:
        if not piece:
            continue
        mention = MENTION.fullmatch(piece)
        if mention is None:
            one = Meant(piece, _called(session, workspace_id, piece))
        else:
            person = known.get(mention[1])
            if person is None or not person.active:
                raise Refusal("I can't find that person among this workspace's members.")
            one = Meant(person.name, [person])
        # The same person twice counts once; the same name twice may mean two people.
        key = (one.people[0].id,) if len(one.people) == 1 else (-len(found) - 1,)
        found.setdefault(key, one)
    return [*found.values()]


def people_meant(session: Session, workspace_id: int, text: str) -> list[Person]:
    """Everybody a line names, in its order: mentions, or names with `and`, `with` or a comma between them.

    Raises:
        Refusal: A name fits nobody, or several people.
    """
    return [the_one(session, workspace_id, each) for each in people_fitting(session, workspace_id, text)]


def the_one(session: Session, workspace_id: int, meant: Meant) -> Person:
    """The person somebody can only mean.

    Raises:
        Refusal: Several are called so; it names some, told apart.
    """
    if len(meant.people) > 1:
        some = _some(session, workspace_id, meant.people)
        raise Refusal(f"“{meant.said}” could be {some}. Say who with an @.")
    return meant.people[0]


def _called(session: Session, workspace_id: int, name: str) -> list[Person]:
    fitting = [each for each in people_named(session, workspace_id, name) if each.active and each.member]
    wanted = plain_name(name)
    exact = [each for each in fitting if wanted in (plain_name(each.name), plain_name(each.first_name))]
    found = exact or fitting
    if not found:
        if len(name.split()) > 1:
            raise Refusal(
                f"I can't find “{name}” among this workspace's members. Try an @, or `and` between two names."
            )
        raise Refusal(f"I can't find “{name}” among this workspace's members. Try an @.")
    return found


def _some(session: Session, workspace_id: int, people: Sequence[Person]) -> str:
    names = [
        *names_apart(session, workspace_id, {each.id: each.name for each in people[:MOST_NAMED]}).values()
    ]
    more = len(people) - len(names)
    return " or ".join([*names, *([f"{more} more"] if more else [])])
