"""Every report in every shape and language, from nobody to a thousand pairs."""

from dataclasses import replace
from io import BytesIO
from random import Random

import pytest
from openpyxl import load_workbook

from mentoring.kinds import Role
from mentoring.reports.book import Book
from mentoring.stories import Tale
from messages.blocks import Block
from messages.reports.chat import report_message
from messages.reports.document import Document, Form, shown
from messages.reports.kinds import REPORTS, write_report
from messages.reports.pdf import report_pdf
from messages.reports.plots import picture
from messages.reports.sheets import report_workbook
from messages.samples import LOCALES, ZONE
from messages.words import Reader
from playground.blocks import check_message, reading
from tests.support.made_up import NOW, book_with, described, survey_of

SIZES = (0, 1, 50, 1_000)
MIDWAY = -1
"""Fifty pairs before anybody was asked about the program as a whole."""
READERS = {language: Reader.of(ZONE, locale) for language, locale in LOCALES.items()}


@pytest.fixture(scope="module")
def books() -> dict[int, Book]:
    found = {size: described(book_with(size, earlier=2)) for size in SIZES}
    asked = survey_of(Random(1), "check_in_start_mentee", 50)
    return found | {MIDWAY: replace(found[50], askings=(asked,), changes=(), improved={}, earlier=())}


def written(books: dict[int, Book], size: int, code: str, language: str) -> Document:
    return write_report(code, books[size], READERS[language])


@pytest.mark.parametrize("size", [*SIZES, MIDWAY])
@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("code", REPORTS)
def test_slack_takes_every_report_with_and_without_its_newer_blocks(
    books: dict[int, Book], code: str, language: str, size: int
) -> None:
    message = report_message(written(books, size, code, language), READERS[language])
    assert check_message(message.blocks, text=message.text) == []
    assert message.simple is not None
    assert check_message(message.simple, text=message.text) == []
    assert not {block["type"] for block in message.simple} & {"data_visualization", "data_table"}


def test_the_evaluation_says_who_was_asked_and_what_a_figure_is(books: dict[int, Book]) -> None:
    table = written(books, 50, "evaluation", "en").sections[0].table
    assert table is not None
    lines = [(str(row[0]), str(row[1])) for row in table.rows]
    assert len({text for text, _ in lines}) == len(lines), "mentors and mentees are asked in the same words"
    assert all(value.startswith("NPS ") for text, value in lines if "recommend" in text)


def test_what_has_not_moved_has_no_sign() -> None:
    said = [shown(each, Form.MOVED, READERS["en"]) for each in (0.04, -0.04, 0.05001, -0.2)]
    assert said == ["0.0", "0.0", "+0.1", "−0.2"]


@pytest.mark.parametrize("code", REPORTS)
def test_every_chart_has_its_words(books: dict[int, Book], code: str) -> None:
    document = written(books, 50, code, "en")
    for part in document.sections:
        if part.chart is not None:
            assert len(part.chart.says) > 10


@pytest.mark.parametrize("code", REPORTS)
def test_the_plain_text_says_what_the_tables_say(books: dict[int, Book], code: str) -> None:
    document = written(books, 50, code, "en")
    plain = report_message(document, READERS["en"]).simple
    assert plain is not None
    text = reading(plain, names=str)
    for part in document.sections:
        if part.table is not None:
            assert str(part.table.rows[0][0]) in text


def test_the_sponsors_page_is_one_page_however_much_there_is_to_say(books: dict[int, Book]) -> None:
    for size in (1, 1_000):
        pages = report_pdf(written(books, size, "summary", "en"), READERS["en"], NOW).count(b"/Type /Page\n")
        assert pages == 1, size


def test_stories_stand_on_the_sponsors_page_whole_or_not_at_all_and_it_stays_one_page(
    books: dict[int, Book],
) -> None:
    long, short = "My mentor showed me how. " * 20, "She showed me how to say no, and mean it. " * 5
    tales = (Tale(long, "Priya", None), Tale(short, "", Role.MENTEE), Tale("It helped.", "", None))
    targets = {"met": 0.9, "kept": 0.8, "satisfaction": 4, "nps": 30, "meetings": 8}
    book = replace(books[50], tales=tales)
    program = replace(book.facts.program, settings={"targets": targets})
    book = replace(book, facts=replace(book.facts, program=program))
    document = write_report("summary", book, READERS["en"])
    assert report_pdf(document, READERS["en"], NOW).count(b"/Type /Page\n") == 1
    sheet = load_workbook(BytesIO(report_workbook(document, READERS["en"], NOW))).worksheets[0]
    cells = "\n".join(str(cell.value) for line in sheet.iter_rows() for cell in line)
    for shape in (reading(report_message(document, READERS["en"]).blocks, names=str), cells):
        assert f"“{short.strip()}” (a mentee)" in shape
        assert "“It helped.” (somebody in the program)" in shape
        assert "My mentor showed me how." not in shape


def test_every_look_of_a_chart_can_be_printed(books: dict[int, Book]) -> None:
    """One report for each look; drawing takes the time, not the report."""
    for code in ("matching", "hours", "learning"):
        assert report_pdf(written(books, 50, code, "es"), READERS["es"], NOW).startswith(b"%PDF-")


def test_ranges_are_drawn_on_paper_and_stand_in_the_table_in_chat(books: dict[int, Book]) -> None:
    document = written(books, 50, "fairness", "en")
    part = next(each for each in document.sections if each.chart is not None)
    assert part.chart is not None
    assert picture(part.chart, READERS["en"])[0].startswith(b"\x89PNG")
    assert part.table is not None
    assert {str(row[2]).count("%") for row in part.table.rows} == {2}


def test_a_spreadsheet_keeps_numbers_as_numbers_and_runs_nothing(books: dict[int, Book]) -> None:
    for code in REPORTS:
        book = load_workbook(BytesIO(report_workbook(written(books, 50, code, "en"), READERS["en"], NOW)))
        assert len({*book.sheetnames}) == len(book.sheetnames)
        for sheet in book.worksheets:
            assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
    rates = load_workbook(BytesIO(report_workbook(written(books, 50, "responses", "en"), READERS["en"], NOW)))
    assert rates["Answered, by survey"]["B2"].value == 50


def test_a_spreadsheets_first_sheet_begins_with_its_title_and_counts_with_the_key_figures(
    books: dict[int, Book],
) -> None:
    document = written(books, 50, "summary", "en")
    sheet = load_workbook(BytesIO(report_workbook(document, READERS["en"], NOW))).worksheets[0]
    assert (sheet["A1"].value, sheet["A1"].font.bold) == (document.title, True)
    pairs, kept = sheet["B6"], sheet["B8"]
    assert (pairs.value, kept.number_format) == (46, "0%")
    assert 0 < kept.value < 1


def chart_of(blocks: list[Block]) -> Block:
    return next(block for block in blocks if block["type"] == "data_visualization")


def test_shares_are_drawn_in_percent_and_long_programs_in_fewer_bars(books: dict[int, Book]) -> None:
    message = report_message(written(books, 50, "phases", "en"), READERS["en"])
    chart = chart_of(message.blocks)["chart"]
    assert chart["axis_config"]["y_label"] == "%"
    assert 90 <= chart["series"][0]["data"][0]["value"] <= 100


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("code", REPORTS)
def test_a_report_without_numbers_says_what_will_stand_there_and_draws_no_empty_table(
    code: str, language: str
) -> None:
    reader = READERS[language]
    message = report_message(write_report(code, book_with(0), reader), reader)
    said = reading(message.blocks, names=lambda id_: id_)
    assert "0 of 0" not in said
    assert "data_visualization" not in {block["type"] for block in message.blocks}
    tables = [block for block in message.blocks if block["type"] == "data_table"]
    assert {"activity": 0, "hours": 0, "matching": 0, "benchmark": 0}.get(code, 1) >= len(tables)


def test_large_numbers_are_written_in_groups_in_sentences_as_in_tables(books: dict[int, Book]) -> None:
    document = written(books, 1_000, "activity", "en")
    assert "1,000 pairs have met" in document.lead
