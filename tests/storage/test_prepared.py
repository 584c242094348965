"""Prepared statements answer what SQLAlchemy itself would answer, on both kinds of database."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from storage.database import Database
from storage.fast import change, every, first, one_of_ids, rows
from storage.people import people
from storage.prepared import TOGETHER, among
from storage.tables import PersonRow, WorkspaceRow
from tests.storage.conftest import Place, new_place
from tests.support.queries import queries

EVERYBODY = select(PersonRow.__table__).order_by(PersonRow.id)
BY_ID = select(PersonRow.__table__).where(one_of_ids(PersonRow.id)).order_by(PersonRow.id)
BY_NAME = select(PersonRow.id).where(among(PersonRow.slack_id, "names")).order_by(PersonRow.id)
NOT_BY_NAME = select(PersonRow.id).where(~among(PersonRow.slack_id, "names")).order_by(PersonRow.id)
WORKSPACE_OF = select(WorkspaceRow.__table__).where(WorkspaceRow.team_id == bindparam("team"))
WITH_A_LIST = select(PersonRow.id).where(PersonRow.id.in_(bindparam("ids", expanding=True)))
NEW_WORKSPACE = insert(WorkspaceRow.__table__).inline()  # type: ignore[arg-type] # a mapped table is a Table
RENAME = (
    update(WorkspaceRow.__table__)  # type: ignore[arg-type] # the same
    .where(WorkspaceRow.team_id == bindparam("team"))
    .values(name=bindparam("now"))
)


def test_rows_are_read_as_the_library_reads_them(database: Database, here: Place) -> None:
    with database.read() as session:
        ours = every(session, EVERYBODY)
        theirs = session.connection().execute(EVERYBODY).all()
    assert [row._asdict() for row in ours] == [row._asdict() for row in theirs]
    assert [row.id for row in ours] == [here.person_id]


def test_a_statement_reads_the_same_for_any_number_of_ids(
    database: Database, here: Place, elsewhere: Place
) -> None:
    both = [here.person_id, elsewhere.person_id]
    with database.read() as session, queries(database) as asked:
        assert [row.id for row in rows(session, BY_ID, both)] == both
        assert [row.id for row in rows(session, BY_ID, both[1:])] == both[1:]
        assert rows(session, BY_ID, [0, -1, 2**40]) == []
    assert len(asked) == 3
    assert len({*asked}) == 1


def test_words_may_be_many_few_or_none(database: Database, here: Place, elsewhere: Place) -> None:
    both = [here.person_id, elsewhere.person_id]
    with database.read() as session:
        found = [every(session, BY_NAME, names=names) for names in (["UPRIYA", "it's"], ['"'], [])]
        others = every(session, NOT_BY_NAME, names=["UNOBODY"])
    assert [[row.id for row in each] for each in found] == [both, [], []]
    assert [row.id for row in others] == both


def test_what_the_session_has_changed_is_seen(database: Database, here: Place) -> None:
    with database.write() as session:
        session.get_one(WorkspaceRow, here.workspace_id).team_id = "TMOVED"
        assert first(session, WORKSPACE_OF, team="TMOVED") is not None
        assert first(session, WORKSPACE_OF, team="THERE1") is None


def test_a_list_that_would_be_written_anew_each_time_is_refused(database: Database) -> None:
    with database.read() as session, pytest.raises(TypeError, match="use `among`"):
        every(session, WITH_A_LIST, ids=[1])


def test_a_value_that_is_missing_is_told(database: Database) -> None:
    with database.read() as session, pytest.raises(KeyError, match="team"):
        first(session, WORKSPACE_OF)


def test_a_naive_instant_is_refused_as_ever(database: Database) -> None:
    naive = datetime(2026, 1, 5, 15, tzinfo=UTC).replace(tzinfo=None)
    values = {"team_id": "TNEW", "name": "New", "bot_user_id": "UBOT", "created_at": naive}
    with database.write() as session, pytest.raises(ValueError, match="naive"):
        change(session, NEW_WORKSPACE, values)


def test_an_error_of_the_driver_has_the_librarys_name_and_takes_everything_back(
    database: Database, here: Place
) -> None:
    now = datetime(2026, 1, 5, 15, tzinfo=UTC)
    twice = {"team_id": "THERE1", "name": "Again", "bot_user_id": "UBOT", "created_at": now}

    def rename_and_fail() -> None:
        with database.write() as session:
            session.get_one(PersonRow, here.person_id).name = "Somebody else"
            change(session, NEW_WORKSPACE, twice)

    with pytest.raises(IntegrityError):
        rename_and_fail()
    with database.read() as session:
        assert people(session, here.workspace_id, [here.person_id])[here.person_id].name == "Priya"


def test_many_changes_are_one_statement(database: Database, here: Place) -> None:
    now = datetime(2026, 1, 5, 15, tzinfo=UTC)
    firms = [
        {"team_id": team, "name": team, "bot_user_id": "UBOT", "created_at": now} for team in ("TA", "TB")
    ]
    with database.write() as session, queries(database) as asked:
        assert change(session, NEW_WORKSPACE, firms) == 2
    assert len(asked) == 1
    with database.write() as session, queries(database) as asked:
        assert change(session, RENAME, [{"team": "TA", "now": "Ann"}, {"team": "TB", "now": "Ben"}]) == 2
    assert len(asked) == 1
    with database.read() as session:
        found = [first(session, WORKSPACE_OF, team=team) for team in ("TA", "TB", "THERE1")]
    assert [row and row.name for row in found] == ["Ann", "Ben", "Firm THERE1"]
    assert new_place(database, "TA").workspace_id != here.workspace_id


def test_more_rows_than_one_statement_takes_are_all_kept(database: Database, here: Place) -> None:
    now = datetime(2026, 1, 5, 15, tzinfo=UTC)
    firms = [
        {"team_id": f"T{number}", "name": "%s", "bot_user_id": "UBOT", "created_at": now}
        for number in range(TOGETHER + 1)
    ]
    with database.write() as session:
        assert change(session, NEW_WORKSPACE, firms) == TOGETHER + 1
        last = first(session, WORKSPACE_OF, team=f"T{TOGETHER}")
    assert last is not None
    assert (last.name, last.created_at) == ("%s", now)
    assert last.id > here.workspace_id


def test_many_ids_are_looked_up_and_not_searched_for_in_the_whole_table(database: Database) -> None:
    asked = str(BY_ID.compile(database.reader))
    with database.reader.connect() as connection:
        if connection.dialect.name != "sqlite":
            # PostgreSQL plans by its statistics; what it must be given is a list.
            assert "person.id = ANY (" in asked
            assert "= 1" not in asked
            return
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}", ("[1]",)).all()
    assert any("SEARCH person USING INTEGER PRIMARY KEY" in str(step) for step in plan)
    assert not any("SCAN person" in str(step) for step in plan)
