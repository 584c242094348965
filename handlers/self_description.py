"""Describing oneself, or not: a step of its own, kept apart, seen by nobody, deleted at will."""

from handlers.visit import Visit
from mentoring.enrollment import SELF_QUESTIONS, EnrollmentState
from mentoring.errors import Refusal
from messages.answers import Answer, Show, Tell
from messages.forms.self_description import self_form
from messages.replies import say
from messages.words import Words
from storage.programs import enrollments_of, program
from storage.self_descriptions import describe_self, forget_self_description, self_description

OUT = {EnrollmentState.LEFT, EnrollmentState.DECLINED, EnrollmentState.INVITED}


def command(visit: Visit) -> Answer:
    """`/mentoring about me`: for the newest program one takes part in."""
    with visit.database.read() as session:
        mine = enrollments_of(session, visit.workspace.id, visit.person.id)
        mine = [each for each in mine if each.state not in OUT]
        if not mine:
            raise Refusal("Join a program first: `/mentoring join`.")
        found = program(session, visit.workspace.id, mine[0].program_id)
        known = self_description(session, found.id, visit.person.id)
    return Show(self_form(found, visit.reader, known))


def open_form(visit: Visit) -> Answer:
    """The button of the same meaning."""
    with visit.database.read() as session:
        found = program(session, visit.workspace.id, visit.act.number("program"))
        known = self_description(session, found.id, visit.person.id)
    return Show(self_form(found, visit.reader, known))


def submit(visit: Visit) -> Answer:
    """The form came back: keep what was said, and nothing where nothing was."""
    said = {name: visit.typed(name) for name in SELF_QUESTIONS}
    answers = {name: each for name, each in said.items() if each in SELF_QUESTIONS[name]}
    with visit.database.write() as session:
        program_id = visit.act.number("program")
        describe_self(session, visit.workspace.id, program_id, visit.person.id, answers, visit.now)
    return Tell(say(Words("forms/self_description", visit.reader).mrkdwn("saved")))


def delete(visit: Visit) -> Answer:
    """Gone, at once and for good."""
    with visit.database.write() as session:
        forget_self_description(session, visit.act.number("program"), visit.person.id)
    return Tell(say(Words("forms/self_description", visit.reader).mrkdwn("deleted")))
