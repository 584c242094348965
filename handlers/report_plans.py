"""Sending a report to others, at once or regularly, and stopping what goes out regularly."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from handlers.reports import write_report_letter
from handlers.visit import Visit
from mentoring.deeds import Deed
from mentoring.errors import NoLongerOpen, NotAllowed, Refusal
from mentoring.notices import ToChannel, ToPerson
from mentoring.people import Person
from mentoring.reports.schedule import Every, next_at
from mentoring.rights import REFUSALS, Need, may_run
from messages.actions import OUTDATED
from messages.answers import Answer, Show, Tell
from messages.forms.report import NOW, send_form
from messages.replies import say
from messages.reports.kinds import REPORTS, SHAPES
from messages.words import Words, channel_link, mention
from storage.outbox import audit
from storage.people import people, people_by_slack_id, staff_roles
from storage.programs import program
from storage.report_plans import ReportPlan, plan_reports, plans_of_program, report_plan, stop_plan


def open_form(visit: Visit) -> Answer:
    """“Send to others, or regularly…”."""
    with visit.database.read() as session:
        about = program(session, visit.workspace.id, visit.act.number("program"))
        plans = plans_of_program(session, about.id)
        known = people(session, visit.workspace.id, {each.person_id for each in plans})
    planned = [(each.id, each.report, each.every, mention(known[each.person_id].slack_id)) for each in plans]
    return Show(send_form(about, visit.act.code("report"), visit.person.slack_id, planned, visit.reader))


def submit(visit: Visit) -> Answer:
    """The form came back: letters now, or a plan for each reader."""
    code, shape, when = visit.typed("report"), visit.typed("shape"), visit.typed("when")
    if code not in REPORTS or shape not in SHAPES or when not in {NOW, *Every}:
        raise NoLongerOpen(OUTDATED)
    with visit.database.write() as session:
        about = program(session, visit.workspace.id, visit.act.number("program"))
        channels = visit.channels("channels")
        readers = _readers(session, visit, needed=not channels)
        names = [mention(each.slack_id) for each in readers]
        words = Words("forms/report", visit.reader)
        _check_channels(channels, shape, when)
        if when == NOW:
            for each in readers:
                write_report_letter(session, visit, about, ToPerson(each.id), code, shape)
            for channel in channels:
                write_report_letter(session, visit, about, ToChannel(channel), code, shape)
            return Tell(say(words.mrkdwn("sent", people=[*names, *map(channel_link, channels)])))
        every = Every(when)
        first = next_at(every, visit.now, about.time_zone)
        me, where = visit.person.id, about.workspace_id
        plans = [ReportPlan(0, where, about.id, each.id, code, shape, every, me, first) for each in readers]
        plan_reports(session, plans, visit.now)
        for each in readers:
            subject: dict[str, int | str] = {"report": code, "every": when, "person": each.id}
            _audit(session, visit, "report.plan", subject, about.id)
    return Tell(say(words.mrkdwn("planned_now", people=names, first=first)))


def stop(visit: Visit) -> Answer:
    """“Stop it”: by whoever gets it, or who runs the program."""
    with visit.database.write() as session:
        found = report_plan(session, visit.workspace.id, visit.act.number("plan"))
        roles = staff_roles(session, visit.workspace.id, visit.person.id)
        if visit.person.id != found.person_id and not may_run(roles, found.program_id):
            raise NotAllowed(REFUSALS[Need.COORDINATOR])
        stop_plan(session, found.id)
        subject: dict[str, int | str] = {"report": found.report, "person": found.person_id}
        _audit(session, visit, "report.stop", subject, found.program_id)
    return Tell(say(Words("forms/report", visit.reader).mrkdwn("stopped")))


def _check_channels(channels: Sequence[str], shape: str, when: str) -> None:
    """A channel gets a message, once: a file needs the app in it, and a rhythm would be noise to many."""
    if channels and shape != "chat":
        raise Refusal(
            "In a channel a report is a message. Pick “A message”, or leave the channel out.", "shape"
        )
    if channels and when != NOW:
        raise Refusal("A channel gets a report once. Pick “Now”, or leave the channel out.", "when")


def _readers(session: Session, visit: Visit, *, needed: bool) -> list[Person]:
    chosen = visit.people("people")
    if not chosen and not needed:
        return []
    known = people_by_slack_id(session, visit.workspace.id, chosen)
    readers = [each for each in known.values() if each.active and each.member]
    if not readers or len(readers) < len(chosen):
        raise Refusal("Pick members of this workspace; guests and apps can't get reports.", "people")
    return sorted(readers, key=lambda each: each.id)


def _audit(
    session: Session, visit: Visit, action: Deed, subject: dict[str, int | str], program_id: int
) -> None:
    audit(session, visit.workspace.id, visit.person.id, action, subject, visit.now, program_id=program_id)
