"""A report on paper: sentence, key figures, charts and tables, with words for each picture."""

from datetime import datetime
from io import BytesIO

from messages.papers import ACCENT, INK, QUIET, Sheet
from messages.reports.document import Chart, Document, Form, Section, Table, shown
from messages.reports.plots import picture
from messages.words import Reader, Words

MARGIN = 19.0
"""Millimeters of white around the page."""
RULE = (201, 210, 220)
TILE_HEIGHT = 19.0
FEW_TILES = 4
"""Key figures in one row."""
ROW_HEIGHT, LINE_HEIGHT = 6.2, 4.2
"""Millimeters of a table's row with one line, and of a line in it."""
TABLE_SIZE = 8
"""Points of a table's text."""
GAP = 4.0
"""Millimeters before a text that follows numbers."""
NARROWEST, WIDEST = 16.0, 52.0
"""Millimeters of a table's column but the first."""
FIRST_COLUMN = 0.32
"""Part of the width that the first column has at least."""
FOOT = 17.0
"""Millimeters kept free for the line at the foot."""


class ReportSheet(Sheet):
    """Pages with a quiet line at their foot."""

    def __init__(self, made_at: datetime, foot: str) -> None:
        self._foot = foot
        super().__init__(made_at, "portrait")

    def footer(self) -> None:
        """Say on every page of what it is, and which of how many."""
        self.set_y(-12)
        self.set_font("DejaVu", "", 7)
        self.set_text_color(*QUIET)
        self.cell(self.epw - 20, 4, _fitting(self, self._foot, self.epw - 22), align="L")
        self.set_x(self.w - self.r_margin - 20)
        self.cell(20, 4, f"{self.page_no()} / {{nb}}", align="R")

    def room_for(self, height: float) -> None:
        """Go to the next page where this one has less left."""
        if self.get_y() + height > self.h - FOOT:
            self.add_page()

    def rule(self) -> None:
        """Draw a thin line across."""
        self.set_draw_color(*RULE)
        self.set_line_width(0.25)
        self.line(self.l_margin, self.get_y(), self.w - self.r_margin, self.get_y())


def report_pdf(document: Document, reader: Reader, now: datetime) -> bytes:
    """Make the file."""
    words = Words("reports/frame", reader)
    sheet = ReportSheet(now, f"{document.title} · {document.about}")
    sheet.set_margins(MARGIN, MARGIN - 3, MARGIN)
    sheet.set_auto_page_break(auto=True, margin=FOOT)
    sheet.set_xy(MARGIN, MARGIN - 3)
    sheet.set_title(document.title)
    sheet.set_subject(document.lead)
    sheet.set_lang(reader.locale)
    sheet.line_of(document.title, 20, bold=True, ink=ACCENT)
    sheet.line_of(document.about, 9.5, ink=QUIET)
    sheet.ln(1.5)
    sheet.rule()
    sheet.ln(3.5)
    sheet.line_of(document.lead, 11)
    sheet.ln(1.5)
    _tiles(sheet, document)
    for part in document.sections:
        _section(sheet, part, words, reader, tight=document.one_page)
    if document.notes:
        sheet.room_for(5.0 * len(document.notes))
        sheet.ln(2.5)
        for each in document.notes:
            sheet.line_of(each, 7.5, ink=QUIET)
    return sheet.done()


def _tiles(sheet: ReportSheet, document: Document) -> None:
    for start in range(0, len(document.tiles), FEW_TILES):
        row = document.tiles[start : start + FEW_TILES]
        top, width = sheet.get_y(), sheet.epw / FEW_TILES
        for number, tile in enumerate(row):
            left = sheet.l_margin + number * width
            if number:
                sheet.set_draw_color(*RULE)
                sheet.set_line_width(0.25)
                sheet.line(left - 3, top + 1, left - 3, top + TILE_HEIGHT - 4)
            _at(sheet, left, top, tile.value, 19, width, bold=True, ink=ACCENT)
            _at(sheet, left, top + 9, tile.label, 8.5, width - 6, bold=False, ink=INK)
            if tile.note:
                _at(sheet, left, top + 13, tile.note, 7.5, width - 6, bold=False, ink=QUIET)
        sheet.set_xy(sheet.l_margin, top + TILE_HEIGHT)


def _at(
    sheet: ReportSheet,
    left: float,
    top: float,
    text: str,
    size: float,
    width: float,
    *,
    bold: bool,
    ink: tuple[int, int, int],
) -> None:
    """Write one line at a place, smaller where it would not fit."""
    sheet.set_xy(left, top)
    sheet.set_text_color(*ink)
    while True:
        sheet.set_font("DejaVu", "B" if bold else "", size)
        if size <= 6 or sheet.get_string_width(text) <= width - 1:  # noqa: PLR2004 - points nobody reads below
            break
        size -= 0.5
    sheet.cell(width, size * 0.45, text)


def _section(sheet: ReportSheet, part: Section, words: Words, reader: Reader, *, tight: bool) -> None:
    chart = part.chart if part.chart is not None and _has_values(part.chart) else None
    drawn = picture(chart, reader, tight=tight) if chart is not None else None
    high = sheet.epw * drawn[1] if drawn is not None else 0.0
    if not tight:
        sheet.room_for(16 + high + (3 * ROW_HEIGHT if part.table else 0))
    sheet.ln(1 if tight else 2)
    sheet.line_of(part.heading, 10.5 if tight else 11.5, bold=True, ink=ACCENT)
    if not tight or part.is_told:
        sheet.line_of(part.text, 9)
    if drawn is not None and part.chart is not None:
        sheet.image(
            BytesIO(drawn[0]),
            x=sheet.l_margin,
            w=sheet.epw,
            h=high,
            alt_text=part.chart.says,
            title=part.chart.title,
        )
        sheet.ln(1)
    elif part.chart is not None and not part.table:
        sheet.line_of(words.plain("nothing_yet"), 9, ink=QUIET)
    if part.table is not None and part.table.rows:
        _table(sheet, part.table, reader)


def _has_values(chart: Chart) -> bool:
    return any(value is not None for each in chart.series for value in each.values)


def _table(sheet: ReportSheet, table: Table, reader: Reader) -> None:
    heads = [each.name for each in table.columns]
    rows = [
        [shown(cell, column.form, reader) for cell, column in zip(row, table.columns, strict=True)]
        for row in table.rows
    ]
    widths = _widths(sheet, [heads, *rows])
    aligned = ["L", *("L" if each.form is Form.TEXT else "R" for each in table.columns[1:])]
    _row(sheet, heads, widths, aligned, bold=True)
    for row in rows:
        if sheet.get_y() + ROW_HEIGHT > sheet.h - FOOT:
            sheet.add_page()
            _row(sheet, heads, widths, aligned, bold=True)
        _row(sheet, row, widths, aligned, bold=False)
    sheet.ln(1.5)


def _widths(sheet: ReportSheet, rows: list[list[str]]) -> list[float]:
    """What each column needs; the first has what is left, and its texts wrap."""
    sheet.set_font("DejaVu", "B", TABLE_SIZE)
    needed = [
        min(WIDEST, max(NARROWEST, max(sheet.get_string_width(row[number]) for row in rows) + GAP + 2))
        for number in range(1, len(rows[0]))
    ]
    room = sheet.epw * (1 - FIRST_COLUMN)
    if sum(needed) > room:
        needed = [each * room / sum(needed) for each in needed]
    return [sheet.epw - sum(needed), *needed]


def _row(
    sheet: ReportSheet, texts: list[str], widths: list[float], aligned: list[str], *, bold: bool
) -> None:
    top, left = sheet.get_y(), sheet.l_margin
    sheet.set_font("DejaVu", "B" if bold else "", TABLE_SIZE)
    sheet.set_text_color(*(QUIET if bold else INK))
    sheet.set_xy(left, top + 1)
    name, *rest = texts
    sheet.multi_cell(widths[0] - 2, LINE_HEIGHT, name, align="L", new_x="LMARGIN", new_y="NEXT")
    bottom = max(sheet.get_y() + 1, top + ROW_HEIGHT)
    left += widths[0]
    for text, width, align in zip(rest, widths[1:], aligned[1:], strict=True):
        gap = GAP if align == "L" else 0.0
        sheet.set_xy(left + gap, top + 1)
        sheet.cell(width - gap, LINE_HEIGHT, _fitting(sheet, text, width - gap - 1), align=align)
        left += width
    sheet.set_xy(sheet.l_margin, bottom)
    sheet.rule()


def _fitting(sheet: ReportSheet, text: str, width: float) -> str:
    if sheet.get_string_width(text) <= width:
        return text
    while text and sheet.get_string_width(f"{text}…") > width:
        text = text[:-1]
    return f"{text.rstrip()}…"
