"""`mentoring doctor`: every ailment is found, and what to do about it is said."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from cryptography.fernet import Fernet

from bot import doctor
from bot.rehearsal.stage import MANIFEST, UNHURRIED_S
from playground import Playground, StillClock
from storage.database import Database
from storage.heartbeats import note_backup, note_look
from storage.people import Workspace, ensure_workspace, meet_person
from storage.sealing import new_key
from storage.tables import PersonRow
from tests.support.command_line import invoke, settings_for


@pytest.fixture
def slack() -> Iterator[Playground]:
    with Playground(MANIFEST, clock=StillClock(datetime.now(UTC)), patience=UNHURRIED_S) as playground:
        yield playground


@pytest.fixture
def file(migrated: Path, tmp_path: Path) -> Path:
    """A good database, readable by its owner alone."""
    found = tmp_path / "mentoring.db"
    shutil.copy(migrated, found)
    found.chmod(0o600)
    return found


def examine(slack: Playground, file: Path, **changed: str) -> tuple[int, str]:
    settings = settings_for(slack, f"sqlite:///{file}") | changed
    ended = invoke("doctor", folder=file.parent, **settings)
    assert ended.exception is None or isinstance(ended.exception, SystemExit), ended.exception
    assert slack.bot_token not in ended.output
    assert slack.app_token not in ended.output
    assert slack.signing_secret not in ended.output
    return ended.exit_code, ended.output


def manifest_with(*scopes: str) -> dict[str, object]:
    found = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    found["oauth_config"]["scopes"]["bot"] = [*scopes]
    assert isinstance(found, dict)
    return found


def test_all_is_well_where_all_is_well(slack: Playground, file: Path) -> None:
    code, said = examine(slack, file)
    assert code == 0, said
    assert said.endswith("All is well.\n")
    assert "look" not in said


def test_the_doctor_sends_nothing_and_changes_nothing(slack: Playground, file: Path) -> None:
    before = file.read_bytes()
    examine(slack, file)
    assert {call.method for call in slack.calls} == {"auth.test", "apps.connections.open"}
    assert file.read_bytes() == before


def test_every_missing_setting_is_named_with_where_to_get_it(file: Path) -> None:
    ended = invoke("doctor", folder=file.parent, DATABASE_URL=f"sqlite:///{file}")
    assert ended.exit_code == 1
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"):
        assert f"{name} is missing. Get it at api.slack.com/apps" in ended.output
    assert "people known" in ended.output


def test_the_settings_of_http_are_known_for_what_they_are(file: Path) -> None:
    ended = invoke(
        "doctor",
        folder=file.parent,
        DATABASE_URL=f"sqlite:///{file}",
        SLACK_CLIENT_ID="1.2",
        SLACK_CLIENT_SECRET="not one",
        SLACK_SIGNING_SECRET="not one",
        PUBLIC_URL="https://mentoring.example.com",
        ENCRYPTION_KEYS=Fernet.generate_key().decode(),
    )
    assert ended.exit_code == 1
    assert "ask `mentoring doctor --http`" in ended.output


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("SLACK_BOT_TOKEN", "xoxb-somebody-elses", "Bot User OAuth Token"),
        ("SLACK_APP_TOKEN", "xapp-somebody-elses", "connections:write"),
    ],
)
def test_a_token_that_slack_refuses_comes_with_where_to_get_another(
    slack: Playground, file: Path, name: str, value: str, advice: str
) -> None:
    code, said = examine(slack, file, **{name: value})
    assert code == 1
    assert "invalid_auth" in said
    assert advice in said
    assert value not in said


def test_two_swapped_tokens_are_told_apart(slack: Playground, file: Path) -> None:
    code, said = examine(slack, file, SLACK_BOT_TOKEN=slack.app_token, SLACK_APP_TOKEN=slack.bot_token)
    assert code == 1
    assert "→ SLACK_BOT_TOKEN: this is not the right token, it begins with xoxb-" in said
    assert "→ SLACK_APP_TOKEN: this is not the right token, it begins with xapp-" in said


def test_a_missing_scope_is_named_with_what_it_is_for(file: Path) -> None:
    few = manifest_with("chat:write", "chat:write.public", "commands", "users:read")
    with Playground(few, clock=StillClock(datetime.now(UTC))) as slack:
        code, said = examine(slack, file)
    assert code == 1
    for scope in ("im:history", "im:write", "mpim:write"):
        assert f"{scope} (" in said
    assert "reinstall" in said


def test_a_scope_too_many_is_named(file: Path) -> None:
    many = manifest_with(*doctor.wanted_scopes(), "channels:history")
    with Playground(many, clock=StillClock(datetime.now(UTC))) as slack:
        code, said = examine(slack, file)
    assert code == 1
    assert "more than needed: channels:history" in said


@pytest.mark.parametrize("trouble", ["500", "ratelimited"])
def test_a_slack_in_trouble_is_not_blamed_on_the_tokens(slack: Playground, file: Path, trouble: str) -> None:
    slack.faults.inject("auth.test", "500" if trouble == "500" else "ratelimited")
    code, said = examine(slack, file)
    assert code == 1
    assert "Try again in a few minutes" in said
    assert "OAuth Token" not in said


def test_a_slack_that_cannot_be_reached_leads_to_the_network(slack: Playground, file: Path) -> None:
    code, said = examine(slack, file, SLACK_API_URL="http://127.0.0.1:9/")
    assert code == 1
    assert "Slack cannot be reached" in said
    assert "proxy or firewall" in said


@pytest.mark.parametrize(("off", "well"), [(0, True), (45, True), (-45, True), (90, False), (-90, False)])
def test_a_clock_too_far_from_slacks_is_found(
    slack: Playground, file: Path, monkeypatch: pytest.MonkeyPatch, off: int, *, well: bool
) -> None:
    for name, value in settings_for(slack, f"sqlite:///{file}").items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(file.parent)
    clock = StillClock(datetime.now(UTC) + timedelta(seconds=off))
    found = next(each for each in doctor.examine(clock) if each.about == "clock")
    assert found.well is well


def test_an_empty_database_comes_with_the_command_that_makes_it(slack: Playground, tmp_path: Path) -> None:
    code, said = examine(slack, tmp_path / "new.db")
    assert code == 1
    assert "`mentoring db upgrade`" in said


def test_a_database_others_can_read_is_found(slack: Playground, file: Path) -> None:
    file.chmod(0o644)
    code, said = examine(slack, file)
    assert code == 1
    assert f"`chmod 600 {file}`" in said
    folder = file.parent / "kept"
    folder.mkdir(mode=0o755)
    _, said = examine(slack, folder)
    assert "chmod" not in said, "of a folder that is no database nobody is to take the rights"


def test_a_settings_file_others_can_read_is_found(slack: Playground, file: Path) -> None:
    (file.parent / ".env").write_text("LOG_LEVEL=info\n")
    (file.parent / ".env").chmod(0o644)
    code, said = examine(slack, file)
    assert code == 1
    assert "`chmod 600 .env`" in said


def test_people_in_a_time_zone_unknown_here_are_found(slack: Playground, file: Path) -> None:
    database = Database(f"sqlite:///{file}")
    now = datetime.now(UTC)
    with database.write() as session:
        where = ensure_workspace(session, Workspace(0, "T1", "Firm", "UBOT", None), now)
        person = meet_person(session, where.id, "U1", "Priya")
        session.get_one(PersonRow, person.id).time_zone = "Mars/Olympus"
    database.close()
    code, said = examine(slack, file)
    assert code == 1
    assert "Mars/Olympus" in said
    assert "tzdata" in said


def test_a_standstill_and_an_old_backup_are_found_and_a_new_one_helps(
    slack: Playground, file: Path, tmp_path: Path
) -> None:
    settings = settings_for(slack, f"sqlite:///{file}")
    database = Database(f"sqlite:///{file}")
    long_ago = datetime.now(UTC) - timedelta(days=9)
    with database.write() as session:
        note_look(session, long_ago)
        note_backup(session, long_ago)
    database.close()
    said = invoke("doctor", folder=tmp_path, **settings)
    assert said.exit_code == 1
    assert "heartbeat: nothing has looked at what is due for 12960 minutes" in said.output
    assert "backup: the last one is 9 days old" in said.output
    assert invoke("db", "backup", str(tmp_path / "tonight"), folder=tmp_path, **settings).exit_code == 0
    assert "ok    backup: the last one is 0 days old" in invoke("doctor", folder=tmp_path, **settings).output
    assert invoke("db", "restore", str(tmp_path / "tonight"), folder=tmp_path, **settings).exit_code == 0
    assert "ok    backup: the last one is 0 days old" in invoke("doctor", folder=tmp_path, **settings).output


def test_the_doctor_names_what_http_needs_and_an_address_that_leads_nowhere(
    slack: Playground, file: Path, tmp_path: Path
) -> None:
    missing = invoke("doctor", "--http", folder=tmp_path, DATABASE_URL=f"sqlite:///{file}").output
    assert "SLACK_CLIENT_ID is missing" in missing
    settings = {
        "DATABASE_URL": f"sqlite:///{file}",
        "SLACK_CLIENT_ID": "1",
        "SLACK_CLIENT_SECRET": "2",
        "SLACK_SIGNING_SECRET": "3",
        "SLACK_API_URL": slack.api_url,
        "PUBLIC_URL": "http://127.0.0.1:9",
        "ENCRYPTION_KEYS": new_key(),
    }
    said = invoke("doctor", "--http", folder=tmp_path, **settings)
    assert said.exit_code == 1
    assert "ok    Slack: answers." in said.output
    assert "look  public address: http://127.0.0.1:9 does not answer." in said.output
