"""`mentoring doctor`: what is well, what is not, and what to do about it."""

import logging
import os
import stat
import zoneinfo
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TypeVar
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
from bot.run_command import said_by_slack
from bot.scopes import OPTIONAL, REASONS
from bot.settings import DatabaseSettings, Settings, SettingsError, read_settings
from mentoring.errors import MentoringError
from storage.schema import newest
from storage.tables import PersonRow

MANIFEST = Path(__file__).parents[1] / "manifest.yml"
MOST_SKEW = timedelta(seconds=60)
"""How far our clock may be from Slack's. Slack tells apps to refuse requests older than five minutes
(docs.slack.dev, verifying requests); reminders should be punctual well before that."""
FEWEST_ZONES = 400
"""The IANA database names about 600 time zones; a system with fewer than this lacks most of them."""
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


def doctor() -> None:
    """Look at everything the bot needs, and say what to do about whatever is not well.

    Reads the same settings as `mentoring run`; changes nothing and sends nothing to anybody. The exit status
    is 0 when all is well and 1 when something needs attention.
    """
    findings = list(examine(RealClock()))
    console = Console(highlight=False, soft_wrap=True)
    for each in findings:
        console.print(f"{'ok  ' if each.well else 'look'}  {each.about}: {each.said}", markup=False)
        if each.advice:
            console.print(f"      → {each.advice}", markup=False)
    if not all(each.well for each in findings):
        raise typer.Exit(UNWELL)
    console.print("All is well.")


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(name="doctor")(doctor)


def examine(clock: Clock) -> Iterator[Finding]:
    """Look at settings, Slack, clock, time zones and database, whatever of them can be looked at."""
    settings, problem = _settings(Settings)
    if settings is not None:
        yield Finding("settings", "complete.")
        yield from _slack(settings, clock)
    else:
        yield Finding("settings", "some are missing or wrong.", problem)
    yield _time_zones()
    kept, problem = (settings, "") if settings is not None else _settings(DatabaseSettings)
    if kept is not None:
        yield from _database(kept.database_url)
    yield from _private(Path(".env"), "holds the tokens")


def _settings(kind: type[S]) -> tuple[S | None, str]:
    try:
        return read_settings(kind), ""
    except SettingsError as error:
        return None, str(error)


def _slack(settings: Settings, clock: Clock) -> Iterator[Finding]:
    # What goes wrong is told as a finding; the client would log it too.
    silent = logging.getLogger("mentoring.doctor")
    silent.setLevel(logging.CRITICAL)
    client = WebClient(
        base_url=settings.slack_api_url, timeout=HTTP_TIMEOUT_S, retry_handlers=[], logger=silent
    )
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


INSTALL_ADVICE = (
    "Copy the Bot User OAuth Token again from api.slack.com/apps → your app → OAuth & Permissions into"
    " SLACK_BOT_TOKEN; if there is none, install the app to the workspace first."
)
SOCKET_MODE_ADVICE = (
    "At api.slack.com/apps → your app, switch Socket Mode on; then make an App-Level Token with the scope"
    " connections:write under Basic Information and put it into SLACK_APP_TOKEN."
)
REACH_ADVICE = "Check the network, a proxy or firewall in between, and SLACK_API_URL."


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


def _database(url: str) -> Iterator[Finding]:
    try:
        with open_database(url) as database, database.read() as session:
            people = session.scalar(select(func.count()).select_from(PersonRow))
            used = set(session.scalars(select(PersonRow.time_zone).distinct()))
    except MentoringError as error:
        sentence, _, advice = str(error).partition(". ")
        yield Finding("database", f"{sentence}.", advice)
    else:
        yield Finding("database", f"{shown(url)}, schema {newest()}, {people} people known.")
        unknown = sorted(used - zoneinfo.available_timezones())
        if unknown:
            said = f"people live in zones unknown here: {', '.join(unknown)}."
            yield Finding("time zones of people", said, "`pip install --upgrade tzdata`.")
    file = make_url(url).database
    if make_url(url).get_backend_name() == "sqlite" and file:
        yield from _private(Path(file), "holds what people told the program")


def _private(file: Path, what: str) -> Iterator[Finding]:
    """Whether a file is its owner's alone; Windows keeps rights elsewhere."""
    if os.name != "posix" or not file.exists():
        return
    if file.stat().st_mode & OTHERS:
        said = f"others on this machine can read it, and it {what}."
        yield Finding(f"file {file}", said, f"`chmod 600 {file}`.")
    else:
        yield Finding(f"file {file}", "readable by its owner alone.")
