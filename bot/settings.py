"""Settings: read once at the start from the environment and `.env`, all missing ones named at once."""

from pathlib import Path
from typing import Literal, TypeVar

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from mentoring.errors import MentoringError
from storage.sealing import is_key

SLACK_API = "https://slack.com/api/"

WHERE_TO_GET = {
    "slack_bot_token": "api.slack.com/apps → your app → OAuth & Permissions → Bot User OAuth Token (xoxb-…)",
    "slack_app_token": "api.slack.com/apps → your app → Basic Information → App-Level Tokens, scope"
    " connections:write (xapp-…)",
    "slack_signing_secret": "api.slack.com/apps → your app → Basic Information → Signing Secret",
    "slack_client_id": "api.slack.com/apps → your app → Basic Information → Client ID",
    "slack_client_secret": "api.slack.com/apps → your app → Basic Information → Client Secret",
    "encryption_keys": "`mentoring db new-key`",
}
"""Where an operator finds each secret; shown beside its name when it is missing."""

SAFE_ADDRESSES = ("https://", "http://127.0.0.1", "http://localhost", "http://[::1]")
"""Secrets travel encrypted, or do not leave this machine."""

TOKEN_PREFIXES = {"slack_bot_token": "xoxb-", "slack_app_token": "xapp-"}
"""Slack's two kinds of token, easily swapped (docs.slack.dev, authentication, tokens)."""


SEALS = "What seals tokens and words in the database: keys of `mentoring db new-key`, newest first."

S = TypeVar("S", bound="DatabaseSettings")


class SettingsError(MentoringError):
    """Settings are missing or malformed; the message names every one of them."""


def default_database_url() -> str:
    """Name a SQLite file in the user's own data folder."""
    return f"sqlite:///{user_data_path('mentoring') / 'mentoring.db'}"


def a_place(value: str) -> str:
    """Check an address with a port.

    Raises:
        ValueError: It is none.
    """
    host, _, port = value.rpartition(":")
    if not host or not port.isdecimal():
        raise ValueError("write an address and a port, such as 127.0.0.1:3000")
    return value


def a_database(value: str) -> str:
    """Check the address of a database that lasts.

    Raises:
        ValueError: It is none; the message is without the value, which may hold a password.
    """
    try:
        found = make_url(value)
    except ArgumentError:
        found = None
    lasts = found is not None and {
        "sqlite": found.database not in {None, "", ":memory:"},
        "postgresql": True,
    }.get(found.get_backend_name(), False)
    if not lasts:
        raise ValueError("write `sqlite:////path/to/file.db` or `postgresql+psycopg://user@host/name`")
    return value


class DatabaseSettings(BaseSettings):
    """What a command needs that only touches the database."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True)

    database_url: str = Field(
        default_factory=default_database_url,
        description="Where facts are kept: `sqlite:///file` or `postgresql+psycopg://…`.",
    )
    encryption_keys: SecretStr = Field(SecretStr(""), description=SEALS)
    log_format: Literal["text", "json"] = Field("text", description="One line an event: `text` or `json`.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="How much the log tells; it never holds personal words."
    )

    @property
    def keys(self) -> list[str]:
        """The keys, newest first."""
        return [each.strip() for each in self.encryption_keys.get_secret_value().split(",") if each.strip()]

    @field_validator("encryption_keys")
    @classmethod
    def _are_keys(cls, value: SecretStr) -> SecretStr:
        if not all(is_key(each.strip()) for each in value.get_secret_value().split(",") if each.strip()):
            raise ValueError("one of these is no key; `mentoring db new-key` makes one")
        return value

    @field_validator("database_url")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        return a_database(value)


class SlackSettings(DatabaseSettings):
    """What every way of running has in common."""

    slack_signing_secret: SecretStr = Field(description="Proves that a request comes from Slack.")
    slack_api_url: str = Field(SLACK_API, description="Slack's Web API, or a local workspace's.")
    metrics_on: str = Field(
        "", description="Address and port for Prometheus, such as 127.0.0.1:9464; empty for none."
    )
    otel_exporter_otlp_endpoint: str = Field(
        "",
        description="A collector of OpenTelemetry (OTLP by HTTP), http://localhost:4318 say; empty for none.",
    )
    templates_folder: Path | None = Field(
        None, description="Your own words: templates here take the place of ours of the same name."
    )

    @field_validator("templates_folder")
    @classmethod
    def _is_a_folder(cls, value: Path | None) -> Path | None:
        if value is not None and not value.is_dir():
            raise ValueError("there is no such folder; ours would be used, and nobody would notice")
        return value

    @field_validator("metrics_on")
    @classmethod
    def _is_a_place_or_none(cls, value: str) -> str:
        return a_place(value) if value else value

    @field_validator("slack_api_url")
    @classmethod
    def _is_a_web_address(cls, value: str) -> str:
        if not value.startswith(SAFE_ADDRESSES):
            raise ValueError(
                "write an https address; plain http is for a local workspace on this machine only"
            )
        return value if value.endswith("/") else f"{value}/"


class Settings(SlackSettings):
    """Everything `mentoring run` needs: one workspace, over Socket Mode."""

    slack_bot_token: SecretStr = Field(description="The bot's token, xoxb-….")
    slack_app_token: SecretStr = Field(description="The app-level token for Socket Mode, xapp-….")

    @field_validator("slack_bot_token", "slack_app_token")
    @classmethod
    def _is_of_its_kind(cls, value: SecretStr, info: ValidationInfo) -> SecretStr:
        prefix = TOKEN_PREFIXES[str(info.field_name)]
        if not value.get_secret_value().startswith(prefix):
            raise ValueError(f"this is not the right token, it begins with {prefix}")
        return value


class OAuthSettings(SlackSettings):
    """Everything `mentoring work` needs: many workspaces, whose tokens are in the database."""

    slack_client_id: str = Field(description="Names the app when somebody installs it.")
    slack_client_secret: SecretStr = Field(description="Proves to Slack that it is us who asks for tokens.")

    encryption_keys: SecretStr = Field(description=SEALS)

    @field_validator("encryption_keys")
    @classmethod
    def _seals_tokens(cls, value: SecretStr) -> SecretStr:
        if not value.get_secret_value().strip(" ,"):
            raise ValueError("it is empty, and tokens are never stored in the open")
        return value


class HttpSettings(OAuthSettings):
    """Everything `mentoring run --http` needs."""

    public_url: str = Field(description="Where Slack and browsers reach the bot, https://….")
    listen_on: str = Field("127.0.0.1:3000", description="Address and port that `--http` listens on.")

    @field_validator("public_url")
    @classmethod
    def _is_https(cls, value: str) -> str:
        if not value.startswith(SAFE_ADDRESSES):
            raise ValueError("write the https address that leads to this machine; Slack takes no other")
        return value.rstrip("/")

    @field_validator("listen_on")
    @classmethod
    def _is_a_place(cls, value: str) -> str:
        return a_place(value)


def read_settings(kind: type[S], env_file: Path | None = Path(".env")) -> S:
    """Read settings from the environment and a file.

    Raises:
        SettingsError: Naming every missing or malformed setting and where to get it; never a value.
    """
    try:
        # pydantic-settings takes this keyword at run time only; its types do not name it.
        return kind(_env_file=env_file)  # type: ignore[call-arg] # see above
    except ValidationError as error:
        raise SettingsError("\n".join(_problem(each) for each in error.errors(include_input=False))) from None


def _problem(error: object) -> str:
    found = dict(error) if isinstance(error, dict) else {}
    name = str(found["loc"][0])
    where = WHERE_TO_GET.get(name)
    get_it = f" Get it at {where}." if where else ""
    if found["type"] == "missing":
        return f"{name.upper()} is missing.{get_it}"
    sentence = str(found["msg"]).removeprefix("Value error, ")
    return f"{name.upper()}: {sentence}.{get_it}"
