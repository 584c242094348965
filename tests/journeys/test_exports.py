"""Taking a program's tables along: what stands in them, what never does, and what a spreadsheet would run."""

import csv
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from bot.export_facts import ExportProgress
from mentoring.cells import bare_cell, safe_cell
from mentoring.reports.exports import COLUMNS, What
from mentoring.rights import REFUSALS, Need
from messages.exports import column_explained
from messages.samples import LOCALES, ZONE
from messages.words import Reader
from storage.tables import AuditRow
from tests.journeys.test_reports import met_town
from tests.support.town import LEILA, MARCUS, PRIYA, ROBIN, Town


def exported(town: Town, words: str) -> bytes:
    """What Robin gets for `/mentoring export …`."""
    robin = town.person(ROBIN)
    robin.command("/mentoring", f"export {words}")
    town.beat()
    file = next(each for message in reversed(robin.inbox()) for each in message.files)
    return robin.download(file["id"])


def lines(file: bytes) -> list[dict[str, str]]:
    return [*csv.DictReader(StringIO(file.decode("utf-8-sig")))]


def test_people_come_with_the_rosters_own_columns(town: Town) -> None:
    met_town(town)
    rows = {row["user_id"]: row for row in lines(exported(town, "people csv"))}
    priya = rows[PRIYA]
    assert priya["wants"] == "negotiation; legal writing"
    assert (priya["role"], priya["state"]) == ("mentee", "matched")
    assert (priya["pairs"], priya["meetings_held"]) == ("1", "1")
    assert "do_not_pair_with" not in priya
    assert "reports_to" not in priya


def test_pairs_and_meetings_are_told_in_the_programs_own_days(town: Town) -> None:
    met_town(town)
    (pair,) = lines(exported(town, "pairs csv"))
    assert (pair["mentor_ids"], pair["mentee_ids"]) == (MARCUS, PRIYA)
    assert (pair["agreed"], pair["cadence"], pair["last_met_on"]) == ("yes", "weeks:2", "2026-01-13")
    first = lines(exported(town, "meetings csv"))[0]
    assert (first["day"], first["state"]) == ("2026-01-13", "held")
    assert first["starts_at_utc"] == "2026-01-13T15:00:00+00:00"


def test_everything_is_one_spreadsheet_that_explains_its_columns(town: Town) -> None:
    met_town(town)
    book = load_workbook(BytesIO(exported(town, "all")))
    assert book.sheetnames == ["People", "Pairs", "Meetings", "Answers", "Columns"]
    explained = {(row[0], row[1]) for row in book["Columns"].iter_rows(values_only=True)}
    assert ("Pairs", "rhythm_kept") in explained
    assert book["Pairs"]["A2"].value == 1


def test_an_export_stands_in_the_audit_log_in_codes(town: Town) -> None:
    met_town(town)
    exported(town, "people csv")
    with town.database.read() as session:
        row = session.scalars(select(AuditRow).where(AuditRow.action == "export.send")).one()
    assert row.subject == {"what": "people", "shape": "csv"}


def test_only_who_runs_the_program_can_take_its_tables_along(town: Town) -> None:
    met_town(town)
    for who in (PRIYA, LEILA):
        shown = town.person(who).command("/mentoring", "export people").shown[0]
        assert REFUSALS[Need.ANY_COORDINATOR] in shown.text


def test_an_unknown_table_is_explained(town: Town) -> None:
    met_town(town)
    shown = town.person(ROBIN).command("/mentoring", "export secrets").shown[0]
    assert "Say which table" in shown.text


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", " =cmd|' /C calc'!A0", "\u00a0=1"],
)
def test_a_spreadsheet_runs_nothing_that_people_wrote(text: str) -> None:
    assert safe_cell(text) == f"'{text}"
    assert bare_cell(safe_cell(text)) == text


@pytest.mark.parametrize("text", ["", "Priya", "'quoted'", "3 + 4", "a=b", "O'Neill", "'tis"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert safe_cell(text) == text
    assert bare_cell(text) == text


def test_what_people_wrote_is_shielded_in_both_kinds_of_file(town: Town) -> None:
    town.claim()
    town.draft()
    town.open()
    town.join(PRIYA, "mentee", wants=["negotiation"], goal="=HYPERLINK(1)")
    town.person(LEILA).click(
        town.with_button(town.person(LEILA).messages(town.channel), "join.not_now"), "join.not_now"
    )
    rows = {each["user_id"]: each for each in lines(exported(town, "people csv"))}
    assert rows[PRIYA]["goal"] == "'=HYPERLINK(1)"
    assert rows[LEILA]["state"] == "invited", "who said “Not now” is told to nobody"
    sheet = load_workbook(BytesIO(exported(town, "all")))["People"]
    assert not any(cell.data_type == "f" for line in sheet.iter_rows() for cell in line)


@pytest.mark.parametrize("language", LOCALES)
def test_every_column_is_explained(language: str) -> None:
    reader = Reader.of(ZONE, LOCALES[language])
    for what, columns in COLUMNS.items():
        for column in columns:
            assert len(column_explained(What(what), column, reader)) > 10


def test_the_message_before_a_large_file_says_how_far_it_is_but_not_too_often(town: Town) -> None:
    posted = town.bot.client.chat_postMessage(channel=ROBIN, text="One moment.")
    now = [0.0]
    place = (str(posted["channel"]), str(posted["ts"]))
    progress = ExportProgress(town.bot.client, place, "Spring", Reader.of(ZONE, "en-US"), lambda: now[0])
    for second, done in ((0.0, 500), (0.5, 1_000), (1.5, 1_500), (1.6, 2_000)):
        now[0] = second
        progress(done, 2_000)
    changes = [call for call in town.playground.calls if call.method == "chat.update"]
    assert len(changes) == 3
    assert "2,000 lines" in town.newest(ROBIN).reading
