"""What Slack sends: users, messages, views, commands, clicks, forms and events, with the keys of real ones.

Sources: the payload pages of docs.slack.dev/interactivity and /apis/events-api, read 2026-08.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from playground.screens import HOME_TITLE

if TYPE_CHECKING:
    from playground.records import Channel, Json, Member, Message, View
    from playground.world import World

IMAGE_SIZES: Final = (24, 32, 48, 72, 192, 512)


def user_body(world: World, member: Member, *, with_locale: bool = False) -> Json:
    """A person as users.info and the user events tell of them; the email only with its scope."""
    moment = world.clock.now().astimezone(ZoneInfo(member.tz))
    offset = moment.utcoffset()
    first, _, last = member.name.partition(" ")
    profile: Json = {
        "title": "",
        "phone": "",
        "skype": "",
        "real_name": member.name,
        "real_name_normalized": member.name,
        "display_name": member.handle,
        "display_name_normalized": member.handle,
        "status_text": "",
        "status_emoji": "",
        "status_expiration": 0,
        "avatar_hash": "",
        "first_name": first,
        "last_name": last,
        "team": world.me.team_id,
        **{f"image_{size}": f"{world.base_url}/avatars/{member.id}/{size}" for size in IMAGE_SIZES},
    }
    if world.manifest.may(("users:read.email",)) and member.email:
        profile["email"] = member.email
    body: Json = {
        "id": member.id,
        "team_id": world.me.team_id,
        "name": member.handle,
        "deleted": member.deleted,
        "profile": profile,
        "is_bot": member.is_bot,
        "is_app_user": False,
        "updated": member.updated,
    }
    if member.is_bot:
        profile["bot_id"] = world.me.bot_id
        profile["api_app_id"] = world.me.app_id
    if member.deleted:
        # Slack says little of a deactivated account: no zone, no roles.
        return body
    body |= {
        "color": "9f69e7",
        "real_name": member.name,
        "tz": member.tz,
        "tz_label": moment.tzname() or member.tz,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "is_admin": member.is_admin or member.is_owner,
        "is_owner": member.is_owner,
        "is_primary_owner": False,
        "is_restricted": member.is_restricted,
        "is_ultra_restricted": False,
        "is_email_confirmed": True,
        "who_can_share_contact_card": "EVERYONE",
    }
    if member.is_stranger:
        body["is_stranger"] = True
    if with_locale:
        body["locale"] = member.locale
    return body


def message_body(world: World, message: Message, *, with_metadata: bool = True) -> Json:
    """A message as Slack shows it to apps."""
    body: Json = {
        "type": "message",
        "user": message.user,
        "text": message.text,
        "ts": message.ts,
        "team": world.me.team_id,
        "blocks": message.blocks,
    }
    if message.user == world.me.bot_user_id:
        body |= {"bot_id": world.me.bot_id, "app_id": world.me.app_id}
    if message.thread_ts:
        body["thread_ts"] = message.thread_ts
    if message.files:
        body["files"] = list(message.files)
    if message.client_msg_id:
        body["client_msg_id"] = message.client_msg_id
    if message.metadata and with_metadata:
        body["metadata"] = message.metadata
    if message.edited:
        body["edited"] = {"user": message.user, "ts": message.ts}
    return body


def view_body(world: World, view: View) -> Json:
    """A view as Slack shows it to apps."""
    source = view.source
    body: Json = {
        "id": view.id,
        "team_id": world.me.team_id,
        "type": view.type,
        "blocks": view.blocks,
        "private_metadata": view.private_metadata,
        "callback_id": view.callback_id,
        "state": {"values": view.state},
        "hash": view.hash,
        "title": source.get("title") or HOME_TITLE,
        "clear_on_close": bool(source.get("clear_on_close", False)),
        "notify_on_close": bool(source.get("notify_on_close", False)),
        "close": source.get("close"),
        "submit": source.get("submit"),
        "previous_view_id": view.previous_id,
        "root_view_id": view.root_id,
        "app_id": world.me.app_id,
        "external_id": view.external_id,
        "app_installed_team_id": world.me.team_id,
        "bot_id": world.me.bot_id,
    }
    if "submit_disabled" in source:
        body["submit_disabled"] = bool(source["submit_disabled"])
    return body


def command_body(world: World, member: Member, channel: Channel, command: str, text: str) -> Json:
    """A slash command, with a fresh trigger and response address."""
    return {
        "token": world.me.verification_token,
        "team_id": world.me.team_id,
        "team_domain": world.me.domain,
        "channel_id": channel.id,
        "channel_name": _shown_name(channel),
        "user_id": member.id,
        "user_name": member.handle,
        "command": command,
        "text": text,
        "api_app_id": world.me.app_id,
        "is_enterprise_install": "true" if world.is_installed_by_organization else "false",
        **_organization_of_command(world),
        "response_url": world.new_hook(member.id, channel.id),
        "trigger_id": world.new_trigger(member.id),
    }


def message_action_body(world: World, member: Member, message: Message, action: Json, state: Json) -> Json:
    """A click on a message, with a fresh trigger and response address."""
    is_ephemeral = message.ephemeral_for is not None
    channel = world.channels[message.channel]
    body = _interaction(world, "block_actions", member) | {
        "container": {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": message.channel,
            "is_ephemeral": is_ephemeral,
        },
        "trigger_id": world.new_trigger(member.id),
        "channel": {"id": channel.id, "name": _shown_name(channel)},
        "state": {"values": state},
        "response_url": world.new_hook(member.id, channel.id, message.ts),
        "actions": [action],
    }
    if not is_ephemeral:
        # Slack does not hand an ephemeral message back: it keeps none.
        body["message"] = message_body(world, message)
    return body


def view_action_body(world: World, member: Member, view: View, action: Json) -> Json:
    """A click in a modal or a Home tab, with a fresh trigger."""
    return _interaction(world, "block_actions", member) | {
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": world.new_trigger(member.id, view.id if view.type == "modal" else None),
        "view": view_body(world, view),
        "actions": [action],
    }


def submission_body(world: World, member: Member, view: View) -> Json:
    """A form sent off."""
    return _interaction(world, "view_submission", member) | {
        "trigger_id": world.new_trigger(member.id, view.id),
        "view": view_body(world, view),
        "response_urls": [],
    }


def closed_body(world: World, member: Member, view: View, *, is_cleared: bool) -> Json:
    """A modal closed without sending it off."""
    return _interaction(world, "view_closed", member) | {
        "view": view_body(world, view),
        "is_cleared": is_cleared,
    }


def suggestion_body(world: World, member: Member, element: Json, block_id: str, typed: str) -> Json:
    """A question for the options of a typeahead select."""
    return _interaction(world, "block_suggestion", member) | {
        "action_id": element["action_id"],
        "block_id": block_id,
        "value": typed,
    }


def event_body(world: World, event: Json) -> Json:
    """The wrapping of an event; its id is never used twice."""
    org_id = world.organization.id if world.organization else None
    return {
        "token": world.me.verification_token,
        "team_id": world.me.team_id,
        **({"enterprise_id": org_id} if org_id else {}),
        "context_team_id": world.me.team_id,
        "context_enterprise_id": org_id,
        "api_app_id": world.me.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": world.fresh_id("Ev"),
        "event_time": world.seconds(),
        "authorizations": [
            {
                "enterprise_id": org_id,
                "team_id": None if world.is_installed_by_organization else world.me.team_id,
                "user_id": world.me.bot_user_id,
                "is_bot": True,
                "is_enterprise_install": world.is_installed_by_organization,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": f"4-{world.fresh_id('')}",
    }


def action_body(world: World, element: Json, block_id: str, chosen: Json) -> Json:
    """The entry of `actions` for one element: what it is, and what was chosen."""
    body: Json = {"type": element["type"], "action_id": element["action_id"], "block_id": block_id}
    for key in ("text", "value", "style", "url", "placeholder", "confirm"):
        if key in element and (key != "value" or element["type"] == "button"):
            body[key] = element[key]
    seconds, micros = divmod(round(world.clock.now().timestamp() * 1_000_000), 1_000_000)
    return body | chosen | {"action_ts": f"{seconds}.{micros:06d}"}


def _interaction(world: World, kind: str, member: Member) -> Json:
    org = world.organization
    body: dict[str, Any] = {
        "type": kind,
        "user": {
            "id": member.id,
            "username": member.handle,
            "name": member.handle,
            "team_id": world.me.team_id,
        },
        "api_app_id": world.me.app_id,
        "token": world.me.verification_token,
        "team": {"id": world.me.team_id, "domain": world.me.domain},
        "enterprise": {"id": org.id, "name": org.name} if org else None,
        "is_enterprise_install": world.is_installed_by_organization,
    }
    return body


def _organization_of_command(world: World) -> Json:
    org = world.organization
    return {"enterprise_id": org.id, "enterprise_name": org.name} if org else {}


def _shown_name(channel: Channel) -> str:
    return "privategroup" if channel.kind == "private" else channel.name
