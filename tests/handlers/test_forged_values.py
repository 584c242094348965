"""Forged values: whoever may act here names what belongs to others. Nothing of theirs moves or is shown.

The role is checked for the program or pair that an act names; this walks what else it names: a run, a wall, a
letter, a person. One row is made up in every table for the other program, with words that nobody may read.
"""

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import JSON, Boolean, Column, Date, Float, Integer, func, insert, or_, select
from sqlalchemy.orm import Session

from handlers.rights import check_right
from handlers.routing import ACTIONS, CLOSED, FORMS, OPTIONS
from handlers.visit import Conversation, Visit
from mentoring.errors import Refusal
from mentoring.rights import ACTS, Need
from messages.actions import Act
from messages.answers import Offer, Push, Replace, Show, Tell
from storage.database import Database
from storage.people import workspace_of
from storage.tables.base import Base, Instant
from tests.support.firms import NOW, World, populated
from tests.support.queries import queries

SECRET = "ZZ-SECRET-ZZ"
ROWS: Mapping[str, str] = {
    "run": "match_run",
    "wall": "wall",
    "broadcast": "broadcast",
    "letter": "letter",
    "debrief": "debrief",
    "plan": "report_plan",
    "roster": "roster_file",
    "task": "task",
    "meeting": "meeting",
    "item": "portfolio_item",
    "resource": "resource",
    "sending": "survey_sending",
    "topic": "topic",
    "story": "story",
    "action": "improvement",
    "goal": "goal",
    "request": "survey_request",
    "from": "program",
    "person": "person",
    "who": "person",
    "to": "person",
    "actor": "person",
    "mentor": "person",
    "mentee": "person",
}
"""What an act can name besides its program and pair, and the table its number is looked up in."""
VALID: Mapping[tuple[str, str], Any] = {
    ("match_run", "review"): {},
    ("debrief", "phase"): "middle",
    ("match_run", "state"): "proposed",
    ("report_plan", "every"): "week",
    ("report_plan", "report"): "summary",
    ("report_plan", "shape"): "pdf",
    ("resource", "audience"): "everybody",
    ("broadcast", "state"): "draft",
    ("broadcast", "audience"): "everybody",
    ("letter", "state"): "failed",
    ("meeting", "state"): "planned",
    ("task", "state"): "taken up",
}
"""Words that code reads as one of its own: with them a row would be good enough to act on."""
CODES: Mapping[str, int | str] = {
    "report": "summary", "shape": "xlsx", "what": "people", "do": "accept", "whom": "everybody",
    "phase": "start", "day": "2026-01-05", "lesson": "getting_ready", "instrument": "final_mentee",
    "idea": "shadow", "subject": "2026-01-05", "period": "2026-01-05", "version": 1,
    "page": 0, "n": 0, "step": 1, "answers": 0,
}  # fmt: skip
WHO: Mapping[Need, str] = {
    Need.MEMBER: "participant",
    Need.PARTICIPANT: "participant",
    Need.IN_PAIR: "participant",
    Need.WAS_IN_PAIR: "participant",
    Need.ASKED: "participant",
    Need.GOAL: "participant",
    Need.TELLER: "participant",
    Need.SUPERVISOR: "viewer",
    Need.STAFF: "viewer",
    Need.READER: "viewer",
    Need.OWNER: "owner",
}
"""Who acts, by what an act needs: somebody who may, and may no more; a coordinator where nothing is said."""
OWN: Mapping[Need, str] = {
    Need.ASKED: "request",
    Need.GOAL: "goal",
    Need.TELLER: "story",
    Need.ACTION: "action",
}
"""What an act must name of one's own to be allowed at all."""


class Anything(dict[str, Any]):
    """A form in which every field is filled in, with something that could stand there."""

    def __init__(self, slack_ids: list[str]) -> None:
        super().__init__()
        self._people = slack_ids

    def __contains__(self, name: object) -> bool:
        return True

    def get(self, name: str, default: Any = None) -> Any:  # noqa: ARG002 - dict's signature
        """A date where a date is wanted, else a small number; foreign people where people are picked."""
        dated = any(part in name for part in ("day", "_on", "until", "date", "closes"))
        return {
            "any": {
                "value": "2026-03-02" if dated else "3",
                "selected_options": [{"value": "yes"}],
                "selected_users": self._people,
                "files": [{"id": "F1"}],
            }
        }


@dataclass(frozen=True)
class Forgery:
    """A database, and the other program's things by the names that acts have for them."""

    database: Database
    kept: Path
    world: World
    named: Mapping[str, int]
    found: Mapping[str, int]
    slack_ids: list[str]
    before: Mapping[tuple[str, Any], Any]
    """Every row of the other program."""

    def restore(self) -> None:
        """Undo what an act changed."""
        self.database.close()
        for left in self.kept.parent.glob("mentoring.db*"):
            left.unlink()
        shutil.copy(self.kept, self.kept.parent / "mentoring.db")


def fill(session: Session, ids: Mapping[str, int | str], workspace_id: int, person_id: int) -> dict[str, int]:
    """A row of words nobody may read in each table that acts can name one of; their numbers by table."""
    found = {table: int(ids[name]) for name, table in ROWS.items() if name in ids}
    found |= {"program": int(ids["program"]), "pair": int(ids["pair"]), "person": person_id}
    for table in Base.metadata.sorted_tables:
        # The library is the whole firm's: nothing in it is another program's.
        if table.name == "resource" and workspace_id == 1:
            continue
        if table.name not in found and table.name in ROWS.values():
            wanted = [each for each in table.columns if each.name != "id" and not each.nullable]
            scope = [each for each in table.columns if each.name in ("program_id", "pair_id")]
            values = {each.name: made_up(each, found, workspace_id) for each in (*wanted, *scope)}
            session.execute(insert(table).values(values))
            found[table.name] = session.execute(select(func.max(table.c.id))).scalar_one()
    return found


def made_up(column: Column[Any], found: Mapping[str, int], workspace_id: int) -> Any:
    for key in column.foreign_keys:
        name = key.column.table.name
        return workspace_id if name == "workspace" else found[name]
    kinds: tuple[tuple[Any, Any], ...] = (
        (Boolean, False), (Integer, 1), (Float, 1), (Instant, NOW), (Date, date(2026, 3, 2)), (JSON, {}),
    )  # fmt: skip
    of_its_kind = next((value for kind, value in kinds if isinstance(column.type, kind)), SECRET)
    return VALID.get((column.table.name, column.name), of_its_kind)


@pytest.fixture(scope="module", params=["elsewhere", "abroad"])
def forgery(
    request: pytest.FixtureRequest, migrated: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Forgery]:
    path = tmp_path_factory.mktemp("forged") / "mentoring.db"
    shutil.copy(migrated, path)
    database = Database(f"sqlite:///{path}")
    world = populated(database)
    ids = getattr(world, request.param)
    somebody = world.people[f"{request.param} mentee"]
    with database.write() as session:
        found = fill(session, ids, somebody.workspace_id, somebody.id)
    named = {name: found[table] for name, table in ROWS.items() if table in found}
    slack_ids = [world.people[f"{request.param} {each}"].slack_id for each in ("mentor", "mentee")]
    database.close()
    shutil.copy(path, path.with_name("kept.db"))
    there = Database(f"sqlite:///{path}")
    yield Forgery(there, path.with_name("kept.db"), world, named, found, slack_ids, rows_of(there, found))
    there.close()


def rows_of(database: Database, found: Mapping[str, int]) -> dict[tuple[str, Any], Any]:
    """Every row of the other program, by its key."""
    seen = {}
    with database.read() as session:
        for table in Base.metadata.sorted_tables:
            scope = {"program_id": found["program"], "pair_id": found["pair"]}
            within = [table.c[name] == number for name, number in scope.items() if name in table.c]
            if table.name in found:
                within.append(table.c.id == found[table.name])
            if within:
                key = [each.name for each in table.primary_key]
                for row in session.execute(select(table).where(or_(*within))).mappings():
                    seen[table.name, tuple(row[name] for name in key)] = dict(row)
    return seen


def shown_by(conversation: Conversation, visit: Visit) -> str:
    """What comes of it, as text; a refusal says its sentence."""
    try:
        with visit.database.read() as session:
            check_right(session, visit.person, visit.act)
        answer = conversation(visit)
    except Refusal as refusal:
        return refusal.sentence
    match answer:
        case Show(view) | Push(view):
            return json.dumps(view)
        case Tell(message) | Replace(message):
            return json.dumps([message.text, message.blocks])
        case Offer(options):
            return json.dumps([*options])
    return ""


ROUTES: Mapping[str, Conversation] = {**ACTIONS, **FORMS, **OPTIONS, **dict(CLOSED.values())}


def visit_of(forgery: Forgery, name: str) -> Visit:
    """Somebody who may do this here, naming what is not theirs."""
    need, world = ACTS[name], forgery.world
    who = WHO.get(need, "coordinator")
    own = {key: world.ids[key] for key in ("program", "pair", OWN.get(need, "pair"))}
    act = Act(name, {**CODES, **forgery.named, **own})
    person = world.people[who]
    with forgery.database.read() as session:
        workspace = workspace_of(session, "THERE")
    assert workspace is not None
    picked = json.dumps({"do": "accept", "page": 0, "n": 0, "who": forgery.named["person"]})
    return Visit(
        forgery.database,
        workspace,
        person,
        NOW,
        act,
        Anything(forgery.slack_ids),
        picked=picked,
        channel="C1",
    )


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_what_belongs_to_others_neither_moves_nor_is_shown(forgery: Forgery, name: str) -> None:
    with queries(forgery.database) as asked:
        shown = shown_by(ROUTES[name], visit_of(forgery, name))
    assert SECRET not in shown
    assert "It helped" not in shown or ACTS[name] in (Need.TELLER, Need.COORDINATOR)
    if any(not each.lstrip().startswith("SELECT") for each in asked):
        assert rows_of(forgery.database, forgery.found) == forgery.before
        forgery.restore()


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_a_word_for_a_number_and_a_number_for_a_word_break_nothing(forgery: Forgery, name: str) -> None:
    honest = visit_of(forgery, name)
    own = {"program", "pair", OWN.get(ACTS[name], "pair")}
    turned = {key: 7 if isinstance(value, str) else "seven" for key, value in honest.act.ids.items()}
    kept = {key: honest.act.ids[key] for key in own}
    with queries(forgery.database) as asked:
        shown = shown_by(ROUTES[name], replace(honest, act=Act(name, {**turned, **kept})))
        shown += shown_by(
            ROUTES[name], replace(honest, act=Act(name, dict.fromkeys(honest.act.ids, "seven")))
        )
    assert SECRET not in shown
    if any(not each.lstrip().startswith("SELECT") for each in asked):
        assert rows_of(forgery.database, forgery.found) == forgery.before
        forgery.restore()
