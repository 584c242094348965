"""A report on paper: sentence, key figures, charts and tables, with words for each picture."""

from datetime import datetime
from io import BytesIO

from messages.papers import ACCENT, INK, QUIET, Sheet
from messages.reports.document import Chart, Document, Section, Table, shown
from messages.reports.plots import picture
from messages.words import Reader, Words

MARGIN = 19.0
"""Millimeters of white around the page."""
RULE = (201, 210, 220)
TILE_HEIGHT = 19.0
FEW_TILES = 4
"""Key figures in one row."""
ROW_HEIGHT = 6.2
NUMBER_WIDTH = 27.0
"""Millimeters of a column of numbers at most."""
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
        self.set_font("DejaVu", "", 7.5)
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
        _section(sheet, part, words, reader)
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


def _section(sheet: ReportSheet, part: Section, words: Words, reader: Reader) -> None:
    drawn = picture(part.chart, reader) if part.chart is not None and _has_values(part.chart) else None
    high = sheet.epw * drawn[1] if drawn is not None else 0.0
    sheet.room_for(16 + high + (3 * ROW_HEIGHT if part.table else 0))
    sheet.ln(2)
    sheet.line_of(part.heading, 11.5, bold=True, ink=ACCENT)
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
    numbers = len(table.columns) - 1
    width = min(NUMBER_WIDTH, sheet.epw * 0.68 / max(numbers, 1))
    widths = [sheet.epw - width * numbers, *[width] * numbers]
    _row(sheet, [each.name for each in table.columns], widths, bold=True)
    for row in table.rows:
        if sheet.get_y() + ROW_HEIGHT > sheet.h - FOOT:
            sheet.add_page()
            _row(sheet, [each.name for each in table.columns], widths, bold=True)
        texts = [shown(cell, column.form, reader) for cell, column in zip(row, table.columns, strict=True)]
        _row(sheet, texts, widths, bold=False)
    sheet.ln(1.5)


def _row(sheet: ReportSheet, texts: list[str], widths: list[float], *, bold: bool) -> None:
    top = sheet.get_y()
    left = sheet.l_margin
    for number, (text, width) in enumerate(zip(texts, widths, strict=True)):
        sheet.set_font("DejaVu", "B" if bold else "", 8)
        sheet.set_text_color(*(QUIET if bold else INK))
        sheet.set_xy(left, top + 1)
        sheet.cell(width, ROW_HEIGHT - 2, _fitting(sheet, text, width - 2), align="R" if number else "L")
        left += width
    sheet.set_xy(sheet.l_margin, top + ROW_HEIGHT)
    sheet.rule()


def _fitting(sheet: ReportSheet, text: str, width: float) -> str:
    if sheet.get_string_width(text) <= width:
        return text
    while text and sheet.get_string_width(f"{text}…") > width:
        text = text[:-1]
    return f"{text.rstrip()}…"
