"""An anonymous answer leads to nobody: not through any table, time, order or log."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Table, select, text
from sqlalchemy.orm import Session

from handlers.asked import show_notes, show_results
from handlers.surveys import submit
from handlers.visit import Visit
from mentoring.people import Person
from mentoring.programs import Program
from mentoring.surveys.instruments import Instrument, QuestionKind
from mentoring.surveys.requests import SurveyRequest
from mentoring.surveys.sent import MINIMUM_SETTING
from messages.actions import Act
from messages.answers import Show
from messages.instruments.loader import shipped_instrument
from playground.blocks import reading
from storage.people import person_by_slack_id
from storage.programs import save_program
from storage.surveys import ask_survey
from storage.tables import AnswerRow, Base
from tests.support.town import GUEST, JONAS, LEILA, MARCUS, PRIYA, ROBIN, Town

OPENED = datetime(2026, 1, 5, tzinfo=UTC)
CLOSES = datetime(2026, 1, 19, tzinfo=UTC)
ANONYMOUS = "final_mentee"
EVERYBODY = (PRIYA, MARCUS, LEILA, JONAS, ROBIN)


def person_of(town: Town, slack_id: str) -> Person:
    with town.database.read() as session:
        found = person_by_slack_id(session, town.workspace.id, slack_id)
    assert found is not None
    return found


def ask(session: Session, program: Program, person: Person) -> SurveyRequest:
    wanted = SurveyRequest(0, ANONYMOUS, 1, person.id, None, OPENED, CLOSES)
    found = ask_survey(session, program.workspace_id, program.id, f"asked {person.id}", wanted)
    assert found is not None
    return found


def values_for(instrument: Instrument, score: int, note: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for question in instrument.questions:
        if question.kind.is_text:
            values[f"q.{question.id}"] = {"survey_field": {"type": "plain_text_input", "value": note}}
            continue
        value = question.options[0].id if question.options else str(score)
        picked: dict[str, Any] = {"selected_option": {"value": value}}
        if question.kind is QuestionKind.CHOICES:
            picked = {"selected_options": [{"value": value}]}
        values[f"q.{question.id}"] = {"survey_field": {"type": "static_select", **picked}}
    return values


def visit_of(town: Town, person: Person, act: Act, values: dict[str, Any] | None = None) -> Visit:
    return Visit(town.database, town.workspace, person, town.clock.now(), act, values or {})


def answered_by(town: Town, slack_ids: tuple[str, ...]) -> Program:
    """These people answer the final survey, each with a score and a note of their own."""
    town.claim()
    program = town.draft()
    instrument = shipped_instrument(ANONYMOUS)
    assert instrument.anonymous
    for number, slack_id in enumerate(slack_ids):
        person = person_of(town, slack_id)
        with town.database.write() as session:
            request = ask(session, program, person)
        act = Act("survey_answer", {"request": request.id})
        submit(visit_of(town, person, act, values_for(instrument, 1 + number % 5, f"note of {slack_id}")))
    return program


def columns_of(table: Table) -> set[str]:
    return {column.name for column in table.columns}


def test_nothing_in_the_row_of_an_anonymous_answer_names_a_person_a_pair_or_a_time(town: Town) -> None:
    answered_by(town, EVERYBODY)
    with town.database.read() as session:
        for row in session.scalars(select(AnswerRow)):
            assert row.request_id is None
    assert columns_of(Base.metadata.tables["survey_answer"]) == {
        "id",
        "workspace_id",
        "program_id",
        "request_id",
        "instrument",
        "version",
        "answers",
        "shared",
        "sending_id",
        "look",
    }


def test_no_other_table_points_at_an_answer() -> None:
    for table in Base.metadata.tables.values():
        assert not any(key.column.table.name == "survey_answer" for key in table.foreign_keys), table.name


def test_no_value_of_an_anonymous_answer_stands_anywhere_else_in_the_database(town: Town) -> None:
    answered_by(town, EVERYBODY)
    with town.database.read() as session:
        ids = set(session.scalars(select(AnswerRow.id)))
        for table in Base.metadata.sorted_tables:
            if table.name == "survey_answer":
                continue
            for row in session.execute(select(table)).mappings():
                kept = json.dumps([str(value) for value in row.values()])
                assert "note of" not in kept, table.name
                assert not any(id_ in kept for id_ in ids), table.name


def test_the_order_of_answering_cannot_be_read_off_the_answers(town: Town) -> None:
    answered_by(town, EVERYBODY)
    with town.database.read() as session:
        if town.database.url.startswith("postgresql"):
            in_order = list(session.scalars(select(AnswerRow.id).order_by(text("ctid"))))
            assert in_order == sorted(in_order)
        else:
            numbers = list(session.scalars(text("SELECT rowid FROM survey_answer")))
            assert max(numbers) - min(numbers) > 2**40, "numbers that are chance"
        ids = list(session.scalars(select(AnswerRow.id)))
        instants = session.execute(text("select answered_at from survey_request")).scalars()
        assert {str(each)[11:19] for each in instants} == {"00:00:00"}
    assert len(ids) == len(EVERYBODY)
    assert all(len(each) == 32 for each in ids)


def test_a_coordinator_sees_nothing_before_the_survey_has_closed(town: Town) -> None:
    program = answered_by(town, EVERYBODY)
    with town.database.write() as session:
        ask_survey(
            session,
            program.workspace_id,
            program.id,
            "one more",
            SurveyRequest(0, ANONYMOUS, 1, person_of(town, ROBIN).id, None, OPENED, CLOSES),
        )
    assert "Open until" in results_seen(town, program)
    assert "(5)" not in results_seen(town, program)


def results_seen(town: Town, program: Program) -> str:
    act = Act("asked.results", {"program": program.id})
    answer = show_results(visit_of(town, person_of(town, ROBIN), act))
    assert isinstance(answer, Show)
    return reading(answer.view["blocks"], names=lambda id_: id_)


def test_five_answers_are_shown_and_four_are_not_whatever_is_set_afterwards(town: Town) -> None:
    program = answered_by(town, EVERYBODY[:4])
    seen = results_seen(town, program)
    assert "4 of 4 answered" in seen
    assert "too few answers to show" in seen
    assert "(4)" not in seen
    with town.database.write() as session:
        save_program(session, replace(program, settings={**program.settings, MINIMUM_SETTING: 3}))
    assert "too few answers to show" in results_seen(town, program), "they were promised five"


def test_results_of_five_are_means_without_names_or_unshared_notes(town: Town) -> None:
    program = answered_by(town, EVERYBODY)
    seen = results_seen(town, program)
    assert "(5)" in seen
    assert "note of" not in seen
    for slack_id in EVERYBODY:
        assert person_of(town, slack_id).first_name not in seen


def test_a_result_never_grows_by_fewer_answers_than_the_smallest_group(town: Town) -> None:
    """Seen at five, asked again of one: the sixth answer would be the difference."""
    program = answered_by(town, EVERYBODY)
    before = results_seen(town, program)
    assert "(5)" in before
    newcomer = person_of(town, GUEST)
    with town.database.write() as session:
        wanted = SurveyRequest(0, ANONYMOUS, 1, newcomer.id, None, town.clock.now(), CLOSES)
        late = ask_survey(session, program.workspace_id, program.id, "a late one", wanted)
    assert late is not None
    act = Act("survey_answer", {"request": late.id})
    submit(visit_of(town, newcomer, act, values_for(shipped_instrument(ANONYMOUS), 1, "late")))
    after = results_seen(town, program)
    assert "6 of 6 answered" in after
    assert "(6)" not in after
    assert after.count("(5)") == before.count("(5)")


def test_notes_of_an_anonymous_survey_wait_for_the_smallest_group_and_then_all_can_be_read(
    town: Town,
) -> None:
    town.claim()
    program = town.draft()
    instrument = shipped_instrument(ANONYMOUS)
    for number, slack_id in enumerate((*EVERYBODY, GUEST)):
        if number == 1:
            assert "note of" not in results_seen(town, program)
        person = person_of(town, slack_id)
        with town.database.write() as session:
            request = ask(session, program, person)
        values = values_for(instrument, 4, f"note of {slack_id}")
        values["share.note"] = {"survey_field": {"selected_options": [{"value": "yes"}]}}
        submit(visit_of(town, person, Act("survey_answer", {"request": request.id}), values))
    seen = results_seen(town, program)
    assert (seen.count("note of"), "[Read all 6 notes]" in seen) == (5, True)
    act = Act("asked.notes", {"program": program.id, "survey": ANONYMOUS, "version": 1})
    notes = show_notes(visit_of(town, person_of(town, ROBIN), act))
    assert isinstance(notes, Show)
    listed = reading(notes.view["blocks"], names=lambda id_: id_)
    assert all(f"“note of {each}”" in listed for each in (*EVERYBODY, GUEST))
