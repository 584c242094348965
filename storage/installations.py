"""Tokens of the workspaces that let the app in: found, renewed by one process at a time, forgotten."""

import logging
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.oauth.installation_store import Bot
from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore
from sqlalchemy import ColumnElement, Engine, MetaData, Select, Table, bindparam, delete, or_, select, update
from sqlalchemy.orm import Session

from storage.asking import asking
from storage.database import Database
from storage.fast import ONE, first
from storage.tables import WorkspaceRow
from storage.tables import installations as tables

STATE_LIVES_S = 600
"""Seconds between the install page and Slack's answer: slack_sdk's own choice, ten minutes."""
RENEWAL = timedelta(minutes=1)
"""How long one process has for renewing a token before another may try."""


class InstallationStore(SQLAlchemyInstallationStore):
    """slack_sdk's store over our tables: tokens are sealed, and found by the id a workspace has here."""

    def __init__(self, client_id: str, engine: Engine, logger: logging.Logger) -> None:
        super().__init__(client_id, engine, tables.BOTS, tables.INSTALLATIONS, logger)
        # Built once: every payload asks for a token, and building the question took longer than asking it.
        self._of_workspace = self._newest(self.bots.c.team_id == bindparam("slack"))
        self._of_organization = self._newest(
            self.bots.c.enterprise_id == bindparam("slack"), self.bots.c.is_enterprise_install
        )

    @classmethod
    def build_installations_table(cls, metadata: MetaData, table_name: str) -> Table:
        """The table with its tokens sealed."""
        return tables.installations_in(metadata, table_name)

    @classmethod
    def build_bots_table(cls, metadata: MetaData, table_name: str) -> Table:
        """The table with its tokens sealed."""
        return tables.bots_in(metadata, table_name)

    def bot_of(self, slack_id: str) -> Bot | None:
        """The newest installation in a workspace (T…), or of a whole organization (E…)."""
        query = self._of_organization if slack_id.startswith("E") else self._of_workspace
        with asking(self.engine) as asked:
            row = first(asked, query, slack=slack_id)
        return self.build_bot_entity(row._mapping) if row else None  # noqa: SLF001 - SQLAlchemy's, and public

    def _newest(self, *where: ColumnElement[bool]) -> Select[Any]:
        return (
            select(self.bots)
            .where(self.bots.c.client_id == self.client_id, *where)
            .order_by(self.bots.c.installed_at.desc(), self.bots.c.id.desc())
            .limit(ONE)
        )


def state_store(engine: Engine, logger: logging.Logger) -> SQLAlchemyOAuthStateStore:
    """slack_sdk's store of what proves that an answer belongs to a question, over our table."""
    return SQLAlchemyOAuthStateStore(STATE_LIVES_S, engine, logger, tables.STATES)


def slack_id_of(installed: Bot) -> str:
    """The id a workspace is known by here: the organization's where all of it installed the app."""
    return str(installed.enterprise_id if installed.is_enterprise_install else installed.team_id)


def expiring(session: Session, client_id: str, before: datetime) -> list[str]:
    """The workspaces whose tokens expire before an instant, by Slack's ids."""
    rows = session.execute(
        select(tables.bot).where(
            tables.bot.c.client_id == client_id,
            tables.bot.c.bot_token_expires_at < before.replace(tzinfo=None),
        )
    )
    return list(
        dict.fromkeys(row.enterprise_id if row.is_enterprise_install else row.team_id for row in rows)
    )


def claim_renewal(session: Session, slack_id: str, now: datetime) -> bool:
    """Take it upon this process to renew a token; False where another is at it.

    A refresh token is good for one use: two processes that use the same one lose the workspace.
    """
    claimed = session.scalars(
        update(WorkspaceRow)
        .where(
            WorkspaceRow.team_id == slack_id,
            or_(WorkspaceRow.renewing_until.is_(None), WorkspaceRow.renewing_until <= now),
        )
        .values(renewing_until=now + RENEWAL)
        .returning(WorkspaceRow.id)
    ).all()
    return bool(claimed)


def forget_tokens(session: Session, slack_id: str) -> None:
    """The app was removed: its tokens are worth nothing to us any more."""
    for table in (tables.bot, tables.installation):
        session.execute(delete(table).where(_is_of(table, slack_id)))


def reading_and_writing(
    client_id: str, database: Database, logger: logging.Logger
) -> tuple[InstallationStore, InstallationStore]:
    """A store for every payload, which waits for no writer, and one for changes."""
    reading = InstallationStore(client_id, database.reader, logger)
    return reading, InstallationStore(client_id, database.writer, logger)


def _is_of(table: Table, slack_id: str) -> ColumnElement[bool]:
    if slack_id.startswith("E"):
        return (table.c.enterprise_id == slack_id) & table.c.is_enterprise_install
    return table.c.team_id == slack_id
