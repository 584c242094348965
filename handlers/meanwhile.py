"""Two coordinators with the same form open: the second to send it hears what the first changed.

What only one of them touched is kept from both. Where both changed the same field differently, nothing is
kept yet: the form comes back with the second one's own entries and what the other had put there, and sending
it again puts theirs in its place.
"""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

from handlers.visit import Conversation, Visit
from messages.actions import Act
from messages.answers import Answer, Show
from messages.blocks import Block
from messages.forms.meanwhile import changed_meanwhile
from messages.shared_forms import SEEN, fields, fill_in, mark, marks_of, read, shown_value
from storage.care import last_actor
from storage.people import person


def shared(opens: Conversation, sends: Conversation, noted: str) -> Conversation:
    """The conversation of a form that several may have open.

    Args:
        opens: Shows the form as it would be filled in now, from the ids the form carries.
        sends: Keeps what came back.
        noted: How keeping it stands in the audit log, to say who did it.
    """

    def conversation(visit: Visit) -> Answer:
        seen = read(visit.act.ids.get(SEEN))
        now = opens(visit) if seen else None
        if not isinstance(now, Show):
            return sends(visit)
        present = {field["block_id"]: shown_value(field) for field in fields(now.view)}
        moved = [name for name, value in present.items() if seen.get(name) not in {None, mark(value)}]
        untouched = [name for name in moved if mark(_mine(visit, name)) == seen[name]]
        touched = [name for name in moved if name not in untouched]
        at_odds = [name for name in touched if mark(_mine(visit, name)) != mark(present[name])]
        if at_odds:
            return Show(_again(visit, now.view, seen, at_odds, moved, noted))
        theirs = {name: {name: present[name]} for name in untouched}
        return sends(replace(visit, values={**visit.values, **theirs}))

    return conversation


def _again(
    visit: Visit, now: Block, seen: Mapping[str, str], at_odds: list[str], moved: list[str], noted: str
) -> Block:
    """The form with their own entries, and above it who changed what."""
    view: Block = deepcopy(now)
    theirs = [deepcopy(field) for field in fields(view) if field["block_id"] in moved]
    for field in fields(view):
        name = field["block_id"]
        if name in visit.values:
            fill_in(field, _mine(visit, name))
    # A field that only the other touched keeps its old mark: it still shows what was there, and gives way.
    present = marks_of(now)
    marks = {**present, **seen, **{name: present[name] for name in at_odds}}
    view["blocks"] = [*changed_meanwhile(who_changed(visit, noted), theirs, visit.reader), *view["blocks"]]
    act = Act.decode(view["callback_id"], view["private_metadata"])
    view["private_metadata"] = act.with_marks(marks).value
    return view


def _mine(visit: Visit, name: str) -> Mapping[str, Any]:
    """What came back in a field."""
    return next(iter(visit.values.get(name, {}).values()), {})


def who_changed(visit: Visit, noted: str) -> str:
    """The first name of whoever kept it last; empty where that was this person, or is not known."""
    about = visit.act.ids.get("program")
    with visit.database.read() as session:
        program_id = about if isinstance(about, int) else None
        actor_id = last_actor(session, visit.workspace.id, program_id, noted)
        if actor_id is None or actor_id == visit.person.id:
            return ""
        found = person(session, visit.workspace.id, actor_id)
    return found.first_name if found else ""
