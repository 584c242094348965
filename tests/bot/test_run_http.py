"""`mentoring run --http` as an operator starts it: a process of its own behind gunicorn."""

import shutil
import signal
import socket
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.manifest_command import for_http, read_manifest
from bot.rehearsal.stage import UNHURRIED_S
from playground import ManyWorkspaces, StillClock
from storage.schema import newest
from tests.support.command_line import MENTORING, environment, invoke
from tests.support.ports import free_port
from tests.support.site import link_of
from tests.support.waiting import until
from tests.support.web import Browser


def settings_for(slack: ManyWorkspaces, folder: Path, port: int) -> dict[str, str]:
    me = slack.workspaces[0].world.me
    return {
        "DATABASE_URL": f"sqlite:///{folder / 'mentoring.db'}",
        "SLACK_CLIENT_ID": me.client_id,
        "SLACK_CLIENT_SECRET": me.client_secret,
        "SLACK_SIGNING_SECRET": me.signing_secret,
        "SLACK_API_URL": slack.api_url,
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "LISTEN_ON": f"127.0.0.1:{port}",
        "ENCRYPTION_KEYS": Fernet.generate_key().decode(),
    }


def answers(url: str) -> bool:
    try:
        return Browser().get(f"{url}/readyz").status == 200
    except OSError:
        return False


def test_a_firm_installs_the_app_uses_it_and_the_process_ends_in_peace(
    migrated: Path, tmp_path: Path
) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    shutil.copy(migrated, tmp_path / "mentoring.db")
    manifest = for_http(read_manifest(), url)
    with ManyWorkspaces(manifest, clock=StillClock(datetime.now(UTC)), patience=UNHURRIED_S) as slack:
        firm = slack.add("Harbor Law")
        robin = firm.add_person("U0ROBIN", "Robin Ellery", email="robin@example.com", is_admin=True)
        slack.deliver_to_http(f"{url}/slack/events")
        with subprocess.Popen(  # noqa: S603 - our own command
            [*MENTORING, "run", "--http"],
            env=environment(**settings_for(slack, tmp_path, port)),
            cwd=tmp_path,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            try:
                until(lambda: answers(url))
                browser = Browser()
                page = browser.get(f"{url}/slack/install")
                assert browser.get(slack.oauth.allow(link_of(page), firm.team_id, robin.id)).status == 200
                # The admin is known as one as soon as the people are read, by the clock of the same process.
                shown = until(lambda: [each for each in robin.command("/mentoring", "coordinators").shown
                                       if "staff.claim" in str(each.blocks)])  # fmt: skip
                robin.click(shown[0], "staff.claim")
                process.send_signal(signal.SIGTERM)
                _, said = process.communicate(timeout=30)
            finally:
                process.kill()
    assert process.returncode == 0, said
    assert f"listens on 127.0.0.1:{port}" in said
    assert f"schema {newest()}" in said
    assert not any(token in said for token in firm.world.bot_tokens)
    assert "Traceback" not in said, said


@pytest.mark.parametrize("setting", ["LISTEN_ON", "METRICS_ON"])
def test_an_address_that_is_taken_is_named_before_anything_starts(tmp_path: Path, setting: str) -> None:
    with (
        ManyWorkspaces(read_manifest(), clock=StillClock(datetime.now(UTC))) as slack,
        socket.socket() as other,
    ):
        slack.add("Harbor Law")
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = f"127.0.0.1:{other.getsockname()[1]}"
        settings = settings_for(slack, tmp_path, free_port()) | {setting: taken}
        said = str(invoke("run", "--http", folder=tmp_path, **settings).exception)
    assert said.startswith(f"{setting}: we cannot listen on {taken} (Address already in use).")


def test_what_is_missing_is_named_all_at_once(tmp_path: Path) -> None:
    said = str(invoke("run", "--http", folder=tmp_path).exception)
    for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_SIGNING_SECRET", "PUBLIC_URL"):
        assert f"{name} is missing" in said
    assert "ENCRYPTION_KEYS is missing. Get it at `mentoring db new-key`" in said


def test_a_key_that_is_none_is_refused_without_being_shown(tmp_path: Path) -> None:
    said = str(invoke("run", "--http", folder=tmp_path, ENCRYPTION_KEYS="hunter2").exception)
    assert "ENCRYPTION_KEYS: one of these is no key" in said
    assert "hunter2" not in said


def test_the_manifest_for_http_names_the_address_everywhere(tmp_path: Path) -> None:
    printed = invoke("manifest", "--url", "https://ours.example/", folder=tmp_path).output
    assert printed.count("https://ours.example/slack/events") == 4
    assert "https://ours.example/slack/oauth_redirect" in printed
    assert "socket_mode_enabled: false" in printed
    assert "token_rotation_enabled: true" in printed
