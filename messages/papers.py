"""Papers people take away, as PDF: certificate and portfolio."""

from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from unicodedata import combining, normalize

from babel.dates import format_date
from fpdf import FPDF
from fpdf.fonts import TTFFont

from mentoring.assessment import Objective, ObjectiveSummary
from mentoring.portfolio import NO_OBJECTIVE, PortfolioItem, by_objective
from mentoring.programs import Program
from messages.hours_log import Participation, in_hours
from messages.words import Reader, Words

FONTS = Path(__file__).parent / "fonts"
"""DejaVu Sans (dejavu-fonts.github.io), cut down to Latin, Greek and Cyrillic: names from the real world."""
INK, ACCENT, QUIET = (33, 37, 41), (31, 58, 95), (108, 117, 125)


class Sheet(FPDF):
    """A page with our one typeface, in two weights."""

    def __init__(self, made_at: datetime, orientation: Any) -> None:
        super().__init__(orientation=orientation, unit="mm", format="letter")
        self.set_creation_date(made_at)
        self.add_font("DejaVu", "", str(FONTS / "DejaVuSans.ttf"))
        self.add_font("DejaVu", "B", str(FONTS / "DejaVuSans-Bold.ttf"))
        self.set_margin(24)
        self.add_page()

    def line_of(
        self, text: str, size: float, *, bold: bool = False, ink: tuple[int, int, int] = INK, align: str = "L"
    ) -> None:
        """Write a paragraph; an empty one leaves no gap."""
        if not text.strip():
            return
        self.set_font("DejaVu", "B" if bold else "", size)
        self.set_text_color(*ink)
        self.multi_cell(0, size * 0.55, self.drawable(text), align=align, new_x="LMARGIN", new_y="NEXT")
        self.ln(size * 0.15)

    def drawable(self, text: str) -> str:
        """The text in letters the typeface has: a rare accent is left off, "?" stands for a missing letter.

        A name that came out shorter, or not at all, would look as if it was meant so. Pictures are left out.
        """
        font = self.fonts["dejavu"]
        known = font.cmap if isinstance(font, TTFFont) else {}
        return "".join(each for letter in text for each in _nearest(letter, known))

    def done(self) -> bytes:
        """The file."""
        made = bytes(self.output())
        self.put_away()
        return made

    def put_away(self) -> None:
        """Close the files of the fonts, which the library leaves to the garbage collector."""
        for each in self.fonts.values():
            if isinstance(each, TTFFont):
                each.ttfont.close()


def _nearest(letter: str, known: Container[int]) -> Iterator[str]:
    if ord(letter) in known or letter == "\n":
        yield letter
        return
    plain = [each for each in normalize("NFKD", letter) if ord(each) in known and not combining(each)]
    if plain:
        yield from plain
    elif letter.isalnum():
        yield "?"


SCALES = (1.0, 0.85, 0.7, 0.55)
"""Long names and titles make the letters smaller: a certificate is one page."""
SIGNATURE_WIDTH = 70
"""Millimeters of the line to sign on."""


def certificate(about: Participation, reader: Reader, now: datetime) -> bytes:
    """Make the certificate: both names, dates and hours, on one page."""
    for scale in SCALES:
        sheet = _certificate(about, reader, now, scale)
        if sheet.page_no() == 1 or scale == SCALES[-1]:
            break
        sheet.put_away()
    return sheet.done()


def _certificate(about: Participation, reader: Reader, now: datetime, scale: float) -> Sheet:
    words, program = Words("papers/certificate", reader), about.program
    sheet = Sheet(now, "landscape")
    sheet.set_draw_color(*ACCENT)
    sheet.set_line_width(0.8)
    sheet.rect(10, 10, sheet.w - 20, sheet.h - 20)
    dates = words.plain(
        "dates", starts_on=_long(program.starts_on, reader), ends_on=_long(about.last_day, reader)
    )
    sheet.ln(18 * scale)
    sheet.line_of(words.plain("title"), 32 * scale, bold=True, ink=ACCENT, align="C")
    sheet.ln(6 * scale)
    sheet.line_of(words.plain("intro"), 13 * scale, ink=QUIET, align="C")
    sheet.line_of(about.name, 26 * scale, bold=True, align="C")
    sheet.line_of(words.plain("took_part"), 13 * scale, ink=QUIET, align="C")
    sheet.line_of(program.name, 18 * scale, bold=True, align="C")
    sheet.line_of(words.plain("with", others=about.others), 14 * scale, align="C")
    sheet.ln(4 * scale)
    sheet.line_of(dates, 12 * scale, align="C")
    if about.held:
        hours = words.plain("hours", held=len(about.held), hours=in_hours(about.minutes))
        sheet.line_of(hours, 12 * scale, align="C")
    sheet.ln(16 * scale)
    if program.sponsor_name.strip():
        sheet.set_line_width(0.2)
        left = (sheet.w - SIGNATURE_WIDTH) / 2
        sheet.line(left, sheet.get_y(), left + SIGNATURE_WIDTH, sheet.get_y())
        sheet.ln(2 * scale)
        sponsor = words.plain("sponsor", sponsor=program.sponsor_name)
        sheet.line_of(sponsor, 12 * scale, ink=QUIET, align="C")
    return sheet


def portfolio_pdf(
    program: Program,
    name: str,
    objectives: Sequence[Objective],
    items: Iterable[PortfolioItem],
    summaries: Sequence[ObjectiveSummary],
    reader: Reader,
    now: datetime,
) -> bytes:
    """Make the portfolio: by objective, the judgments and the pieces that were picked."""
    words = Words("papers/portfolio", reader)
    judged = {each.objective_id: each for each in summaries}
    sheet = Sheet(now, "portrait")
    sheet.line_of(words.plain("title"), 24, bold=True, ink=ACCENT)
    sheet.line_of(words.plain("of", name=name, program=program), 12, ink=QUIET)
    sheet.line_of(words.plain("warning"), 9, ink=QUIET)
    texts = {each.id: each.text for each in objectives} | {NO_OBJECTIVE: words.plain("no_objective")}
    for objective_id, pieces in by_objective([each.id for each in objectives], items):
        sheet.ln(4)
        sheet.line_of(texts[objective_id], 15, bold=True, ink=ACCENT)
        for line in _judgments(words, judged.get(objective_id)):
            sheet.line_of(line, 10, ink=QUIET)
        if not pieces:
            sheet.line_of(words.plain("empty"), 10, ink=QUIET)
        for piece in pieces:
            sheet.line_of(f"{words.plain(f'kind_{piece.kind}')}: {piece.title}", 11, bold=True)
            sheet.line_of(piece.text, 10)
    return sheet.done()


def _judgments(words: Words, summary: ObjectiveSummary | None) -> list[str]:
    if summary is None:
        return []
    lines = []
    for who, rating in (("self", summary.own), ("mentor", summary.mentor)):
        if rating is not None:
            line = words.plain("score", who=words.plain(who), score=rating.score)
            lines.append(f"{line}. {rating.words}" if rating.words else line)
    return lines


def _long(day: date, reader: Reader) -> str:
    return str(format_date(day, format="long", locale=reader.babel))
