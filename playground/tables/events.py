"""The events a bot of ours may subscribe to, each with the scopes of which any one is enough.

Source: docs.slack.dev/reference/events, read 2026-08. An empty tuple: no scope is asked for.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_CHANNELS: Final = ("channels:read",)
_GROUPS: Final = ("groups:read",)
_USERS: Final = ("users:read",)
_USERGROUPS: Final = ("usergroups:read",)

EVENTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "app_home_opened": (),
        "app_mention": ("app_mentions:read",),
        "app_rate_limited": (),
        "app_uninstalled": (),
        "channel_created": _CHANNELS,
        "channel_deleted": _CHANNELS,
        "channel_id_changed": (),
        "channel_left": _CHANNELS,
        "channel_rename": _CHANNELS,
        "dnd_updated_user": ("dnd:read",),
        "grid_migration_finished": (),
        "grid_migration_started": (),
        "group_deleted": _GROUPS,
        "group_left": _GROUPS,
        "group_rename": _GROUPS,
        "member_joined_channel": ("channels:read", "groups:read", "mpim:read"),
        "member_left_channel": ("channels:read", "groups:read"),
        "message.app_home": (),
        "message.channels": ("channels:history",),
        "message.groups": ("groups:history",),
        "message.im": ("im:history",),
        "message.mpim": ("mpim:history",),
        "subteam_created": _USERGROUPS,
        "subteam_members_changed": _USERGROUPS,
        "subteam_updated": _USERGROUPS,
        "team_access_granted": (),
        "team_access_revoked": (),
        "team_join": _USERS,
        "tokens_revoked": (),
        "user_change": _USERS,
        "user_profile_changed": _USERS,
        "user_status_changed": _USERS,
    }
)
