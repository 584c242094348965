"""Reports as a coordinator meets them: picked, read in chat, taken along as a file."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from mentoring.people import StaffRole
from mentoring.rights import REFUSALS, Need
from playground import Message
from storage.people import add_staff, person_by_slack_id
from tests.journeys.test_main_job import agreed_town
from tests.support.town import LEILA, MARCUS, PRIYA, ROBIN, Town

NEWER = {"data_visualization", "data_table"}


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
    assert "1 of 1 planned meetings were held" in again.reading
    assert {call.method for call in town.playground.refused} == {"response_url"}
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
