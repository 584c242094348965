"""`/mentoring import`: drop a roster into a form, see what it would change, and decide."""

from handlers.coordinate import invite
from handlers.roster_import import check_known, import_roster, read_or_refuse
from handlers.visit import Visit
from handlers.whom import program_at_hand
from mentoring.at_hand import NOT_OVER
from mentoring.errors import NoLongerOpen, Refusal
from mentoring.programs import ProgramState
from mentoring.recruiting import may_join
from mentoring.roster_changes import ChangeKind, counted
from messages.answers import Answer, Replace, Show, Tell
from messages.forms.roster import Taken, roster_form, roster_taken
from messages.replies import say
from messages.words import Words
from storage.outbox import audit
from storage.programs import program
from storage.recruiting import not_asked_yet
from storage.rosters import GONE, put_away, roster_file, want_roster


def command(visit: Visit) -> Answer:
    """`/mentoring import`: for the program at hand."""
    with visit.database.read() as session:
        found, _ = program_at_hand(session, visit, "roster.submit", NOT_OVER)
    return Show(roster_form(found, visit.reader))


def submit(visit: Visit) -> Answer:
    """A file was dropped: it is read in a moment, and nothing changes before somebody has seen what would."""
    files = visit.files("roster")
    if not files:
        raise Refusal("Choose the file first.", "roster")
    with visit.database.write() as session:
        about = program(session, visit.workspace.id, visit.act.number("program"))
        want_roster(session, about.workspace_id, about.id, visit.person.id, files[0], visit.now)
    return Tell(say(Words("forms/roster", visit.reader).mrkdwn("reading")))


def take(visit: Visit) -> Answer:
    """“Import it”."""
    with visit.database.write() as session:
        about = program(session, visit.workspace.id, visit.act.number("program"))
        file = roster_file(session, visit.workspace.id, visit.act.number("roster"))
        if file.program_id != about.id or file.text is None:
            raise NoLongerOpen(GONE)
        roster = read_or_refuse(file.text, "roster")
        check_known(session, about, roster, "roster")
        changes = import_roster(session, about, roster, visit.now)
        asked = invite(session, about, visit.now) if about.state is ProgramState.ENROLLING else 0
        waiting = len(not_asked_yet(session, about.id))
        put_away(session, file.id)
        found = counted(changes)
        subject: dict[str, int | str] = {
            "new": found[ChangeKind.NEW],
            "updated": found[ChangeKind.UPDATED],
        }
        by = visit.person.id
        audit(session, about.workspace_id, by, "roster.import", subject, visit.now, program_id=about.id)
    taken = Taken(found[ChangeKind.NEW], found[ChangeKind.UPDATED], asked, waiting)
    return Replace(roster_taken(about, taken, visit.reader, late=may_join(about, visit.now)))


def drop(visit: Visit) -> Answer:
    """“Leave it”: nothing of the file is kept."""
    with visit.database.write() as session:
        file = roster_file(session, visit.workspace.id, visit.act.number("roster"))
        if file.program_id != visit.act.number("program"):
            raise NoLongerOpen(GONE)
        put_away(session, file.id)
    return Replace(say(Words("forms/roster", visit.reader).mrkdwn("dropped")))
