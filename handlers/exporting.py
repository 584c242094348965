"""`/mentoring export`: take a program's tables along; every export stands in the audit log."""

from sqlalchemy.orm import Session

from handlers.visit import Visit
from handlers.whom import program_at_hand
from mentoring.errors import NoLongerOpen, Refusal
from mentoring.notices import Notice, ToPerson
from mentoring.programs import Program
from mentoring.reports.exports import What
from messages.actions import OUTDATED
from messages.answers import Answer, Tell
from messages.letters.exports import ALL, CSV, SHAPES
from messages.replies import say
from messages.replies.exports import choice_of_exports
from messages.words import Words
from storage.exports import lines_to_export
from storage.outbox import audit, write_letter
from storage.programs import program

MANY_LINES = 2_000
"""From here on a file takes more than a second, and a message says how far it has come."""


def command(visit: Visit) -> Answer:
    """`/mentoring export [people | pairs | meetings | answers] [csv]`."""
    with visit.database.read() as session:
        found, visit = program_at_hand(session, visit, "export.send")
    words = visit.text.lower().split()
    wanted = [each for each in words if each in {ALL, *What}]
    if not words:
        return Tell(choice_of_exports(found, visit.reader))
    if not wanted:
        raise Refusal("Say which table: `/mentoring export people`, `pairs`, `meetings`, `answers` or `all`.")
    what = wanted[0]
    return _send(visit, found.id, what, CSV if CSV in words and what != ALL else "xlsx")


def send(visit: Visit) -> Answer:
    """A table was picked."""
    what, _, shape = (visit.picked or "").partition(":")
    if what not in {ALL, *What} or shape not in SHAPES:
        raise NoLongerOpen(OUTDATED)
    return _send(visit, visit.act.number("program"), what, shape)


def _send(visit: Visit, program_id: int, what: str, shape: str) -> Answer:
    """A file is no answer to a click: it comes as a letter. Two clicks in a minute are one wish."""
    with visit.database.write() as session:
        about = program(session, visit.workspace.id, program_id)
        many = lines_to_export(session, about.id) >= MANY_LINES
        stamp = f"{what}:{shape}:program {about.id}:person {visit.person.id}:{visit.now:%Y-%m-%dT%H:%M}"
        ids: dict[str, int | str] = {"what": what, "shape": shape, "stamp": stamp}
        for kind in ("exporting", "export") if many else ("export",):
            _write(session, visit, about, kind, ids)
        by, subject = visit.person.id, {"what": what, "shape": shape}
        audit(session, about.workspace_id, by, "export.send", {**subject}, visit.now, program_id=about.id)
    return Tell(say(Words("replies/exports", visit.reader).mrkdwn("sending", many=many, program=about)))


def _write(session: Session, visit: Visit, about: Program, kind: str, ids: dict[str, int | str]) -> None:
    notice = Notice(
        kind=kind,
        to=ToPerson(visit.person.id),
        key=f"{kind}:{ids['stamp']}",
        not_before=visit.now,
        ids=ids,
        why="they asked for it",
    )
    write_letter(session, about.workspace_id, notice, visit.now, program_id=about.id)
