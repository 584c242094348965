"""Nominating a mentor: who is named is asked once, and decides."""

from handlers.asking import ask_people
from handlers.visit import Visit
from mentoring.errors import NoLongerOpen, Refusal
from mentoring.kinds import Role
from mentoring.recruiting import may_join
from messages.answers import Answer, Show, Tell
from messages.forms.recruit import nominate_form
from messages.replies import say
from messages.words import Words, mention
from storage.outbox import audit
from storage.people import people_by_slack_id
from storage.programs import program

CLOSED = "This program isn't open for enrollment any more."


def open_nomination(visit: Visit) -> Answer:
    """Nominate a mentor: who?"""
    with visit.database.read() as session:
        found = program(session, visit.workspace.id, visit.act.number("program"))
    if not may_join(found, visit.now):
        raise NoLongerOpen(CLOSED)
    return Show(nominate_form(found, visit.reader))


def nominate(visit: Visit) -> Answer:
    """Ask the colleague who was named; who has answered already is left alone, and nobody is told which."""
    with visit.database.write() as session:
        found = program(session, visit.workspace.id, visit.act.number("program"))
        if not may_join(found, visit.now):
            raise NoLongerOpen(CLOSED)
        slack_id = visit.typed("whom")
        known = people_by_slack_id(session, visit.workspace.id, [slack_id]).get(slack_id)
        if known is None or not (known.active and known.member):
            raise Refusal("I can't find that person among this workspace's members.", "whom")
        if known.id == visit.person.id:
            raise Refusal("That's you. Join as a mentor with `/mentoring join`.", "whom")
        ask_people(session, found, [(known, frozenset({Role.MENTOR}))], visit.now, visit.person.id)
        subject: dict[str, int | str] = {"person": known.id}
        audit(
            session, visit.workspace.id, visit.person.id, "nominate", subject, visit.now, program_id=found.id
        )
    words = Words("forms/recruit", visit.reader)
    return Tell(say(words.mrkdwn("nominated", mention=mention(known.slack_id))))
