"""What people type about themselves: their profile, an open check-in, their tasks, their portfolio."""

from dataclasses import replace

from sqlalchemy.orm import Session

from handlers import applications, join, portfolio, surveys, tasks
from handlers.pair_commands import with_whom
from handlers.visit import Visit
from handlers.whom import people_meant, program_at_hand
from mentoring.enrollment import Enrollment, EnrollmentState
from mentoring.errors import Refusal
from messages.actions import Act
from messages.answers import Answer, Tell
from messages.replies import say
from messages.words import Words
from storage.programs import enrollments_of
from storage.surveys import open_requests

OUT = frozenset({EnrollmentState.LEFT, EnrollmentState.DECLINED, EnrollmentState.INVITED})


def profile_command(visit: Visit) -> Answer:
    """`/mentoring profile`: one's own answers, to change; with a name, somebody's application."""
    if visit.text.strip():
        with visit.database.read() as session:
            found, visit = program_at_hand(session, visit, "apply.queue")
            named = people_meant(session, visit.workspace.id, visit.text)
            if len(named) != 1:
                raise Refusal("Say who, one at a time: `/mentoring profile @name`.")
            return applications.show_application(session, visit, found, named[0].id)
    with visit.database.read() as session:
        mine = _mine(session, visit)
    if not mine:
        return join.command(visit)
    return join.open_form(replace(visit, act=Act("join.open", {"program": mine[0].program_id})))


def checkin_command(visit: Visit) -> Answer:
    """`/mentoring checkin`: the question that has waited longest."""
    with visit.database.read() as session:
        waiting = open_requests(session, visit.workspace.id, visit.person.id, visit.now)
    if not waiting:
        return Tell(say(Words("replies/commands", visit.reader).mrkdwn("nothing_asked")))
    return surveys.open_survey(replace(visit, act=Act("survey.open", {"request": waiting[0].id})))


def tasks_command(visit: Visit) -> Answer:
    """`/mentoring tasks`: with several pairs, first of which."""
    return with_whom(visit, Act("task.list"), tasks.show_list)


def portfolio_command(visit: Visit) -> Answer:
    """`/mentoring portfolio`: of the newest program one takes part in."""
    with visit.database.read() as session:
        mine = _mine(session, visit)
    if not mine:
        raise Refusal("Join a program first: `/mentoring join`.")
    return portfolio.preview(replace(visit, act=Act("portfolio.open", {"program": mine[0].program_id})))


def _mine(session: Session, visit: Visit) -> list[Enrollment]:
    mine = enrollments_of(session, visit.workspace.id, visit.person.id)
    return [each for each in mine if each.state not in OUT]
