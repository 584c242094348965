"""A report as a spreadsheet: one sheet for the key figures, one for each table, real numbers in the cells."""

from datetime import datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from mentoring.cells import safe_cell
from messages.reports.document import Cell, Document, Form, Section, Table
from messages.words import Reader, Words

FORMATS = {
    Form.COUNT: "#,##0",
    Form.SHARE: "0%",
    Form.MEAN: "#,##0.0",
    Form.MOVED: "+#,##0.0;-#,##0.0;0.0",
    Form.DAY: "yyyy-mm-dd",
}
TITLE_LIMIT = 31
"""Letters of a sheet's name (Excel's own limit)."""
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
"""Signs Excel does not take in a sheet's name."""
WIDEST, NARROWEST = 60, 10
ACCENT, BAND = "1F3A5F", "EEF2F6"
HEAD = Font(bold=True, color="FFFFFF")
HEAD_FILL = PatternFill("solid", fgColor=ACCENT)
RULE = Border(bottom=Side("thin", color="C9D2DC"))


def report_workbook(document: Document, reader: Reader, now: datetime) -> bytes:
    """Make the file."""
    words = Words("reports/frame", reader)
    book = Workbook()
    book.properties.title, book.properties.created = document.title, now.replace(tzinfo=None)
    first = book.worksheets[0]
    first.title = words.plain("sheet_summary")
    _summary(first, document)
    for part in document.sections:
        table = part.table or _table_of_chart(part, words)
        if table is not None and table.rows:
            _fill(book.create_sheet(_name(book, part.heading)), table)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _summary(sheet: Worksheet, document: Document) -> None:
    lines: list[tuple[Cell, ...]] = [(document.title,), (document.about,), (), (document.lead,), ()]
    for line in [
        *lines,
        *((each.label, each.value if each.cell is None else each.cell, each.note) for each in document.tiles),
        (),
        *(line for each in document.sections if each.is_told for line in ((each.heading,), (each.text,), ())),
        *((n,) for n in document.notes),
    ]:
        sheet.append([_text(each) for each in line])
    sheet["A1"].font = Font(bold=True, size=16, color=ACCENT)
    for row, each in enumerate(document.tiles, start=len(lines) + 1):
        sheet.cell(row, 2).number_format = FORMATS.get(each.form, "General")
        sheet.cell(row, 2).alignment = Alignment(horizontal="right")
    sheet.column_dimensions["A"].width = 44
    sheet.column_dimensions["B"].width = 16
    sheet.column_dimensions["C"].width = 40
    for (cell,) in sheet["A4:A4"]:
        cell.alignment = Alignment(wrap_text=False, vertical="top")


def _fill(sheet: Worksheet, table: Table) -> None:
    sheet.append([_text(each.name) for each in table.columns])
    for row in table.rows:
        sheet.append([_text(each) for each in row])
    for cell in sheet[1]:
        cell.font, cell.fill = HEAD, HEAD_FILL
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    for number, column in enumerate(table.columns, start=1):
        letter = get_column_letter(number)
        widest = max([len(column.name), *(len(str(row[number - 1] or "")) for row in table.rows)])
        sheet.column_dimensions[letter].width = min(WIDEST, max(NARROWEST, widest + 2))
        for (cell,) in sheet.iter_rows(min_row=2, min_col=number, max_col=number):
            cell.border = RULE
            if column.form in FORMATS and not isinstance(cell.value, str):
                cell.number_format = FORMATS[column.form]
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions


def _table_of_chart(part: Section, words: Words) -> Table | None:
    """The numbers behind a chart that has no table of its own."""
    chart = part.chart
    if chart is None:
        return None
    columns = [words.plain("what"), *(each.name for each in chart.series)]
    rows = zip(chart.categories, *(each.values for each in chart.series), strict=True)
    return Table.of(chart.title, columns, chart.form, rows)


def _text(cell: Cell) -> Cell:
    return safe_cell(cell) if isinstance(cell, str) else cell


def _name(book: Workbook, heading: str) -> str:
    short = heading.translate(FORBIDDEN).strip()[:TITLE_LIMIT] or "-"
    taken = {each.lower() for each in book.sheetnames}
    number = 2
    name = short
    while name.lower() in taken:
        ending = f" {number}"
        name, number = f"{short[: TITLE_LIMIT - len(ending)]}{ending}", number + 1
    return name
