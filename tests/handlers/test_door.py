"""The door: whatever comes in, the person gets an answer they can act on, and nothing is done twice."""

import json
from typing import Any

import pytest
from sqlalchemy import select, text
from structlog.testing import capture_logs

from mentoring.enrollment import EnrollmentState
from messages.actions import OUTDATED, VALUE_LIMIT, Act
from playground import Message, Outcome
from playground.line import Parcel
from storage.people import person_by_slack_id, staff
from storage.programs import enrollment
from storage.tables import EnrollmentRow, LetterRow, ProgramRow
from tests.support.breaking import take_away
from tests.support.direct import DirectLine
from tests.support.town import MARCUS, PRIYA, ROBIN, Town

GONE = "no longer open"


def offer(town: Town, name: str, value: str, to: str = PRIYA) -> Message:
    """A message of the bot's with one button, as an old version of it could have left behind."""
    label = {"type": "plain_text", "text": "Press"}
    button = {"type": "button", "action_id": name, "value": value, "text": label}
    posted = town.bot.client.chat_postMessage(
        channel=to, text="Press", blocks=[{"type": "actions", "elements": [button]}]
    )
    return next(each for each in town.person(to).inbox() if each.ts == posted["ts"])


def press(town: Town, name: str, value: str, to: str = PRIYA) -> str:
    """What somebody is shown who presses such a button."""
    return said(town.person(to).click(offer(town, name, value, to), name))


def said(outcome: Outcome) -> str:
    assert outcome.acked
    assert outcome.error is None
    return outcome.shown[0].text


def answered(town: Town, slack_id: str) -> EnrollmentState | None:
    with town.database.read() as session:
        person = person_by_slack_id(session, town.workspace.id, slack_id)
        assert person is not None
        found = enrollment(session, town.program().id, person.id)
    return found.state if found else None


# What is typed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("jion", "join"), ("PAUS", "pause"), ("matsh", "match"), ("coordinatr", "coordinators")],
)
def test_a_typing_error_is_answered_with_the_nearest_command_and_help(
    town: Town, typed: str, meant: str
) -> None:
    shown = said(town.person(PRIYA).command("/mentoring", typed))
    assert f"/mentoring {meant}" in shown.split("\n", 1)[0]
    assert "/mentoring help" in shown


def test_what_resembles_nothing_is_answered_with_help_and_comes_to_no_harm(town: Town) -> None:
    shown = said(town.person(PRIYA).command("/mentoring", "<!channel> *drop tables*"))
    assert "/mentoring help" in shown
    assert "<!channel>" not in shown


def test_case_and_spaces_do_not_matter(town: Town) -> None:
    person = town.person(PRIYA)
    assert said(person.command("/mentoring", "  HELP  ")) == said(person.command("/mentoring", ""))


# What is pressed too late, or was never ours


@pytest.mark.parametrize("name", ["meeting.met", "agreement.open", "pair.fine"])
def test_a_button_of_a_pair_that_is_not_there_any_more_is_no_longer_open(town: Town, name: str) -> None:
    assert GONE in press(town, name, '{"pair":999,"meeting":1}')


def test_a_button_of_a_program_that_is_not_there_any_more_is_no_longer_open(town: Town) -> None:
    town.claim()
    town.draft()
    town.open()
    offered = town.person(PRIYA).command("/mentoring", "join").shown[0]
    with town.database.write() as session:
        session.execute(text("DELETE FROM letter"))
        session.delete(session.scalars(select(ProgramRow)).one())
    assert GONE in said(town.person(PRIYA).click(offered, "join.open"))


@pytest.mark.parametrize(
    "value",
    ["", "{", "[]", "null", "17", '{"program":"17"}', '{"program":true}', '{"program":1.5}', '{"program":{}}',
     '{"program":null}', "💥" * (VALUE_LIMIT // 2)],
)  # fmt: skip
def test_a_button_whose_value_makes_no_sense_is_no_longer_open(town: Town, value: str) -> None:
    with capture_logs() as logged:
        shown = press(town, "join.open", value or " ")
    assert shown == OUTDATED
    assert [each["event"] for each in logged if each["log_level"] == "error"] == []


def test_a_stale_button_says_what_has_happened_and_changes_nothing(town: Town) -> None:
    town.claim()
    town.draft()
    listed = town.person(ROBIN).command("/mentoring", "program").shown[0]
    town.person(ROBIN).click(listed, "program.open")
    before = town.program()
    again = town.person(ROBIN).click(listed, "program.open", stale=True)
    assert said(again) == f"This is no longer open: {before.name} is open already."
    assert town.program() == before


def test_clicking_twice_changes_nothing(town: Town) -> None:
    listed = town.person(ROBIN).command("/mentoring", "coordinators").shown[0]
    town.person(ROBIN).click(listed, "staff.claim")
    assert GONE in said(town.person(ROBIN).click(listed, "staff.claim", stale=True))
    with town.database.read() as session:
        assert [each.person.slack_id for each in staff(session, town.workspace.id)] == [ROBIN]


def test_joining_twice_says_so_once(town: Town) -> None:
    town.claim()
    town.draft()
    town.open()
    for _ in range(2):
        town.join(PRIYA, "mentee", wants=["negotiation"])
    with town.database.read() as session:
        joined = session.scalars(select(LetterRow).where(LetterRow.kind == "joined")).all()
        assert len(session.scalars(select(EnrollmentRow)).all()) == 1
    assert len(joined) == 1
    assert answered(town, PRIYA) is EnrollmentState.JOINED


# What goes wrong


def test_the_unknown_becomes_a_reference_number_that_is_logged_without_words(town: Town) -> None:
    town.claim()
    town.draft()
    town.open()
    person = town.person(PRIYA)
    error = take_away(town.database, "program")
    with capture_logs() as logged:
        shown = said(person.command("/mentoring", "join my secret wish"))
    failed = next(each for each in logged if each["event"] == "failed")
    assert failed["reference"] in shown
    assert failed["act"] == "command"
    assert failed["error"] == error
    assert "storage" in failed["where"] or "sqlalchemy" in failed["where"]
    assert "secret wish" not in json.dumps(logged)
    assert "no such table" not in shown


def test_a_form_that_fails_keeps_what_was_typed_and_keeps_it_out_of_the_log(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    town.claim()
    robin = town.person(ROBIN)
    robin.command("/mentoring", "program new")
    robin.fill("name", "Spring of secrets")
    take_away(town.database, "program")
    with capture_logs() as logged:
        robin.submit()
    failed = next(each for each in logged if each["event"] == "failed")
    assert robin.view is not None
    assert failed["reference"] in json.dumps(robin.view.errors)
    # The form is still there with what was typed, to be sent again.
    assert "Spring of secrets" in json.dumps(robin.view.state)
    assert "secrets" not in json.dumps(logged)
    assert "secrets" not in caplog.text


def test_what_breaks_while_the_home_tab_is_drawn_is_logged_without_words(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    town.claim()
    town.draft(name="Spring of secrets")
    error = take_away(town.database, "enrollment")
    with capture_logs() as logged:
        DirectLine(town.bot.app).deliver(Parcel("events_api", home_opened(town), takes_answer=False))
    assert [each["error"] for each in logged if each["event"] == "failed"] == [error]
    assert "enrollment" not in caplog.text


def home_opened(town: Town) -> dict[str, Any]:
    return {
        "type": "event_callback",
        "team_id": town.workspace.team_id,
        "event_id": "Ev1",
        "event": {"type": "app_home_opened", "user": PRIYA, "tab": "home"},
    }


# Events


def event(town: Town, event_id: str, name: str) -> dict[str, Any]:
    user = {"id": MARCUS, "real_name": name, "tz": "Europe/London", "profile": {}}
    return {
        "type": "event_callback",
        "team_id": town.workspace.team_id,
        "event_id": event_id,
        "event": {"type": "user_change", "user": user},
    }


def name_of(town: Town, slack_id: str) -> str:
    with town.database.read() as session:
        person = person_by_slack_id(session, town.workspace.id, slack_id)
    assert person is not None
    return person.name


def test_an_event_that_slack_sends_again_happens_once(town: Town) -> None:
    line = DirectLine(town.bot.app)
    for name in ("Marcus Married", "Marcus Again"):
        assert line.deliver(Parcel("events_api", event(town, "Ev1", name), takes_answer=False)).acked
    assert name_of(town, MARCUS) == "Marcus Married"
    line.deliver(Parcel("events_api", event(town, "Ev2", "Marcus Again"), takes_answer=False))
    assert name_of(town, MARCUS) == "Marcus Again"


def test_an_event_of_a_workspace_we_do_not_know_changes_nothing(town: Town) -> None:
    strange = event(town, "Ev1", "Marcus Elsewhere") | {"team_id": "TNOWHERE"}
    assert DirectLine(town.bot.app).deliver(Parcel("events_api", strange, takes_answer=False)).acked
    assert name_of(town, MARCUS) == "Marcus O'Neill"


def test_an_acts_ids_come_back_as_they_went() -> None:
    act = Act("meeting.met", {"pair": 17, "period": "2026-03-04"})
    assert Act.decode(act.name, act.value) == act


# When Slack does not answer us


@pytest.mark.parametrize("trouble", ["drop", "500"])
def test_a_form_that_cannot_be_shown_does_not_make_the_command_fail(town: Town, trouble: Any) -> None:
    town.claim()
    town.playground.faults.inject("views.open", trouble)
    with capture_logs() as logged:
        outcome = town.person(ROBIN).command("/mentoring", "program new")
    assert outcome.acked
    assert [each["event"] for each in logged if each["log_level"] in {"warning", "error"}] == ["not shown"]


def test_a_press_that_names_no_address_for_an_answer_does_not_make_the_act_fail(town: Town) -> None:
    town.claim()
    body = {
        "type": "block_actions",
        "team": {"id": town.workspace.team_id},
        "user": {"id": ROBIN},
        "trigger_id": "1.2.3",
        "actions": [
            {"action_id": "audit.workspace_export", "block_id": "b", "type": "button", "value": "{}"}
        ],
    }
    with capture_logs() as logged:
        assert DirectLine(town.bot.app).deliver(Parcel("interactive", body, takes_answer=False)).acked
    assert [each["event"] for each in logged if each["log_level"] in {"warning", "error"}] == ["not shown"]


def test_a_home_tab_that_cannot_be_shown_does_not_make_the_event_fail(town: Town) -> None:
    town.playground.faults.inject("views.publish", "drop")
    with capture_logs() as logged:
        assert town.person(PRIYA).open_home().acked
    assert [each["event"] for each in logged if each["log_level"] in {"warning", "error"}] == [
        "home not shown"
    ]
