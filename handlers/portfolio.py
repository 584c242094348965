"""The portfolio in its owner's hands, and the papers people take away."""

from dataclasses import replace

from sqlalchemy.orm import Session

from handlers.tasks import picked_objective
from handlers.visit import Visit
from mentoring.assessment import Task, TaskState, checked_text
from mentoring.errors import Refusal
from mentoring.meetings import held_until
from mentoring.notices import Notice, ToPerson
from mentoring.pairs import PairState, is_over
from mentoring.portfolio import ItemKind, PortfolioItem, Reader, check_warned, items_from
from mentoring.programs import Program
from messages.answers import Answer, Show, Tell
from messages.blocks import Block
from messages.forms.portfolio import OWN_NOTE, Together, add_form, portfolio_form
from messages.replies import say
from messages.tasks.loader import objectives_of
from messages.words import Words
from storage.meetings import meetings_of_pairs
from storage.outbox import write_letter
from storage.pairs import pair
from storage.past_members import left_at, pairs_ever_of
from storage.people import people
from storage.programs import program
from storage.tasks import (
    add_to_portfolio,
    portfolio,
    tasks_of_pair,
)

DONE = (TaskState.DONE, TaskState.REVIEWED)


def preview(visit: Visit) -> Answer:
    """“My portfolio”: what is picked, by objective."""
    with visit.database.read() as session:
        return Show(preview_of(session, visit))


def open_add(visit: Visit) -> Answer:
    """“Add a piece”."""
    with visit.database.read() as session:
        about = program(session, visit.workspace.id, visit.act.number("program"))
        finished = _finished(session, visit)
    return Show(add_form(about.id, objectives_of(about, visit.person.locale), finished, visit.reader))


def submit_add(visit: Visit) -> Answer:
    """A piece was picked: keep its words as they stand, after the warning has been confirmed."""
    check_warned(warned="yes" in visit.chosen("warned"))
    with visit.database.write() as session:
        about = program(session, visit.workspace.id, visit.act.number("program"))
        objective = picked_objective(visit, objectives_of(about, visit.person.locale))
        item = _picked(session, visit, objective.id)
        readers = frozenset(Reader[each] for each in visit.chosen("readers") if each in Reader.__members__)
        item = replace(item, objective_id=objective.id, readers=readers)
        add_to_portfolio(session, visit.workspace.id, about.id, item, visit.now)
        return Show(preview_of(session, visit))


def send(visit: Visit) -> Answer:
    """“Send me the PDF”."""
    return _ask_for(visit, "portfolio", visit.act.number("program"), None)


def send_certificate(visit: Visit) -> Answer:
    """“My certificate”."""
    return _ask_for_pair(visit, "certificate")


def send_hours(visit: Visit) -> Answer:
    """“My hours”."""
    return _ask_for_pair(visit, "hours")


def _ask_for_pair(visit: Visit, paper: str) -> Answer:
    with visit.database.read() as session:
        found = pair(session, visit.workspace.id, visit.act.number("pair"))
    return _ask_for(visit, paper, found.program_id, found.id)


def _ask_for(visit: Visit, paper: str, program_id: int, pair_id: int | None) -> Answer:
    """A file is no answer to a click: it comes as a letter. Two clicks in a minute are one wish."""
    ids: dict[str, int | str] = {"paper": paper}
    if pair_id is not None:
        ids["pair"] = pair_id
    notice = Notice(
        kind="paper",
        to=ToPerson(visit.person.id),
        key=f"paper:{paper}:{pair_id or program_id}:person {visit.person.id}:{visit.now:%Y-%m-%dT%H:%M}",
        not_before=visit.now,
        ids=ids,
        why="they asked for it",
    )
    with visit.database.write() as session:
        write_letter(session, visit.workspace.id, notice, visit.now, program_id=program_id)
    return Tell(say(Words("forms/portfolio", visit.reader).mrkdwn("sending")))


def _picked(session: Session, visit: Visit, objective_id: int) -> PortfolioItem:
    source = visit.typed("source")
    if source == OWN_NOTE:
        heading = checked_text(visit.typed("heading"), "heading")
        text = checked_text(visit.typed("text"), "text")
        return PortfolioItem(visit.person.id, objective_id, ItemKind.NOTE, heading, text)
    for task in _finished(session, visit):
        for item in items_from(task, person_id=visit.person.id):
            if f"{item.kind}:{task.id}" == source:
                return replace(item, text=item.text or _score(visit, task))
    raise Refusal("Pick one of the pieces.", "source")


def _score(visit: Visit, task: Task) -> str:
    """How a quiz went, which has no note."""
    return Words("forms/portfolio", visit.reader).plain("quiz", right=task.score, asked=task.asked)


def _finished(session: Session, visit: Visit) -> list[Task]:
    """What this person finished in the pairs of the program, those that are over too."""
    return [
        each.task
        for found in pairs_ever_of(session, visit.act.number("program"), visit.person.id)
        for each in tasks_of_pair(session, found.id)
        if each.mentee_id == visit.person.id and each.task.state in DONE
    ]


def preview_of(session: Session, visit: Visit) -> Block:
    """The portfolio as its owner sees it."""
    about = program(session, visit.workspace.id, visit.act.number("program"))
    items = portfolio(session, about.id, visit.person.id)
    objectives = objectives_of(about, visit.person.locale)
    return portfolio_form(about.id, objectives, items, visit.reader, _together(session, visit, about))


def _together(session: Session, visit: Visit, about: Program) -> list[Together]:
    """Whom they met in the program and how often, in pairs that go on, that are over, and that they left."""
    me = visit.person.id
    pairs = pairs_ever_of(session, about.id, me)
    numbers = [each.id for each in pairs]
    met, left = meetings_of_pairs(session, numbers), left_at(session, numbers, me)
    known = people(session, about.workspace_id, {one.person_id for each in pairs for one in each.members})
    found = []
    for each in pairs:
        held = held_until(met.get(each.id, ()), left.get(each.id))
        if held:
            names = [known[one.person_id].first_name for one in each.others(me)]
            over = each.state is PairState.ENDED or is_over(each, about.time_zone, visit.now)
            found.append(Together(each.id, names, len(held), over))
    return found
