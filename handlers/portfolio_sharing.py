"""Who sees a portfolio: its owner chooses piece by piece, and then it is really shown to them, as a file."""

from sqlalchemy.orm import Session

from handlers.portfolio import preview_of
from handlers.visit import Visit
from mentoring.errors import NoLongerOpen, Refusal
from mentoring.kinds import Role
from mentoring.notices import Notice, ToPerson
from mentoring.people import Person
from mentoring.portfolio import PortfolioItem, Reader, check_warned, shown_to
from messages.answers import Answer, Show, Tell
from messages.forms.portfolio_sharing import Audience, readers_form, share_form
from messages.replies import say
from messages.words import Words
from storage.outbox import write_letter
from storage.pairs import pairs_of_person
from storage.people import coordinators_of, people
from storage.programs import program
from storage.supervisors import supervisor_of
from storage.tasks import portfolio, remove_from_portfolio, set_readers

GONE = "This is no longer open: that piece is not in your portfolio any more."


def menu(visit: Visit) -> Answer:
    """The three dots beside a piece: choose who sees it, or take it out."""
    what, _, number = (visit.picked or "").partition(" ")
    if what not in ("see", "out") or not number.isdigit():
        raise NoLongerOpen(GONE)
    if what == "see":
        with visit.database.read() as session:
            item = _item(session, visit, int(number))
        return Show(readers_form(visit.act.number("program"), item, visit.reader))
    with visit.database.write() as session:
        remove_from_portfolio(session, visit.person.id, int(number))
        return Show(preview_of(session, visit))


def submit_readers(visit: Visit) -> Answer:
    """Who may see a piece was chosen; it is shown to nobody by that alone."""
    readers = frozenset(Reader[each] for each in visit.chosen("readers") if each in Reader.__members__)
    with visit.database.write() as session:
        item = _item(session, visit, visit.act.number("item"))
        set_readers(session, visit.person.id, item.id or 0, readers)
        return Show(preview_of(session, visit))


def open_share(visit: Visit) -> Answer:
    """“Show it”: to whom, and how many pieces each would see."""
    with visit.database.read() as session:
        about = program(session, visit.workspace.id, visit.act.number("program"))
        audiences = _audiences(session, visit, about.id)
    if not audiences:
        return Tell(say(Words("forms/portfolio_sharing", visit.reader).mrkdwn("nobody")))
    return Show(share_form(about.id, audiences, visit.reader))


def share(visit: Visit) -> Answer:
    """It is shown: each gets the pieces that are meant for them, and no others."""
    chosen = visit.chosen("readers")
    if not chosen:
        raise Refusal("Pick who sees it.", "readers")
    check_warned(warned="yes" in visit.chosen("warned"))
    with visit.database.write() as session:
        about = program(session, visit.workspace.id, visit.act.number("program"))
        audiences = [each for each in _audiences(session, visit, about.id) if each.reader.name in chosen]
        for audience in audiences:
            for each in audience.people:
                _show(session, visit, about.id, audience.reader, each)
    names = [each.first_name for audience in audiences for each in audience.people]
    return Tell(say(Words("forms/portfolio_sharing", visit.reader).mrkdwn("shown", names=names)))


def _show(session: Session, visit: Visit, program_id: int, reader: Reader, to: Person) -> None:
    me, minute = visit.person.id, f"{visit.now:%Y-%m-%dT%H:%M}"
    notice = Notice(
        kind="portfolio_shown",
        to=ToPerson(to.id),
        key=f"portfolio_shown:program {program_id}:of {me}:{reader.name}:to {to.id}:{minute}",
        not_before=visit.now,
        ids={"of": me, "reader": reader.name},
        why="its owner shows it to them",
    )
    write_letter(session, visit.workspace.id, notice, visit.now, program_id=program_id)


def _audiences(session: Session, visit: Visit, program_id: int) -> list[Audience]:
    """Whom the owner chose for at least one piece, and who that is today."""
    items = portfolio(session, program_id, visit.person.id)
    found = []
    for reader in Reader:
        pieces = len(shown_to(items, reader))
        who = _people(session, visit, program_id, reader) if pieces else []
        if who:
            found.append(Audience(reader, who, pieces))
    return found


def _people(session: Session, visit: Visit, program_id: int, reader: Reader) -> list[Person]:
    me, where = visit.person.id, visit.workspace.id
    match reader:
        case Reader.MENTOR:
            numbers = {
                member.person_id
                for pair in pairs_of_person(session, where, me)
                if pair.program_id == program_id and pair.announced_at
                for member in pair.others(me)
                if member.role is not Role.MENTEE
            }
        case Reader.SUPERVISOR:
            supervisor = supervisor_of(session, program_id, me)
            numbers = {supervisor} if supervisor else set()
        case Reader.TEAM:
            return [each for each in coordinators_of(session, where, program_id) if each.id != me]
    return [each for each in people(session, where, numbers).values() if each.active]


def _item(session: Session, visit: Visit, number: int) -> PortfolioItem:
    for each in portfolio(session, visit.act.number("program"), visit.person.id):
        if each.id == number:
            return each
    raise NoLongerOpen(GONE)
