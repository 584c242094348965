"""What the coordinators' desk costs: Home and every command with 10,000 people, Home with 100,000.

The baseline is the same with 10 people and 5 pairs. Measured is what happens at the server before the ack, in
CPU time: finding the person, the right, the facts, the view. Slack's own time and the network are not in it.

Run: python -m bench.desk
"""

import contextlib
import itertools
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

from bench.many_pairs import NOW, TEAM, database_with, fill, profile_of
from bench.table import Row, show
from handlers.commands import COMMANDS, command
from handlers.home import home
from handlers.rights import check_right
from handlers.visit import Visit
from mentoring.enrollment import EnrollmentState
from mentoring.errors import Refusal
from mentoring.nudges.notices import Kind
from mentoring.people import StaffRole
from messages.actions import Act
from storage.database import Database
from storage.people import add_staff, person_by_slack_id, workspace_of
from storage.programs import programs
from storage.tables import AskRow, EnrollmentRow, MeetingRow, PersonRow

FEW, MANY, MOST = (10, 5), (10_000, 2_500), (100_000, 25_000)
"""People and pairs; the first is the baseline."""
SHOWN = 3
"""Commands in the table, those that cost the most."""
NEED_A_LOOK = 10
"""Of so many pairs, one needs a look: 250 of 2,500 are a long list for a coordinator."""
MEETINGS = 10
"""Meetings each pair has held: a program near its end."""
ROUNDS = 5
WANTED_MS = 100
LINES = {
    "pair": "pair <@U00000003>", "profile": "profile <@U00000003>", "end": "end <@U00000003>",
    "rematch": "rematch <@U00000003>", "move": "move <@U00000003>", "extend": "extend <@U00000003>",
    "people": "people Person 77", "pairs": "pairs Person 77", "audit": "audit",
}  # fmt: skip
"""How a command is typed where its name alone asks back; the person stands in the middle of the list."""
NOT_MEASURED = {"nudge", "resume", "coordinators", "match", "pause"}
"""Commands that write: a second round would find another world. They do as much as their reading twins."""


def desk_with(folder: Path, people: int, pairs: int, looks: int = NEED_A_LOOK) -> tuple[Database, Visit]:
    """A database with so many people and pairs, every so manyth to look at; its owner, in no pair."""
    database = database_with(folder, pairs, 0)
    with database.write() as session:
        workspace = the(workspace_of(session, TEAM))
        (program,) = programs(session, workspace.id)
        rest = range(2 * pairs, people)
        fill(session, PersonRow, (_person(workspace.id, n) for n in (*rest, people)))
        fill(session, EnrollmentRow, (_enrollment(workspace.id, program.id, n) for n in rest))
        held = itertools.product(range(pairs), range(MEETINGS))
        fill(session, MeetingRow, (_meeting(workspace.id, pair, n) for pair, n in held))
        fill(session, AskRow, (_ask(workspace.id, pair) for pair in range(0, pairs, looks)))
        owner = the(person_by_slack_id(session, workspace.id, f"U{people:08X}"))
        add_staff(session, workspace.id, owner.id, StaffRole.OWNER, None, NOW)
    return database, Visit(database, workspace, owner, NOW, Act("command"), {})


def costs(visit: Visit) -> dict[str, float]:
    """Milliseconds of CPU for Home and each command, the best of some rounds: the rest is the machine's."""
    found = {"Home": _best(lambda: _home(visit))}
    for name in COMMANDS:
        if name not in NOT_MEASURED:
            line = LINES.get(name, name)
            found[name] = _best(partial(_typed, replace(visit, text=line)))
    return found


T = TypeVar("T")


def the(found: T | None) -> T:
    """What must be there, since it was made a moment ago."""
    if found is None:
        raise LookupError("the made-up workspace lacks somebody")
    return found


def _home(visit: Visit) -> None:
    with visit.database.read() as session:
        home(session, visit)


def _typed(visit: Visit) -> None:
    with visit.database.read() as session:
        person_by_slack_id(session, visit.workspace.id, visit.person.slack_id)
        check_right(session, visit.person, Act("pause.open"))
    with contextlib.suppress(Refusal):  # a refusal is an answer too, and takes the same way
        command(visit)


def _best(work: Callable[[], None]) -> float:
    work()
    taken = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return min(taken) * 1000


def _person(workspace_id: int, number: int) -> dict[str, object]:
    return {
        "id": number + 1, "workspace_id": workspace_id, "slack_id": f"U{number:08X}",
        "name": f"Person {number}", "email": None, "time_zone": "America/New_York", "locale": "en-US",
        "is_admin": False, "active": True, "member": True, "opened_home": False, "seen_at": NOW,
    }  # fmt: skip


def _enrollment(workspace_id: int, program_id: int, number: int) -> dict[str, object]:
    return {
        "id": number + 1, "workspace_id": workspace_id, "program_id": program_id, "person_id": number + 1,
        "state": (EnrollmentState.INVITED if number % 2 else EnrollmentState.JOINED).value,
        "joined_at": NOW, "is_mentor": number % 2 == 0, "is_mentee": number % 2 == 1, "capacity": 1,
        "hours_per_month": 2, "profile": profile_of(number), "asked": 0, "note": "", "reason": "",
    }  # fmt: skip


def _meeting(workspace_id: int, pair: int, number: int) -> dict[str, object]:
    return {
        "workspace_id": workspace_id, "pair_id": pair + 1, "period_key": f"p{number}", "state": "held",
        "starts_at": NOW - timedelta(days=7 * number + 1), "minutes": 60, "uid": f"u{pair}-{number}",
        "sequence": 0, "planned_at": NOW - timedelta(days=90), "answers": "[]",
    }  # fmt: skip


def _ask(workspace_id: int, pair: int) -> dict[str, object]:
    return {
        "workspace_id": workspace_id, "pair_id": pair + 1, "kind": Kind.ATTENTION.value, "subject": "s",
        "key": f"attention:{pair}", "heard_by": "[]", "asked_at": NOW - timedelta(days=2),
    }  # fmt: skip


def rows(*, every_command: bool = False) -> Iterator[Row]:
    """Home at both sizes, and the commands that cost the most (or all of them)."""
    with tempfile.TemporaryDirectory() as folder:
        small, few = desk_with(Path(folder), *FEW)
        large, many = desk_with(Path(folder), *MANY)
        largest, most = desk_with(Path(folder), *MOST)
        before, after = costs(few), costs(many)
        yield _row("Home", MANY, after["Home"], before["Home"], WANTED_MS)
        yield _row("Home", MOST, _best(lambda: _home(most)), before["Home"])
        for each in (small, large, largest):
            each.close()
    by_cost = sorted(after.items() - {("Home", after["Home"])}, key=lambda each: -each[1])
    for name, spent in by_cost if every_command else by_cost[:SHOWN]:
        yield _row(f"/mentoring {name}", MANY, spent, before[name], WANTED_MS)


def _row(what: str, size: tuple[int, int], spent: float, before: float, wanted: int | None = None) -> Row:
    return Row(
        f"{what}: {size[0]:,} people, {size[1]:,} pairs, of processor",
        f"{spent:.1f} ms",
        f"{FEW[0]} people, {FEW[1]} pairs: {before:.1f} ms",
        spent / max(before, 0.01),
        f"{wanted} ms" if wanted else "",
    )


if __name__ == "__main__":
    show(rows(every_command=True))
