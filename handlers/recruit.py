"""Asking people in: nominating a mentor, and inviting by name."""

import re
from datetime import datetime

from sqlalchemy.orm import Session

from handlers.rights import check_right
from handlers.visit import Visit
from mentoring.enrollment import EnrollmentState, Profile
from mentoring.errors import NoLongerOpen, Refusal
from mentoring.kinds import Role
from mentoring.notices import Notice, ToPerson
from mentoring.people import Person
from mentoring.programs import Program
from mentoring.recruiting import may_join, roles_of_kind
from messages.actions import Act
from messages.answers import Answer, Show, Tell
from messages.forms.recruit import nominate_form
from messages.replies import say
from messages.words import Words, mention
from storage.outbox import audit, write_letter
from storage.people import people_by_slack_id
from storage.programs import open_programs, participants, program, put_on_the_list
from storage.recruiting import note_asked

MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
GROUP = re.compile(r"<!subteam\^")
"""How Slack writes people and user groups in a command's text."""
MOST_AT_ONCE = 100
"""People invited with one command: more is a roster, which is imported."""
CLOSED = "This program isn't open for enrollment any more."


def open_nomination(visit: Visit) -> Answer:
    """Nominate a mentor: who?"""
    with visit.database.read() as session:
        found = program(session, visit.workspace.id, visit.act.number("program"))
    if not may_join(found):
        raise NoLongerOpen(CLOSED)
    return Show(nominate_form(found, visit.reader))


def nominate(visit: Visit) -> Answer:
    """Ask the colleague who was named; who has answered already is left alone, and nobody is told which."""
    with visit.database.write() as session:
        found = program(session, visit.workspace.id, visit.act.number("program"))
        if not may_join(found):
            raise NoLongerOpen(CLOSED)
        slack_id = visit.typed("whom")
        known = people_by_slack_id(session, visit.workspace.id, [slack_id]).get(slack_id)
        if known is None or not (known.active and known.member):
            raise Refusal("I can't find that person among this workspace's members.", "whom")
        if known.id == visit.person.id:
            raise Refusal("That's you. Join as a mentor with `/mentoring join`.", "whom")
        _ask(session, visit, found, known, Role.MENTOR, nominated_by=visit.person.id)
        subject: dict[str, int | str] = {"person": known.id}
        audit(
            session, visit.workspace.id, visit.person.id, "nominate", subject, visit.now, program_id=found.id
        )
    words = Words("forms/recruit", visit.reader)
    return Tell(say(words.mrkdwn("nominated", mention=mention(known.slack_id))))


def invite_command(visit: Visit) -> Answer:
    """`/mentoring invite @a @b [as mentors]`: put people on the newest open program's list, and ask them."""
    with visit.database.read() as session:
        check_right(session, visit.person, Act("program.new"))
        open_now = open_programs(session, visit.workspace.id)
        if not open_now:
            raise Refusal("No program is open for enrollment. `/mentoring program` shows what to open first.")
        check_right(session, visit.person, Act("invite.send", {"program": open_now[0].id}))
    if GROUP.search(visit.text):
        raise Refusal("I can't read who is in a user group. Name people with an @, or import a list.")
    named = list(dict.fromkeys(MENTION.findall(visit.text)))
    if not named:
        raise Refusal("Say whom, with an @: `/mentoring invite @name @name`.")
    if len(named) > MOST_AT_ONCE:
        raise Refusal(f"That is {len(named)} people; up to {MOST_AT_ONCE} at once, or `mentoring import`.")
    return _invite(visit, open_now[0], named, _role(visit.text))


def _invite(visit: Visit, found: Program, named: list[str], role: Role | None) -> Answer:
    with visit.database.write() as session:
        known = people_by_slack_id(session, visit.workspace.id, named)
        fit = [each for each in known.values() if each.active and each.member]
        asked = sum(_ask(session, visit, found, each, role) for each in fit)
        subject: dict[str, int | str] = {"asked": asked}
        audit(session, visit.workspace.id, visit.person.id, "invite", subject, visit.now, program_id=found.id)
    words = Words("forms/recruit", visit.reader)
    return Tell(
        say(
            words.mrkdwn(
                "invited", program=found, asked=asked, before=len(fit) - asked, unfit=len(named) - len(fit)
            )
        )
    )


def invite_everybody(session: Session, found: Program, now: datetime) -> int:
    """Ask everybody on a program's list who was not asked yet; tells how many."""
    waiting = participants(session, found.id, [EnrollmentState.INVITED])
    fit = [
        each for each in waiting if each.person.active and each.person.member and not each.enrollment.asked
    ]
    for each in fit:
        _invite_one(session, found, each.enrollment.id, each.person.id, now)
    return len(fit)


def _ask(
    session: Session,
    visit: Visit,
    found: Program,
    whom: Person,
    role: Role | None,
    nominated_by: int | None = None,
) -> bool:
    """Put somebody on the list and write to them; False where they are on it, whatever they answered."""
    roles = roles_of_kind(found.kind, frozenset({role} if role else Role))
    profile = Profile(roles, capacity=1 if Role.MENTOR in roles else 0, hours_per_month=found.hours_per_month)
    made = put_on_the_list(session, found, whom.id, profile, nominated_by)
    if made is None:
        return False
    _invite_one(session, found, made.id, whom.id, visit.now, nominated_by)
    return True


def _invite_one(
    session: Session,
    found: Program,
    enrollment_id: int,
    person_id: int,
    now: datetime,
    nominated_by: int | None = None,
) -> None:
    notice = Notice(
        kind="nominated" if nominated_by else "invited",
        to=ToPerson(person_id),
        key=f"invited:enrollment {enrollment_id}",
        not_before=now,
        why="a colleague named them" if nominated_by else "on the coordinator's list",
        ids={"person": nominated_by} if nominated_by else {},
    )
    write_letter(session, found.workspace_id, notice, now, program_id=found.id)
    note_asked(session, found, enrollment_id, now)


def _role(text: str) -> Role | None:
    words = text.lower().split()
    return next((role for role in Role if role in words or f"{role}s" in words), None)
