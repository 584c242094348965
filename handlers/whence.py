"""From which workspace a payload comes: a workspace's own id, or its organization's.

Where an Enterprise Grid organization installed the app for all its workspaces, the organization is the
workspace: its people have one id everywhere and may be paired across. Source: docs.slack.dev,
enterprise/organization-ready-apps, and the payloads of bolt-python's tests.
"""

from collections.abc import Mapping
from typing import Any, TypeAlias

Payload: TypeAlias = Mapping[str, Any]
"""What Slack sends, read from its JSON or form."""


def slack_ids(body: Payload) -> list[str]:
    """The ids under which the app may be installed where a payload comes from, likeliest first."""
    granted = (body.get("authorizations") or [{}])[0]
    organization = _id(granted.get("enterprise_id") or body.get("enterprise") or body.get("enterprise_id"))
    view = body.get("view") or {}
    user = body.get("user")
    team = _id(
        view.get("app_installed_team_id")
        or body.get("team")
        or body.get("team_id")
        or (user.get("team_id") if isinstance(user, dict) else None)
    )
    whole = granted.get("is_enterprise_install", body.get("is_enterprise_install")) in {True, "true"}
    order = [organization, team] if whole else [team, organization]
    return [each for each in order if each]


def _id(value: object) -> str:
    if isinstance(value, dict):
        return str(value.get("id") or "")
    return value if isinstance(value, str) else ""
