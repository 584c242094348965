"""The schema: made from nothing, brought up to date, and refused where it is not ours."""

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from storage.database import Database
from storage.schema import OldSchemaError, check, current, newest, upgrade
from storage.tables import Base


def url_of(path: Path) -> str:
    return f"sqlite:///{path / 'mentoring.db'}"


def pretend_revision(path: Path, revision: str) -> None:
    with sqlite3.connect(path / "mentoring.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    connection.close()


def test_an_upgrade_makes_every_table_from_nothing(tmp_path: Path) -> None:
    assert upgrade(url_of(tmp_path)) == newest()
    database = Database(url_of(tmp_path))
    tables = set(inspect(database.reader).get_table_names())
    check(database)
    database.close()
    assert tables == {*Base.metadata.tables, "alembic_version"}


def test_a_second_upgrade_changes_nothing(tmp_path: Path) -> None:
    upgrade(url_of(tmp_path))
    before = (tmp_path / "mentoring.db").read_bytes()
    assert upgrade(url_of(tmp_path)) == newest()
    assert (tmp_path / "mentoring.db").read_bytes() == before


def test_the_migrations_make_exactly_the_tables_of_the_code(database: Database) -> None:
    with database.reader.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_an_upgrade_makes_the_folder_of_the_file(tmp_path: Path) -> None:
    deep = tmp_path / "not" / "there" / "yet"
    upgrade(url_of(deep))
    assert (deep / "mentoring.db").exists()


def test_an_empty_database_is_refused_with_the_command_that_makes_it(tmp_path: Path) -> None:
    database = Database(url_of(tmp_path))
    with pytest.raises(OldSchemaError, match=r"empty.*`mentoring db upgrade`"):
        check(database)
    assert current(database) is None
    database.close()


def test_a_database_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    upgrade(url_of(tmp_path))
    pretend_revision(tmp_path, "v9999")
    database = Database(url_of(tmp_path))
    with pytest.raises(OldSchemaError, match=r"v9999.*a newer version made it"):
        check(database)
    with pytest.raises(OldSchemaError, match="a newer version made it"):
        upgrade(url_of(tmp_path))
    assert current(database) == "v9999"
    database.close()


def test_an_older_database_is_refused_with_the_command_that_upgrades_it(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = current(database)
    # There is one revision so far: the program is told that it wants a later one.
    monkeypatch.setattr("storage.schema.newest", lambda: "v0002")
    with pytest.raises(OldSchemaError, match=f"at schema {found}, this version needs v0002.*db upgrade"):
        check(database)
