"""`/mentoring phases`: when a program's middle and end open, in a coordinator's hands."""

from datetime import date

from sqlalchemy.orm import Session

from handlers.visit import Visit
from handlers.whom import program_at_hand
from mentoring.agreements import read_day
from mentoring.errors import Refusal
from mentoring.phases import PhaseName, phases_of, plan_for_pair, with_phase_dates
from mentoring.programs import Program
from messages.answers import Answer, Show, Tell
from messages.forms.program_phases import phases_form
from messages.replies import say
from messages.words import Words
from storage.outbox import audit
from storage.pairs import pairs_of_program, wake_pairs_of_program
from storage.phases import shifts_of_pairs
from storage.programs import program, save_program, wake_program


def command(visit: Visit) -> Answer:
    """`/mentoring phases`: of the program at hand."""
    with visit.database.read() as session:
        found, _ = program_at_hand(session, visit, "phases.open")
        return _form(visit, found)


def open_form(visit: Visit) -> Answer:
    """The button of the same meaning."""
    with visit.database.read() as session:
        return _form(visit, program(session, visit.workspace.id, visit.act.number("program")))


def _form(visit: Visit, about: Program) -> Answer:
    return Show(phases_form(about, phases_of(about), visit.now, visit.reader))


def submit(visit: Visit) -> Answer:
    """The dates came back: the program's phases move, and every pair's with them."""
    with visit.database.write() as session:
        about = program(session, visit.workspace.id, visit.act.number("program"))
        changed = with_phase_dates(about, _dates(visit, about), visit.now)
        _check_pairs(session, changed)
        save_program(session, changed)
        wake_pairs_of_program(session, about.id, visit.now)
        wake_program(session, about.id, visit.now)
        audit(
            session,
            visit.workspace.id,
            visit.person.id,
            "program.phases",
            {"program": about.id},
            visit.now,
            program_id=about.id,
        )
    openings = {each.name.value: each.starts_at for each in phases_of(changed)}
    words = Words("forms/program_phases", visit.reader)
    return Tell(say(words.mrkdwn("saved", middle=openings["middle"].date(), end=openings["end"].date())))


def _dates(visit: Visit, about: Program) -> tuple[date, date] | None:
    if "yes" in visit.chosen("usual"):
        return None
    # A part that has begun has no field: its date stays.
    now = {each.name.value: each.starts_at.date() for each in phases_of(about)}
    middle, end = (
        read_day(visit.typed(name), name) if visit.asked(name) else now[name] for name in ("middle", "end")
    )
    return middle, end


def _check_pairs(session: Session, changed: Program) -> None:
    """Let pass dates that leave room for the pairs that run late or early."""
    plan = phases_of(changed)
    shifts = shifts_of_pairs(session, [each.id for each in pairs_of_program(session, changed.id)])
    crowded = 0
    for each in shifts.values():
        try:
            plan_for_pair(plan, each)
        except Refusal:
            crowded += 1
    if crowded:
        who = "One pair runs" if crowded == 1 else f"{crowded} pairs run"
        sentence = f"{who} late or early, and would have a part under a week. Leave more time."
        raise Refusal(sentence, PhaseName.END)
