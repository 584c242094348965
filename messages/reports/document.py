"""A report before it takes a shape: sentences, key figures, charts and tables, the same for every shape."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from messages.words import Reader

Cell = str | int | float | date | None
"""What stands in a table; None where there is nothing to show."""

NOTHING = "–"
"""How a cell without a value reads."""


class Form(StrEnum):
    """How the values of a column read."""

    TEXT = "text"
    COUNT = "count"
    SHARE = "share"
    """From 0 to 1, shown as percent."""
    MEAN = "mean"
    """With one digit after the point."""
    MOVED = "moved"
    """A difference, always with its sign."""
    DAY = "day"
    FIGURE = "figure"
    """Figures of several kinds in one column, each ready to read."""


DIGITS = {Form.MEAN: "#,##0.0", Form.MOVED: "+#,##0.0;−#,##0.0"}
"""Patterns of numbers that are not whole (Unicode Technical Standard 35)."""


class Look(StrEnum):
    """How a chart is drawn."""

    WITHIN = "within"
    """Two series of bars, the second inside the first: planned and held."""
    BARS = "bars"
    """Series of bars side by side."""
    ACROSS = "across"
    """One series of bars from left to right, with its numbers at their ends."""
    RANGES = "ranges"
    """One value a category with the interval it probably lies in."""
    CHANGES = "changes"
    """Two values a category, before and after."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One key figure, ready to read; `cell` is the number itself, for a spreadsheet to count with."""

    value: str
    label: str
    note: str = ""
    cell: Cell = None
    form: Form = Form.TEXT


@dataclass(frozen=True, slots=True)
class Series:
    """The values of one kind, one for each category; None where there is none to show."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of numbers.

    Args:
        says: The same in words, for whoever does not see it.
        form: How its values read; shares are from 0 to 1.
        ranges: For `Look.RANGES`, the interval of each value.
    """

    look: Look
    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    says: str
    form: Form = Form.COUNT
    ranges: tuple[tuple[float, float] | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: what it is called, and how its cells are written."""

    name: str
    form: Form = Form.TEXT


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a caption; the first column names the row."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @classmethod
    def of(cls, caption: str, names: Sequence[str], form: Form, rows: Iterable[Sequence[Cell]]) -> "Table":
        """A table whose columns all read alike but the first, which is text."""
        first, *rest = names
        columns = (Column(first), *(Column(each, form) for each in rest))
        return cls(caption, columns, tuple(tuple(row) for row in rows))


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report: a heading with a sentence, a chart or a table."""

    heading: str
    text: str = ""
    chart: Chart | None = None
    table: Table | None = None

    @property
    def is_told(self) -> bool:
        """Whether its sentence is all there is to it."""
        return bool(self.text) and self.chart is None and self.table is None


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report.

    Args:
        code: Which report it is.
        about: Of what, from when to when, as of when.
        lead: What it comes to, in a sentence or two.
        notes: Small print: what the numbers hold, and what they do not.
        one_page: Whether it must fit a single sheet.
    """

    code: str
    title: str
    about: str
    lead: str
    tiles: tuple[Tile, ...] = ()
    sections: tuple[Section, ...] = ()
    notes: tuple[str, ...] = field(default=())
    one_page: bool = False


def shown(cell: Cell, form: Form, reader: Reader) -> str:
    """A value as its reader writes it."""
    if cell is None:
        return NOTHING
    if isinstance(cell, str):
        return cell
    if isinstance(cell, date):
        return str(format_date(cell, format="medium", locale=reader.babel))
    if form is Form.SHARE:
        return str(format_percent(cell, format="0%", locale=reader.babel))
    if form is Form.MOVED and not round(cell, 1):
        form = Form.MEAN  # nothing has moved, neither up nor down
        cell = 0
    return str(format_decimal(cell, format=DIGITS.get(form, "#,##0"), locale=reader.babel))
