"""The tokens of many workspaces: looked up for every payload and letter, renewed before they expire."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store import Bot, Installation
from sqlalchemy import select

from bot.process import sending_client
from bot.verdict import TransportError, verdict
from bot.work import quiet
from storage.asking import UNREACHABLE
from storage.database import Database
from storage.installations import (
    claim_renewal,
    expiring,
    reading_and_writing,
    slack_id_of,
)
from storage.people import Workspace, ensure_workspace
from storage.sealing import SealedError
from storage.tables import WorkspaceRow

log = structlog.get_logger()

EARLY = timedelta(hours=2)
"""How long before its end a token is renewed: slack_sdk's own choice. Slack's tokens live twelve hours."""


@dataclass(frozen=True, slots=True)
class OAuthApp:
    """The app as Slack knows it.

    Args:
        api_url: Slack's Web API, or a local workspace's.
        public_url: Where Slack and browsers reach us, without a slash at the end.
    """

    client_id: str
    client_secret: str
    signing_secret: str
    api_url: str
    public_url: str

    def __repr__(self) -> str:
        """Name the addresses alone: secrets never print."""
        return f"OAuthApp({self.public_url}, {self.api_url})"


class Tokens:
    """Finds the token for a workspace.

    Attributes:
        store: slack_sdk's own, for its install flow to write to.
    """

    def __init__(self, database: Database, app: OAuthApp) -> None:
        self.database = database
        self._app = app
        self._reading, self.store = reading_and_writing(app.client_id, database, quiet("tokens"))
        self._clients: dict[str, WebClient] = {}

    def authorize(self, slack_ids: Sequence[str]) -> AuthorizeResult | None:
        """Who we are in the first of these workspaces that we know; None where the app is in none of them.

        Without the database nobody knows, nor where the token's key is lost. The payload then goes on without
        a token, so that the door can answer it with a sentence.
        """
        try:
            found = self._found(slack_ids)
        except SealedError as error:
            log.error("keys missing", advice=str(error))  # noqa: TRY400 - a traceback would tell no more
            return AuthorizeResult(enterprise_id=None, team_id=None)
        except UNREACHABLE:
            return AuthorizeResult(enterprise_id=None, team_id=None)
        if found is None:
            return None
        return AuthorizeResult(
            enterprise_id=found.enterprise_id,
            team_id=found.team_id,
            bot_id=found.bot_id,
            bot_user_id=found.bot_user_id,
            bot_token=found.bot_token,
        )

    def client_of(self, workspace_id: int) -> WebClient:
        """The courier's client of a workspace; without a token, Slack answers that it wants one."""
        with self.database.glance() as session:
            slack_id = session.scalar(select(WorkspaceRow.team_id).where(WorkspaceRow.id == workspace_id))
        found = self._reading.bot_of(slack_id) if slack_id else None
        token = found.bot_token if found else ""
        if token not in self._clients:
            self._clients[token] = sending_client(self._app.api_url, token)
        return self._clients[token]

    def welcome(self, installed: Installation, now: datetime) -> Workspace:
        """Somebody installed the app: know the workspace, or go on where it was stopped."""
        bot = installed.to_bot()
        whole = bool(bot.is_enterprise_install)
        found = Workspace(
            id=0,
            team_id=slack_id_of(bot),
            name=str((bot.enterprise_name if whole else bot.team_name) or slack_id_of(bot)),
            bot_user_id=str(bot.bot_user_id),
            installer_slack_id=installed.user_id,
        )
        with self.database.write() as session:
            return ensure_workspace(session, found, now)

    def renew(self, now: datetime) -> None:
        """Renew every token that expires soon; one process at a time for each workspace."""
        with self.database.glance() as session:
            due = expiring(session, self._app.client_id, now + EARLY)
        for slack_id in due:
            with self.database.write() as session:
                ours = claim_renewal(session, slack_id, now)
            # Read again: another process may have renewed it just before.
            found = self._reading.bot_of(slack_id) if ours else None
            if found is None or _expires_at(found) >= now + EARLY:
                continue
            try:
                self._renew(found, now)
            except (SlackApiError, *TransportError) as error:
                log.error("token not renewed", workspace=slack_id, reason=verdict(error).reason)  # noqa: TRY400 - slack_sdk's message holds the answer whole

    def _renew(self, found: Bot, now: datetime) -> None:
        answer = sending_client(self._app.api_url, None).oauth_v2_access(
            client_id=self._app.client_id,
            client_secret=self._app.client_secret,
            grant_type="refresh_token",
            refresh_token=found.bot_refresh_token,
        )
        found.bot_token = answer["access_token"]
        found.bot_refresh_token = answer["refresh_token"]
        found.bot_token_expires_at = int(now.timestamp()) + int(answer["expires_in"])
        self.store.save_bot(found)
        log.info("token renewed", workspace=slack_id_of(found))

    def _found(self, slack_ids: Sequence[str]) -> Bot | None:
        found = (self._reading.bot_of(each) for each in slack_ids)
        return next((each for each in found if each is not None), None)


def _expires_at(bot: Bot) -> datetime:
    return datetime.fromtimestamp(bot.bot_token_expires_at or 0, UTC)
