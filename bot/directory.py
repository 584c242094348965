"""The workspace's people: read once a day from Slack, and at once for somebody new.

Names and time zones are not in the payloads of commands and buttons, and a listener has no time to ask; so
the list is read beforehand, and `team_join` and `user_change` keep it true in between.
"""

from datetime import datetime, timedelta

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from handlers.events import close_departed, slack_profile
from storage.database import Database
from storage.people import (
    Workspace,
    directory_age,
    ensure_workspace,
    mark_directory_read,
    save_profiles,
    unseen_people,
)

log = structlog.get_logger()

EVERY = timedelta(hours=24)
"""How old the list may be: events keep it true, this is the belt to their braces."""
PAGE = 200
"""People a page: Slack asks for no more than 200 at a time (docs.slack.dev, users.list)."""
STRANGERS_A_ROUND = 20
"""Newcomers looked up one by one in a round: users.info allows 100 a minute."""


def introduce(database: Database, client: WebClient, now: datetime) -> Workspace:
    """Get to know the workspace that a token belongs to."""
    me = client.auth_test()
    found = Workspace(
        id=0,
        team_id=str(me["team_id"]),
        name=str(me["team"]),
        bot_user_id=str(me["user_id"]),
        installer_slack_id=None,
    )
    with database.write() as session:
        return ensure_workspace(session, found, now)


def refresh(database: Database, workspace: Workspace, client: WebClient, now: datetime) -> None:
    """Read the list of people where it is old, and look up newcomers."""
    database = database.of(workspace.id)
    with database.glance() as session:
        read_at = directory_age(session, workspace.id)
    if read_at is None or now - read_at >= EVERY:
        _read_everybody(database, workspace, client, now)
    with database.glance() as session:
        strangers = unseen_people(session, workspace.id, STRANGERS_A_ROUND)
    for slack_id in strangers:
        try:
            user = client.users_info(user=slack_id, include_locale=True)["user"]
        except SlackApiError as error:
            # One person Slack will not tell us about must not keep us from the others.
            log.warning("person not found", error=error.response.get("error"))
            continue
        with database.write() as session:
            save_profiles(session, workspace.id, [slack_profile(user)], now)


def _read_everybody(database: Database, workspace: Workspace, client: WebClient, now: datetime) -> None:
    for team_id in _teams(client) if workspace.is_organization else [None]:
        for page in client.users_list(limit=PAGE, include_locale=True, team_id=team_id):
            profiles = [slack_profile(user) for user in page["members"]]
            with database.write() as session:
                save_profiles(session, workspace.id, profiles, now)
    with database.write() as session:
        mark_directory_read(session, workspace.id, now)
        close_departed(session, workspace, now)


def _teams(client: WebClient) -> list[str]:
    """The workspaces of an organization that the app is in."""
    return [team["id"] for page in client.auth_teams_list(limit=PAGE) for team in page["teams"]]
