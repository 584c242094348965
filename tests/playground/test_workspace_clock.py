"""The clock that stands still, and what a manifest is read for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from playground import StillClock
from playground.manifest import read_manifest
from tests.playground.conftest import manifest, new_year

if TYPE_CHECKING:
    from pathlib import Path


def test_the_clock_moves_only_when_moved() -> None:
    clock = StillClock(new_year())
    assert clock.now() == clock.now() == new_year()
    assert clock.advance(timedelta(hours=2)) == clock.now() == new_year() + timedelta(hours=2)
    later = datetime(2026, 6, 1, 9, tzinfo=ZoneInfo("Europe/Sofia"))
    assert clock.move_to(later) == clock.now() == later
    assert clock.move_to(later) == later


def test_the_clock_never_runs_backwards() -> None:
    clock = StillClock(new_year())
    with pytest.raises(ValueError, match="backwards"):
        clock.move_to(new_year() - timedelta(seconds=1))
    with pytest.raises(ValueError, match="backwards"):
        clock.advance(timedelta(seconds=-1))
    assert clock.now() == new_year()


def test_the_clock_wants_a_time_zone() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        StillClock(datetime(2026, 1, 5, 9))  # noqa: DTZ001 - a naive time is the point
    with pytest.raises(ValueError, match="no time zone"):
        StillClock(new_year()).move_to(datetime(2027, 1, 5, 9))  # noqa: DTZ001 - a naive time is the point


def test_a_manifest_is_read_from_yaml(tmp_path: Path) -> None:
    path = tmp_path / "manifest.yml"
    path.write_text(
        "display_information: {name: Lantern}\n"
        "features:\n"
        "  app_home: {home_tab_enabled: true, messages_tab_read_only_enabled: true}\n"
        "  slash_commands: [{command: /lantern, description: Lights up}]\n"
        "oauth_config: {scopes: {bot: [commands, chat:write]}}\n"
        "settings:\n"
        "  interactivity: {is_enabled: true}\n"
        "  event_subscriptions: {bot_events: [app_home_opened, user_change]}\n"
    )
    read = read_manifest(path)
    assert (read.name, dict(read.commands), read.bot_scopes) == (
        "Lantern",
        {"/lantern": False},
        ("commands", "chat:write"),
    )
    assert (read.has_home, read.has_messages, read.messages_read_only, read.is_interactive) == (
        True,
        True,
        True,
        True,
    )
    assert read.bot_events == {"app_home_opened"}  # user_change would need users:read


def test_without_the_commands_scope_there_are_no_commands() -> None:
    assert not read_manifest(manifest(without=("commands",))).commands


def test_a_manifest_is_a_mapping(tmp_path: Path) -> None:
    path = tmp_path / "manifest.yml"
    path.write_text("- not\n- this\n")
    with pytest.raises(ValueError, match="mapping"):
        read_manifest(path)


def test_moments_are_kept_to_the_microsecond() -> None:
    clock = StillClock(datetime(2026, 1, 5, 9, 0, 0, 123_456, tzinfo=UTC))
    assert clock.now().microsecond == 123_456
