"""Privacy as a person meets it: what is held and why, a copy, and an end that others hear of kindly."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.retention import forget_old_programs
from mentoring.people import SOMEONE, StaffRole
from mentoring.programs import ProgramState
from storage.people import add_staff, person_by_slack_id
from storage.privacy import NAMES
from storage.programs import save_program
from storage.tables import AnswerRow, Base, EnrollmentRow, MeetingRow, PersonRow
from tests.journeys.test_main_job import agreed_town
from tests.journeys.test_reports import met_town
from tests.support.town import MARCUS, PRIYA, ROBIN, Town


def everything_stored(town: Town) -> str:
    """All rows of all tables as one text: where a forgotten person must not be found."""
    with town.database.read() as session:
        return "\n".join(
            str(tuple(row))
            for table in Base.metadata.sorted_tables
            for row in session.connection().execute(select(table))
        )


def delete_everything(town: Town, slack_id: str) -> Any:
    person = town.person(slack_id)
    person.command("/mentoring", "privacy")
    person.press("privacy.open_delete")
    person.fill("sure", ["yes"])
    return person.submit()


def held_program(town: Town, **settings: object) -> None:
    with town.database.write() as session:
        about = town.program()
        save_program(session, replace(about, settings={**about.settings, **settings}))


def test_every_table_that_points_to_a_person_is_decided_on() -> None:
    pointing = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        for key in column.foreign_keys
        if key.target_fullname == "person.id"
    }
    assert pointing == set(NAMES), "say in storage/privacy.py what it holds, and what becomes of it"


def test_people_read_what_is_held_and_why(town: Town) -> None:
    met_town(town)
    person = town.person(PRIYA)
    view = person.command("/mentoring", "privacy").view
    assert view is not None
    text = json.dumps(view.blocks)
    assert "What you told us when you joined" in text
    assert "only the matcher reads" in text
    assert "is forgotten on Monday, July 31, 2028" in text


def test_the_copy_holds_ones_own_words_and_nobody_elses(town: Town) -> None:
    met_town(town)
    priya = town.person(PRIYA)
    priya.command("/mentoring", "privacy")
    priya.press("privacy.copy")
    town.beat()
    file = next(each for message in reversed(priya.inbox()) for each in message.files)
    copy = json.loads(priya.download(file["id"]))
    held = copy["held_about_you"]
    assert held["person"][0]["slack_id"] == PRIYA
    assert held["enrollment"][0]["profile"]["wants"] == ["negotiation", "legal writing"]
    assert held["meeting"][0]["state"] == "held"
    assert MARCUS not in json.dumps(copy)
    assert [message for message in town.person(MARCUS).inbox() if message.files] == []


def test_deletion_is_asked_twice_and_leaves_no_trace_of_the_person_but_the_facts_of_the_pair(
    town: Town,
) -> None:
    met_town(town)
    before = everything_stored(town)
    assert PRIYA in before
    assert "legal writing" in before
    priya = town.person(PRIYA)
    priya.command("/mentoring", "privacy")
    priya.press("privacy.open_delete")
    assert "sure" in priya.submit().errors
    assert delete_everything(town, PRIYA).acked
    after = everything_stored(town)
    assert "Lead a matter on my own" not in after
    assert "legal writing" not in after
    with town.database.read() as session:
        known = {row.slack_id: row.name for row in session.scalars(select(PersonRow))}
        held = [row for row in session.scalars(select(MeetingRow)) if row.state == "held"]
        states = {row.state for row in session.scalars(select(EnrollmentRow))}
    assert SOMEONE in known.values()
    assert len(held) == 1
    assert states == {"finished"}
    # Slack's own directory knows every member; nothing hangs on the new row of it.
    with town.database.read() as session:
        again = person_by_slack_id(session, town.workspace.id, PRIYA)
        if again is not None:
            assert not [*session.scalars(select(EnrollmentRow).where(EnrollmentRow.person_id == again.id))]


def test_the_other_is_told_kindly_and_hears_no_reason_and_no_name(town: Town) -> None:
    met_town(town)
    delete_everything(town, PRIYA)
    town.later(days=1)
    told = town.person(MARCUS).inbox()[-1].reading
    assert "has come to an end" in told
    assert "Priya" not in told


def test_whoever_is_forgotten_is_someone_in_the_language_of_each_reader(town: Town) -> None:
    met_town(town)
    town.person(MARCUS).change(locale="es-MX")
    delete_everything(town, PRIYA)
    town.later(days=1)
    assert "Tu mentoría con alguien llegó a su fin" in town.newest(MARCUS).reading
    robin = town.person(ROBIN)
    assert "Marcus O'Neill and someone have ended" in town.newest(ROBIN).reading
    for locale, sentence in (
        ("en-US", "Someone ended the pairing of Marcus O'Neill and someone early"),
        ("es-MX", "Alguien terminó antes de tiempo la pareja de Marcus O'Neill y alguien"),
    ):
        robin.change(locale=locale)
        log = robin.command("/mentoring", "audit").view
        assert log is not None
        assert sentence in log.reading
        robin.close(all=True)


def test_reports_still_count_what_was(town: Town) -> None:
    met_town(town)
    delete_everything(town, PRIYA)
    shown = town.person(ROBIN).command("/mentoring", "report activity").shown[0]
    assert "1 of 1 pair has met, 1 time in all." in shown.reading


def test_a_legal_hold_stops_deletion_and_says_so(town: Town) -> None:
    met_town(town)
    robin = town.person(ROBIN)
    robin.command("/mentoring", "privacy settings")
    robin.fill("hold", ["yes"])
    robin.submit()
    before = everything_stored(town)
    priya = town.person(PRIYA)
    view = priya.command("/mentoring", "privacy").view
    assert view is not None
    assert "is on legal hold" in json.dumps(view.blocks)
    outcome = priya.press("privacy.open_delete")
    assert outcome.view is not None
    assert "A legal hold on Mentoring at Harbor Law stops deletion for now" in json.dumps(outcome.view.blocks)
    assert everything_stored(town) == before


def test_the_last_owner_names_another_first(town: Town) -> None:
    agreed_town(town)
    assert "Name another first" in delete_everything(town, ROBIN).errors["sure"]
    with town.database.write() as session:
        marcus = person_by_slack_id(session, town.workspace.id, MARCUS)
        assert marcus is not None
        add_staff(session, town.workspace.id, marcus.id, StaffRole.OWNER, None, town.clock.now())
    assert not delete_everything(town, ROBIN).errors


@pytest.mark.parametrize(("months", "kept"), [(24, True), (23, False)])
def test_a_closed_program_is_forgotten_when_its_time_is_over_and_not_before(
    town: Town,
    months: int,
    kept: bool,  # noqa: FBT001 - what the test expects
) -> None:
    met_town(town)
    with town.database.write() as session:
        about = town.program()
        settings = {**about.settings, "retention_months": months}
        save_program(session, replace(about, state=ProgramState.CLOSED, settings=settings))
    last = datetime(2028, 7, 30, 12, tzinfo=UTC)  # a day before two years after July 31, 2026
    assert forget_old_programs(town.database, last) == int(not kept)
    assert ("legal writing" in everything_stored(town)) == kept
    assert forget_old_programs(town.database, last + timedelta(hours=6)) == 0


def test_a_program_on_hold_is_not_forgotten(town: Town) -> None:
    met_town(town)
    held_program(town, legal_hold=True)
    with town.database.write() as session:
        save_program(session, replace(town.program(), state=ProgramState.CLOSED))
    assert forget_old_programs(town.database, datetime(2040, 1, 1, tzinfo=UTC)) == 0


def test_ratings_stay_for_the_group_and_words_and_names_go(town: Town) -> None:
    agreed_town(town)
    town.until(datetime(2026, 3, 20, tzinfo=UTC))
    priya = town.person(PRIYA)
    opened = town.press(PRIYA, "survey.open")
    assert opened.view is not None
    for block in opened.view.blocks:
        kind = block.get("element", {}).get("type")
        if kind == "radio_buttons":
            priya.fill(block["block_id"], "4")
        elif kind == "plain_text_input":
            priya.fill(block["block_id"], "Marcus is a great listener")
    priya.submit()
    priya.close(all=True)
    delete_everything(town, PRIYA)
    with town.database.read() as session:
        answers = [*session.scalars(select(AnswerRow))]
    assert answers
    assert all(row.request_id is None for row in answers)
    assert "listener" not in everything_stored(town)
    assert any(4 in row.answers.values() for row in answers)
