"""What a tick asks the database does not grow with the pairs that are due, nor a claim with what was sent."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from bench.many_pairs import NOW, database_with
from bot.heartbeat import BATCH, tick
from mentoring.nudges.notices import Kind
from storage.database import Database
from storage.outbox import claim_letter, settle_sent
from storage.tables import AskRow, LetterRow, PairRow, RequestRow
from tests.support.queries import queries

FEW, MANY = 2, 60


def asked_by_a_tick(folder: Path, due: int) -> list[str]:
    folder.mkdir()
    database = database_with(folder, due, due)
    with queries(database) as asked:
        assert tick(database, NOW) == due
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(LetterRow)) == due
    database.close()
    return asked


def test_a_tick_asks_as_much_for_many_pairs_as_for_few(tmp_path: Path) -> None:
    few, many = asked_by_a_tick(tmp_path / "few", FEW), asked_by_a_tick(tmp_path / "many", MANY)
    assert MANY < BATCH
    assert len(many) == len(few), [each for each in many if each not in few]
    assert len(few) <= 25


def plan_of(database: Database, question: str) -> list[str]:
    """How SQLite would go about answering."""
    values = (NOW.replace(tzinfo=None).isoformat(sep=" "),) * question.count("?")
    with database.read() as session:
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {question}", values)
        return [row.detail for row in plan]


def test_a_tick_finds_what_was_said_by_pair_and_by_person(tmp_path: Path) -> None:
    database = database_with(tmp_path, FEW, FEW)
    with queries(database) as asked:
        tick(database, NOW)
    steps = [step for each in asked if each.startswith("SELECT") for step in plan_of(database, each)]
    database.close()
    # By its kind alone, everybody's pauses of all times were read for each hundred pairs.
    assert any("ix_ask_person_id_kind (person_id=? AND kind=?)" in each for each in steps), steps
    growing = ("letter", "ask", "skip", "pair", "member", "person", "meeting", "pause", "survey_request")
    assert not [each for each in steps if each.split(" USING")[0] in {f"SCAN {table}" for table in growing}]


@pytest.fixture
def said(tmp_path: Path) -> Database:
    """A workspace that has sent its letters, and has one to send."""
    database = database_with(tmp_path, MANY, MANY)
    tick(database, NOW)
    with database.write() as session:
        for _ in range(MANY - 1):
            letter = claim_letter(session, NOW)
            assert letter is not None
            settle_sent(session, letter.id, "D1", "1.1", NOW)
    return database


def test_a_claim_finds_the_next_letter_by_index(said: Database) -> None:
    with queries(said) as asked, said.write() as session:
        assert claim_letter(session, NOW) is not None
    steps = plan_of(said, next(each for each in asked if each.startswith("SELECT")))
    said.close()
    assert any("ix_letter_person_id_state" in each for each in steps), steps
    assert any("ix_letter_pair_id_state" in each for each in steps), steps
    assert not any(each.startswith("SCAN letter") for each in steps), steps


def asked_in_a_bad_week(folder: Path, pairs: int) -> list[str]:
    """A tick in which every pair newly needs a look, and everybody's first check-in is open."""
    folder.mkdir()
    database, later = database_with(folder, pairs, pairs), NOW + timedelta(days=48)
    with database.write() as session:
        session.execute(update(PairRow).values(next_look_at=later))
    with queries(database) as asked:
        assert tick(database, later) == pairs
    with database.read() as session:
        listed = select(func.count()).select_from(AskRow).where(AskRow.kind == Kind.LOW_HEALTH)
        assert session.scalar(listed) == pairs
        requests = {each.id: each.person_id for each in session.scalars(select(RequestRow))}
        letters = session.scalars(select(LetterRow).where(LetterRow.kind == "survey")).all()
        assert len(letters) == 2 * pairs
        assert {each.ids["request"]: each.person_id for each in letters} == requests
    database.close()
    return asked


def test_as_much_is_asked_where_all_pairs_need_a_look_and_all_people_get_a_survey(tmp_path: Path) -> None:
    few, many = asked_in_a_bad_week(tmp_path / "few", FEW), asked_in_a_bad_week(tmp_path / "many", MANY)
    assert len(many) == len(few), [each for each in many if each not in few]
