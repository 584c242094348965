"""Invites the people of user groups: asks Slack who is in one, outside any transaction, then asks them."""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.verdict import TransportError, Verdict, verdict
from handlers.asking import ask_people
from mentoring.kinds import Role
from mentoring.notices import Notice, ToPerson
from mentoring.recruiting import may_join
from storage.database import Database
from storage.invitations import Asked, GroupInvitation, settle_group, try_group_later, wanted_groups
from storage.outbox import write_letter
from storage.people import people_by_slack_id
from storage.programs import program

log = structlog.get_logger()

TRY_AGAIN = timedelta(minutes=2)
"""How long Slack gets to recover; usergroups.users.list allows 20 calls a minute."""
MOST_ATTEMPTS = 5
NOBODY = Asked(0, 0, 0)


def invite_groups(database: Database, client_of: Callable[[int], WebClient], now: datetime) -> int:
    """Invite every group a coordinator named; returns how many were tried. Doing it twice changes nothing."""
    with database.glance() as session:
        wanted = wanted_groups(session, now)
    for each in wanted:
        _invite(database, client_of(each.workspace_id), each, now)
    return len(wanted)


def _invite(database: Database, client: WebClient, this: GroupInvitation, now: datetime) -> None:
    try:
        found = client.usergroups_users_list(usergroup=this.usergroup)
    except (SlackApiError, *TransportError) as error:
        _not_read(database, this, verdict(error), now)
        return
    members = [str(each) for each in found["users"]]
    roles = frozenset({this.role}) if this.role else frozenset[Role]()
    with database.of(this.workspace_id).write() as session:
        about = program(session, this.workspace_id, this.program_id)
        known = people_by_slack_id(session, this.workspace_id, members)
        asked = NOBODY
        if may_join(about, now):
            asked = ask_people(session, about, [(each, roles) for each in known.values()], now)
        strangers = len(members) - len(known)
        settle_group(session, this.id, Asked(asked.invited, asked.before, asked.unfit + strangers))
        write_letter(session, this.workspace_id, _letter(this, now), now, program_id=about.id)


def _not_read(database: Database, this: GroupInvitation, said: Verdict, now: datetime) -> None:
    log.warning("group not read", workspace=this.workspace_id, reason=said.reason)
    with database.of(this.workspace_id).write() as session:
        if said.passes and this.attempts < MOST_ATTEMPTS:
            try_group_later(session, this.id, now + TRY_AGAIN)
            return
        settle_group(session, this.id, NOBODY, said.reason)
        letter = _letter(this, now, said.reason)
        write_letter(session, this.workspace_id, letter, now, program_id=this.program_id)


def _letter(this: GroupInvitation, now: datetime, refused: str = "") -> Notice:
    return Notice(
        kind="group_invited",
        to=ToPerson(this.asked_by),
        key=f"group_invited:{this.id}",
        not_before=now,
        why="they invited a user group",
        ids={"invitation": this.id} | ({"refused": refused} if refused else {}),
    )
