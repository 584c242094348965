"""Inviting people to a program: by name, by user group, in channels, from a pasted list."""

import re

from sqlalchemy.orm import Session

from handlers.asking import announce, ask_everybody, ask_people
from handlers.rights import check_right
from handlers.visit import Visit
from handlers.whom import program_at_hand
from mentoring.at_hand import LIVE
from mentoring.errors import NoLongerOpen, Refusal
from mentoring.invitations import MENTION, find_people, read_people
from mentoring.kinds import Role
from mentoring.programs import Program, check_goes_on
from mentoring.recruiting import is_late, may_join, takes_people_in
from mentoring.rights import may_run
from messages.actions import Act
from messages.answers import Answer, Show, Tell
from messages.forms.invite import invite_form
from messages.replies import say
from messages.words import Words
from storage.invitations import Asked, want_group
from storage.outbox import audit
from storage.people import everybody, people_by_slack_id, staff_roles
from storage.programs import program, programs

GROUP = re.compile(r"<!subteam\^(S[A-Z0-9]+)(?:\|[^>]*)?>")
CHANNEL = re.compile(r"<#(C[A-Z0-9]+)(?:\|[^>]*)?>")
"""How Slack writes user groups and channels in a command's text."""
MOST_AT_ONCE = 100
"""People named in one command: more are a list, for which there is the form."""


def command(visit: Visit) -> Answer:
    """`/mentoring invite [@name | @group | #channel | here] [as mentors]`; alone, a form that takes lists."""
    with visit.database.read() as session:
        found, visit = program_at_hand(session, visit, "invite.send", LIVE, takes_people_in)
        check_goes_on(found, visit.now)
        roles = staff_roles(session, visit.workspace.id, visit.person.id)
        others = [
            each
            for each in programs(session, visit.workspace.id)
            if each.id != found.id and may_run(roles, each.id) and may_join(each, visit.now)
        ]
    groups = [*dict.fromkeys(GROUP.findall(visit.text))]
    channels = [*dict.fromkeys(CHANNEL.findall(visit.text))]
    named = [*dict.fromkeys(MENTION.findall(visit.text))]
    if "here" in visit.text.lower().split():
        channels.append(_this_channel(visit))
    if not (groups or channels or named):
        if visit.text.strip():
            raise Refusal(
                "Say whom: `/mentoring invite @name @name`, a user group, a #channel, or `here`. "
                "`/mentoring invite` alone opens a form that takes a list."
            )
        return Show(invite_form([found, *others], visit.reader))
    if len(named) > MOST_AT_ONCE:
        raise Refusal(f"That is {len(named)} people; up to {MOST_AT_ONCE} at once. The form takes a list.")
    if channels:
        _check_announced_now(found)
    role = _role(visit.text)
    wanted = frozenset({role}) if role else frozenset[Role]()
    with visit.database.write() as session:
        known = people_by_slack_id(session, visit.workspace.id, named)
        asked = ask_people(session, found, [(each, wanted) for each in known.values()], visit.now)
        for group in groups:
            want_group(session, visit.workspace.id, found.id, group, role, visit.person.id, visit.now)
        announced = sum(announce(session, found, each, visit.now) for each in channels)
        strangers = len(named) - len(known)
        _note(session, visit, found, asked)
    return _told(visit, found, asked, strangers, announced, len(channels), len(groups))


def submit(visit: Visit) -> Answer:
    """The form came back: everybody it names is asked, or nobody is."""
    with visit.database.write() as session:
        found = program(session, visit.workspace.id, _chosen(visit))
        check_right(session, visit.person, Act("invite.send", {"program": found.id}))
        check_goes_on(found, visit.now)
        if not may_join(found, visit.now):
            raise NoLongerOpen("This program isn't open for enrollment any more.")
        channels, picked, listed = visit.channels("channels"), visit.people("people"), visit.typed("pasted")
        if not (channels or picked or listed):
            raise Refusal("Choose a channel, name people, or paste a list.", "people")
        if channels:
            _check_announced_now(found)
        roles = _as_what(visit.typed("role"))
        known = people_by_slack_id(session, visit.workspace.id, picked)
        whom = {each.id: (each, roles) for each in known.values()}
        if listed:
            for person, own in find_people(read_people(listed), everybody(session, visit.workspace.id)):
                whom[person.id] = (person, own or roles)
        asked = ask_people(session, found, [*whom.values()], visit.now)
        announced = sum(announce(session, found, each, visit.now) for each in channels)
        _note(session, visit, found, asked)
    return _told(visit, found, asked, len(picked) - len(known), announced, len(channels), 0)


def ask_the_rest(visit: Visit) -> Answer:
    """“Ask them”: everybody whom a roster has put on the list, and whom nobody has asked."""
    with visit.database.write() as session:
        found = program(session, visit.workspace.id, visit.act.number("program"))
        if not may_join(found, visit.now):
            raise NoLongerOpen("This program isn't open for enrollment any more.")
        asked = ask_everybody(session, found, visit.now)
        if not asked:
            raise NoLongerOpen("This is no longer open: everybody on the list was asked already.")
        _note(session, visit, found, Asked(asked, 0, 0))
    words = Words("forms/invite", visit.reader)
    return Tell(say(words.mrkdwn("invited", program=found, asked=asked, before=0, unfit=0)))


def _check_announced_now(found: Program) -> None:
    """The announcement says that enrollment is open and when the program starts: late it would mislead."""
    if is_late(found):
        raise Refusal(
            "Channels hear of a program while its enrollment is open. Now name people, a user group, or "
            "paste a list.",
            "channels",
        )


def _this_channel(visit: Visit) -> str:
    if not visit.channel or not visit.channel.startswith("C"):
        raise Refusal("Type it in the channel where people should read it, or name one: #associates.")
    return visit.channel


def _chosen(visit: Visit) -> int:
    """The program picked in the form; a form with one program has nothing to pick."""
    typed = visit.typed("program")
    return int(typed) if typed.isdecimal() else visit.act.number("program")


def _as_what(chosen: str) -> frozenset[Role]:
    return frozenset({Role(chosen)}) if chosen in set(Role) else frozenset()


def _role(text: str) -> Role | None:
    words = text.lower().split()
    return next((role for role in Role if role in words or f"{role}s" in words), None)


def _note(session: Session, visit: Visit, found: Program, asked: Asked) -> None:
    subject: dict[str, int | str] = {"asked": asked.invited}
    audit(session, visit.workspace.id, visit.person.id, "invite", subject, visit.now, program_id=found.id)


def _told(
    visit: Visit, found: Program, asked: Asked, strangers: int, announced: int, channels: int, groups: int
) -> Answer:
    """Say what happens now."""
    words = Words("forms/invite", visit.reader)
    lines = []
    if asked.invited or asked.before or asked.unfit or strangers:
        lines.append(
            words.mrkdwn(
                "invited",
                program=found,
                asked=asked.invited,
                before=asked.before,
                unfit=asked.unfit + strangers,
            )
        )
    if channels:
        lines.append(words.mrkdwn("announced", program=found, announced=announced, channels=channels))
    if groups:
        lines.append(words.mrkdwn("groups", count=groups))
    return Tell(say("\n".join(lines)))
