"""Which programs somebody runs, newest first: where a coordinator's command has to begin."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from handlers.rights import check_right
from handlers.visit import Visit
from mentoring.programs import Program, ProgramState
from mentoring.rights import may_run
from messages.actions import Act
from messages.answers import Answer, Show, Tell
from messages.blocks import Block
from messages.letters.context import Message
from messages.words import Reader
from storage.people import staff_roles
from storage.programs import programs

MOST_OFFERED = 5
"""Programs to choose from, newest first: who runs more names one."""


def own_programs(session: Session, visit: Visit) -> list[Program]:
    """The programs somebody runs, drafts included.

    Raises:
        NotAllowed: For whoever runs none.
    """
    check_right(session, visit.person, Act("program.new"))
    roles = staff_roles(session, visit.workspace.id, visit.person.id)
    return [each for each in programs(session, visit.workspace.id) if may_run(roles, each.id)]


def show_or_choose(
    visit: Visit,
    show: Callable[[Session, Program], Block],
    choose: Callable[[list[Program], Reader], Message],
) -> Answer:
    """Show a view of the one program somebody runs and has opened, or let them choose among several."""
    with visit.database.read() as session:
        mine = [each for each in own_programs(session, visit) if each.state is not ProgramState.DRAFT]
        if len(mine) == 1:
            return Show(show(session, mine[0]))
    return Tell(choose(mine[:MOST_OFFERED], visit.reader))
