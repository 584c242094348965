"""What people wrote is sealed where the operator has a key, and keys can be replaced."""

from collections.abc import Iterator
from typing import Any

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Text, text

from storage.database import Database
from storage.resealing import reseal
from storage.sealing import SEAL, SealedError, opened, seal_with, sealed
from storage.tables import Base, StoryRow
from storage.tables.sealed import WORDS
from tests.storage.conftest import NOW

KEYS = [Fernet.generate_key().decode() for _ in range(2)]


@pytest.fixture(autouse=True)
def no_keys() -> Iterator[None]:
    yield
    seal_with([])


@given(st.text())
def test_what_is_sealed_comes_back_and_shows_nothing(words: str) -> None:
    seal_with(KEYS[:1])
    kept = sealed(words)
    assert kept.startswith(SEAL)
    assert opened(kept) == words


@given(st.text() | st.text().map(lambda rest: SEAL + rest))
def test_without_a_key_words_stay_as_they_are_even_where_they_look_sealed(words: str) -> None:
    seal_with([])
    kept = sealed(words)
    assert opened(kept) == words
    seal_with(KEYS[:1])
    assert opened(kept) == words


def test_a_key_that_is_not_there_opens_nothing() -> None:
    seal_with(KEYS[:1])
    kept = sealed("I would rather not meet Marcus")
    for keys in ([], KEYS[1:]):
        seal_with(keys)
        with pytest.raises(SealedError, match="none of ENCRYPTION_KEYS opens them"):
            opened(kept)


def columns_with_words() -> set[tuple[str, str]]:
    return {(table, column) for table, columns in WORDS.items() for column in columns}


def test_every_listed_column_is_there() -> None:
    there = {(table.name, column.name) for table in Base.metadata.sorted_tables for column in table.columns}
    assert columns_with_words() <= there


def raw(database: Database, table: str, column: str) -> list[Any]:
    with database.reader.connect() as connection:
        return list(connection.execute(text(f"SELECT CAST({column} AS TEXT) FROM {table}")).scalars())


def test_words_and_lists_are_sealed_in_the_tables_and_open_in_the_program(
    database: Database, here: Any
) -> None:
    seal_with(KEYS[:1])
    table = Base.metadata.tables["self_description"]
    program = a_program(database, here.workspace_id)
    row: dict[str, Any] = {
        "workspace_id": here.workspace_id,
        "person_id": here.person_id,
        "answers": {"about": "shy"},
    }
    for column in table.columns:
        if column.name not in row and not column.primary_key and not column.nullable:
            row[column.name] = program if column.name == "program_id" else NOW
    with database.writer.begin() as connection:
        connection.execute(table.insert(), row)
    assert all("shy" not in each and SEAL in each for each in raw(database, "self_description", "answers"))
    with database.reader.connect() as connection:
        assert connection.execute(table.select()).one().answers == {"about": "shy"}


def a_program(database: Database, workspace_id: int) -> int:
    table = Base.metadata.tables["program"]
    row: dict[str, Any] = {}
    for column in table.columns:
        if column.primary_key or column.nullable:
            continue
        row[column.name] = {
            "workspace_id": workspace_id, "starts_on": NOW.date(), "ends_on": NOW.date().replace(month=6),
            "settings": {}, "created_at": NOW, "hours_per_month": 2,
            "sponsor_words": "A mentor changed my life",
        }.get(column.name, "x")  # fmt: skip
    with database.writer.begin() as connection:
        return int(connection.execute(table.insert(), row).inserted_primary_key[0])  # type: ignore[index] # it has one


def test_a_first_key_seals_what_was_in_the_open_and_a_second_one_takes_its_place(
    database: Database, here: Any
) -> None:
    a_program(database, here.workspace_id)
    assert raw(database, "program", "sponsor_words") == ["A mentor changed my life"]
    seal_with(KEYS[:1])
    assert reseal(database)["program"] == 1
    first = raw(database, "program", "sponsor_words")[0]
    assert first.startswith(SEAL)
    seal_with([KEYS[1], KEYS[0]])
    reseal(database)
    seal_with(KEYS[1:])
    assert opened(raw(database, "program", "sponsor_words")[0]) == "A mentor changed my life"


def test_the_code_names_every_table_it_seals() -> None:
    assert StoryRow.__tablename__ in WORDS
    assert isinstance(Base.metadata.tables["slack_bot"].c.bot_token.type.impl, Text)  # type: ignore[attr-defined] # a decorator has one
