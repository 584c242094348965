"""The coordinators' look back on a phase, and the actions that come of it."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from handlers.visit import Visit
from mentoring.agreements import read_day
from mentoring.errors import NoLongerOpen, Refusal
from mentoring.phases import ACTIONS_AT_ONCE, check_action
from messages.actions import Act
from messages.answers import Answer, Replace, Show, Tell
from messages.forms.debrief import debrief_form, findings_from
from messages.replies import say
from messages.words import Words
from storage.outbox import audit
from storage.people import person_by_slack_id
from storage.phases import (
    Debrief,
    Improvement,
    add_improvement,
    debrief,
    finish_improvement,
    improvement,
    move_improvement,
    write_debrief,
)
from storage.programs import program, wake_program

ONE_WEEK = timedelta(days=7)


def open_form(visit: Visit) -> Answer:
    """“Write it down”: the findings are prefilled from the phase's numbers."""
    with visit.database.read() as session:
        about = program(session, visit.workspace.id, visit.act.number("program"))
        found = _debrief(session, visit)
    findings = found.findings or findings_from(found.numbers, visit.reader)
    act = Act("debrief.submit", {"program": about.id, "debrief": found.id})
    return Show(debrief_form(act, visit.reader, about, findings, visit.person.slack_id, _today(visit)))


def submit(visit: Visit) -> Answer:
    """The form came back: keep the findings, and each action with its owner and date."""
    with visit.database.write() as session:
        found = _debrief(session, visit)
        write_debrief(session, found.id, visit.typed("findings"), visit.person.id, visit.now)
        actions = [each for n in range(ACTIONS_AT_ONCE) if (each := _action(session, visit, found, n))]
        ids: dict[str, int | str] = {"debrief": found.id, "actions": len(actions)}
        audit(
            session,
            visit.workspace.id,
            visit.person.id,
            "debrief.written",
            ids,
            visit.now,
            program_id=found.program_id,
        )
        wake_program(session, found.program_id, visit.now)
    words = Words("replies/phases", visit.reader)
    return Tell(say(words.mrkdwn("debriefed", actions=len(actions))))


def _action(session: Session, visit: Visit, about: Debrief, number: int) -> Improvement | None:
    text = visit.typed(f"action{number}")
    if not text:
        return None
    typed = visit.typed(f"due{number}")
    due_on = read_day(typed, f"due{number}") if typed else None
    text = check_action(text, due_on, _today(visit), (f"action{number}", f"due{number}"))
    slack_id = visit.typed(f"owner{number}") or visit.person.slack_id
    owner = person_by_slack_id(session, visit.workspace.id, slack_id)
    if owner is None or not (owner.active and owner.member):
        raise Refusal("I can't find that person among this workspace's members.", f"owner{number}")
    return add_improvement(session, visit.workspace.id, about, text, owner.id, due_on or _today(visit))


def done(visit: Visit) -> Answer:
    """“It's done”."""
    with visit.database.write() as session:
        found = _own_action(session, visit)
        finish_improvement(session, found.id, visit.now)
    return Replace(say(Words("replies/phases", visit.reader).mrkdwn("action_done", action=found.text)))


def later(visit: Visit) -> Answer:
    """“One more week”."""
    with visit.database.write() as session:
        found = _own_action(session, visit)
        due_on = max(found.due_on, _today(visit)) + ONE_WEEK
        move_improvement(session, found.id, due_on)
        wake_program(session, found.program_id, visit.now)
    return Replace(say(Words("replies/phases", visit.reader).mrkdwn("action_later", due_on=due_on)))


def _own_action(session: Session, visit: Visit) -> Improvement:
    found = improvement(session, visit.workspace.id, visit.act.number("action"))
    if found.done_at is not None:
        raise NoLongerOpen("This is no longer open: it is done already.")
    return found


def _debrief(session: Session, visit: Visit) -> Debrief:
    """The debrief of the program whose right was checked, and no other's."""
    found = debrief(session, visit.workspace.id, visit.act.number("debrief"))
    if found.program_id != visit.act.number("program"):
        raise NoLongerOpen("This is no longer open: that debrief is not there any more.")
    return found


def _today(visit: Visit) -> date:
    return visit.now.astimezone(ZoneInfo(visit.person.time_zone)).date()
