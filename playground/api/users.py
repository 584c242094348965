"""Methods about people and groups of people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playground.paging import page
from playground.payloads import user_body
from playground.strict import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from playground.records import Json, UserGroup
    from playground.strict import Call

LIST_UNASKED: Final = 1_000
"""People on a page when no limit was named."""


def info(call: Call) -> Json:
    """One person."""
    member = call.member("user")
    return {"user": user_body(call.world, member, with_locale=call.flag("include_locale"))}


def listing(call: Call) -> Json:
    """Everybody, bots and deactivated people too; an organization's token has to name the workspace."""
    if call.world.is_installed_by_organization and call.text("team_id") != call.world.me.team_id:
        raise Refusal("missing_argument")
    some, more = page(call, list(call.world.members.values()), default=LIST_UNASKED)
    with_locale = call.flag("include_locale")
    return {
        "members": [user_body(call.world, member, with_locale=with_locale) for member in some],
        "cache_ts": call.world.seconds(),
        **more,
    }


def lookup_by_email(call: Call) -> Json:
    """The person with this address, unless deactivated."""
    wanted = call.text("email").casefold()
    for member in call.world.members.values():
        if member.email.casefold() == wanted and not member.deleted:
            return {"user": user_body(call.world, member)}
    raise Refusal("users_not_found")


def groups(call: Call) -> Json:
    """The groups people made."""
    with_users = call.flag("include_users")
    return {
        "usergroups": [
            _group_body(call, group, with_users=with_users) for group in call.world.usergroups.values()
        ]
    }


def group_users(call: Call) -> Json:
    """Who is in a group."""
    group = call.world.usergroups.get(call.text("usergroup"))
    if group is None:
        raise Refusal("no_such_subteam")
    return {"users": [user for user in group.members if not call.world.members[user].deleted]}


def dnd_info(call: Call) -> Json:
    """Whether a person takes no notifications now."""
    member = call.member("user") if call.text("user") else call.world.members[call.world.me.bot_user_id]
    snoozed = member.snoozed_until > call.world.seconds()
    return {
        "dnd_enabled": snoozed,
        "next_dnd_start_ts": call.world.seconds() if snoozed else 1,
        "next_dnd_end_ts": member.snoozed_until if snoozed else 1,
        "snooze_enabled": snoozed,
    }


def _group_body(call: Call, group: UserGroup, *, with_users: bool) -> Json:
    body: Json = {
        "id": group.id,
        "team_id": call.world.me.team_id,
        "is_usergroup": True,
        "is_subteam": True,
        "name": group.name,
        "description": "",
        "handle": group.handle,
        "is_external": False,
        "auto_type": None,
        "date_delete": 0,
        "prefs": {"channels": [], "groups": []},
        "user_count": len(group.members),
    }
    return body | ({"users": list(group.members)} if with_users else {})


ANSWERS: Final[Mapping[str, Callable[[Call], Json]]] = {
    "dnd.info": dnd_info,
    "usergroups.list": groups,
    "usergroups.users.list": group_users,
    "users.info": info,
    "users.list": listing,
    "users.lookupByEmail": lookup_by_email,
}
