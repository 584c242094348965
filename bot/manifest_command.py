"""`mentoring manifest`: the app as api.slack.com wants it described, for the way it is to run."""

import copy
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml

from bot.places import EVENTS_PATH, REDIRECT_PATH
from mentoring.errors import MentoringError

MANIFEST = Path(__file__).parents[1] / "manifest.yml"


class NoManifestError(MentoringError):
    """The file did not travel with the program."""

    def __init__(self) -> None:
        super().__init__(f"There is no {MANIFEST.name} at {MANIFEST.parent}. Take it from the source.")


class NotHttpsError(MentoringError):
    """Slack sends payloads over https alone, and takes no manifest that says otherwise."""

    def __init__(self) -> None:
        super().__init__("--url: write the https address that leads to this machine; Slack takes no other.")


def manifest(
    url: Annotated[
        str | None, typer.Option(help="Where Slack will reach the bot: for `mentoring run --http`.")
    ] = None,
) -> None:
    """Print the app's manifest, to paste at api.slack.com/apps → Create New App → From a manifest.

    Without an address it is for Socket Mode: one workspace, no public address.
    """
    found = read_manifest()
    if url is not None and not url.startswith("https://"):
        raise NotHttpsError
    shown = for_http(found, url.rstrip("/")) if url else found
    typer.echo(yaml.safe_dump(shown, sort_keys=False, allow_unicode=True).rstrip())


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(name="manifest")(manifest)


def read_manifest() -> dict[str, Any]:
    """The manifest for Socket Mode.

    Raises:
        NoManifestError: It is not where the program is.
    """
    if not MANIFEST.exists():
        raise NoManifestError
    return dict(yaml.safe_load(MANIFEST.read_text(encoding="utf-8")))


def for_http(manifest: dict[str, Any], url: str) -> dict[str, Any]:
    """The same app, reached by HTTP: for any number of workspaces and whole organizations.

    Tokens expire and are renewed (docs.slack.dev, token rotation): one that leaks is of use for hours only.
    """
    changed = copy.deepcopy(manifest)
    events = f"{url}{EVENTS_PATH}"
    for each in changed["features"]["slash_commands"]:
        each["url"] = events
    changed["oauth_config"]["redirect_urls"] = [f"{url}{REDIRECT_PATH}"]
    settings = changed["settings"]
    settings["event_subscriptions"]["request_url"] = events
    settings["interactivity"] |= {"request_url": events, "message_menu_options_url": events}
    settings |= {
        "org_deploy_enabled": True,
        "socket_mode_enabled": False,
        "token_rotation_enabled": True,
    }
    return changed
