"""A program's tables as files: CSV or a spreadsheet, with every text a text and every column explained."""

import csv
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from mentoring.cells import safe_cell
from mentoring.reports.exports import COLUMNS, Cell, ExportTable, What
from messages.words import Reader, Words

EVERY = 500
"""Rows between two words on how far a file has come."""
WIDTH = 18
"""Letters a column of a spreadsheet is wide."""

Told = Callable[[int, int], None]
"""Hears how many rows are written, and of how many."""


def export_csv(table: ExportTable, told: Told) -> bytes:
    """Make a CSV file; it starts with a byte order mark, since spreadsheets need it to read names right."""
    file = StringIO()
    sheet = csv.writer(file)
    sheet.writerow(COLUMNS[table.what])
    for row in _counted([table], told):
        sheet.writerow([_written(cell) for cell in row])
    return file.getvalue().encode("utf-8-sig")


def export_workbook(tables: Sequence[ExportTable], reader: Reader, now: datetime, told: Told) -> bytes:
    """Make a spreadsheet: a sheet for each table, and one that says what each column holds."""
    words = Words("reports/exports", reader)
    book = Workbook(write_only=True)
    book.properties.created = now.replace(tzinfo=None)
    rows = _counted(tables, told)
    for table in tables:
        sheet = book.create_sheet(words.plain(f"sheet_{table.what}"))
        sheet.freeze_panes = "A2"
        for number in range(len(COLUMNS[table.what])):
            sheet.column_dimensions[chr(ord("A") + number)].width = WIDTH
        heads = [WriteOnlyCell(sheet, name) for name in COLUMNS[table.what]]
        for each in heads:
            each.font = Font(bold=True)
        sheet.append(heads)
        for _ in table.rows:
            sheet.append([safe_cell(cell) if isinstance(cell, str) else cell for cell in next(rows)])
    _explain(book, [each.what for each in tables], words)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def column_explained(what: What, column: str, reader: Reader) -> str:
    """What a column holds, in a sentence."""
    words = Words("reports/exports", reader)
    own = f"{what}_{column}"
    return words.plain(own if words.has(own) else f"column_{column}")


def _explain(book: Workbook, tables: Sequence[What], words: Words) -> None:
    sheet = book.create_sheet(words.plain("sheet_columns"))
    sheet.column_dimensions["C"].width = 90
    for what in tables:
        for column in COLUMNS[what]:
            sheet.append([words.plain(f"sheet_{what}"), column, column_explained(what, column, words.reader)])


def _counted(tables: Sequence[ExportTable], told: Told) -> Iterator[tuple[Cell, ...]]:
    """Every row of all tables, one after the other, with a word now and then on how far it is."""
    total, done = sum(len(each.rows) for each in tables), 0
    for table in tables:
        for row in table.rows:
            yield row
            done += 1
            if done % EVERY == 0 or done == total:
                told(done, total)


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return safe_cell(cell)
    return cell.isoformat() if isinstance(cell, date) else f"{cell}"
