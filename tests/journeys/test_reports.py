"""Reports as a coordinator meets them: picked, read in chat, taken along as a file."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from handlers.report_plans import stop
from handlers.visit import Visit
from mentoring.errors import NotAllowed
from mentoring.people import StaffRole
from mentoring.rights import REFUSALS, Need
from messages.actions import Act
from playground import Message
from storage.people import add_staff, person_by_slack_id
from storage.report_plans import plans_of_program
from tests.journeys.test_main_job import agreed_town
from tests.support.beginnings import beginning
from tests.support.town import GUEST, LEILA, MARCUS, PRIYA, ROBIN, Town

NEWER = {"data_visualization", "data_table"}


@beginning
def met_town(town: Town) -> None:
    """Priya and Marcus have met once, on January 13."""
    agreed_town(town)
    town.until(datetime(2026, 1, 14, 22, tzinfo=UTC))
    town.press(MARCUS, "meeting.met", in_room=(PRIYA, MARCUS))
    town.later(days=1)


def kinds(message: Message) -> set[str]:
    return {block["type"] for block in message.blocks}


def test_a_coordinator_picks_a_report_reads_it_in_chat_and_picks_the_next_below_it(town: Town) -> None:
    met_town(town)
    robin = town.person(ROBIN)
    picker = robin.command("/mentoring", "report").shown[0]
    robin.click(picker, "report.show", option="activity")
    shown = robin.inbox()[-1]
    assert shown.ephemeral_for == ROBIN
    assert "1 of 1 pair has met, 1 time in all." in shown.reading
    assert kinds(shown) >= NEWER
    chart = next(block for block in shown.blocks if block["type"] == "data_visualization")
    held = chart["chart"]["series"][1]["data"]
    assert [point["value"] for point in held if point["value"]] == [1]
    robin.click(shown, "report.show", option="summary")
    again = robin.inbox()[-1]
    assert "How far people came" in again.reading


def test_a_report_is_one_tap_from_home_and_read_there_without_what_a_form_cannot_show(town: Town) -> None:
    met_town(town)
    robin = town.person(ROBIN)
    robin.open_home()
    robin.click_home("report.pick")
    assert robin.view is not None
    robin.press("report.show", option="activity")
    assert "1 of 1 pair has met, 1 time in all." in robin.view.reading
    robin.press("report.show", option="summary")
    assert "How far people came" in robin.view.reading
    robin.press("report.send_me")
    town.beat()
    assert town.newest(ROBIN).reading.startswith("Mentoring at Harbor Law")


def test_a_report_can_be_named_at_once_and_an_unknown_one_is_explained(town: Town) -> None:
    met_town(town)
    robin = town.person(ROBIN)
    assert "1 of 1 pair has met" in robin.command("/mentoring", "REPORT Activity").shown[0].reading
    assert "There is no report “astrology”" in robin.command("/mentoring", "report astrology").shown[0].text


def test_a_workspace_without_charts_and_tables_reads_the_same_facts_as_text(town: Town) -> None:
    met_town(town)
    town.playground.world.lacks = frozenset(NEWER)
    robin = town.person(ROBIN)
    shown = robin.command("/mentoring", "report activity").shown[0]
    assert not kinds(shown) & NEWER
    assert "• Jan 12: planned 1, held 1, held of planned 100%" in shown.reading
    robin.click(shown, "report.show", option="summary")
    again = robin.inbox()[-1]
    assert not kinds(again) & NEWER
    assert "1 of 1 planned meeting was held" in again.reading
    assert {call.method for call in town.playground.refused} == {"response_url"}
    town.playground.world.calls.clear()  # refused on purpose: nothing else was


def test_a_report_sent_to_a_workspace_without_charts_arrives_as_text(town: Town) -> None:
    met_town(town)
    send_to(town, [LEILA], "now", "chat")
    town.playground.world.lacks = frozenset(NEWER)
    town.beat()
    came = town.newest(LEILA)
    assert not kinds(came) & NEWER
    assert "1 of 1 planned meeting was held" in came.reading
    assert "Robin Ellery sent you this." in came.reading
    assert {call.method for call in town.playground.refused} == {"chat.postMessage"}
    town.playground.world.calls.clear()  # refused on purpose: nothing else was


@pytest.mark.parametrize(("shape", "begins"), [("pdf", b"%PDF-"), ("xlsx", b"PK")])
def test_the_file_comes_as_a_message_of_its_own_and_twice_pressed_once(
    town: Town, shape: str, begins: bytes
) -> None:
    met_town(town)
    robin = town.person(ROBIN)
    shown = robin.command("/mentoring", "report summary").shown[0]
    label = {"pdf": "Send me the PDF", "xlsx": "Send me the spreadsheet"}[shape]
    before = len(robin.inbox())
    robin.click(shown, label)
    robin.click(shown, label)
    town.beat()
    came = robin.inbox()[before:]
    files = [each for message in came for each in message.files]
    assert [each["name"] for each in files] == [f"summary-2026-01-15.{shape}"]
    assert robin.download(files[0]["id"]).startswith(begins)
    assert "You get this because you asked for it." in came[-1].reading


def test_the_spreadsheet_holds_numbers_not_texts(town: Town) -> None:
    met_town(town)
    robin = town.person(ROBIN)
    robin.click(robin.command("/mentoring", "report activity").shown[0], "Send me the spreadsheet")
    town.beat()
    file = next(each for message in reversed(robin.inbox()) for each in message.files)
    book = load_workbook(BytesIO(robin.download(file["id"])))
    table = book["Week by week"]
    assert [cell.value for cell in table[1]] == ["week of", "planned", "held", "held of planned"]
    assert ("Jan 12", 1, 1, 1) in [*table.iter_rows(min_row=2, values_only=True)]


def test_viewers_read_reports_and_others_are_refused_at_the_door(town: Town) -> None:
    met_town(town)
    for who in (PRIYA, MARCUS, LEILA):
        assert REFUSALS[Need.READER] in town.person(who).command("/mentoring", "report").shown[0].text
    with town.database.write() as session:
        leila = person_by_slack_id(session, town.workspace.id, LEILA)
        assert leila is not None
        about = town.program().id
        add_staff(session, town.workspace.id, leila.id, StaffRole.VIEWER, about, town.clock.now())
    shown = town.person(LEILA).command("/mentoring", "report summary").shown[0]
    assert "1 of 1 pair has met" in shown.reading


def send_to(town: Town, people: list[str], when: str, shape: str = "pdf") -> None:
    """Robin opens the sponsor's page and sends it on."""
    robin = town.person(ROBIN)
    robin.click(robin.command("/mentoring", "report summary").shown[0], "report.plan")
    robin.fill("people", people)
    robin.fill("shape", shape)
    robin.fill("when", when)
    robin.submit()
    robin.close(all=True)


def reports_of(town: Town, slack_id: str) -> list[str]:
    return [each["name"] for message in town.person(slack_id).inbox() for each in message.files]


def test_a_report_is_sent_to_somebody_without_a_role_who_is_told_by_whom(town: Town) -> None:
    met_town(town)
    send_to(town, [LEILA], "now")
    town.beat()
    assert reports_of(town, LEILA) == ["summary-2026-01-15.pdf"]
    assert "Robin Ellery sent you this." in town.newest(LEILA).reading


def test_a_planned_report_comes_every_monday_until_its_reader_stops_it(town: Town) -> None:
    met_town(town)
    send_to(town, [LEILA], "week", "chat")
    town.until(datetime(2026, 2, 3, tzinfo=UTC))
    came = [each for each in town.person(LEILA).inbox() if "How far people came" in each.reading]
    assert len(came) == 3  # January 19 and 26, February 2
    assert "You get this regularly, since Robin Ellery set it up." in came[-1].reading
    town.person(LEILA).click(came[-1], "report.stop")
    town.until(datetime(2026, 2, 20, tzinfo=UTC))
    again = [each for each in town.person(LEILA).inbox() if "How far people came" in each.reading]
    assert len(again) == 3


def test_nobody_stops_what_others_get(town: Town) -> None:
    met_town(town)
    send_to(town, [LEILA, MARCUS], "week", "chat")
    town.until(datetime(2026, 1, 20, tzinfo=UTC))
    his = next(each for each in reversed(town.person(MARCUS).inbox()) if "How far" in each.reading)
    hers = next(each for each in reversed(town.person(LEILA).inbox()) if "How far" in each.reading)
    assert control_value(his, "report.stop") != control_value(hers, "report.stop")
    with town.database.read() as session:
        plans = {each.person_id: each.id for each in plans_of_program(session, town.program().id)}
        priya = person_by_slack_id(session, town.workspace.id, PRIYA)
    assert priya is not None
    act = Act("report.stop", {"plan": next(iter(plans.values()))})
    visit = Visit(town.database, town.workspace, priya, town.clock.now(), act, {})
    with pytest.raises(NotAllowed):
        stop(visit)


def test_a_report_is_told_in_a_channel_once_as_a_message(town: Town) -> None:
    met_town(town)
    robin = town.person(ROBIN)
    robin.click(robin.command("/mentoring", "report summary").shown[0], "report.plan")
    robin.fill("people", [])
    robin.fill("channels", [town.channel])
    assert "is a message" in robin.submit().errors["shape"]
    robin.fill("shape", "chat")
    robin.fill("when", "week")
    assert "once" in robin.submit().errors["when"]
    robin.fill("when", "now")
    said = robin.submit().view
    assert said is not None
    assert "On its way to #mentoring" in said.reading
    robin.close(all=True)
    town.beat()
    said_there = [each for each in robin.messages(town.channel) if "1 of 1 pair has met" in each.reading]
    assert len(said_there) == 1
    assert "From Robin Ellery." in said_there[0].reading
    assert "data_visualization" in kinds(said_there[0])
    assert reports_of(town, ROBIN) == []


def test_a_report_to_nobody_is_refused(town: Town) -> None:
    met_town(town)
    robin = town.person(ROBIN)
    robin.click(robin.command("/mentoring", "report summary").shown[0], "report.plan")
    robin.fill("people", [])
    assert "Pick members" in robin.submit().errors["people"]


def test_guests_get_no_reports(town: Town) -> None:
    met_town(town)
    robin = town.person(ROBIN)
    robin.click(robin.command("/mentoring", "report summary").shown[0], "report.plan")
    robin.fill("people", [GUEST])
    assert "guests and apps" in robin.submit().errors["people"]


def control_value(message: Message, action_id: str) -> str:
    return next(
        str(element["value"])
        for block in message.blocks
        for element in block.get("elements", [])
        if element.get("action_id") == action_id
    )
