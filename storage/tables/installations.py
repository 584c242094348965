"""Which workspaces let the app in, with their tokens: the tables of slack_sdk's own stores, tokens sealed."""

from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore
from sqlalchemy import MetaData, Table

from storage.sealing import SealedText
from storage.tables.base import Base

INSTALLATIONS = "slack_installation"
BOTS = "slack_bot"
STATES = "slack_oauth_state"

SECRETS = ("bot_token", "bot_refresh_token", "user_token", "user_refresh_token", "incoming_webhook_url")
"""What opens a workspace to whoever reads it."""


def installations_in(metadata: MetaData, name: str = INSTALLATIONS) -> Table:
    """The table of installations, one row for each time somebody installed."""
    return _sealing(SQLAlchemyInstallationStore.build_installations_table(metadata, name))


def bots_in(metadata: MetaData, name: str = BOTS) -> Table:
    """The table of bot tokens, one row for each installation."""
    return _sealing(SQLAlchemyInstallationStore.build_bots_table(metadata, name))


def _sealing(table: Table) -> Table:
    for name in SECRETS:
        if name in table.c:
            table.c[name].type = SealedText()
    return table


installation = installations_in(Base.metadata)
bot = bots_in(Base.metadata)
oauth_state = SQLAlchemyOAuthStateStore.build_oauth_states_table(Base.metadata, STATES)
