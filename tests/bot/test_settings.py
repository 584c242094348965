"""Settings: read once, all that is wrong named at once, secrets never shown."""

from pathlib import Path

import pytest

from bot.settings import DatabaseSettings, Settings, SettingsError, read_settings

GOOD = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "SLACK_SIGNING_SECRET": "deep secret"}


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*GOOD, "SLACK_API_URL", "DATABASE_URL", "LOG_LEVEL"):
        monkeypatch.delenv(name, raising=False)


def read(monkeypatch: pytest.MonkeyPatch, **values: str) -> Settings:
    for name, value in (GOOD | values).items():
        monkeypatch.setenv(name, value)
    return read_settings(Settings, env_file=None)


def test_all_missing_settings_are_named_at_once_with_where_to_get_them() -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings(Settings, env_file=None)
    lines = str(refused.value).splitlines()
    assert len(lines) == 3
    assert all("is missing. Get it at api.slack.com/apps" in line for line in lines)


def test_a_file_is_read_and_the_environment_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("".join(f"{name}={value}\n" for name, value in GOOD.items()) + "LOG_LEVEL=debug\n")
    assert read_settings(Settings, env_file=file).log_level == "debug"
    monkeypatch.setenv("LOG_LEVEL", "error")
    assert read_settings(Settings, env_file=file).log_level == "error"


def test_secrets_never_print(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = repr(read(monkeypatch)) + str(read(monkeypatch))
    assert not [value for value in GOOD.values() if value in shown]


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SLACK_BOT_TOKEN", "xoxp-hidden", "begins with xoxb-"),
        ("SLACK_APP_TOKEN", "xoxb-hidden", "begins with xapp-"),
        ("SLACK_API_URL", "http://slack.hidden/api", "write an https address"),
        ("DATABASE_URL", "mysql://root:hidden@host/db", "write `sqlite:////"),
        ("DATABASE_URL", "hidden", "write `sqlite:////"),
        ("DATABASE_URL", "sqlite://", "write `sqlite:////"),
        ("LOG_LEVEL", "hidden", "'debug', 'info'"),
        ("TEMPLATES_FOLDER", "hidden", "there is no such folder"),
    ],
)
def test_a_malformed_setting_is_a_sentence_without_its_value(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        read(monkeypatch, **{name: value})
    assert str(refused.value).startswith(f"{name}: ")
    assert sentence in str(refused.value)
    assert "hidden" not in str(refused.value)


def test_the_web_api_is_slacks_unless_another_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(monkeypatch).slack_api_url == "https://slack.com/api/"
    assert (
        read(monkeypatch, SLACK_API_URL="http://127.0.0.1:80/api").slack_api_url == "http://127.0.0.1:80/api/"
    )


def test_the_database_is_a_file_of_the_users_own_unless_another_is_named() -> None:
    url = read_settings(DatabaseSettings, env_file=None).database_url
    assert url.startswith("sqlite:///")
    assert Path(url.removeprefix("sqlite:///")).is_absolute()
