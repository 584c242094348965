"""Setting how a program matches and takes people in."""

from dataclasses import replace

from handlers.visit import Visit
from mentoring.errors import Refusal
from mentoring.matching.settings import MAX_WEIGHT, MIN_WEIGHT, PRESETS, Objective
from mentoring.recruiting import Late
from messages.answers import Answer, Show, Tell
from messages.forms.match_settings import RULES, WEIGHT, settings_form
from messages.replies import say
from messages.words import Words
from storage.outbox import audit
from storage.programs import program, save_program


def open_settings(visit: Visit) -> Answer:
    """Show what is in force."""
    with visit.database.read() as session:
        found = program(session, visit.workspace.id, visit.act.number("program"))
    return Show(settings_form(found, visit.reader))


def submit(visit: Visit) -> Answer:
    """The form came back: the next proposal uses it."""
    with visit.database.write() as session:
        found = program(session, visit.workspace.id, visit.act.number("program"))
        weights = {name: _weight(visit, name) for name in PRESETS[found.kind]}
        if not any(weights.values()):
            name = next(iter(weights))
            raise Refusal("Raise at least one weight, or no match is better than another.", f"{WEIGHT}{name}")
        on = visit.chosen("rules")
        settings = {
            **found.settings,
            "objective": visit.pick("objective", Objective).value,
            "late": visit.pick("late", Late).value,
            **{name: name in on for name in RULES},
            "weights": weights,
        }
        save_program(session, replace(found, settings=settings))
        audit(
            session,
            visit.workspace.id,
            visit.person.id,
            "match.settings",
            {"program": found.id},
            visit.now,
            program_id=found.id,
        )
    return Tell(say(Words("forms/match_settings", visit.reader).mrkdwn("saved", program=found)))


def _weight(visit: Visit, name: str) -> int:
    typed = visit.typed(f"{WEIGHT}{name}")
    if not typed.isdecimal() or not MIN_WEIGHT <= int(typed) <= MAX_WEIGHT:
        raise Refusal(f"Write a whole number from {MIN_WEIGHT} to {MAX_WEIGHT}.", f"{WEIGHT}{name}")
    return int(typed)
