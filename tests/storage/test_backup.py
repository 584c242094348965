"""Backups: sound copies made while the database is used, put back only where nothing runs."""

import shutil
import stat
from pathlib import Path

import pytest

from storage.backup import BackupError, back_up, restore, verify
from storage.database import Database
from storage.outbox import claim_letter, count_letters
from storage.people import Workspace, ensure_workspace, workspaces
from storage.schema import newest
from tests.storage.conftest import NOW, ON_SQLITE, Place
from tests.storage.test_outbox import write


def names(url: str) -> list[str]:
    database = Database(url)
    with database.read() as session:
        found = [each.name for each in workspaces(session)]
    database.close()
    return found


def add(url: str, name: str) -> None:
    database = Database(url)
    with database.write() as session:
        ensure_workspace(session, Workspace(0, f"T{name}", name, "UBOT", None), NOW)
    database.close()


@pytest.fixture
def url(migrated: Path, tmp_path: Path) -> str:
    found = f"sqlite:///{tmp_path / 'mentoring.db'}"
    shutil.copy(migrated, tmp_path / "mentoring.db")
    add(found, "Elm")
    return found


def test_a_backup_holds_what_was_there_and_what_comes_later_is_not_in_it(url: str, tmp_path: Path) -> None:
    size = back_up(url, tmp_path / "monday")
    add(url, "Oak")
    assert size == (tmp_path / "monday").stat().st_size
    assert verify(tmp_path / "monday") == newest()
    restore(url, tmp_path / "monday")
    assert names(url) == ["Elm"]


@ON_SQLITE
def test_a_backup_is_made_while_letters_are_written_and_sent(
    database: Database, here: Place, tmp_path: Path
) -> None:
    write(database, here, "committed")
    with database.write() as session:
        claim_letter(session, NOW)
        back_up(database.url, tmp_path / "monday")
    copy = Database(f"sqlite:///{tmp_path / 'monday'}")
    with copy.read() as session:
        assert [state.value for state in count_letters(session, here.workspace_id)] == ["queued"]
    copy.close()


def test_a_backup_is_its_owners_alone(url: str, tmp_path: Path) -> None:
    back_up(url, tmp_path / "monday")
    assert stat.S_IMODE((tmp_path / "monday").stat().st_mode) == 0o600


def test_a_backup_is_one_file(url: str, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    back_up(url, tmp_path / "kept" / "copy.db")
    assert verify(tmp_path / "kept" / "copy.db") == newest()
    assert [each.name for each in (tmp_path / "kept").iterdir()] == ["copy.db"], "nor does reading it add any"


def test_a_backup_is_never_overwritten(url: str, tmp_path: Path) -> None:
    back_up(url, tmp_path / "monday")
    with pytest.raises(BackupError, match="there already"):
        back_up(url, tmp_path / "monday")
    with pytest.raises(BackupError, match=r"There is no folder .*nowhere"):
        back_up(url, tmp_path / "nowhere" / "monday")


def test_the_database_as_it_was_is_kept_beside_the_restored_one(url: str, tmp_path: Path) -> None:
    back_up(url, tmp_path / "monday")
    add(url, "Oak")
    kept = restore(url, tmp_path / "monday")
    assert names(f"sqlite:///{kept}") == ["Elm", "Oak"]
    assert restore(url, tmp_path / "monday") != kept


@pytest.mark.parametrize("harm", ["torn in the middle", "no database any more"])
def test_a_damaged_database_is_replaced_and_kept_as_it_was(url: str, tmp_path: Path, harm: str) -> None:
    back_up(url, tmp_path / "monday")
    database = tmp_path / "mentoring.db"
    pages = database.read_bytes()
    third = len(pages) // 3
    damaged = {
        "torn in the middle": pages[:third] + b"\xaa" * third + pages[2 * third :],
        "no database any more": b"Dear diary",
    }[harm]
    database.write_bytes(damaged)
    with pytest.raises(BackupError, match=r"damaged|cannot be copied"):
        back_up(url, tmp_path / "tuesday")
    kept = restore(url, tmp_path / "monday")
    assert names(url) == ["Elm"]
    assert kept is not None
    assert kept.read_bytes() == damaged
    assert not (tmp_path / "tuesday").exists()


def test_a_backup_makes_a_database_where_there_is_none(url: str, tmp_path: Path) -> None:
    back_up(url, tmp_path / "monday")
    new = f"sqlite:///{tmp_path / 'new' / 'mentoring.db'}"
    assert restore(new, tmp_path / "monday") is None
    assert names(new) == ["Elm"]


def test_a_place_that_cannot_be_written_is_named_with_what_to_do(url: str, tmp_path: Path) -> None:
    back_up(url, tmp_path / "monday")
    with pytest.raises(BackupError, match=r"mentoring\.db/new\.db cannot be written: .* restore again"):
        restore(f"{url}/new.db", tmp_path / "monday")
    with pytest.raises(BackupError, match="is no file"):
        restore(f"sqlite:///{tmp_path}", tmp_path / "monday")
    assert names(url) == ["Elm"]


def test_nothing_is_restored_under_a_running_bot(url: str, tmp_path: Path) -> None:
    back_up(url, tmp_path / "monday")
    running = Database(url)
    with running.read() as session:
        workspaces(session)
    with pytest.raises(BackupError, match=r"in use\. Stop the bot"):
        restore(url, tmp_path / "monday")
    running.close()
    restore(url, tmp_path / "monday")


@pytest.mark.parametrize("fault", ["none", "text", "torn", "strange"])
def test_what_is_no_sound_backup_is_refused_and_the_database_stays(
    url: str, tmp_path: Path, fault: str
) -> None:
    backup = tmp_path / "monday"
    if fault == "text":
        backup.write_text("Dear diary " * 1000)
    elif fault == "torn":
        back_up(url, backup)
        whole = backup.read_bytes()
        backup.write_bytes(whole[: len(whole) // 2])
    elif fault == "strange":
        Database(f"sqlite:///{backup}").close()
    with pytest.raises(BackupError, match=r"There is no file|not a sound database|damaged"):
        restore(url, backup)
    assert names(url) == ["Elm"]


def test_postgresql_is_left_to_its_own_tools(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="pg_dump"):
        back_up("postgresql+psycopg://host/name", tmp_path / "monday")
