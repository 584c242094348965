"""Whoever can read the database itself cannot tell whose an anonymous answer is."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, text

from bench.many_pairs import NOW, filled
from mentoring.surveys.answers import Answers
from mentoring.surveys.requests import SurveyRequest, answered
from messages.instruments.loader import shipped_instrument
from storage.database import Database
from storage.surveys import answers_given, ask_survey, save_answers
from storage.tables import AnswerRow
from tests.storage.conftest import ON_SQLITE

PEOPLE = range(1, 7)
ANONYMOUS = shipped_instrument("final_mentee")


def answer_each(database: Database) -> None:
    """Six people answer one after the other, each with a word of their own."""
    filled(database.url, len(PEOPLE) // 2, 0).close()
    answer(database, PEOPLE)


def answer(database: Database, people: Iterable[int]) -> None:
    for person in people:
        asked = SurveyRequest(0, ANONYMOUS.id, ANONYMOUS.version, person, None, NOW, NOW + timedelta(days=7))
        with database.write() as session:
            request = ask_survey(session, 1, 1, f"asked {uuid4()}", asked)
            assert request is not None
        with database.write() as session:
            done = answered(request, person_id=person, now=NOW, anonymous=True)
            save_answers(session, 1, done, ANONYMOUS, Answers({"words": f"{person}"}, frozenset({"words"})))


@pytest.fixture
def answers(database: Database) -> Database:
    """A database in which six people have answered."""
    answer_each(database)
    return database


def test_nothing_that_was_answered_is_lost_or_doubled(answers: Database) -> None:
    with answers.read() as session:
        kept = answers_given(session, 1, ANONYMOUS.id, ANONYMOUS.version)
    assert sorted(str(each["words"]) for each, _, _ in kept) == [f"{person}" for person in PEOPLE]


@ON_SQLITE
def test_with_each_answer_all_get_new_numbers_which_are_chance(answers: Database) -> None:
    before = numbers(answers)
    answer(answers, [1])
    after = numbers(answers)
    assert len(after - before) == len(PEOPLE) + 1
    # By itself SQLite gives the next one: nobody draws seven numbers that are so close.
    assert max(after) - min(after) > 2**40


def numbers(database: Database) -> set[int]:
    with database.read() as session:
        return {*session.scalars(text("SELECT rowid FROM survey_answer"))}


def test_answers_lie_in_the_order_of_their_ids_which_are_chance(on_postgresql: Database) -> None:
    answer_each(on_postgresql)
    with on_postgresql.read() as session:
        found = [*session.scalars(select(AnswerRow.id).order_by(text("ctid")))]
    assert found == sorted(found)


def test_no_two_answers_tell_their_transactions_apart(on_postgresql: Database) -> None:
    """SQLite's rows remember no transaction; PostgreSQL's do."""
    answer_each(on_postgresql)
    with on_postgresql.read() as session:
        wrote = {*session.scalars(text("SELECT xmin::text FROM survey_answer"))}
    assert len(wrote) == 1
