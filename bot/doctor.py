"""`mentoring doctor`: what is well, what is not, and what to do about it."""

import logging
import os
import stat
import urllib.request
import zoneinfo
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Annotated, TypeVar
from urllib.error import URLError

import typer
import yaml
from rich.console import Console
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse
from sqlalchemy import func, select
from sqlalchemy.engine import make_url

from bot.clock import Clock, RealClock
from bot.courier import HTTP_TIMEOUT_S
from bot.opening import open_database, shown
from bot.places import HEALTH_PATH
from bot.run_command import said_by_slack
from bot.scopes import OPTIONAL, REASONS
from bot.serving import oauth_app
from bot.settings import DatabaseSettings, HttpSettings, Settings, SettingsError, read_settings
from bot.tokens import Tokens
from mentoring.errors import MentoringError
from storage.database import is_sqlite
from storage.heartbeats import last_backup, last_look
from storage.people import Workspace, workspaces
from storage.resealing import check_keys
from storage.schema import newest
from storage.sealing import SealedError, seal_with
from storage.tables import PersonRow, ProgramRow

MANIFEST = Path(__file__).parents[1] / "manifest.yml"
MOST_SKEW = timedelta(seconds=60)
"""How far our clock may be from Slack's. Slack tells apps to refuse requests older than five minutes
(docs.slack.dev, verifying requests); reminders should be punctual well before that."""
FEWEST_ZONES = 400
"""The IANA database names about 600 time zones; a system with fewer than this lacks most of them."""
LONGEST_SILENCE = timedelta(minutes=5)
"""Without a sign of life for this long nobody looks; it is left once a minute."""
OLDEST_BACKUP = timedelta(days=7)
"""A backup older than this loses more than people will type again."""
OTHERS = stat.S_IRWXG | stat.S_IRWXO
"""The rights of everybody but the owner."""
UNWELL = 1
"""The exit status when something needs attention."""

S = TypeVar("S", bound=DatabaseSettings)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at.

    Args:
        about: What was looked at.
        said: What was found, in a sentence.
        advice: What to do about it; empty where all is well.
    """

    about: str
    said: str
    advice: str = ""

    @property
    def well(self) -> bool:
        """Whether nothing needs doing."""
        return not self.advice


def doctor(
    *,
    http: Annotated[bool, typer.Option("--http", help="Look at what `mentoring run --http` needs.")] = False,
) -> None:
    """Look at everything the bot needs, and say what to do about whatever is not well.

    Reads the same settings as `mentoring run`; changes nothing and sends nothing to anybody. The exit status
    is 0 when all is well and 1 when something needs attention.
    """
    findings = list(examine(RealClock(), http=http))
    console = Console(highlight=False, soft_wrap=True)
    for each in findings:
        console.print(f"{'ok  ' if each.well else 'look'}  {each.about}: {each.said}", markup=False)
        if each.advice:
            for line in each.advice.splitlines():
                console.print(f"      → {line}", markup=False)
    if not all(each.well for each in findings):
        raise typer.Exit(UNWELL)
    console.print("All is well.")


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(name="doctor")(doctor)


def examine(clock: Clock, *, http: bool = False) -> Iterator[Finding]:
    """Look at settings, Slack, clock, time zones and database, whatever of them can be looked at."""
    settings, problem = _settings(HttpSettings if http else Settings)
    if settings is None and not http and _settings(HttpSettings)[0] is not None:
        problem = MEANT_FOR_HTTP
    kept = settings if settings is not None else _settings(DatabaseSettings)[0]
    seal_with(kept.keys if kept is not None else [])
    if isinstance(settings, HttpSettings):
        yield Finding("settings", "complete.")
        yield from _many_workspaces(settings, clock)
    elif isinstance(settings, Settings):
        yield Finding("settings", "complete.")
        yield from _slack(settings, clock)
    else:
        yield Finding("settings", "some are missing or wrong.", problem)
    yield _time_zones()
    if kept is not None:
        yield from _database(kept.database_url, clock.now())
        yield from _keys(kept)
    yield from _private(Path(".env"), "holds the tokens")


def _settings(kind: type[S]) -> tuple[S | None, str]:
    try:
        return read_settings(kind), ""
    except SettingsError as error:
        return None, str(error)


def _slack(settings: Settings, clock: Clock) -> Iterator[Finding]:
    client = _silent_client(settings.slack_api_url)
    bot_token = settings.slack_bot_token.get_secret_value()
    answer = _asked("bot token", lambda: client.auth_test(token=bot_token), INSTALL_ADVICE)
    if isinstance(answer, Finding):
        yield answer
    else:
        yield Finding("bot token", f"valid, for {answer['team']} ({answer['team_id']}).")
        yield _scopes(answer)
        yield _skew(answer, clock.now())
    app_token = settings.slack_app_token.get_secret_value()
    # The address of a connection is asked for and not used: a second connection would be given some of the
    # payloads that are meant for the running bot.
    opened = _asked(
        "Socket Mode", lambda: client.apps_connections_open(app_token=app_token), SOCKET_MODE_ADVICE
    )
    yield opened if isinstance(opened, Finding) else Finding("Socket Mode", "Slack offers a connection.")


def _many_workspaces(settings: HttpSettings, clock: Clock) -> Iterator[Finding]:
    """Whether Slack is reached, we are reached, and each workspace's token opens and works."""
    client = _silent_client(settings.slack_api_url)
    answer = _asked("Slack", client.api_test, REACH_ADVICE)
    if isinstance(answer, Finding):
        yield answer
        return
    yield Finding("Slack", "answers.")
    yield _skew(answer, clock.now())
    yield _reached(settings.public_url)
    try:
        with open_database(settings.database_url) as database:
            tokens = Tokens(database, oauth_app(settings))
            with database.read() as session:
                living = workspaces(session)
            for each in living:
                yield from _workspace(each, client, tokens.client_of(each.id).token)
    except MentoringError:
        return  # said where the database is looked at


def _workspace(this: Workspace, client: WebClient, token: str | None) -> Iterator[Finding]:
    about = f"workspace {this.name}"
    found = _asked(about, lambda: client.auth_test(token=token), REINSTALL_ADVICE)
    if isinstance(found, Finding):
        yield found
    else:
        yield Finding(about, "its token is valid.")
        yield _scopes(found)


def _reached(public_url: str) -> Finding:
    try:
        with urllib.request.urlopen(f"{public_url}{HEALTH_PATH}", timeout=HTTP_TIMEOUT_S):  # noqa: S310 - of the settings
            return Finding("public address", f"{public_url} leads here.")
    except OSError:
        return Finding(
            "public address",
            f"{public_url} does not answer.",
            "Start `mentoring run --http`, and see that the proxy in front of it leads to LISTEN_ON.",
        )


MEANT_FOR_HTTP = (
    "These are the settings of `mentoring run --http`: ask `mentoring doctor --http`. For Socket Mode,"
    " SLACK_BOT_TOKEN and SLACK_APP_TOKEN are missing."
)
REINSTALL_ADVICE = "Somebody of this workspace opens PUBLIC_URL/slack/install and adds the app again."
INSTALL_ADVICE = (
    "Copy the Bot User OAuth Token again from api.slack.com/apps → your app → OAuth & Permissions into"
    " SLACK_BOT_TOKEN; if there is none, install the app to the workspace first."
)
SOCKET_MODE_ADVICE = (
    "At api.slack.com/apps → your app, switch Socket Mode on; then make an App-Level Token with the scope"
    " connections:write under Basic Information and put it into SLACK_APP_TOKEN."
)
REACH_ADVICE = "Check the network, a proxy or firewall in between, and SLACK_API_URL."


def _silent_client(api_url: str) -> WebClient:
    # What goes wrong is told as a finding; the client would log it too.
    silent = logging.getLogger("mentoring.doctor")
    silent.setLevel(logging.CRITICAL)
    return WebClient(base_url=api_url, timeout=HTTP_TIMEOUT_S, retry_handlers=[], logger=silent)


def _asked(about: str, ask: Callable[[], SlackResponse], advice: str) -> SlackResponse | Finding:
    try:
        return ask()
    except SlackApiError as error:
        said = said_by_slack(error)
        if said.startswith("HTTP") or said in {"ratelimited", "internal_error", "fatal_error"}:
            return Finding(
                about, f"Slack answers {said}.", "Try again in a few minutes; status.slack.com tells more."
            )
        return Finding(about, f"Slack refuses it: {said}.", advice)
    except (URLError, ConnectionError, TimeoutError):
        return Finding(about, "Slack cannot be reached.", REACH_ADVICE)


def _scopes(answer: SlackResponse) -> Finding:
    header = _header(answer, "x-oauth-scopes")
    if header is None:
        return Finding("scopes", "Slack did not say which were granted.", "Run it again later.")
    granted = {each.strip() for each in header.split(",") if each.strip()}
    missing = sorted(wanted_scopes() - granted)
    if missing:
        losses = "; ".join(f"{each} ({REASONS[each].rstrip('.')})" for each in missing)
        return Finding(
            "scopes",
            f"missing: {losses}.",
            "Paste manifest.yml at api.slack.com/apps → your app → App Manifest, then reinstall the app.",
        )
    unneeded = sorted(granted - wanted_scopes() - set(OPTIONAL))
    if unneeded:
        return Finding(
            "scopes",
            f"all there, and more than needed: {', '.join(unneeded)}.",
            "Remove them under OAuth & Permissions and reinstall: no right it doesn't use.",
        )
    return Finding("scopes", "as the manifest asks, no more and no less.")


def wanted_scopes() -> set[str]:
    """The scopes that manifest.yml asks for; those of our table where the file did not travel with us."""
    if not MANIFEST.exists():
        return set(REASONS)
    manifest = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    return set(manifest["oauth_config"]["scopes"]["bot"])


def _skew(answer: SlackResponse, now: datetime) -> Finding:
    header = _header(answer, "date")
    if header is None:
        return Finding("clock", "Slack did not say what time it is.", "Run it again later.")
    skew = abs(now - parsedate_to_datetime(header).astimezone(UTC))
    seconds = round(skew.total_seconds())
    if skew > MOST_SKEW:
        return Finding(
            "clock",
            f"{seconds} seconds off Slack's.",
            "Switch on time synchronization (NTP) on this machine: `timedatectl set-ntp true` on most.",
        )
    return Finding("clock", f"{seconds} seconds off Slack's.")


def _header(answer: SlackResponse, name: str) -> str | None:
    headers = {key.lower(): value for key, value in answer.headers.items()}
    value = headers.get(name)
    return ",".join(value) if isinstance(value, list) else value


def _time_zones() -> Finding:
    known = zoneinfo.available_timezones()
    if len(known) < FEWEST_ZONES:
        return Finding("time zones", f"only {len(known)} are known here.", "`pip install --upgrade tzdata`.")
    return Finding("time zones", f"{len(known)} are known here.")


def _database(url: str, now: datetime) -> Iterator[Finding]:
    try:
        with open_database(url) as database, database.read() as session:
            people = session.scalar(select(func.count()).select_from(PersonRow))
            used = set(session.scalars(select(PersonRow.time_zone).distinct()))
            programs = session.scalar(select(func.count()).select_from(ProgramRow))
            looked, backed_up = last_look(session), last_backup(session)
    except MentoringError as error:
        sentence, _, advice = str(error).partition(". ")
        yield Finding("database", f"{sentence}.", advice)
    else:
        yield Finding("database", f"{shown(url)}, schema {newest()}, {people} people known.")
        if looked is not None:
            yield _standstill(now - looked)
        if is_sqlite(url) and (programs or backed_up):
            yield _backup(None if backed_up is None else now - backed_up)
        unknown = sorted(used - zoneinfo.available_timezones())
        if unknown:
            said = f"people live in zones unknown here: {', '.join(unknown)}."
            yield Finding("time zones of people", said, "`pip install --upgrade tzdata`.")
    file = make_url(url).database
    if make_url(url).get_backend_name() == "sqlite" and file:
        yield from _private(Path(file), "holds what people told the program")


def _keys(settings: DatabaseSettings) -> Iterator[Finding]:
    """Whether what is sealed can be opened; nothing where nothing is, and no key is wanted."""
    try:
        with open_database(settings.database_url) as database:
            check_keys(database)
    except SealedError as error:
        sentence, _, advice = str(error).partition(". ")
        yield Finding("keys", f"{sentence}.", advice)
    except MentoringError:
        return  # said where the database is looked at
    else:
        if settings.keys:
            yield Finding("keys", "they open what is sealed.")


def _standstill(age: timedelta) -> Finding:
    minutes = round(age.total_seconds() / 60)
    if age > LONGEST_SILENCE:
        advice = "Start `mentoring run`, or `mentoring work` over PostgreSQL; its log says why it stopped."
        return Finding("heartbeat", f"nothing has looked at what is due for {minutes} minutes.", advice)
    return Finding("heartbeat", "somebody looks at what is due.")


def _backup(age: timedelta | None) -> Finding:
    if age is None or age > OLDEST_BACKUP:
        said = "there is none." if age is None else f"the last one is {age.days} days old."
        return Finding("backup", said, "`mentoring db backup FILE`, every night by cron say.")
    return Finding("backup", f"the last one is {age.days} days old.")


def _private(file: Path, what: str) -> Iterator[Finding]:
    """Whether a file is its owner's alone; Windows keeps rights elsewhere."""
    if os.name != "posix" or not file.is_file():
        return
    if file.stat().st_mode & OTHERS:
        said = f"others on this machine can read it, and it {what}."
        yield Finding(f"file {file}", said, f"`chmod 600 {file}`.")
    else:
        yield Finding(f"file {file}", "readable by its owner alone.")
