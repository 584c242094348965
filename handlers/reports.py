"""`/mentoring report`: pick one, read it here, or get it as a file."""

from sqlalchemy.orm import Session

from handlers.report_book import report_book
from handlers.visit import Visit
from handlers.whom import program_at_hand
from mentoring.errors import NoLongerOpen, Refusal
from mentoring.notices import Notice, ToChannel, ToPerson
from mentoring.programs import Program
from mentoring.rights import may_read
from messages.actions import OUTDATED
from messages.answers import Answer, Replace, Tell
from messages.letters.context import Message
from messages.replies import say
from messages.replies.reports import choice_of_reports, shown_report
from messages.reports.kinds import REPORTS, SHAPES, write_report
from messages.words import Words
from storage.outbox import audit, write_letter
from storage.people import staff_roles
from storage.programs import program, programs

MOST_OTHERS = 4
"""Other programs offered below a report, newest first."""


def command(visit: Visit) -> Answer:
    """`/mentoring report [which]`: of the program at hand."""
    with visit.database.read() as session:
        found, visit = program_at_hand(session, visit, "report.show")
        wanted = visit.text.strip().lower()
        if not wanted:
            others = [each for each in _mine(session, visit) if each.id != found.id]
            return Tell(choice_of_reports(found, others[:MOST_OTHERS], visit.reader))
        if wanted not in REPORTS:
            raise Refusal(f"There is no report “{visit.text}”. `/mentoring report` shows which there are.")
        return Tell(_shown(session, visit, found, wanted))


def pick(visit: Visit) -> Answer:
    """Another program."""
    with visit.database.read() as session:
        about = program(session, visit.workspace.id, visit.act.number("program"))
        others = [each for each in _mine(session, visit) if each.id != about.id]
    return Replace(choice_of_reports(about, others[:MOST_OTHERS], visit.reader))


def show(visit: Visit) -> Answer:
    """A report was picked: it takes the picker's place, with the picker below it."""
    code = visit.picked or visit.act.code("report")
    if code not in REPORTS:
        raise NoLongerOpen(OUTDATED)
    with visit.database.read() as session:
        about = program(session, visit.workspace.id, visit.act.number("program"))
        return Replace(_shown(session, visit, about, code))


def send_me(visit: Visit) -> Answer:
    """“As PDF”, “As spreadsheet”: a file is no answer to a click, so it comes as a letter."""
    code, shape = visit.act.code("report"), visit.act.code("shape")
    if code not in REPORTS or shape not in SHAPES:
        raise NoLongerOpen(OUTDATED)
    with visit.database.write() as session:
        about = program(session, visit.workspace.id, visit.act.number("program"))
        write_report_letter(session, visit, about, ToPerson(visit.person.id), code, shape)
    return Tell(say(Words("replies/reports", visit.reader).mrkdwn("sending")))


def write_report_letter(
    session: Session, visit: Visit, about: Program, to: ToPerson | ToChannel, code: str, shape: str
) -> None:
    """Let a report come to somebody, or into a channel; two clicks in a minute are one wish."""
    whom = f"person {to.person_id}" if isinstance(to, ToPerson) else f"channel {to.channel}"
    notice = Notice(
        kind="report",
        to=to,
        key=f"report:{code}:{shape}:program {about.id}:{whom}:{visit.now:%Y-%m-%dT%H:%M}",
        not_before=visit.now,
        ids={"report": code, "shape": shape, "by": visit.person.id},
        why="they asked for it",
    )
    write_letter(session, about.workspace_id, notice, visit.now, program_id=about.id)
    where = {"person": to.person_id} if isinstance(to, ToPerson) else {"channel": to.channel}
    subject: dict[str, int | str] = {"report": code, "shape": shape, **where}
    audit(
        session, about.workspace_id, visit.person.id, "report.send", subject, visit.now, program_id=about.id
    )


def _shown(session: Session, visit: Visit, about: Program, code: str) -> Message:
    book = report_book(session, about, visit.now, visit.person.locale, code)
    document = write_report(code, book, visit.reader)
    others = [each for each in _mine(session, visit) if each.id != about.id]
    return shown_report(document, about, others[:MOST_OTHERS], visit.reader)


def _mine(session: Session, visit: Visit) -> list[Program]:
    """The programs this person may read about, newest first."""
    roles = staff_roles(session, visit.workspace.id, visit.person.id)
    return [each for each in programs(session, visit.workspace.id) if may_read(roles, each.id)]
