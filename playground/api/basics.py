"""Methods about the app itself and its workspace."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

from playground.paging import page
from playground.strict import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from playground.records import Json
    from playground.strict import Call


LIST_UNASKED: Final = 100
"""Workspaces on a page when no limit was named."""


def api_test(call: Call) -> Json:
    """Answers with the arguments, or with the error asked for."""
    if call.text("error"):
        raise Refusal(call.text("error"), args=call.arguments)
    return {"args": call.arguments}


def auth_test(call: Call) -> Json:
    """Who the token belongs to."""
    me, org = call.world.me, call.world.organization
    if org and call.world.is_installed_by_organization:
        return {
            "url": f"https://{me.domain}.enterprise.slack.com/",
            "team": org.name,
            "user": call.world.members[me.bot_user_id].handle,
            "team_id": org.id,
            "user_id": me.bot_user_id,
            "bot_id": me.bot_id,
            "enterprise_id": org.id,
            "is_enterprise_install": True,
        }
    return {
        "url": f"https://{me.domain}.slack.com/",
        "team": me.team_name,
        "user": call.world.members[me.bot_user_id].handle,
        "team_id": me.team_id,
        "user_id": me.bot_user_id,
        "bot_id": me.bot_id,
        "is_enterprise_install": False,
    }


def auth_revoke(call: Call) -> Json:
    """Takes the app's token away; nothing but a new installation brings it back."""
    if call.flag("test"):
        return {"revoked": False}
    call.world.is_installed = False
    return {"revoked": True}


def auth_teams_list(call: Call) -> Json:
    """The workspaces in which the app is installed with this token."""
    me, org = call.world.me, call.world.organization
    teams = org.teams if org and call.world.is_installed_by_organization else {me.team_id: me.team_name}
    some, more = page(call, list(teams.items()), default=LIST_UNASKED)
    return {"teams": [{"id": team_id, "name": name} for team_id, name in some], **more}


def apps_connections_open(call: Call) -> Json:
    """The address of one Socket Mode connection, good for one use."""
    ticket = secrets.token_urlsafe(24)
    call.world.tickets.add(ticket)
    host = call.world.base_url.removeprefix("http://")
    return {"url": f"ws://{host}/link/?ticket={ticket}&app_id={call.world.me.app_id}"}


def team_info(call: Call) -> Json:
    """The workspace."""
    me = call.world.me
    if call.text("team") not in {"", me.team_id}:
        raise Refusal("team_not_found")
    return {
        "team": {
            "id": me.team_id,
            "name": me.team_name,
            "url": f"https://{me.domain}.slack.com/",
            "domain": me.domain,
            "email_domain": "",
            "icon": {"image_default": True},
            "is_verified": False,
        }
    }


ANSWERS: Final[Mapping[str, Callable[[Call], Json]]] = {
    "api.test": api_test,
    "apps.connections.open": apps_connections_open,
    "auth.revoke": auth_revoke,
    "auth.teams.list": auth_teams_list,
    "auth.test": auth_test,
    "team.info": team_info,
}
