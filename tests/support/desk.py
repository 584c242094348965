"""A coordinator at work: what they type and press, what they read, and what is kept of it."""

from sqlalchemy import select

from mentoring.nudges.notices import Kind
from playground import View
from storage.desk import attention_counts
from storage.meetings import note_for_coordinators
from storage.tables import AuditRow, PairRow
from tests.support.town import ROBIN, Town


def typed(town: Town, line: str, who: str = ROBIN) -> str:
    """What a command answers: a message or the form it opens."""
    outcome = town.person(who).command("/mentoring", line)
    if outcome.shown:
        return outcome.shown[0].reading
    assert outcome.view is not None
    return outcome.view.reading


def home(town: Town, who: str = ROBIN) -> View:
    person = town.person(who)
    person.open_home()
    assert person.home is not None
    return person.home


def pressed(town: Town, action_id: str, who: str = ROBIN) -> str:
    """What comes of a button on somebody's Home."""
    home(town, who)
    person = town.person(who)
    person.click_home(action_id)
    return person.view.reading if person.view else ""


def on_the_list(town: Town, kind: Kind = Kind.ATTENTION) -> None:
    """The pair has gone quiet."""
    with town.database.write() as session:
        found = session.scalars(select(PairRow)).one()
        note_for_coordinators(session, town.workspace.id, found.id, kind, "test", town.clock.now())


def acts(town: Town) -> list[str]:
    with town.database.read() as session:
        return list(session.scalars(select(AuditRow.action).order_by(AuditRow.id)))


def looks(town: Town) -> int:
    with town.database.read() as session:
        return sum(attention_counts(session, [town.program().id], town.clock.now()).values())


def send(town: Town, who: str = ROBIN, **fields: str) -> str:
    """Fill in the open form and send it; what it says then."""
    person = town.person(who)
    for name, value in fields.items():
        person.fill(name, value)
    person.submit()
    said = person.view.reading if person.view else ""
    if person.view is not None:
        person.close(all=True)
    town.beat()
    return said
