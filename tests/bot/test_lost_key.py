"""A key that was lost: the operator reads what to do, people a kind sentence, and nothing is given up."""

import logging
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from slack_sdk.oauth.installation_store import Installation
from structlog.testing import capture_logs

from bot.rehearsal.stage import MANIFEST
from playground import Message, Playground, StillClock
from storage.database import Database
from storage.installations import reading_and_writing
from storage.sealing import SealedError, new_key, seal_with
from tests.support.command_line import invoke, settings_for
from tests.support.town import PRIYA, ROBIN, Town

ADVICE = "Put the key they were sealed with back"


@pytest.fixture
def key() -> Iterator[str]:
    """The key everything is sealed with; none afterwards."""
    found = new_key()
    seal_with([found])
    yield found
    seal_with([])


@pytest.fixture
def slack() -> Iterator[Playground]:
    with Playground(MANIFEST, clock=StillClock(datetime.now(UTC))) as playground:
        yield playground


def test_whoever_clicks_reads_a_kind_sentence_and_the_log_says_what_to_do(town: Town, key: str) -> None:
    town.claim()
    town.draft()
    seal_with([new_key()])
    with capture_logs() as logged:
        said = town.person(PRIYA).command("/mentoring", "join").shown[0].reading
    assert "it's on us. Nothing was changed" in said
    told = [each for each in logged if each["event"] == "keys missing"]
    assert [ADVICE in each["advice"] for each in told] == [True]
    assert told[0]["reference"] in said
    seal_with([key])
    assert "on us" not in town.person(PRIYA).command("/mentoring", "join").shown[0].reading


def said_in(town: Town) -> list[Message]:
    """What everybody in the channel reads."""
    return [each for each in town.person(ROBIN).messages(town.channel) if not each.ephemeral_for]


def test_a_letter_waits_for_the_key_and_is_not_given_up(town: Town, key: str) -> None:
    town.claim()
    town.draft()
    robin = town.person(ROBIN)
    robin.click(robin.command("/mentoring", "program", channel=town.channel).shown[0], "program.open")
    seal_with([])
    with capture_logs() as logged:
        town.bot.deliver()
    assert [each["event"] for each in logged].count("keys missing") == 1
    assert not said_in(town)
    seal_with([key])
    town.later(minutes=11)
    assert len(said_in(town)) == 1


@pytest.fixture
def sealed(migrated: Path, tmp_path: Path, key: str) -> str:
    """The address of a database with a sealed token in it."""
    url = f"sqlite:///{tmp_path / 'mentoring.db'}"
    shutil.copy(migrated, tmp_path / "mentoring.db")
    (tmp_path / "mentoring.db").chmod(0o600)
    database = Database(url)
    _, store = reading_and_writing("1", database, logging.getLogger("test"))
    store.save(Installation(app_id="A1", team_id="T1", bot_token="xoxb-1", bot_user_id="UBOT", user_id="U1"))
    database.close()
    assert key
    return url


def settings(slack: Playground, url: str, keys: str) -> dict[str, str]:
    http = {"SLACK_CLIENT_ID": "1", "SLACK_CLIENT_SECRET": "2", "PUBLIC_URL": "http://127.0.0.1:9"}
    return settings_for(slack, url) | http | {"ENCRYPTION_KEYS": keys}


@pytest.mark.parametrize("words", [("run",), ("run", "--http")])
def test_the_bot_does_not_start_without_the_key(
    slack: Playground, sealed: str, tmp_path: Path, words: tuple[str, ...]
) -> None:
    ended = invoke(*words, folder=tmp_path, **settings(slack, sealed, new_key()))
    assert isinstance(ended.exception, SealedError)
    assert ADVICE in str(ended.exception)
    assert not slack.calls


def test_the_doctor_says_whether_the_keys_open_what_is_sealed(
    slack: Playground, sealed: str, tmp_path: Path, key: str
) -> None:
    well = invoke("doctor", folder=tmp_path, **settings(slack, sealed, f"{new_key()},{key}"))
    assert "ok    keys: they open what is sealed." in well.output
    for keys in ("", new_key()):
        unwell = invoke("doctor", folder=tmp_path, **settings(slack, sealed, keys))
        assert unwell.exit_code == 1
        assert "look  keys: The database holds sealed words, and none of ENCRYPTION_KEYS opens them." in (
            unwell.output
        )
        assert ADVICE in unwell.output
