"""`/mentoring audit`: who did what, when, to whom and why, in ids and codes; to read and to export."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from handlers.visit import Visit
from handlers.whom import people_meant, program_at_hand
from mentoring.notices import Notice, ToPerson
from mentoring.programs import Program
from messages.answers import Answer, Show, Tell
from messages.forms.audit import PER_PAGE, Line, audit_form
from messages.forms.paging import page_of
from messages.replies import say
from messages.words import Words
from storage.care import Entry, audit_entries, count_audit_entries
from storage.outbox import audit, write_letter
from storage.people import people
from storage.programs import program


def command(visit: Visit) -> Answer:
    """`/mentoring audit [@name | export]`: the log of the program at hand, newest first."""
    with visit.database.read() as session:
        found, visit = program_at_hand(session, visit, "audit.later")
        if visit.text.strip().lower() != "export":
            named = people_meant(session, visit.workspace.id, visit.text)
            return _page(session, visit, found, 0, named[0].id if named else 0)
    return _export(visit, found)


def turn(visit: Visit) -> Answer:
    """Another page."""
    with visit.database.read() as session:
        found = program(session, visit.workspace.id, visit.act.number("program"))
        actor = visit.act.number("actor") if "actor" in visit.act.ids else 0
        return _page(session, visit, found, visit.act.number("page"), actor)


def export(visit: Visit) -> Answer:
    """“Export”: the whole log as a file, in the coordinator's own messages."""
    with visit.database.read() as session:
        found = program(session, visit.workspace.id, visit.act.number("program"))
    return _export(visit, found)


def _export(visit: Visit, about: Program) -> Answer:
    with visit.database.write() as session:
        subject: dict[str, int | str] = {}
        audit(
            session,
            visit.workspace.id,
            visit.person.id,
            "audit.export",
            subject,
            visit.now,
            program_id=about.id,
        )
        notice = Notice(
            kind="audit_export",
            to=ToPerson(visit.person.id),
            key=f"audit_export:program {about.id}:person {visit.person.id}:{visit.now.isoformat()}",
            not_before=visit.now,
            why="they asked for the log",
        )
        write_letter(session, visit.workspace.id, notice, visit.now, program_id=about.id)
    return Tell(say(Words("forms/audit", visit.reader).mrkdwn("coming", program=about)))


def _page(session: Session, visit: Visit, found: Program, page: int, actor: int) -> Answer:
    total = count_audit_entries(session, found.id, actor or None)
    page = page_of(page, total, PER_PAGE)
    entries = audit_entries(session, found.id, limit=PER_PAGE, offset=page * PER_PAGE, actor_id=actor or None)
    lines = log_lines(session, visit.workspace.id, entries)
    return Show(audit_form(found, lines, page, total, actor, visit.reader))


def log_lines(session: Session, workspace_id: int, entries: Sequence[Entry]) -> tuple[Line, ...]:
    """Entries as people read them: names are looked up for the reading, the log itself holds none."""
    ids = {each.actor_id for each in entries if each.actor_id}
    ids |= {int(each.subject["person"]) for each in entries if "person" in each.subject}
    names = {id_: each.name for id_, each in people(session, workspace_id, ids).items()}
    return tuple(
        Line(names.get(each.actor_id or 0, ""), each.action, _subject(each, names), each.at)
        for each in entries
    )


def _subject(entry: Entry, names: dict[int, str]) -> str:
    """The ids and codes of an entry; a person is shown by name."""
    shown = {
        name: names.get(int(value), str(value)) if name == "person" else value
        for name, value in entry.subject.items()
    }
    return ", ".join(f"{name} {value}" for name, value in shown.items())
