"""`/mentoring settings`: what a program can set, in one place; the health levels are set here."""

from dataclasses import replace

from handlers.visit import Visit
from handlers.whom import program_at_hand
from mentoring.errors import Refusal
from mentoring.health import Thresholds, check_thresholds
from messages.answers import Answer, Show, Tell
from messages.forms.desk_settings import settings_form
from messages.replies import say
from messages.words import Words
from storage.outbox import audit
from storage.programs import program, save_program


def command(visit: Visit) -> Answer:
    """`/mentoring settings`: of the program at hand."""
    with visit.database.read() as session:
        found, _ = program_at_hand(session, visit, "desk.settings")
        return Show(settings_form(found, visit.reader))


def open_settings(visit: Visit) -> Answer:
    """The button of the same meaning."""
    with visit.database.read() as session:
        found = program(session, visit.workspace.id, visit.act.number("program"))
    return Show(settings_form(found, visit.reader))


def submit(visit: Visit) -> Answer:
    """New health levels came back."""
    found = check_thresholds(Thresholds(_whole(visit, "look"), _whole(visit, "fine")))
    levels = {"look": found.look, "fine": found.fine}
    with visit.database.write() as session:
        about = program(session, visit.workspace.id, visit.act.number("program"))
        save_program(session, replace(about, settings={**about.settings, "health": levels}))
        audit(
            session,
            visit.workspace.id,
            visit.person.id,
            "desk.settings",
            dict(levels),
            visit.now,
            program_id=about.id,
        )
    return Tell(say(Words("forms/desk_settings", visit.reader).mrkdwn("saved")))


def _whole(visit: Visit, name: str) -> int:
    typed = visit.typed(name)
    if not typed.isdecimal():
        raise Refusal("Say a whole number.", name)
    return int(typed)
