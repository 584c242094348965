"""What an app's manifest lets it do: scopes, events, commands, Home tab, interactivity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from playground.tables.events import EVENTS


@dataclass(frozen=True)
class Manifest:
    """The parts of an app manifest the workspace goes by.

    Attributes:
        name: The app's name as people see it.
        bot_scopes: What the bot token may do.
        bot_events: The events the app receives: subscribed to and covered by a scope.
        commands: Each slash command and whether Slack turns typed @names into mentions for it.
        has_home: Whether the app has a Home tab.
        has_messages: Whether the app can be written to and write in its Messages tab.
        messages_read_only: Whether people may only read there.
        is_interactive: Whether buttons, forms and selects reach the app.
        rotates_tokens: Whether tokens given out by OAuth expire and are refreshed.
    """

    name: str
    bot_scopes: tuple[str, ...]
    bot_events: frozenset[str]
    commands: Mapping[str, bool]
    has_home: bool
    has_messages: bool
    messages_read_only: bool
    is_interactive: bool
    rotates_tokens: bool = False

    def may(self, scopes: tuple[str, ...]) -> bool:
        """Whether any one of these scopes was granted; no scope asked for is always granted."""
        return not scopes or any(scope in self.bot_scopes for scope in scopes)


def read_manifest(source: Path | Mapping[str, Any]) -> Manifest:
    """Reads an app manifest, from YAML or JSON or already parsed.

    A slash command without the `commands` scope, and an event without one of its scopes, is left out, as
    Slack would not deliver it (source: docs.slack.dev/reference/app-manifest, read 2026-08).

    Raises:
        ValueError: The manifest is not a mapping.
        OSError: The file cannot be read.
    """
    return _parsed(source.read_text("utf-8")) if isinstance(source, Path) else _understood(source)


@lru_cache(maxsize=8)
def _parsed(text: str) -> Manifest:
    """A manifest from its text; a workspace that is opened again and again reads the same one."""
    return _understood(yaml.safe_load(text))


def _understood(whole: object) -> Manifest:
    if not isinstance(whole, Mapping):
        raise ValueError("an app manifest is a mapping of keys to values")  # noqa: TRY004 - bad data, not a bad call
    features = _part(whole, "features")
    settings = _part(whole, "settings")
    home = _part(features, "app_home")
    asked = _part(_part(whole, "oauth_config"), "scopes")
    # Whoever installs the app leaves every optional scope in, unless a test says otherwise.
    scopes = (*(asked.get("bot") or ()), *(asked.get("bot_optional") or ()))
    wanted = _part(settings, "event_subscriptions").get("bot_events") or ()
    commands = features.get("slash_commands") or () if "commands" in scopes else ()
    return Manifest(
        name=str(_part(whole, "display_information").get("name", "App")),
        bot_scopes=scopes,
        bot_events=frozenset(
            name
            for name in wanted
            if name in EVENTS and (not EVENTS[name] or any(scope in scopes for scope in EVENTS[name]))
        ),
        commands={entry["command"]: bool(entry.get("should_escape", False)) for entry in commands},
        has_home=bool(home.get("home_tab_enabled", False)),
        has_messages=bool(home.get("messages_tab_enabled", True)),
        messages_read_only=bool(home.get("messages_tab_read_only_enabled", False)),
        is_interactive=bool(_part(settings, "interactivity").get("is_enabled", False)),
        rotates_tokens=bool(settings.get("token_rotation_enabled", False)),
    )


def _part(whole: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    part = whole.get(key)
    return part if isinstance(part, Mapping) else {}
