"""`/mentoring debrief`: what each look back found, and what is being done about it."""

from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from handlers.visit import Visit
from handlers.whom import program_at_hand
from mentoring.programs import Program
from messages.answers import Answer, Show
from messages.blocks import Block
from messages.forms.improvement import LookBack, ToDo, improvement_board
from messages.words import mention
from storage.people import people
from storage.phases import debriefs, improvements
from storage.programs import program


def command(visit: Visit) -> Answer:
    """The plan of the program at hand."""
    with visit.database.read() as session:
        found, _ = program_at_hand(session, visit, "debrief.board")
        return Show(_board(session, visit, found))


def show_board(visit: Visit) -> Answer:
    """“Open”."""
    with visit.database.read() as session:
        found = program(session, visit.workspace.id, visit.act.number("program"))
        return Show(_board(session, visit, found))


def _board(session: Session, visit: Visit, about: Program) -> Block:
    actions = improvements(session, about.id)
    owners = people(session, visit.workspace.id, {each.owner_id for each in actions})
    todos = [
        ToDo(each.text, mention(owners[each.owner_id].slack_id), each.due_on, each.done_at)
        for each in actions
    ]
    looks = [
        LookBack(each.id, each.phase, each.findings, each.written_at) for each in debriefs(session, about.id)
    ]
    today = visit.now.astimezone(ZoneInfo(visit.person.time_zone)).date()
    return improvement_board(about, looks, todos, today, visit.reader)
