"""Setting who may be matched at all, and the walls between people; for coordinators alone."""

from dataclasses import replace

from sqlalchemy.orm import Session

from handlers.visit import Visit
from mentoring.deeds import Deed
from mentoring.errors import Refusal
from mentoring.match_rules import MatchRules, rules_json
from mentoring.matching.candidates import Wish
from mentoring.matching.settings import Aspect, Must, SeniorityGap
from mentoring.walls import build_wall
from messages.answers import Answer, Show, Tell
from messages.forms.match_rules import rules_form, wall_form, walls_form
from messages.replies import say
from messages.words import Words
from storage.outbox import audit
from storage.people import people, people_by_slack_id
from storage.programs import program, save_program
from storage.walls import count_walls, remove_wall, save_wall, wall, walls_of_program


def open_rules(visit: Visit) -> Answer:
    """Show what is in force."""
    with visit.database.read() as session:
        found = program(session, visit.workspace.id, visit.act.number("program"))
        walls = count_walls(session, found.id)
    return Show(rules_form(found, walls, visit.reader))


def submit_rules(visit: Visit) -> Answer:
    """The form came back: the next proposal obeys it."""
    musts = [Must(aspect, visit.pick(f"must_{aspect}", Wish, Wish.NO_MATTER)) for aspect in Aspect]
    on = visit.chosen("switches")
    rules = MatchRules(
        must=tuple(musts),
        barred_cycles=_whole(visit, "barred_cycles"),
        common_language="common_language" in on,
        gap=SeniorityGap(_whole(visit, "gap_least"), _whole(visit, "gap_most")),
        trios="trios" in on,
    )
    with visit.database.write() as session:
        found = program(session, visit.workspace.id, visit.act.number("program"))
        save_program(session, replace(found, settings={**found.settings, "match_rules": rules_json(rules)}))
        _note(session, visit, "match.rules", found.id)
    return Tell(say(Words("forms/match_rules", visit.reader).mrkdwn("saved", program=found)))


def list_walls(visit: Visit) -> Answer:
    """Show the walls, or another page of them."""
    with visit.database.read() as session:
        found = program(session, visit.workspace.id, visit.act.number("program"))
        walls = walls_of_program(session, found.id)
        known = people(session, visit.workspace.id, {each for one in walls for each in one.sides})
    page = visit.act.number("page") if "page" in visit.act.ids else 0
    names = {person_id: person.name for person_id, person in known.items()}
    return Show(walls_form(found, walls, names, visit.reader, page))


def open_wall(visit: Visit) -> Answer:
    """Make a wall, or change one."""
    with visit.database.read() as session:
        found = program(session, visit.workspace.id, visit.act.number("program"))
        this = wall(session, found.id, visit.act.number("wall")) if "wall" in visit.act.ids else None
        known = people(session, visit.workspace.id, this.sides if this else ())
    slack_ids = {person_id: person.slack_id for person_id, person in known.items()}
    return Show(wall_form(found, this, slack_ids, visit.reader))


def submit_wall(visit: Visit) -> Answer:
    """A wall came back: the next proposal keeps its sides apart."""
    with visit.database.write() as session:
        found = program(session, visit.workspace.id, visit.act.number("program"))
        one, other = _people_of(session, visit, "one"), _people_of(session, visit, "other")
        number = visit.act.number("wall") if "wall" in visit.act.ids else 0
        save_wall(session, visit.workspace.id, found.id, build_wall(visit.typed("name"), one, other, number))
        _note(session, visit, "match.wall", found.id)
    return list_walls(visit)


def remove(visit: Visit) -> Answer:
    """A wall comes down."""
    with visit.database.write() as session:
        found = program(session, visit.workspace.id, visit.act.number("program"))
        remove_wall(session, found.id, visit.act.number("wall"))
        _note(session, visit, "match.wall_remove", found.id)
    return list_walls(visit)


def _people_of(session: Session, visit: Visit, field: str) -> list[int]:
    chosen = visit.people(field)
    known = people_by_slack_id(session, visit.workspace.id, chosen)
    if missing := [each for each in chosen if each not in known]:
        raise Refusal(f"I don't know {len(missing)} of these people. Leave them out, or ask me later.", field)
    return [person.id for person in known.values()]


def _whole(visit: Visit, field: str) -> int:
    typed = visit.typed(field)
    if not typed.isdecimal():
        raise Refusal("Write a whole number, such as 2.", field)
    return int(typed)


def _note(session: Session, visit: Visit, deed: Deed, program_id: int) -> None:
    # Who stands on which side is said in no log.
    audit(
        session,
        visit.workspace.id,
        visit.person.id,
        deed,
        {"program": program_id},
        visit.now,
        program_id=program_id,
    )
