"""Which program a coordinator means, and which people: by mention, or by name as people type it."""

import re
from collections.abc import Sequence

from sqlalchemy.orm import Session

from handlers.rights import check_right
from handlers.visit import Visit
from mentoring.errors import Refusal
from mentoring.grammar import mentioned, without_mentions
from mentoring.people import Person
from mentoring.programs import Program, ProgramState
from mentoring.rights import may_read
from messages.actions import Act
from storage.desk import desk_view
from storage.people import people_by_slack_id, people_named, staff_roles
from storage.programs import programs

JOINS = re.compile(r"\s*(?:,|&|\+|\band\b|\bwith\b)\s*", re.IGNORECASE)
"""What stands between two names."""
MOST_NAMED = 3
"""People of the same name listed in a refusal; more would be a directory."""


def program_at_hand(session: Session, visit: Visit, act: str) -> Program:
    """The program a command is about: the one on their Home, or the newest that is not over.

    Args:
        session: The transaction.
        visit: Who asks.
        act: What they want to do; the right to it is checked for that program.

    Raises:
        NotAllowed: They may not.
        Refusal: There is no program.
    """
    roles = staff_roles(session, visit.workspace.id, visit.person.id)
    mine = [each for each in programs(session, visit.workspace.id) if may_read(roles, each.id)]
    if not mine:
        check_right(session, visit.person, Act("program.new"))
        raise Refusal("There is no program yet. `/mentoring program new` makes one.")
    chosen = desk_view(session, visit.person.id).program_id
    at_hand = next((each for each in mine if each.id == chosen), None)
    found = at_hand or next((each for each in mine if each.state is not ProgramState.CLOSED), mine[0])
    check_right(session, visit.person, Act(act, {"program": found.id}))
    return found


def people_meant(session: Session, workspace_id: int, text: str) -> list[Person]:
    """Everybody a line names, in its order: mentions, or names with `and`, `with` or a comma between them.

    Raises:
        Refusal: A name fits nobody, or several people.
    """
    slack_ids = mentioned(text)
    known = people_by_slack_id(session, workspace_id, slack_ids)
    gone = [each for each in slack_ids if each not in known or not known[each].active]
    if gone:
        raise Refusal("I can't find that person among this workspace's members.")
    names = [each.strip(" @.") for each in JOINS.split(without_mentions(text))]
    named = [_named(session, workspace_id, each) for each in names if each]
    found = [*(known[each] for each in slack_ids), *named]
    return list({each.id: each for each in found}.values())


def _named(session: Session, workspace_id: int, name: str) -> Person:
    fitting = [each for each in people_named(session, workspace_id, name) if each.active and each.member]
    wanted = name.casefold()
    exact = [each for each in fitting if wanted in (each.name.casefold(), each.first_name.casefold())]
    found = exact or fitting
    if not found:
        raise Refusal(f"I can't find “{name}” among this workspace's members. Try an @.")
    if len(found) > 1:
        raise Refusal(f"“{name}” could be {_some(found)}. Say who with an @.")
    return found[0]


def _some(people: Sequence[Person]) -> str:
    names = [each.name for each in people[:MOST_NAMED]]
    more = len(people) - len(names)
    return " or ".join([*names, *([f"{more} more"] if more else [])])
