"""Charts for paper: drawn so that they read in grey print and whatever colors somebody sees.

What tells series apart is lightness, a hatch, a hollow or a full mark, and a number beside it; color only
adds to that. Drawn with matplotlib's objects alone (no pyplot): nothing is shared between two drawings.
"""

from collections.abc import Callable
from io import BytesIO

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from messages.reports.document import Chart, Form, Look, shown
from messages.words import Reader

INK, DARK, MIDDLE, LIGHT, RULE = "#212529", "#1F3A5F", "#7A93B2", "#D9E1EA", "#C9D2DC"
"""Ink, and three steps of one blue that keep their order in grey; lines of the grid."""
HATCHES = (None, "////", "....")
SHADES = (DARK, LIGHT, MIDDLE)
DOTS_PER_INCH = 220
WIDTH_INCHES = 6.9
"""The width of a letter page between its margins."""
ROW_INCHES, FRAME_INCHES, LEAST_INCHES, TALL_INCHES = 0.3, 0.5, 1.25, 2.1
"""Height of a row in charts that lie, of what is around the rows, of the lowest chart, of one that stands."""
TIGHT = 0.58
"""How much lower charts are where all of them share one page."""
SIZE = 8
"""Points of the text in a chart."""
MOST_TICKS = 13
"""Labels that fit below a chart without touching."""
NAME_LIMIT = 42
"""Letters of a category's name at the left of a chart that goes across."""


def picture(chart: Chart, reader: Reader, *, tight: bool = False) -> tuple[bytes, float]:
    """Draw a chart as PNG; `tight` where it shares a page with others.

    Returns:
        The file, and its height as a part of its width.
    """
    across = chart.look in (Look.ACROSS, Look.RANGES, Look.CHANGES)
    lying = max(LEAST_INCHES, ROW_INCHES * len(chart.categories) + FRAME_INCHES)
    height = (lying if across else TALL_INCHES) * (TIGHT if tight else 1)
    figure = Figure(figsize=(WIDTH_INCHES, height), dpi=DOTS_PER_INCH, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    axes.tick_params(labelsize=SIZE, colors=INK, length=0)
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)
    DRAWN[chart.look](axes, chart, reader)
    file = BytesIO()
    figure.savefig(file, format="png", dpi=DOTS_PER_INCH)
    return file.getvalue(), height / WIDTH_INCHES


def _within(axes: Axes, chart: Chart, _reader: Reader) -> None:
    """The whole as a light bar with an edge, the part in it dark and narrower."""
    places = range(len(chart.categories))
    whole, part = chart.series
    axes.bar(
        places, _numbers(whole.values), 0.82, color=LIGHT, edgecolor=MIDDLE, linewidth=0.6, label=whole.name
    )
    axes.bar(places, _numbers(part.values), 0.5, color=DARK, label=part.name)
    _upright(axes, chart)


def _bars(axes: Axes, chart: Chart, _reader: Reader) -> None:
    width = 0.8 / len(chart.series)
    for number, series in enumerate(chart.series):
        places = [place - 0.4 + width * (number + 0.5) for place in range(len(chart.categories))]
        axes.bar(
            places,
            _numbers(series.values),
            width * 0.94,
            color=SHADES[number % len(SHADES)],
            hatch=HATCHES[number % len(HATCHES)],
            edgecolor=DARK,
            linewidth=0.6,
            label=series.name,
        )
    _upright(axes, chart)


def _upright(axes: Axes, chart: Chart) -> None:
    axes.set_xlim(-0.6, max(len(chart.categories), 1) - 0.4)
    step = -(-len(chart.categories) // MOST_TICKS) or 1
    axes.set_xticks(range(0, len(chart.categories), step), chart.categories[::step], fontsize=SIZE)
    axes.yaxis.get_major_locator().set_params(integer=chart.form is Form.COUNT, nbins=4)  # type: ignore[call-arg] # stubs know no locator's own names
    if chart.form is Form.SHARE:
        axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.grid(axis="y", color=RULE, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.spines["bottom"].set_visible(True)
    axes.spines["bottom"].set_color(MIDDLE)
    axes.set_ylim(bottom=0)
    if len(chart.series) > 1:
        axes.legend(
            loc="lower left", bbox_to_anchor=(0, 1), ncols=len(chart.series), frameon=False, fontsize=SIZE,
            borderaxespad=0.2, handlelength=1.4,
        )  # fmt: skip


def _across(axes: Axes, chart: Chart, reader: Reader) -> None:
    (series,) = chart.series
    values = _numbers(series.values)
    axes.barh(range(len(values)), values, 0.62, color=DARK)
    most = max([*values, 1e-9])
    for place, value in enumerate(series.values):
        text = shown(value, chart.form, reader)
        axes.text((value or 0) + most * 0.012, place, text, va="center", fontsize=SIZE + 1, color=INK)
    axes.set_xlim(0, most * 1.12)
    _lying(axes, chart)
    axes.set_xticks([])


def _ranges(axes: Axes, chart: Chart, reader: Reader) -> None:
    (series,) = chart.series
    for place, (value, reach) in enumerate(zip(series.values, chart.ranges, strict=True)):
        if value is None or reach is None:
            axes.text(0.01, place, shown(None, chart.form, reader), va="center", fontsize=SIZE, color=INK)
            continue
        axes.plot(reach, (place, place), color=MIDDLE, linewidth=2.4, solid_capstyle="butt")
        for end in reach:
            axes.plot((end, end), (place - 0.16, place + 0.16), color=DARK, linewidth=1)
        axes.plot(value, place, "o", color=DARK, markersize=5.5)
        axes.text(1.03, place, shown(value, chart.form, reader), va="center", fontsize=SIZE + 1, color=INK)
    axes.set_xlim(-0.01, 1.12)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0%", "25%", "50%", "75%", "100%"], fontsize=SIZE)
    axes.grid(axis="x", color=RULE, linewidth=0.6)
    axes.set_axisbelow(True)
    _lying(axes, chart)


def _changes(axes: Axes, chart: Chart, _reader: Reader) -> None:
    before, after = chart.series
    for place, (old, new) in enumerate(zip(before.values, after.values, strict=True)):
        if old is None or new is None:
            continue
        axes.plot((old, new), (place, place), color=MIDDLE, linewidth=2)
        axes.plot(
            old, place, "o", markersize=7, markerfacecolor="white", markeredgecolor=DARK, markeredgewidth=1.4
        )
        axes.plot(new, place, "o", color=DARK, markersize=7)
    axes.plot([], [], "o", markersize=6, markerfacecolor="white", markeredgecolor=DARK, label=before.name)
    axes.plot([], [], "o", markersize=6, color=DARK, label=after.name)
    axes.set_xlim(0.8, 5.2)
    axes.set_xticks(range(1, 6))
    axes.grid(axis="x", color=RULE, linewidth=0.6)
    axes.set_axisbelow(True)
    _lying(axes, chart)
    axes.legend(
        loc="lower left", bbox_to_anchor=(0, 1), ncols=2, frameon=False, fontsize=SIZE, borderaxespad=0.2
    )


def _lying(axes: Axes, chart: Chart) -> None:
    """The first category on top, as one reads."""
    names = [
        each if len(each) <= NAME_LIMIT else f"{each[: NAME_LIMIT - 1].rstrip()}…"
        for each in chart.categories
    ]
    axes.set_yticks(range(len(names)), names, fontsize=SIZE + 0.5)
    axes.set_ylim(len(names) - 0.5, -0.5)


def _numbers(values: tuple[float | None, ...]) -> list[float]:
    return [value or 0 for value in values]


DRAWN: dict[Look, Callable[[Axes, Chart, Reader], None]] = {
    Look.WITHIN: _within,
    Look.BARS: _bars,
    Look.ACROSS: _across,
    Look.RANGES: _ranges,
    Look.CHANGES: _changes,
}
"""How each look is drawn."""
