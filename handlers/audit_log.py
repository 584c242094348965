"""`/mentoring audit`: who did what, when and to whom; in words to read, with codes and ids to export."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from handlers.instruments import titles_of
from handlers.rights import check_right
from handlers.visit import Visit
from handlers.whom import people_meant, program_at_hand
from mentoring.notices import Notice, ToPerson
from mentoring.programs import Program
from messages.actions import Act
from messages.answers import Answer, Show, Tell
from messages.deeds import Done, Names, in_words
from messages.forms.audit import PER_PAGE, Line, audit_form
from messages.forms.paging import page_of
from messages.replies import say
from messages.words import Reader, Words
from storage.care import Entry, audit_entries, count_audit_entries, log_for
from storage.outbox import audit, write_letter
from storage.pairs import pairs_by_ids
from storage.people import people
from storage.programs import program
from storage.resources import library

WORKSPACE = frozenset({"workspace", "espacio"})
"""What is typed for the log of what belongs to no program, in English and Spanish."""


def command(visit: Visit) -> Answer:
    """`/mentoring audit [workspace] [@name | export]`: the log of the program at hand, newest first."""
    first, _, rest = visit.text.strip().partition(" ")
    found: Program | None = None
    with visit.database.read() as session:
        if first.lower() in WORKSPACE:
            check_right(session, visit.person, Act("audit.workspace"))
            visit = replace(visit, text=rest)
        else:
            found, visit = program_at_hand(session, visit, "audit.later")
        if visit.text.strip().lower() != "export":
            named = people_meant(session, visit.workspace.id, visit.text)
            return _page(session, visit, found, 0, named[0].id if named else 0)
    return _export(visit, found)


def turn(visit: Visit) -> Answer:
    """Another page of a program's log."""
    with visit.database.read() as session:
        found = program(session, visit.workspace.id, visit.act.number("program"))
        return _page(session, visit, found, visit.act.number("page"), _actor(visit))


def workspace(visit: Visit) -> Answer:
    """The log of what belongs to no program: roles, the library, data that people had deleted."""
    with visit.database.read() as session:
        page = visit.act.number("page") if "page" in visit.act.ids else 0
        return _page(session, visit, None, page, _actor(visit))


def _actor(visit: Visit) -> int:
    """Whose acts alone are looked at; 0 for everybody's."""
    return visit.act.number("actor") if "actor" in visit.act.ids else 0


def export(visit: Visit) -> Answer:
    """“Export”: the whole log as a file, in the coordinator's own messages."""
    with visit.database.read() as session:
        found = program(session, visit.workspace.id, visit.act.number("program"))
    return _export(visit, found)


def export_workspace(visit: Visit) -> Answer:
    """The same of what belongs to no program."""
    return _export(visit, None)


def _export(visit: Visit, about: Program | None) -> Answer:
    program_id = about.id if about else None
    with visit.database.write() as session:
        subject: dict[str, int | str] = {}
        audit(
            session,
            visit.workspace.id,
            visit.person.id,
            "audit.export",
            subject,
            visit.now,
            program_id=program_id,
        )
        what = f"program {about.id}" if about else "workspace"
        notice = Notice(
            kind="audit_export",
            to=ToPerson(visit.person.id),
            key=f"audit_export:{what}:person {visit.person.id}:{visit.now.isoformat()}",
            not_before=visit.now,
            why="they asked for the log",
        )
        write_letter(session, visit.workspace.id, notice, visit.now, program_id=program_id)
    return Tell(say(Words("forms/audit", visit.reader).mrkdwn("coming", program=about)))


def _page(session: Session, visit: Visit, found: Program | None, page: int, actor: int) -> Answer:
    whose = visit.workspace.id
    log = log_for(session, whose, found.id if found else None, visit.person.id, actor or None)
    total = count_audit_entries(session, log)
    page = page_of(page, total, PER_PAGE)
    entries = audit_entries(session, log, limit=PER_PAGE, offset=page * PER_PAGE)
    lines = log_lines(session, whose, found, entries, visit.reader)
    left_out = bool(log.own_pairs)
    return Show(audit_form(found, lines, page, total, actor, visit.reader, left_out=left_out))


def log_lines(
    session: Session, workspace_id: int, about: Program | None, entries: Sequence[Entry], reader: Reader
) -> tuple[Line, ...]:
    """Entries as people read them: names are looked up for the reading, the log itself holds none."""
    names = _names(session, workspace_id, about, entries, reader)
    return tuple(
        Line(
            who=names.people.get(each.actor_id or 0, ""),
            action=each.action,
            subject=_subject(each, names.people),
            at=each.at,
            did=in_words(Done(each.action, each.actor_id, each.subject), names, reader),
        )
        for each in entries
    )


def _names(
    session: Session, workspace_id: int, about: Program | None, entries: Sequence[Entry], reader: Reader
) -> Names:
    """Everybody and everything the entries name by id, in one query each."""
    found = pairs_by_ids(
        session, sorted({int(each.subject["pair"]) for each in entries if "pair" in each.subject})
    )
    pairs = {each.id: each.mentor_first for each in found if about and each.program_id == about.id}
    ids = {each.actor_id for each in entries if each.actor_id}
    ids |= {int(each.subject["person"]) for each in entries if "person" in each.subject}
    ids |= {each.person_id for members in pairs.values() for each in members}
    known = {id_: each.name for id_, each in people(session, workspace_id, ids).items()}
    together = {id_: [known[each.person_id] for each in members] for id_, members in pairs.items()}
    surveys = {str(each.subject["instrument"]) for each in entries if "instrument" in each.subject}
    titles = titles_of(session, about, surveys, reader.locale) if about else {}
    shelf = library(session, workspace_id) if any("resource" in each.subject for each in entries) else ()
    return Names(known, together, titles, {each.id: each.title for each in shelf})


def _subject(entry: Entry, names: Mapping[int, str]) -> str:
    """The ids and codes of an entry; a person is shown by name."""
    shown = {
        name: names.get(int(value), str(value)) if name == "person" else value
        for name, value in entry.subject.items()
    }
    return ", ".join(f"{name} {value}" for name, value in shown.items())
